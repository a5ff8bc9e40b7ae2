"""OFD (GB/T 33190) as a row of the table of readers."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.file_reader import FileReader
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource
from extractors.zip_head import LOCAL, has_end, members

if TYPE_CHECKING:
    from extractors.file_reader import Picture

OFD = "application/ofd"
# The entry of the package; or, where it stands farther behind, what every document in it has.
_ENTRY = re.compile(rb"(?i)OFD\.xml|Doc_?\d*/(Document|PublicRes|DocumentRes)\.xml|Doc_?\d*/(Pages|Tpls|Signs|Annots)/.*")


def _recognise(head: bytes) -> str | None:
    if not head.startswith(LOCAL):
        return None
    return OFD if any(_ENTRY.fullmatch(name.replace(b"\\", b"/").lstrip(b"./")) for _, name in members(head)) else None


def _open(path: Path, options: ReadOptions) -> AbstractContextManager[PageSource]:
    from extractors.ofd.file import OfdFile

    return closing(OfdFile(path, options))


def _picture(path: Path, page_index: int) -> tuple[Picture, float]:
    from extractors.ofd.file import page_picture

    return page_picture(path, page_index)


OFD_READER = FileReader(
    media_types=(OFD,), recognise=_recognise, open=_open, has_end=has_end, pages=True, places=True, picture=_picture
)
