"""Electronic seals: red, round pictures that lie on a born-digital page."""

from __future__ import annotations

from typing import Any

from extractors.geometry.page_ink import PageInk
from extractors.model import BBox, Seal

# Side of a seal in points (38 to 58 mm are usual), and how square its box is.
_SMALLEST, _LARGEST, _SQUARE = 60.0, 220.0, 0.8
# Share of the ink in the box that is red.
_RED_SHARE = 0.5
_DPI = 50


def take_seals(raw_page: Any, ink: PageInk) -> list[Seal]:
    """The seals among the pictures of a page; they are taken out of ``ink.pictures``, for they hide no text of the layer."""
    candidates = [box for box in ink.pictures if _has_seal_shape(box)]
    if not candidates:
        return []
    bitmap = raw_page.render(scale=_DPI / 72)
    try:
        pixels = bitmap.to_numpy()
        found = [box for box in candidates if pixels.ndim == 3 and _is_red(pixels, box)]
    finally:
        bitmap.close()
    ink.pictures = [box for box in ink.pictures if box not in found]
    return [Seal(box) for box in found]


def _has_seal_shape(box: BBox) -> bool:
    low, high = sorted((box.width, box.height))
    return low >= _SMALLEST and high <= _LARGEST and low >= _SQUARE * high


def _is_red(pixels: Any, box: BBox) -> bool:
    scale = _DPI / 72
    crop = pixels[max(0, int(box.top * scale)) : int(box.bottom * scale) + 1, max(0, int(box.x0 * scale)) : int(box.x1 * scale) + 1]
    if crop.size == 0:
        return False
    blue, green, red = (crop[:, :, k].astype(int) for k in range(3))
    inked = (blue < 235) | (green < 235) | (red < 235)
    reddish = (red > blue + 30) & (red > green + 30)
    return bool(reddish.sum() >= _RED_SHARE * max(inked.sum(), 1))
