"""One workbook for people: a sheet a table, headers frozen, filters on, text never a formula."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from normalizers.codebook import in_chinese
from normalizers.contract import spoken_as
from pipeline.dataset import written_whole
from pipeline.export.delivery import Delivery
from pipeline.export.grid_rows import by_grid
from pipeline.export.grid_sheets import add_grid_sheets
from pipeline.export.names import CHINESE, SHEETS, VALUES
from pipeline.export.rows import COLUMNS, NUMBERS
from pipeline.export.sheet_text import to_sheet_text
from pipeline.export.source import Source

_HEAD_FILL = PatternFill("solid", fgColor="DDE7F0")
_REVIEW_FILL = PatternFill("solid", fgColor="FFF2CC")
_WIDE = spoken_as("sentence", "indicator") | {"message", "rule", "before", "after", "way_out", "path", "document"}
# What a worksheet holds, its head included, is 1,048,576; the rest goes on in the next.
_MOST_ROWS = 1_048_000
_GRID_ID, _GRID_NAME = COLUMNS["grids"].index("grid_id"), tuple(COLUMNS["grids"].index(name) for name in ("title", "document"))


def write(delivery: Delivery) -> None:
    """``dataset.xlsx`` with the sheets 指标, 表, 修改, 待核, 失败 and 其他表, and each other table laid out.

    A list too long for one sheet goes on in 指标 2 and so on.

    Raises:
        JobError: the dataset cannot be written.
    """
    workbook = Workbook(write_only=True)
    with written_whole(delivery.folder / "dataset.xlsx") as (aside,), delivery.source() as source:
        for name in SHEETS:
            _write_sheets(workbook, name, source)
        names = {row[_GRID_ID]: " ".join(row[index] for index in _GRID_NAME if row[index]) for row in source.rows_of("grids")}
        add_grid_sheets(workbook, names, by_grid(source.rows_of("grid_cells")))
        workbook.save(aside)


def _write_sheets(workbook: Workbook, name: str, source: Source) -> None:
    columns = COLUMNS[name]
    rows = source.rows_of(name)
    number, sheet, count = 1, _new_sheet(workbook, SHEETS[name], columns), 0
    for row in rows:
        if count == _MOST_ROWS:
            _end_sheet(sheet, columns, count)
            number += 1
            sheet, count = _new_sheet(workbook, f"{SHEETS[name]} {number}", columns), 0
        named = dict(zip(columns, row, strict=True))
        spoken = _spoken(named)
        sheet.append([_cell(sheet, named, column, spoken.get(column)) for column in columns])
        count += 1
    _end_sheet(sheet, columns, count)


def _new_sheet(workbook: Workbook, title: str, columns: tuple[str, ...]) -> Any:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = 36 if column in _WIDE else 14
    sheet.append([_head(sheet, CHINESE.get(column, column)) for column in columns])
    return sheet


def _end_sheet(sheet: Any, columns: tuple[str, ...], count: int) -> None:
    """A write-only sheet goes to disk when it is closed; its filter must be known by then."""
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    sheet.close()


def _head(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    return cell


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    """The row in Chinese: words of closed sets, what a finding says, what a rule did."""
    spoken = {name: VALUES[name].get(value, value) if name in VALUES else value for name, value in row.items()}
    if "message" in row:
        spoken["message"] = in_chinese(row["code"])
    if "rule" in row:
        spoken["rule"] = f"{row['rule']}  {in_chinese(row['rule'])}"
    return spoken


def _cell(sheet: Any, row: dict[str, Any], column: str, value: Any) -> WriteOnlyCell:
    if isinstance(value, bool):
        value = "是" if value else ""
    elif value is not None and column not in NUMBERS:
        value = to_sheet_text(str(value))
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = stays a text
    if column in _WIDE:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if row.get("review") is True or row.get("severity") == "review":
        cell.fill = _REVIEW_FILL
    return cell
