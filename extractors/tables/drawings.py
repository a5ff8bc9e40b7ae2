"""Grids that are no tables: charts, frames of the page layout."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from extractors.geometry.page_ink import Char, PageInk
from extractors.model import BBox, union_of
from extractors.tables.grid import Grid

# Slanted strokes and bars inside from which a grid with little text is a chart;
# one or two may be the diagonal of a header cell.
_CHART_MARKS = 3
_NEAR = 3.0
# A drawn tick in a tick box is smaller than this (points).
_TICK = 12.0
_MOST_AREAS = 200
# Axis labels stand this close to a chart (points).
_AROUND = 20.0


class CharIndex:
    """Finds glyphs in a box; sorted by height once, when it is first asked."""

    def __init__(self, chars: Sequence[Char]) -> None:
        self.chars = chars

    @cached_property
    def centers(self) -> list[tuple[float, float]]:
        return sorted((char.center[1], char.center[0]) for char in self.chars if not char.text.isspace())

    @cached_property
    def ys(self) -> list[float]:
        return [y for y, _ in self.centers]

    def any_in(self, box: BBox) -> bool:
        low, high = bisect_left(self.ys, box.top), bisect_right(self.ys, box.bottom)
        return any(box.x0 <= x <= box.x1 for _, x in self.centers[low:high])


def is_drawing(grid: Grid, filled: set[int], ink: PageInk, index: CharIndex) -> bool:
    """Whether the lines draw a chart or a page frame and not a table.

    Args:
        grid: as the lines draw it.
        filled: indices of its cells that hold text.
        ink: of the whole page.
        index: of the glyphs of the page.
    """
    return _is_page_frame(grid, ink) or _is_chart(grid, filled, ink, index) or _has_no_head(grid, filled)


def _is_page_frame(grid: Grid, ink: PageInk) -> bool:
    """Two or three huge boxes whose lines run off the sheet."""
    box = grid.bbox
    bleeds = box.x0 < _NEAR or box.top < _NEAR or box.x1 > ink.width - _NEAR or box.bottom > ink.height - _NEAR
    return len(grid.cells) <= 3 and bleeds and box.width * box.height > 0.5 * ink.width * ink.height


def _is_chart(grid: Grid, filled: set[int], ink: PageInk, index: CharIndex) -> bool:
    marks = [box for box in ink.slants if max(box.width, box.height) > _TICK and _lies_in(box, grid.bbox)]
    marks += _loose_areas(grid, ink, index)
    around = union_of(marks)
    # A seal drawn with curves covers a part of a form; what a chart shows runs through all of it.
    if len(marks) < _CHART_MARKS or around is None or around.width < 0.5 * grid.bbox.width:
        return False
    one_way = grid.row_count == 1 or grid.col_count == 1
    return one_way or len(filled) < 0.5 * len(grid.cells) or len(marks) >= len(grid.cells) / 2


def _has_no_head(grid: Grid, filled: set[int]) -> bool:
    """Large, almost empty, and neither its first row nor its first column says anything."""
    if len(grid.cells) < 12 or len(filled) >= 0.3 * len(grid.cells):
        return False
    return not any(grid.cells[k].rows.start == 0 or grid.cells[k].cols.start == 0 for k in filled)


def chart_areas(ink: PageInk, index: CharIndex) -> list[BBox]:
    """Boxes around charts: places where several slanted strokes or bars without text stand together."""
    marks = [box for box in ink.slants if max(box.width, box.height) > _TICK][:_MOST_AREAS]
    fills = (fill.bbox for fill in ink.fills if fill.color is not None and min(fill.bbox.width, fill.bbox.height) > 4)
    marks += [box for box in islice(fills, _MOST_AREAS) if not index.any_in(box)]
    areas: list[tuple[BBox, int]] = []
    for mark in marks:
        around = mark.grown(_AROUND)
        count = 1
        for other in [item for item in areas if item[0].overlap(around) > 0]:
            areas.remove(other)
            around, count = around.union(other[0]), count + other[1]
        areas.append((around, count))
    return [box for box, count in areas if count >= _CHART_MARKS]


def _lies_in(inner: BBox, outer: BBox) -> bool:
    x, y = inner.center
    return outer.contains(x, y)


def _loose_areas(grid: Grid, ink: PageInk, index: CharIndex) -> list[BBox]:
    """Coloured areas inside that keep away from the lines and hold no text, as bars do."""
    inside = (fill.bbox for fill in ink.fills if fill.color is not None and _lies_in(fill.bbox, grid.bbox))
    areas = list(islice(inside, _MOST_AREAS))
    xs = sorted({x for cell in grid.cells for x in (cell.bbox.x0, cell.bbox.x1)}) if areas else []
    ys = sorted({y for cell in grid.cells for y in (cell.bbox.top, cell.bbox.bottom)}) if areas else []
    loose = []
    for area in areas:
        sides = ((xs, area.x0), (xs, area.x1), (ys, area.top), (ys, area.bottom))
        if sum(1 for lines, side in sides if not _is_near(lines, side)) >= 3 and not index.any_in(area):
            loose.append(area)
    return loose


def _is_near(values: Sequence[float], value: float) -> bool:
    k = bisect_left(values, value)
    return any(abs(v - value) <= _NEAR for v in values[max(k - 1, 0) : k + 1])
