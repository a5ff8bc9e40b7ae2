"""Grids + glyphs -> tables with text; the glyphs left over are handed back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractors.geometry.page_ink import Char
from extractors.model import Cell, Table
from extractors.pdf.text_layer import is_garbled
from extractors.tables.grid import Grid, GridCell
from extractors.tables.split_cells import split_headings
from extractors.tables.textlines import chars_to_lines


def fill_grids(grids: Sequence[Grid], chars: Sequence[Char], page_no: int, engine: str) -> tuple[list[Table], list[Char]]:
    """A table for each grid, in the same order, and the glyphs that are in none."""
    held, outside = assign_chars(grids, chars)
    return [_grid_to_table(grid, by_cell, page_no, engine) for grid, by_cell in zip(grids, held, strict=True)], outside


def assign_chars(grids: Sequence[Grid], chars: Sequence[Char]) -> tuple[list[dict[int, list[Char]]], list[Char]]:
    """Put each glyph into the cell that holds its centre; a grid inside a cell of another is the smaller one and wins.

    Returns:
        For each grid: index of a cell -> its glyphs; and the glyphs that are in no grid.
    """
    held: list[dict[int, list[Char]]] = [{} for _ in grids]
    indexes = [_CellIndex(grid) for grid in grids]
    order = sorted(range(len(grids)), key=lambda k: grids[k].bbox.width * grids[k].bbox.height)
    outside: list[Char] = []
    for char in chars:
        x, y = char.center
        for k in order:
            if grids[k].bbox.contains(x, y):
                held[k].setdefault(indexes[k].find(x, y), []).append(char)
                break
        else:
            outside.append(char)
    return held, outside


def _grid_to_table(grid: Grid, by_cell: dict[int, list[Char]], page_no: int, engine: str) -> Table:
    cells = []
    grid, by_cell = split_headings(grid, by_cell)
    for k, cell in enumerate(grid.cells):
        chars = by_cell.get(k, [])
        text = "\n".join(line.text for line in chars_to_lines(chars))
        inked = [char.text for char in chars if not char.text.isspace()]
        garbled = sum(1 for glyph in inked if is_garbled(glyph))
        # A glyph that no one can name is ink without text: the cell must not pass for read.
        marks = ("ink-without-text",) if garbled else ()
        confidence = 1.0 - garbled / max(len(inked), 1)
        cells.append(Cell(cell.rows, cell.cols, text, page_no, cell.bbox, confidence, engine, marks=marks, origin="text-layer"))
    return Table(cells, grid.row_count, grid.col_count)


class _CellIndex:
    """Finds the cell at a point: by grid line first, then by the cell's own box."""

    def __init__(self, grid: Grid) -> None:
        self.cells: list[GridCell] = grid.cells
        self.tops = sorted({cell.bbox.top for cell in grid.cells})
        self.by_top: dict[float, list[int]] = {}
        for k, cell in enumerate(grid.cells):
            for top in self.tops[bisect_right(self.tops, cell.bbox.top) - 1 :]:
                if top >= cell.bbox.bottom:
                    break
                self.by_top.setdefault(top, []).append(k)

    def find(self, x: float, y: float) -> int:
        i = max(bisect_right(self.tops, y) - 1, 0)
        candidates = self.by_top.get(self.tops[i], range(len(self.cells)))
        for k in candidates:
            box = self.cells[k].bbox
            if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                return k
        return min(range(len(self.cells)), key=lambda k: _distance(self.cells[k], x, y))


def _distance(cell: GridCell, x: float, y: float) -> float:
    box = cell.bbox
    dx = max(box.x0 - x, 0.0, x - box.x1)
    dy = max(box.top - y, 0.0, y - box.bottom)
    return dx * dx + dy * dy
