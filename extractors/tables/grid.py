"""Rulings -> grids of cells. Shared by born-digital pages and by scans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.model import BBox
from extractors.tables.grid_graph import Lattice, rulings_to_lattice
from extractors.tables.rulings.joining import close_open_sides, join_rulings, rulings_to_components
from extractors.tables.rulings.ruling import Ruling


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell before it has text; ``rows`` and ``cols`` are half-open ranges."""

    rows: range
    cols: range
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table; every grid position is in exactly one cell."""

    cells: list[GridCell]
    row_count: int
    col_count: int
    bbox: BBox

    def column_edges(self) -> list[float]:
        """x of the column borders, one more than there are columns."""
        edges = [self.bbox.x0] * (self.col_count + 1)
        for cell in self.cells:
            edges[cell.cols.start], edges[cell.cols.stop] = cell.bbox.x0, cell.bbox.x1
        return edges


def rulings_to_tables(rulings: Sequence[Ruling], tolerance: float) -> list[Grid]:
    """The grids that lines on one page draw, from top to bottom, left to right.

    Args:
        rulings: lines in points, in any order: broken, doubled and overlapping
            pieces are welcome.
        tolerance: lines closer than this many points are one line.

    Row and column counts come from the lines alone, so an empty row stays. A
    border that is missing at an outer side is closed. Boxes with one cell (a
    frame around the page, a tick box) are no tables.
    """
    joined = join_rulings(rulings, tolerance)
    grids = []
    for component in rulings_to_components(joined, tolerance):
        lattice = rulings_to_lattice(close_open_sides(component, tolerance), tolerance)
        if lattice is not None:
            grid = _without_frame(_lattice_to_grid(lattice), component, tolerance)
            if len(grid.cells) > 1:
                grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.bbox.top, grid.bbox.x0))


def _lattice_to_grid(lattice: Lattice) -> Grid:
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    cells = []
    for region in _regions(lattice, rows, cols):
        for row_range, col_range in _region_to_rectangles(region):
            cells.append(GridCell(row_range, col_range, _cell_bbox(lattice, row_range, col_range)))
    cells.sort(key=lambda cell: (cell.rows.start, cell.cols.start))
    return Grid(cells, rows, cols, BBox(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1]))


def _without_frame(grid: Grid, drawn: Sequence[Ruling], tolerance: float) -> Grid:
    """The grid without the title above and the notes below it that a frame open at one end holds together with the table.

    Both are one cell from side to side. A frame that is closed at both ends is taken for the table's own.
    """
    ends = [r.at for r in drawn if r.orientation == "h"]
    closed = [any(abs(at - end) <= 2 * tolerance for at in ends) for end in (grid.bbox.top, grid.bbox.bottom)]
    last = grid.row_count - 1
    bands = [cell for cell in grid.cells if len(cell.cols) == grid.col_count and cell.rows in (range(1), range(last, last + 1))]
    if all(closed) or len(bands) != 2 or last < 3 or grid.col_count < 2:
        return grid
    cells = [
        GridCell(range(cell.rows.start - 1, cell.rows.stop - 1), cell.cols, cell.bbox) for cell in grid.cells if cell not in bands
    ]
    top, bottom = (band.bbox for band in sorted(bands, key=lambda band: band.rows.start))
    return Grid(cells, last - 1, grid.col_count, BBox(grid.bbox.x0, top.bottom, grid.bbox.x1, bottom.top))


def _regions(lattice: Lattice, rows: int, cols: int) -> list[set[tuple[int, int]]]:
    """Groups of grid positions with no drawn edge between them."""
    seen: set[tuple[int, int]] = set()
    regions = []
    for start in ((i, j) for i in range(rows) for j in range(cols)):
        if start in seen:
            continue
        region, work = {start}, [start]
        while work:
            i, j = work.pop()
            for step in _open_steps(lattice, i, j, rows, cols):
                if step not in region:
                    region.add(step)
                    work.append(step)
        seen |= region
        regions.append(region)
    return regions


def _open_steps(lattice: Lattice, i: int, j: int, rows: int, cols: int) -> list[tuple[int, int]]:
    steps = []
    if i + 1 < rows and lattice.h_edges[i + 1][j] is None:
        steps.append((i + 1, j))
    if i > 0 and lattice.h_edges[i][j] is None:
        steps.append((i - 1, j))
    if j + 1 < cols and lattice.v_edges[i][j + 1] is None:
        steps.append((i, j + 1))
    if j > 0 and lattice.v_edges[i][j] is None:
        steps.append((i, j - 1))
    return steps


def _region_to_rectangles(region: set[tuple[int, int]]) -> list[tuple[range, range]]:
    """A region that is no rectangle is cut into the fewest, rows first."""
    by_rows = _cut(region)
    if len(by_rows) == 1:
        return by_rows
    by_cols = [(rows, cols) for cols, rows in _cut({(j, i) for i, j in region})]
    return by_cols if len(by_cols) < len(by_rows) else by_rows


def _cut(region: set[tuple[int, int]]) -> list[tuple[range, range]]:
    open_runs: dict[tuple[int, int], int] = {}
    result = []
    lines = sorted({i for i, _ in region})
    for i in [*lines, lines[-1] + 1]:
        runs = _runs(sorted(j for k, j in region if k == i))
        for run in [run for run in open_runs if run not in runs]:
            result.append((range(open_runs.pop(run), i), range(*run)))
        for run in runs:
            open_runs.setdefault(run, i)
    return result


def _runs(values: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for value in values:
        if runs and runs[-1][1] == value:
            runs[-1] = (runs[-1][0], value + 1)
        else:
            runs.append((value, value + 1))
    return runs


def _cell_bbox(lattice: Lattice, rows: range, cols: range) -> BBox:
    """The box between the lines as they run at this cell, not as they run on average."""
    top = _mean([lattice.h_edges[rows.start][j] for j in cols], lattice.ys[rows.start])
    bottom = _mean([lattice.h_edges[rows.stop][j] for j in cols], lattice.ys[rows.stop])
    left = _mean([lattice.v_edges[i][cols.start] for i in rows], lattice.xs[cols.start])
    right = _mean([lattice.v_edges[i][cols.stop] for i in rows], lattice.xs[cols.stop])
    return BBox(left, top, right, bottom)


def _mean(drawn: list[float | None], default: float) -> float:
    values = [value for value in drawn if value is not None]
    return sum(values) / len(values) if values else default
