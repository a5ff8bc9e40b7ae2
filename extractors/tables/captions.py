"""Captions and notes that were set inside the frame of a table are text, not rows."""

from __future__ import annotations

import re

from extractors.model import Cell, Table, TextLine, Word, moved

_CAPTION = re.compile(r"^(表|图|附表|附图)\s*[0-9一二三四五六七八九十]|^(Table|Exhibit|Figure|Chart|TABLE|EXHIBIT|FIGURE)\s+[A-Z]?[-–.]?\d")
_NOTE = re.compile(r"^(注|附注|说明|资料来源|数据来源)\s*[:：]|^(Notes?|NOTES?|Sources?|SOURCES?|Exhibit reads|Table reads)\s*[:.]")


def split_captions(table: Table, page_no: int) -> tuple[Table, list[TextLine]]:
    """Take off a first row that is one cell with a numbered caption, and last rows that are one cell with a note."""
    first, last = 0, table.row_count
    by_row = list(table.rows())
    while first < last - 1 and _is_alone(table, by_row, first) and _CAPTION.match(by_row[first][0].text):
        first += 1
    while last - 1 > first and _is_alone(table, by_row, last - 1) and _NOTE.match(by_row[last - 1][0].text):
        last -= 1
    if first == 0 and last == table.row_count:
        return table, []
    kept = [moved(cell, row_by=-first) for cell in table.cells if first <= cell.rows.start < last]
    lines = [line for row in by_row[:first] + by_row[last:] for line in _cell_to_lines(row, page_no)]
    return Table(kept, last - first, table.col_count), lines


def _is_alone(table: Table, by_row: list[list[Cell]], row: int) -> bool:
    """The row is a single cell of its own height over all columns."""
    cells = by_row[row]
    return len(cells) == 1 and len(cells[0].cols) == table.col_count > 1 and len(cells[0].rows) == 1


def _cell_to_lines(row: list[Cell], page_no: int) -> list[TextLine]:
    """The lines of the cell, its height shared out among them."""
    cell = row[0]
    texts = [text for text in cell.text.split("\n") if text]
    if cell.bbox is None:
        return []
    step = cell.bbox.height / max(len(texts), 1)
    boxes = [cell.bbox._replace(top=cell.bbox.top + k * step, bottom=cell.bbox.top + (k + 1) * step) for k in range(len(texts))]
    words = [Word(text, box, cell.confidence) for text, box in zip(texts, boxes, strict=True)]
    return [TextLine(word.text, page_no, word.bbox, word.confidence, (word,)) for word in words]
