"""Grids that are no tables: charts, frames of the page layout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.ink import PageInk
from extractors.model import BBox, Table
from extractors.tables.grid import Grid

# Slanted strokes and bars inside from which a grid with little text is a chart;
# one or two may be the diagonal of a header cell.
_CHART_MARKS = 3
_NEAR = 3.0
# A drawn tick in a tick box is smaller than this (points).
_TICK = 12.0
_MOST_AREAS = 200


def is_drawing(grid: Grid, table: Table, ink: PageInk) -> bool:
    """Whether the lines draw a chart or a page frame and not a table.

    Args:
        grid: as the lines draw it.
        table: the same with its text.
        ink: of the whole page.
    """
    return _is_page_frame(grid, ink) or _is_chart(grid, table, ink) or _has_no_head(table)


def _is_page_frame(grid: Grid, ink: PageInk) -> bool:
    """Two or three huge boxes whose lines run off the sheet."""
    box = grid.bbox
    bleeds = box.x0 < _NEAR or box.top < _NEAR or box.x1 > ink.width - _NEAR or box.bottom > ink.height - _NEAR
    return len(grid.cells) <= 3 and bleeds and box.width * box.height > 0.5 * ink.width * ink.height


def _is_chart(grid: Grid, table: Table, ink: PageInk) -> bool:
    marks = sum(1 for box in ink.slants if max(box.width, box.height) > _TICK and _lies_in(box, grid.bbox))
    marks += _loose_areas(grid, ink)
    one_way = grid.row_count == 1 or grid.col_count == 1
    return marks >= _CHART_MARKS and (one_way or filled_share(table) < 0.5 or marks >= len(grid.cells) / 2)


def _has_no_head(table: Table) -> bool:
    """Large, almost empty, and neither its first row nor its first column says anything."""
    if len(table.cells) < 12 or filled_share(table) >= 0.3:
        return False
    return not any(cell.text for cell in table.cells if cell.rows.start == 0 or cell.cols.start == 0)


def filled_share(table: Table) -> float:
    """Share of the cells that hold text."""
    return sum(1 for cell in table.cells if cell.text) / len(table.cells)


def _lies_in(inner: BBox, outer: BBox) -> bool:
    x, y = inner.center
    return outer.contains(x, y)


def _loose_areas(grid: Grid, ink: PageInk) -> int:
    """Coloured areas inside that keep away from the lines and hold no text, as bars do."""
    areas = [fill.bbox for fill in ink.fills if fill.color is not None and _lies_in(fill.bbox, grid.bbox)][:_MOST_AREAS]
    if not areas:
        return 0
    xs = sorted({x for cell in grid.cells for x in (cell.bbox.x0, cell.bbox.x1)})
    ys = sorted({y for cell in grid.cells for y in (cell.bbox.top, cell.bbox.bottom)})
    centers = [char.center for char in ink.chars if _lies_in(char.bbox, grid.bbox)]
    count = 0
    for area in areas:
        sides = ((xs, area.x0), (xs, area.x1), (ys, area.top), (ys, area.bottom))
        loose = sum(1 for lines, side in sides if not _is_near(lines, side)) >= 3
        count += loose and not any(area.contains(x, y) for x, y in centers)
    return count


def _is_near(values: Sequence[float], value: float) -> bool:
    k = bisect_left(values, value)
    return any(abs(v - value) <= _NEAR for v in values[max(k - 1, 0) : k + 1])
