"""Rows that are no form become a grid: cells in place, figures typed, the table named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Cell, TextLine
from normalizers.forms.field_builder import cell_to_field
from normalizers.grids.columns import bracketed_unit, column_heads, is_code_column, unit_below
from normalizers.grids.figures import is_stack, to_figure, unwrap_figure
from normalizers.grids.grid import Grid, GridCell
from normalizers.grids.naming import to_title, to_unit
from normalizers.grids.office import to_office
from normalizers.record import Finding

SEVERAL_FIGURES = "several-figures"
VALUE_NOT_SHOWN = "value-not-shown"
# What a spreadsheet prints where a column is too narrow for the number.
_NOT_SHOWN = re.compile(r"^[#＃]{2,}$")


def cells_to_grid(cells: Sequence[Cell], lines: Sequence[TextLine]) -> Grid:
    """One grid of the cells of a table.

    Args:
        cells: rows and columns may begin anywhere; the grid counts its own.
        lines: what stands above the table, from top to bottom.
    """
    placed = _from_zero(cells)
    row_count = max((cell.rows.stop for cell in placed), default=0)
    column_count = max((cell.cols.stop for cell in placed), default=0)
    unit = to_unit(lines, placed, column_count)
    heads = column_heads(placed, column_count)
    labels = _row_units(placed)
    out = [_grid_cell(cell, heads, labels, unit) for cell in placed]
    pages = sorted({cell.page_no for cell in placed})
    grid = Grid(to_title(lines, placed, column_count), unit, pages, row_count, column_count, out, placed, office=to_office(lines))
    grid.findings += [_stacked(index, cell) for index, cell in enumerate(out) if SEVERAL_FIGURES in cell.marks]
    grid.findings += [_not_shown(index, cell) for index, cell in enumerate(out) if VALUE_NOT_SHOWN in cell.marks]
    return grid


def _from_zero(cells: Sequence[Cell]) -> list[Cell]:
    """Cells in reading order, their rows and columns counted from the first."""
    top = min((cell.rows.start for cell in cells), default=0)
    left = min((cell.cols.start for cell in cells), default=0)
    moved = [
        replace(cell, rows=range(cell.rows.start - top, cell.rows.stop - top), cols=range(cell.cols.start - left, cell.cols.stop - left))
        for cell in cells
    ]
    return sorted(moved, key=lambda cell: (cell.rows.start, cell.cols.start))


def _row_units(cells: Sequence[Cell]) -> dict[int, str]:
    """Units that labels of rows give in brackets, by row: 公务用车购置数（辆）."""
    found: dict[int, str] = {}
    for cell in cells:
        if to_figure(cell.text)[0] is None and cell.rows.start > 0:
            unit = bracketed_unit(cell.text)
            if unit:
                found |= dict.fromkeys(cell.rows, unit)
    return found


def _grid_cell(cell: Cell, heads: Sequence[Sequence[str]], row_units: dict[int, str], table_unit: str) -> GridCell:
    # A column of words has as many heads as cells: not copied for each.
    own_heads = heads[cell.cols.start] if len(cell.cols) == 1 else [head for column in cell.cols for head in heads[column]]
    number, own_unit = to_figure(cell.text)
    if number is not None and is_code_column(own_heads):
        number = None
    # The heads themselves hold figures, too: the numbers of the columns count nothing.
    unit = own_unit or row_units.get(cell.rows.start, "") or unit_below(own_heads, table_unit) if number is not None else ""
    seen = {SEVERAL_FIGURES: is_stack(cell.text), VALUE_NOT_SHOWN: bool(_NOT_SHOWN.match("".join(cell.text.split())))}
    marks = (*cell.marks, *(mark for mark, is_there in seen.items() if is_there))
    text = "\n".join(line.strip() for line in cell.text.split("\n") if line.strip())
    read = cell_to_field(cell, None)
    read.raw = read.text = unwrap_figure(cell.text)
    return GridCell(cell.rows.start + 1, cell.cols.start + 1, len(cell.rows), len(cell.cols), text, read, number, unit, marks)


def _stacked(index: int, cell: GridCell) -> Finding:
    figures = " / ".join(cell.text.split("\n"))
    message = f"Several figures stand in one cell: {figures}. No line parts their rows; compare with the page."
    return Finding(str(index), "grid.several-figures", "review", message)


def _not_shown(index: int, cell: GridCell) -> Finding:
    message = f"The page shows {cell.text!r}: the column was too narrow for the number when it was printed. It is not on the page."
    return Finding(str(index), "grid.value-not-shown", "review", message)
