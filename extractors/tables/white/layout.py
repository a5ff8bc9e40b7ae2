"""A region of lines as a grid: columns by white, a head by what it stands over, rows by base lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.model import BBox
from extractors.tables.grid import Grid, GridCell
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.white.columns import column_borders, columns_of, cut_at_borders, without_headless
from extractors.tables.white.heads import head_cells, head_levels, head_spans
from extractors.tables.white.pieces import Line
from extractors.tables.white.rows import lines_to_rows

# A rule over this share of a region parts its head from its body.
WHOLE = 0.85


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of one table from top to bottom, how many of them are its head, its box; the level rules in it and how many are as wide."""

    lines: tuple[Line, ...]
    head: int
    bbox: BBox
    rules: tuple[Ruling, ...] = ()
    whole_rules: int = 0

    @property
    def body(self) -> tuple[Line, ...]:
        return self.lines[self.head :]


def region_to_grid(region: Region) -> Grid | None:
    """The grid of a region, or None where no white parts columns."""
    xs = column_borders(region.body, region.bbox.x0, region.bbox.x1, region.lines[: region.head])
    xs = without_headless(xs, region.lines[: region.head], region.body)
    if len(xs) < 3:
        return None
    body = [cut_at_borders(line, xs) if len(line.pieces) > 1 else line for line in region.body]
    extents = column_extents(body, xs)
    spans = head_spans(region.lines[: region.head], xs, extents, region.rules)
    levels = head_levels(spans)
    rows = lines_to_rows(body, xs)
    bands = _bands(
        [[line for line, at in zip(region.lines, levels, strict=False) if at == level] for level in range(_count(levels))] + rows,
        region.bbox,
    )
    depth = _count(levels)
    cells = [_cell(levels_of, cols, bands, xs) for levels_of, cols in head_cells(spans, levels, len(xs) - 1)]
    for index, row in enumerate(rows, depth):
        cells += row_cells(row, index, bands, xs)
    cells.sort(key=lambda cell: (cell.rows.start, cell.cols.start))
    return Grid(cells, len(bands) - 1, len(xs) - 1, BBox(xs[0], bands[0], xs[-1], bands[-1]))


def column_extents(lines: Sequence[Line], xs: Sequence[float]) -> list[tuple[float, float]]:
    """Where the content of each column begins and ends; its borders where it has none."""
    extents = [(b, a) for a, b in zip(xs, xs[1:], strict=False)]
    for line in lines:
        for piece in line.pieces:
            over = columns_of(piece, xs)
            if len(over) == 1 and len(line.pieces) > 1:
                a, b = extents[over.start]
                extents[over.start] = min(a, piece.x0), max(b, piece.x1)
    return [(a, b) if a < b else (b, a) for a, b in extents]


def row_cells(row: Sequence[Line], index: int, bands: Sequence[float], xs: Sequence[float]) -> list[GridCell]:
    """Cells of one row: a piece that lies across columns spans them, but for the label of a group, which is of the first column."""
    cuts = set(range(len(xs)))
    for line in row:
        for piece in line.pieces:
            over = columns_of(piece, xs)
            if len(over) > 1:
                cuts -= set(range(over.start + 1, over.stop))
    edges = sorted(cuts)
    return [_cell(range(index, index + 1), range(a, b), bands, xs) for a, b in zip(edges, edges[1:], strict=False)]


def _cell(rows: range, cols: range, bands: Sequence[float], xs: Sequence[float]) -> GridCell:
    return GridCell(rows, cols, BBox(xs[cols.start], bands[rows.start], xs[cols.stop], bands[rows.stop]))


def _bands(rows: Sequence[Sequence[Line]], box: BBox) -> list[float]:
    """Tops of the rows and the bottom of the last: the middle of the white between them."""
    bands = [box.top]
    for above, row in zip(rows, rows[1:], strict=False):
        bands.append((max(line.bottom for line in above) + min(line.top for line in row)) / 2)
    return [*bands, box.bottom]


def _count(levels: Sequence[int]) -> int:
    return levels[-1] + 1 if levels else 0
