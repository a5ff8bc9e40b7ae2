"""What is left of a row that a page break cut above its text: a strip of empty cells at the edge of the page."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Cell, Table

# Points: a row lower than this holds no line of type.
_LOW = 7.0


def without_stubs(table: Table, at_end: bool) -> Table:
    """The table without strips at its end, or at its start; cells that span rows get as much lower."""
    while table.row_count > 1:
        row = table.row_count - 1 if at_end else 0
        if not _is_stub(table, row):
            break
        table = _without_row(table, row)
    return table


def _is_stub(table: Table, row: int) -> bool:
    own = [cell for cell in table.cells if len(cell.rows) == 1 and cell.rows.start == row]
    return bool(own) and all(not cell.text and cell.bbox is not None and cell.bbox.height < _LOW for cell in own)


def _without_row(table: Table, row: int) -> Table:
    cells: list[Cell] = []
    for cell in table.cells:
        start, stop = (edge - 1 if edge > row else edge for edge in (cell.rows.start, cell.rows.stop))
        if stop > start:
            cells.append(replace(cell, rows=range(start, stop)))
    return Table(cells, table.row_count - 1, table.col_count)
