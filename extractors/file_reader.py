"""What a format is to the rest of the program: how it is known, how it is opened, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReader:
    """One row of the table of readers. The functions import what is heavy when they are called, not before.

    Attributes:
        media_types: what files of this kind are called in a document.
        recognise: the first 64 KB of a file to one of these, or None where it is another kind. The bytes decide, never a name.
        open: the pages of a file, closed at the end of the block; raises a ``ReadError`` where it cannot be opened.
        has_end: False for a file that is cut or still being copied; asked with the path and the first 64 KB.
        pages: it may have many pages, which can be read one by one, by several processes.
        places: a cell has its place on a page, in points, so that a table that goes on over pages is found by its borders.
        picture: one page (index from 0) as a BGR picture as it lies in the file, with its dpi, for people to look at; None
            where a page is no picture.
        needs: modules that every file of this kind needs, and that are imported late.
    """

    media_types: tuple[str, ...]
    recognise: Callable[[bytes], str | None]
    open: Callable[[Path, ReadOptions], AbstractContextManager[PageSource]]
    has_end: Callable[[Path, bytes], bool]
    pages: bool
    places: bool
    picture: Callable[[Path, int], tuple[Picture, float]] | None = None
    needs: tuple[str, ...] = ()

    def load(self) -> None:
        """Import what reading a file of this kind takes."""
        for name in self.needs:
            import_module(name)
