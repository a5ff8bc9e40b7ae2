"""A picture file as a source of pages, and the one door to the scan reader."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from extractors.memory import give_back, keep_some
from extractors.model import Page, Table
from extractors.options import ReadOptions
from extractors.page_prefetch import OpenPage, pages_at_once
from extractors.pictures.frames import check_holds_a_line, frame_count, frame_pixels, read_frame

if TYPE_CHECKING:
    import numpy as np


_OPENING = Lock()


class PictureFile:
    """JPEG, PNG, BMP, WebP or multi-page TIFF; a frame is in memory only while it is read."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.options = options
        self.page_count = frame_count(path)

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``; only the size is taken from the file yet."""
        return OpenPage(frame_pixels(self.path, page_index), lambda: self._read(page_index))

    def _read(self, page_index: int) -> tuple[Page, list[Table]]:
        image, dpi = read_frame(self.path, page_index)
        return read_image(image, page_index + 1, dpi, self.options)


def read_image(image: np.ndarray, page_no: int, dpi: float | None, options: ReadOptions) -> tuple[Page, list[Table]]:
    """Read one picture of a page by OCR.

    Args:
        image: BGR uint8, shape (height, width, 3).
        dpi: of the picture; None when nothing says so.

    Raises:
        OcrUnavailableError: the engine or its model cannot be loaded.
        PictureSizeError: no line of text fits into the picture.
    """
    check_holds_a_line(image.shape[1], image.shape[0])
    from extractors.pictures.negatives import with_dark_ink
    from extractors.pictures.scan import read_picture

    try:
        engine = ocr_engine(options)
        picture, inverted = with_dark_ink(image)
        with engine.page():
            page, tables = read_picture(picture, page_no, dpi, engine, options)
        if inverted:
            page.note("picture.inverted", "info", "white on black: the picture was inverted")
        return page, tables
    finally:
        give_back()


def ocr_engine(options: ReadOptions) -> Any:
    """The OCR engine of this process, made once for each choice of model, device and threads."""
    with _OPENING:  # two pages that are read at a time would make two
        return _engine(options.ocr_model, options.ocr_model_dir, options.device, options.threads)


@lru_cache(maxsize=2)
def _engine(model: str | None, model_dir: Path | None, device: str, threads: int | None) -> Any:
    from extractors.ocr.engine import load_engine

    keep_some(pages_at_once(threads))
    return load_engine(ReadOptions(ocr_model=model, ocr_model_dir=model_dir, device=device, threads=threads))
