"""Cells and rows that a page break cut in two are put together, where that is clear."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Cell, Table
from extractors.tables.wrap import unwrap


def heal_page_break(table: Table, seam: int) -> tuple[Table, str]:
    """Join what the page break before row ``seam`` cut; returns a sentence for the page, or ''.

    A label that spans rows goes on over the break when the cell below it is
    empty. A row goes on when the rows on both sides have the same columns, the
    lower one is mostly empty, and each text in it follows a line above that
    ran to the end of its cell.
    """
    if _row_goes_on(table, seam):
        return _merge_rows(table, seam), f"row {seam} is cut by the page break and was put together"
    return _merge_labels(table, seam), ""


def _above_and_below(table: Table, seam: int) -> list[tuple[Cell, Cell]]:
    """Cells that meet at the seam over the same columns."""
    above = {cell.cols: cell for cell in table.cells if cell.rows.stop == seam}
    return [(above[cell.cols], cell) for cell in table.cells if cell.rows.start == seam and cell.cols in above]


def _merge_labels(table: Table, seam: int) -> Table:
    cells = list(table.cells)
    for upper, lower in _above_and_below(table, seam):
        spans = len(upper.rows) > 1 or len(lower.rows) > 1
        upright = _one_char_a_line(upper.text) and _one_char_a_line(lower.text) and "\n" in upper.text + "\n" + lower.text
        if upper.text and spans and (not lower.text or upright):
            text = "\n".join(part for part in (upper.text, lower.text) if part)
            cells[cells.index(upper)] = replace(upper, rows=range(upper.rows.start, lower.rows.stop), text=text)
            cells.remove(lower)
    return Table(cells, table.row_count, table.col_count)


def _one_char_a_line(text: str) -> bool:
    return all(len(line) == 1 for line in text.split("\n"))


def _row_goes_on(table: Table, seam: int) -> bool:
    pairs = _above_and_below(table, seam)
    lower_row = [cell for cell in table.cells if cell.rows.start == seam]
    if len(pairs) != len(lower_row) or any(len(cell.rows) > 1 and cell.text for cell in lower_row):
        return False
    going_on = [(upper, lower) for upper, lower in pairs if lower.text]
    filled = [lower for upper, lower in pairs if upper.text and len(upper.rows) == 1]
    if not going_on or 2 * len(going_on) > len(filled):
        return False
    # A word in the first column that has a cell a row begins a new row, such as a category that is left blank.
    if len(min(filled, key=lambda cell: cell.cols.start).text) > 1:
        return False
    pitch = _points_per_unit(table)
    return pitch is not None and all(_line_is_full(upper, pitch) for upper, _ in going_on)


def _units(line: str) -> float:
    """Width of a line in Chinese characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in line)


def _points_per_unit(table: Table) -> float | None:
    """Width of a Chinese character, from the lines that the cells' borders broke; None where no line was broken."""
    ratios = []
    for cell in table.cells:
        lines = cell.text.split("\n")
        if cell.bbox is not None and len(lines) > 1:
            longest = max(_units(line) for line in lines)
            if longest >= 3:
                ratios.append(cell.bbox.width / longest)
    return sorted(ratios)[len(ratios) // 2] if ratios else None


def _line_is_full(cell: Cell, pitch: float) -> bool:
    if not cell.text or cell.bbox is None or unwrap(cell.text)[-1] in "。！？.!?;；":
        return False
    lines = cell.text.split("\n")
    if len(lines) > 1:
        return _units(lines[-1]) >= max(_units(line) for line in lines) - 1.5
    return _units(lines[-1]) * pitch >= cell.bbox.width - 1.3 * pitch


def _merge_rows(table: Table, seam: int) -> Table:
    cells: list[Cell] = []
    below = {cell.cols: cell for cell in table.cells if cell.rows.start == seam}
    for cell in table.cells:
        if cell.rows.stop == seam and cell.cols in below:
            lower = below[cell.cols]
            text = "\n".join(part for part in (cell.text, lower.text) if part)
            rows = range(cell.rows.start, lower.rows.stop - 1)
            cells.append(replace(cell, rows=rows, text=text, confidence=min(cell.confidence, lower.confidence)))
        elif cell.rows.start > seam:
            cells.append(replace(cell, rows=range(cell.rows.start - 1, cell.rows.stop - 1)))
        elif cell.rows.start < seam:
            stop = cell.rows.stop - 1 if cell.rows.stop > seam else cell.rows.stop
            cells.append(replace(cell, rows=range(cell.rows.start, stop)))
    return Table(cells, table.row_count - 1, table.col_count)
