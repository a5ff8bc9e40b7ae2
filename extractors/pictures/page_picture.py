"""A page of any file as the picture that a reader of pages saw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import UnknownFormatError
from extractors.identify import PDF, TEXT, identify

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]


def page_picture(path: Path, page_index: int) -> tuple[Picture, float]:
    """BGR uint8 picture of a page, not turned upright, and its dpi (72 where nothing says so).

    Raises:
        ReadError: the file cannot be opened, or is text.
    """
    media_type = identify(path)
    if media_type == TEXT:
        raise UnknownFormatError("A transcript has no picture.", "Give the scan instead.")
    if media_type == PDF:
        from extractors.pdf.opening import open_raw
        from extractors.pdf.rendering import page_to_picture

        document, _ = open_raw(path)
        try:
            return page_to_picture(document[page_index], str(path))
        finally:
            document.close()
    from extractors.pictures.frames import read_frame

    image, dpi = read_frame(path, page_index)
    return image, dpi or 72.0
