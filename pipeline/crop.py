"""The place of a field, cut out of the original page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.errors import ReadError
from normalizers.finding_details import place_of
from pipeline.errors import JobError, UsageError
from pipeline.messages import tell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

# Points of page kept around the field, so that a person sees where it stands.
_MARGIN = 8.0
# Pixels per point of the crop: 200 dpi.
_SCALE = 200 / 72


def save_crop(original: Path, document: dict[str, Any], pointer: str, target: Path, margin: float = _MARGIN) -> None:
    """Write the place of a field as an upright PNG; of a row or a table what stands of it on its first page, of a page the page.

    Raises:
        UsageError: the original is gone, or has no pages to look at.
        JobError: the picture cannot be written.
    """
    import cv2

    written, data = cv2.imencode(".png", crop_of(original, document, pointer, margin))
    try:
        target.write_bytes(data.tobytes())
    except OSError as error:
        raise JobError(*tell("crop.not-written", target=target, error=error.strerror)) from error
    if not written:
        raise JobError(*tell("crop.not-made", target=target))


def crop_of(original: Path, document: dict[str, Any], pointer: str, margin: float = _MARGIN) -> Picture:
    """BGR picture of the place of a field, a row, a table or a page, upright, at 200 dpi.

    Args:
        original: the file that the document was read from.
        margin: points of page around the field.

    Raises:
        UsageError: the original is gone, or has no pages to look at.
    """
    page_no, box = place_of(pointer, document)
    if page_no is None or not box:
        raise UsageError(*tell("crop.no-place"))
    return crop_of_box(original, document, page_no, box, margin)


def crop_of_box(
    original: Path, document: dict[str, Any], page_no: int, box: list[float], margin: float = 0.0, scale: float = _SCALE
) -> Picture:
    """BGR picture of a part of a page, upright.

    Args:
        original: the file that the document was read from.
        box: ``[x0, top, x1, bottom]`` in points on the upright page.
        margin: points of page around it.
        scale: pixels per point.

    Raises:
        UsageError: the original is gone, or has no pages to look at.
    """
    return PageCutter(original, document).crop(page_no, box, margin, scale)


class PageCutter:
    """Cuts places out of the pages of one file; the page that was drawn last is kept."""

    def __init__(self, original: Path, document: dict[str, Any]) -> None:
        self._original = original
        self._document = document
        self._drawn: tuple[int, Picture, float] | None = None

    def crop(self, page_no: int, box: list[float], margin: float = 0.0, scale: float = _SCALE) -> Picture:
        """BGR picture of a part of a page, upright; arguments as of ``crop_of_box``.

        Raises:
            UsageError: the original is gone or has changed, or has no pages to look at.
        """
        page = next((each for each in self._document["document"]["pages"] if each["page_no"] == page_no), None)
        if page is None or not _has_pictures(self._document["document"]["media_type"]):
            raise UsageError(*tell("crop.no-place"))
        picture, dpi = self._page(page_no)
        return _cut(picture, page, box, dpi, margin, scale)

    def png(self, page_no: int, box: list[float], margin: float) -> bytes:
        """The same as the bytes of a PNG."""
        import cv2

        return bytes(cv2.imencode(".png", self.crop(page_no, box, margin))[1].tobytes())

    def _page(self, page_no: int) -> tuple[Picture, float]:
        from extractors.reading import file_sha256, page_picture

        if self._drawn is None or self._drawn[0] != page_no:
            try:
                if self._drawn is None and file_sha256(self._original) != self._document["document"]["sha256"]:
                    raise UsageError(*tell("crop.changed", original=self._original))
                self._drawn = (page_no, *page_picture(self._original, page_no - 1))
            except (ReadError, OSError) as error:
                raise UsageError(*tell("crop.not-opened", original=self._original, error=error)) from error
        return self._drawn[1], self._drawn[2]


def _has_pictures(media_type: str) -> bool:
    from extractors.readers import reader_of

    try:
        return reader_of(media_type).picture is not None
    except ReadError as error:
        raise UsageError(error.reason, error.way_out) from error


def _cut(picture: Picture, page: dict[str, Any], box: list[float], dpi: float, margin: float, scale: float) -> Picture:
    """Warp the box from the original picture: one step, so that a turned or tilted page comes upright."""
    import cv2
    import numpy as np

    to_pixels = np.array(page.get("transform") or [dpi / 72, 0, 0, 0, dpi / 72, 0, 0, 0, 1], np.float64).reshape(3, 3)
    x0, top, x1, bottom = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
    crop_to_points = np.array([[1 / scale, 0, x0], [0, 1 / scale, top], [0, 0, 1]])
    size = (max(1, round((x1 - x0) * scale)), max(1, round((bottom - top) * scale)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    crop = cv2.warpPerspective(picture, to_pixels @ crop_to_points, size, flags=flags, borderValue=(255, 255, 255))
    return crop.astype(np.uint8)
