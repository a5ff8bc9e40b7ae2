"""How a row of Word 97 describes its cells."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.word_processor.doc.looks import is_shaded, is_shaded_80
from extractors.word_processor.doc.sprms import Properties
from extractors.word_processor.doc.streams import number
from extractors.word_processor.rtf.rows import CellFormat, RowFormat

_ROW, _INSERT, _DELETE, _MERGE, _SPLIT, _MERGE_DOWN = 0xD608, 0x7621, 0x5622, 0x5624, 0x5625, 0xD62B
_SHADES_80, _SHADES = 0xD609, (0xD612, 0xD616, 0xD60C)
_CELL = 20
_WIDTH = 1440


def row_format(held: Properties) -> RowFormat:
    """The borders and merges of a row, as its last paragraph says them."""
    row = RowFormat()
    for code, operand in held:
        if code == _ROW:
            row = _defined(operand)
        elif code == _INSERT:
            _insert(row, operand)
        elif code == _DELETE:
            del row.cells[operand[0] : operand[1]]
        elif code in (_MERGE, _SPLIT):
            for index in range(operand[0], min(operand[1], len(row.cells))):
                row.cells[index].joins_left = code == _MERGE and index > operand[0]
        elif code == _MERGE_DOWN and len(operand) >= 2 and operand[0] < len(row.cells):
            cell = row.cells[operand[0]]
            cell.begins_down, cell.joins_above = operand[1] == 3, operand[1] == 1
        elif code == _SHADES_80:
            _paint(row, 0, [is_shaded_80(number(operand, at)) for at in range(0, len(operand) - 1, 2)])
        elif code in _SHADES:
            first = {0xD612: 0, 0xD616: 22, 0xD60C: 44}[code]
            _paint(row, first, [is_shaded(operand[at : at + 10]) for at in range(0, len(operand) - 9, 10)])
    return row


def _defined(operand: bytes) -> RowFormat:
    count = operand[0] if operand else 0
    edges = [_signed(number(operand, 1 + 2 * index)) for index in range(count + 1)]
    row = RowFormat(left=edges[0] if edges else 0)
    for index in range(count):
        flags = number(operand, 1 + 2 * (count + 1) + _CELL * index)
        across, down = flags & 3, (flags >> 5) & 3
        row.next = CellFormat(joins_left=across in (2, 3), joins_above=down == 1, begins_down=down == 3)
        row.end_cell(edges[index + 1])
    return row


def _signed(value: int) -> int:
    return value - 0x10000 if value > 0x7FFF else value


def _insert(row: RowFormat, operand: bytes) -> None:
    """Cells of one width put between others, which move to the right."""
    at, count, width = operand[0], operand[1], number(operand, 2) or _WIDTH
    at = min(at, len(row.cells))
    left = row.cells[at - 1].right if at else row.left
    new = [CellFormat(left + width * (index + 1)) for index in range(count)]
    for cell in row.cells[at:]:
        cell.right += width * count
    row.cells[at:at] = new


def _paint(row: RowFormat, first: int, painted: Iterable[bool]) -> None:
    for cell, is_painted in zip(row.cells[first:], painted, strict=False):
        cell.painted = is_painted
