"""Electronic seals: red, round pictures, stamps and signatures that lie on a born-digital page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extractors.geometry.page_ink import PageInk
from extractors.model import BBox, Seal

# Side of a seal in points (38 to 58 mm are usual), and how square its box is.
_SMALLEST, _LARGEST, _SQUARE = 60.0, 220.0, 0.8
# Share of the ink in the box that is red: in that of a picture, and of a stamp or signature, which may be all rim.
_RED_SHARE, _RED_RIM = 0.5, 0.3
# Levels of 255: paler than this is a tint of the paper.
_TINT = 215
_DPI = 50


def take_seals(raw_page: Any, ink: PageInk, noted: Sequence[BBox] = ()) -> list[Seal]:
    """The seals of a page. Their pictures leave ``ink.pictures``, for they hide no text of the layer; their words are marks of seals.

    Args:
        noted: places of stamps and of signatures, however they are drawn.
    """
    candidates = [box for box in (*ink.pictures, *noted) if _has_seal_shape(box)]
    found = _red_ones(raw_page, candidates, noted) if candidates else []
    ink.pictures = [box for box in ink.pictures if box not in found and not any(_covers(each, box) for each in noted)]
    ink.marks = [replace(mark, kind="seal") if any(_covers(box, mark.bbox) for box in found) else mark for mark in ink.marks]
    apart: list[BBox] = []
    for box in found:
        if not any(_covers(other, box) or _covers(box, other) for other in apart):
            apart.append(box)
    return [Seal(box) for box in apart]


def _red_ones(raw_page: Any, candidates: Sequence[BBox], noted: Sequence[BBox]) -> list[BBox]:
    bitmap = raw_page.render(scale=_DPI / 72)
    try:
        pixels = bitmap.to_numpy()
        return [box for box in candidates if pixels.ndim == 3 and _is_red(pixels, box, _RED_RIM if box in noted else _RED_SHARE)]
    finally:
        bitmap.close()


def _covers(box: BBox, other: BBox) -> bool:
    return box.overlap(other) >= 0.8 * other.width * other.height


def _has_seal_shape(box: BBox) -> bool:
    low, high = sorted((box.width, box.height))
    return low >= _SMALLEST and high <= _LARGEST and low >= _SQUARE * high


def _is_red(pixels: Any, box: BBox, least: float) -> bool:
    scale = _DPI / 72
    crop = pixels[max(0, int(box.top * scale)) : int(box.bottom * scale) + 1, max(0, int(box.x0 * scale)) : int(box.x1 * scale) + 1]
    if crop.size == 0:
        return False
    blue, green, red = (crop[:, :, k].astype(int) for k in range(3))
    inked = (blue < _TINT) | (green < _TINT) | (red < _TINT)
    reddish = (red > blue + 30) & (red > green + 30)
    return bool(reddish.sum() >= least * max(inked.sum(), 1))
