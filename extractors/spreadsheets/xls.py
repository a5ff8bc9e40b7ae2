"""XLS and ET: workbooks in BIFF, by xlrd; the number formats are shown as for XLSX."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from extractors.errors import BrokenFileError, EncryptedFileError, ReadError
from extractors.messages import tell
from extractors.spreadsheets.archive import check_size
from extractors.spreadsheets.held import SIDES, Budget, HeldCell, HeldSheet, size_of
from extractors.spreadsheets.shown import shown

_EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1))
_EMPTY, _TEXT, _BOOLEAN, _ERROR, _BLANK = 0, 1, 4, 5, 6
_OBJECT, _TEXT_OF_OBJECT = 0x5D, 0x1B6
_PICTURE, _NOTE = 8, 25
# Colours: white by number, and the paper's own.
_WHITES = (1, 9, 65)


def read_xls(path: Path) -> list[HeldSheet]:
    """All sheets of cells.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be read.
    """
    import xlrd

    check_size(path)
    try:
        book = xlrd.open_workbook(str(path), logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True)
        with book:
            drawn = _drawn(book)
            budget = Budget()
            sheets = [_sheet(book, number, budget) for number in range(book.nsheets)]
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # xlrd raises what its parsers happen to meet
        if "encrypted" in str(error).lower():
            raise EncryptedFileError(*tell("workbook.encrypted", name=path.name)) from error
        raise BrokenFileError(*tell("workbook.unreadable", name=path.name, kind=type(error).__name__, error=error)) from error
    if sheets:
        texts, sheets[0].pictures = drawn
        sheets[0].drawn = texts
    return sheets


def _sheet(book: Any, number: int, budget: Budget) -> HeldSheet:
    sheet = book.sheet_by_index(number)
    held = HeldSheet(sheet.name, sheet.visibility == 0)
    budget.take(sheet.nrows)
    for row in range(sheet.nrows):
        budget.take(sheet.row_len(row))
        for col in range(sheet.row_len(row)):
            _add(book, sheet.cell(row, col), held, (row + 1, col + 1))
    for top, bottom, left, right in sheet.merged_cells:
        bounds = (top + 1, left + 1, bottom, right)
        budget.take(size_of(bounds))
        if size_of(bounds) > 1:
            held.merged.append(bounds)
    held.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
    held.hidden_cols = {col + 1 for col, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
    return held


def _add(book: Any, cell: Any, held: HeldSheet, place: tuple[int, int]) -> None:
    if cell.ctype == _EMPTY:
        return
    style = book.xf_list[cell.xf_index]
    new = HeldCell(sides=_sides(style.border))
    if cell.ctype == _ERROR:
        from xlrd.biffh import error_text_from_code

        new.text, new.error = error_text_from_code.get(cell.value, "#ERR"), True
    elif cell.ctype != _BLANK:
        value = bool(cell.value) if cell.ctype == _BOOLEAN else cell.value
        number = style.format_key
        code = book.format_map[number].format_str if number in book.format_map else "General"
        new.text, new.known = shown(value, code or "General", number, _EPOCHS[book.datemode])
        new.stored = str(value)
        # The result of a formula that nobody calculated is kept as an empty text.
        if cell.ctype == _TEXT and value == "":
            held.without_value.append(place)
    font = book.font_list[style.font_index]
    new.struck, new.white = bool(font.struck_out), _is_white(font, style.background)
    if new.text or new.stored or new.sides:
        held.cells[place] = new


def _sides(border: Any) -> frozenset[str]:
    return frozenset(side for side in SIDES if getattr(border, f"{side}_line_style"))


def _is_white(font: Any, background: Any) -> bool:
    plain = background.fill_pattern == 0 or (background.fill_pattern == 1 and background.pattern_colour_index in _WHITES)
    return font.colour_index in (1, 9) and plain


def _drawn(book: Any) -> tuple[list[str], bool]:
    """The texts of shapes that are no comment, and whether there are pictures; xlrd tells of neither."""
    texts, pictures, kind = [], False, _NOTE
    records = list(_records(book))
    for at, (number, data) in enumerate(records):
        if number == _OBJECT and len(data) >= 6:
            kind = int.from_bytes(data[4:6], "little")
            pictures |= kind == _PICTURE
        elif number == _TEXT_OF_OBJECT and kind != _NOTE and len(data) >= 12 and int.from_bytes(data[10:12], "little"):
            behind = records[at + 1][1] if at + 1 < len(records) else b""
            wide = behind[:1] == b"\x01"
            texts.append(behind[1:].decode("utf-16-le" if wide else "latin-1", "replace") or "?")
    return texts, pictures


def _records(book: Any) -> Iterator[tuple[int, bytes]]:
    """The records of the workbook's stream that drawings are kept in, and what goes on behind one."""
    data, at, end = book.mem, book.base, book.base + book.stream_len
    wanted = False
    while at + 4 <= end:
        number, length = struct.unpack("<HH", data[at : at + 4])
        if number in (_OBJECT, _TEXT_OF_OBJECT) or (wanted and number == 0x3C):
            yield number, bytes(data[at + 4 : at + 4 + length])
        wanted = number == _TEXT_OF_OBJECT
        at += 4 + length
