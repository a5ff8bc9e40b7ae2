"""Rulings that run over the edge of the page: nobody sees what is beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from extractors.tables.rulings.ruling import Ruling

# Points over the edge that are drawing, not overflow.
_OVER = 2.0
# So many lines cut at one edge are those of a table; fewer are stripes that bleed over it.
_FEW = 3


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
        kept.append(replace(ruling, start=start, end=end))
    return [*kept, *(_closing(orientation, edge, places) for (orientation, edge), places in cut.items())]


def _closing(orientation: Literal["h", "v"], edge: float, places: Sequence[float]) -> Ruling:
    """The line along the edge that lines of this orientation are cut by, at these places."""
    return Ruling("h" if orientation == "v" else "v", edge, min(places), max(places))
