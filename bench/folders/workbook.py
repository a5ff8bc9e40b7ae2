"""Made-up tables into a workbook, and the workbook into a PDF by LibreOffice, as an office prints it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from bench.folders.tables import MadeTable

_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def write_workbook(groups: Sequence[Sequence[MadeTable]], office: str, path: Path) -> None:
    """One sheet a group of tables, one below the other."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for index, group in enumerate(groups):
        sheet = workbook.create_sheet(f"表{index + 1}")
        _set_up(sheet, group)
        row = 1
        for table in group:
            row = _put(sheet, table, office, row, alone=len(group) == 1) + 2
    workbook.save(path)


def print_workbook(path: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a workbook."""
    with tempfile.TemporaryDirectory() as profile:
        own = f"-env:UserInstallation=file://{profile}"
        command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{path.stem}.pdf"


def _set_up(sheet: Any, group: Sequence[MadeTable]) -> None:
    table = max(group, key=lambda each: len(each.widths))
    for index, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    wide = sum(table.widths) > 95
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页"


def _put(sheet: Any, table: MadeTable, office: str, row: int, alone: bool) -> int:
    """Title, number, unit and the table itself; returns the last row."""
    width = len(table.widths)
    last = get_column_letter(width)
    sheet.merge_cells(f"A{row}:{last}{row}")
    title = sheet.cell(row, 1, table.title)
    title.font, title.alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    if table.number:
        row += 1
        sheet.cell(row, width, table.number).alignment = Alignment(horizontal="right")
    if table.unit:
        row += 1
        sheet.cell(row, 1, f"部门：{office}")
        sheet.cell(row, width, f"单位：{table.unit}").alignment = Alignment(horizontal="right")
    first = row + 1
    if alone and table.repeated_rows:
        sheet.print_title_rows = f"{first}:{first + table.repeated_rows - 1}"
    for offset, entries in enumerate(table.rows):
        for column, entry in enumerate(entries, 1):
            cell = sheet.cell(first + offset, column)
            cell.border = _GRID
            if entry is not None:
                _fill(sheet, cell, entry, wrap=not table.clipped)
        if not table.clipped:
            sheet.row_dimensions[first + offset].height = 15.0 * _lines(sheet, entries)
    return first + len(table.rows) - 1


def _lines(sheet: Any, entries: Sequence[Any]) -> int:
    """Lines that the fullest cell of a row takes; cells over several rows or columns have room enough."""
    counts = [1]
    for column, entry in enumerate(entries, 1):
        if entry is not None and entry.row_span == entry.column_span == 1:
            # A column is so many digits wide; a Chinese character takes two and a little.
            room = max(int(sheet.column_dimensions[get_column_letter(column)].width / 2.2), 1)
            counts.append(-(-len(entry.text) // room))
    return max(counts)


def _fill(sheet: Any, cell: Any, entry: Any, wrap: bool) -> None:
    cell.value = entry.number if entry.number is not None else entry.text or None
    cell.alignment = Alignment(wrap_text=wrap, vertical="center", horizontal="right" if entry.number is not None else None)
    if entry.number is not None:
        decimals = len(entry.text.partition(".")[2])
        cell.number_format = ("#,##0" if decimals == 2 else "0") + (f".{'0' * decimals}" if decimals else "")
    elif entry.text:
        cell.number_format = "@"
    if entry.row_span > 1 or entry.column_span > 1:
        row, column = cell.row, cell.column
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + entry.row_span - 1, end_column=column + entry.column_span - 1)
