"""A worksheet of openpyxl as sheets of all workbooks are held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from extractors.spreadsheets.archive import Place
from extractors.spreadsheets.held import MOST_COLUMNS, SIDES, HeldCell, HeldSheet
from extractors.spreadsheets.shown import Shown, shown


def held_of(sheet: Any, epoch: datetime, without_value: list[Place]) -> HeldSheet:
    """What the sheet holds; of formulas that no result is kept of openpyxl does not tell."""
    held = HeldSheet(sheet.title, without_value=without_value)
    sides = [_sides(border) for border in sheet.parent._borders]
    held.cells = {place: _cell(cell, epoch, sides) for place, cell in sheet._cells.items()}
    held.merged = [(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges]
    held.hidden_rows = {number for number, dim in sheet.row_dimensions.items() if dim.hidden or dim.height == 0}
    held.hidden_cols = _hidden_cols(sheet)
    held.pictures = bool(sheet._images)
    return held


def _hidden_cols(sheet: Any) -> set[int]:
    hidden = bytearray(MOST_COLUMNS + 1)
    for dim in sheet.column_dimensions.values():
        if dim.hidden or dim.width == 0:
            first, last = max(dim.min or 1, 1), min(dim.max or dim.min or 1, MOST_COLUMNS)
            hidden[first : last + 1] = b"\x01" * max(last + 1 - first, 0)
    return {number for number, is_hidden in enumerate(hidden) if is_hidden}


def _cell(cell: Any, epoch: datetime, sides: list[frozenset[str]]) -> HeldCell:
    """``sides`` are those of all borders of the workbook, by their numbers; a cell without a style has the first."""
    value = cell.value
    held = HeldCell(sides=sides[cell._style.borderId if cell._style else 0], error=cell.data_type == "e")
    if value is not None:
        held.text, held.known = shown_of(cell, epoch)
        held.stored = str(value)
    if held.text:
        held.struck = bool(cell.font.strike) or _has_struck_run(value)
        held.white = _is_white_on_white(cell)
    return held


def _sides(border: Any) -> frozenset[str]:
    return frozenset(side for side in SIDES if _is_drawn(getattr(border, side)))


def _is_drawn(side: Any) -> bool:
    return side is not None and side.style not in (None, "none")


def shown_of(cell: Any, epoch: datetime) -> Shown:
    """What is seen of a cell of openpyxl."""
    return shown(cell.value, cell.number_format or "General", cell._style.numFmtId, epoch)


def _has_struck_run(value: Any) -> bool:
    return isinstance(value, list) and any(getattr(getattr(run, "font", None), "strike", False) for run in value)


def _is_white_on_white(cell: Any) -> bool:
    return _is_white(cell.font.color) and (cell.fill.fill_type is None or (cell.fill.fill_type == "solid" and _is_white(cell.fill.fgColor)))


def _is_white(color: Any) -> bool:
    if color is None:
        return False
    if color.type == "theme":
        return bool(color.theme == 0 and not color.tint)
    return bool(color.type == "rgb" and str(color.rgb).upper().endswith("FFFFFF")) or (color.type == "indexed" and color.indexed in (1, 9))
