"""One workbook for people: a sheet a table, headers frozen, filters on, text never a formula."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pipeline.dataset import Dataset, publish
from pipeline.errors import from_os_error
from pipeline.export.names import CHINESE, SHEETS
from pipeline.export.rows import COLUMNS, NUMBERS, rows_of

_HEAD_FILL = PatternFill("solid", fgColor="DDE7F0")
_REVIEW_FILL = PatternFill("solid", fgColor="FFF2CC")
_WIDE = {"explanation", "scoring_standard", "overall_goal", "message", "before", "after", "reason", "way_out", "level3", "path", "document"}
# What a worksheet holds; the rest is in the CSV.
_MOST_ROWS = 1_048_000


def write(dataset: Dataset) -> None:
    """``dataset.xlsx`` with the sheets 指标, 表, 修改, 待核 and 失败.

    Raises:
        JobError: the dataset cannot be written.
    """
    path = dataset.root / "dataset.xlsx"
    aside = path.with_name(".dataset.xlsx.part")
    workbook = Workbook(write_only=True)
    try:
        for name in COLUMNS:
            _write_sheet(workbook, name, dataset)
        workbook.save(aside)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise from_os_error(error, path) from error
    publish(aside, path)


def _write_sheet(workbook: Workbook, name: str, dataset: Dataset) -> None:
    sheet = workbook.create_sheet(SHEETS[name])
    columns = COLUMNS[name]
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = 36 if column in _WIDE else 14
    sheet.append([_head(sheet, CHINESE.get(column, column)) for column in columns])
    count = 0
    for count, row in enumerate(rows_of(name, dataset), 1):
        if count > _MOST_ROWS:
            break
        sheet.append([_cell(sheet, row, column) for column in columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"


def _head(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    return cell


def _cell(sheet: Any, row: dict[str, Any], column: str) -> WriteOnlyCell:
    value = row.get(column)
    if isinstance(value, bool):
        value = "是" if value else ""
    elif value is not None and column not in NUMBERS:
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = stays a text
    if column in _WIDE:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if row.get("review") is True or row.get("severity") == "review":
        cell.fill = _REVIEW_FILL
    return cell
