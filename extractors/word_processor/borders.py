"""Borders that were meant to be one: programs write them a little apart from row to row."""

from __future__ import annotations

# In twentieths of a point: 1.5 mm. No column of a form is as narrow.
_NARROWEST_COLUMN = 85


def snapped(edges: list[int]) -> dict[int, int]:
    """Each border to the first one of those that stand close together."""
    place: dict[int, int] = {}
    first = last = 0
    for edge in sorted(set(edges)):
        if not place or edge - last > _NARROWEST_COLUMN or edge - first > 2 * _NARROWEST_COLUMN:
            first = edge
        place[edge], last = first, edge
    return place
