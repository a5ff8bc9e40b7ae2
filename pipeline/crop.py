"""The place of a field, cut out of the original, for explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.errors import ReadError
from extractors.model import BBox, Document, Page
from pipeline.errors import UsageError, from_os_error

if TYPE_CHECKING:
    import numpy as np

DPI = 200.0
_MARGIN = 12.0


def save_crop(document: Document, source: dict[str, Any], crop: Path) -> None:
    """Write a PNG of a field's place with 12 points around it, upright, at 200 dpi.

    Args:
        document: the read.
        source: provenance of the field: ``page_no`` and ``bbox`` in points.

    Raises:
        UsageError: the original is gone or changed, or has no pictures.
        JobError: the PNG cannot be written.
    """
    page = next(page for page in document.pages if page.page_no == source["page_no"])
    if page.reader == "transcript" or not source["bbox"]:
        raise UsageError("This field has no place in a picture.", "--crop needs a document that was read from pages, not from text.")
    picture, dpi = _master_picture(document, page)
    box = _with_margin(BBox(*source["bbox"]), page)
    _write_png(_cut(picture, dpi, page, box), crop)


def _master_picture(document: Document, page: Page) -> tuple[np.ndarray, float]:
    from extractors.identify import PDF
    from extractors.reading import file_sha256

    path = Path(document.path)
    try:
        if file_sha256(path) != document.sha256:
            raise UsageError(f"{path} is no longer the file that was read.", "Read it again, or put the old file back.")
        return _pdf_picture(path, page) if document.media_type == PDF else _frame(path, page)
    except ReadError as error:
        raise UsageError(error.reason, "Run explain from the folder where extract ran, with the original in its place.") from error


def _pdf_picture(path: Path, page: Page) -> tuple[np.ndarray, float]:
    from extractors.pdf_open import open_raw
    from extractors.pdf_raster import page_to_picture

    document, _damage = open_raw(path)
    try:
        return page_to_picture(document[page.page_no - 1], path.name)
    finally:
        document.close()


def _frame(path: Path, page: Page) -> tuple[np.ndarray, float]:
    from extractors.pictures import read_frame

    picture, dpi = read_frame(path, page.page_no - 1)
    return picture, dpi or DPI


def _with_margin(box: BBox, page: Page) -> BBox:
    return BBox(
        max(box.x0 - _MARGIN, 0.0), max(box.top - _MARGIN, 0.0), min(box.x1 + _MARGIN, page.width), min(box.bottom + _MARGIN, page.height)
    )


def _cut(picture: np.ndarray, dpi: float, page: Page, box: BBox) -> np.ndarray:
    """The box as a picture of its own; skew and perspective of a scan are taken out."""
    import cv2
    import numpy as np

    to_master = np.array(page.transform, dtype=float).reshape(3, 3) if page.transform else np.diag([dpi / 72, dpi / 72, 1.0])
    to_points = np.array([[72 / DPI, 0, box.x0], [0, 72 / DPI, box.top], [0, 0, 1]])
    size = (max(round(box.width * DPI / 72), 1), max(round(box.height * DPI / 72), 1))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(picture, to_master @ to_points, size, flags=flags, borderValue=(255, 255, 255))


def _write_png(picture: np.ndarray, path: Path) -> None:
    import cv2

    try:
        path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    except OSError as error:
        raise from_os_error(error, path) from error
