"""Rulings that run over the edge of the page or of a clip: nobody sees what is beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Literal

from extractors.model import BBox
from extractors.tables.rulings.ruling import Ruling

# Points over the edge that are drawing, not overflow.
_OVER = 2.0
# Points off the edge of a clip at which some of a line is still seen.
_ON_EDGE = 0.75
# So many lines cut at one edge are those of a table; fewer are stripes that bleed over it.
_FEW = 3


def within_clip(rulings: Sequence[Ruling], box: BBox, width: float, height: float) -> list[Ruling]:
    """What is seen of rulings inside a clip; half a line's width of one on its edge is.

    Args:
        width, height: of the page; what runs over its edge is for ``within_sheet``.
    """
    beyond = BBox(
        -inf if box.x0 <= _OVER else box.x0, -inf if box.top <= _OVER else box.top,
        inf if box.x1 >= width - _OVER else box.x1, inf if box.bottom >= height - _OVER else box.bottom,
    )  # fmt: skip
    kept = []
    for ruling in rulings:
        level = ruling.orientation == "h"
        low, high, first, last = _sides(beyond) if level else _sides(beyond)[2:] + _sides(beyond)[:2]
        start, end = max(ruling.start, first), min(ruling.end, last)
        if low - _ON_EDGE <= ruling.at <= high + _ON_EDGE and start < end:
            kept.append(ruling._replace(start=start, end=end))
    return kept


def _sides(box: BBox) -> tuple[float, float, float, float]:
    return box.top, box.bottom, box.x0, box.x1


def within_sheet(rulings: Sequence[Ruling], width: float, height: float) -> list[Ruling]:
    """What lies on the page; cells that its edge cuts through are closed there.

    Args:
        width, height: of the page, in points.
    """
    limits = {"h": (width, height), "v": (height, width)}
    cut: dict[tuple[Literal["h", "v"], float], list[float]] = {}
    for ruling in rulings:
        along = limits[ruling.orientation][0]
        for edge, over in ((0.0, ruling.start < -_OVER), (along, ruling.end > along + _OVER)):
            if over:
                cut.setdefault((ruling.orientation, edge), []).append(ruling.at)
    cut = {key: places for key, places in cut.items() if len({round(at) for at in places}) >= _FEW}
    if not cut:
        return list(rulings)
    kept = []
    for ruling in rulings:
        along, across = limits[ruling.orientation]
        if not -_OVER <= ruling.at <= across + _OVER or ruling.end <= 0 or ruling.start >= along:
            continue
        start = max(ruling.start, 0.0) if (ruling.orientation, 0.0) in cut else ruling.start
        end = min(ruling.end, along) if (ruling.orientation, along) in cut else ruling.end
        kept.append(ruling._replace(start=start, end=end))
    return [*kept, *(_closing(orientation, edge, places) for (orientation, edge), places in cut.items())]


def _closing(orientation: Literal["h", "v"], edge: float, places: Sequence[float]) -> Ruling:
    """The line along the edge that lines of this orientation are cut by, at these places."""
    return Ruling("h" if orientation == "v" else "v", edge, min(places), max(places))
