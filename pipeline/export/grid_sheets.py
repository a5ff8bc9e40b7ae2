"""The tables that are no forms, laid out in sheets as on the page: a sheet a table, the rest one below the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter

from pipeline.export.grid_rows import Row
from pipeline.export.sheet_text import to_sheet_text

_REVIEW_FILL = PatternFill("solid", fgColor="FFF2CC")
_THIN = Side(style="thin", color="999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="center")
# A workbook with more sheets than this opens slowly; what is more stands below each other.
_MOST_SHEETS = 200
# What a worksheet holds is 1,048,576 rows.
_MOST_ROWS = 1_000_000
_WIDTH, _LEAST_WIDTH, _MOST_WIDTH = 1.9, 6.0, 40.0


def add_grid_sheets(workbook: Workbook, names: dict[str, str], grids: Iterable[tuple[str, list[Row]]]) -> None:
    """Lay out every grid.

    Args:
        names: what each grid is called, by its id.
        grids: ids and cells, in the order of the list.
    """
    rest: Any = None
    used = 0
    number = 1
    for count, (grid_id, cells) in enumerate(grids):
        if count < _MOST_SHEETS:
            sheet = workbook.create_sheet(f"表{count + 1}")
            _set_widths(sheet, cells)
            _lay_out(sheet, names.get(grid_id) or grid_id, cells, 0)
            sheet.close()
            continue
        if rest is None or used > _MOST_ROWS:
            if rest is not None:
                rest.close()
                number += 1
            rest, used = workbook.create_sheet("其余表" if number == 1 else f"其余表 {number}"), 0
        used += _lay_out(rest, names.get(grid_id) or grid_id, cells, used)


def _set_widths(sheet: Any, cells: list[Row]) -> None:
    longest: dict[int, float] = {}
    for cell in cells:
        if cell["column_span"] == 1 and cell["text"]:
            units = max(sum(1.0 if char.isascii() else 2.0 for char in line) for line in cell["text"].split("\n"))
            longest[cell["grid_column"]] = max(longest.get(cell["grid_column"], 0.0), units)
    for column, units in longest.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(units + _WIDTH, _LEAST_WIDTH), _MOST_WIDTH)


def _lay_out(sheet: Any, name: str, cells: list[Row], offset: int) -> int:
    """Write the name, the rows and a blank row; returns how many rows that took."""
    height: int = max(cell["grid_row"] + cell["row_span"] for cell in cells) - 1
    width: int = max(cell["grid_column"] + cell["column_span"] for cell in cells) - 1
    lines: list[list[Any]] = [[_blank(sheet) for _ in range(width)] for _ in range(height)]
    for cell in cells:
        row, column = cell["grid_row"], cell["grid_column"]
        lines[row - 1][column - 1] = _cell(sheet, cell)
        if cell["row_span"] > 1 or cell["column_span"] > 1:
            first, last = offset + 1 + row, offset + row + cell["row_span"]
            right = get_column_letter(column + cell["column_span"] - 1)
            sheet.merged_cells.add(f"{get_column_letter(column)}{first}:{right}{last}")
    sheet.append([_text(sheet, name)])
    for line in lines:
        sheet.append(line)
    sheet.append([])
    return height + 2


def _cell(sheet: Any, cell: Row) -> WriteOnlyCell:
    number = cell["number"]
    # A figure stays a figure only where nothing of its print is lost: %, units and codes stay text.
    plain = number is not None and str(cell["text"]).replace(",", "").replace(".", "").lstrip("-").isdigit()
    made = WriteOnlyCell(sheet, float(number) if plain else None) if plain else _text(sheet, cell["text"] or "")
    if plain:
        made.number_format = _format_of(cell["text"])
    made.border, made.alignment = _BORDER, _WRAP
    if cell["review"]:
        made.fill = _REVIEW_FILL
    return made


def _format_of(text: str) -> str:
    decimals = len(text.partition(".")[2])
    return ("#,##0" if "," in text else "0") + (f".{'0' * decimals}" if decimals else "")


def _text(sheet: Any, text: str) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, to_sheet_text(text))
    made.data_type = "s"  # a text that begins with = stays a text
    return made


def _blank(sheet: Any) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, None)
    made.border = _BORDER
    return made
