"""Other writings of a sheet: the HTML of somebody's OCR, and a workbook that a spreadsheet program prints."""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter

from bench.layouts.draw import place
from bench.layouts.sheet import UNITS, Sheet


def write_html(sheets: list[Sheet], path: Path) -> Path:
    """The forms as paragraphs and tables with spans."""
    parts = []
    for sheet in sheets:
        parts += [f"<p>{escape(line)}</p>" for line in sheet.above]
        rows = "".join("<tr>" + "".join(_cell(span.text, span.units, span.rows) for span in row) + "</tr>" for row in sheet.rows)
        parts += [f"<table>{rows}</table>", *(f"<p>{escape(line)}</p>" for line in sheet.below)]
    path.write_text(f"<html><body>{''.join(parts)}</body></html>", encoding="utf-8")
    return path


def _cell(text: str, units: int, rows: int) -> str:
    return f'<td colspan="{units}" rowspan="{rows}">{escape(text)}</td>'


def write_printed(sheets: list[Sheet], stem: Path) -> Path:
    """A workbook with a sheet a form, printed by LibreOffice into a PDF beside it."""
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, 1):
        _fill(book.create_sheet(f"表{number}"), sheet)
    book.save(stem.with_suffix(".xlsx"))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(stem.parent), str(stem.with_suffix(".xlsx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return stem.with_suffix(".pdf")


def _fill(page: object, sheet: Sheet) -> None:
    """Lines, the grid with merged cells and borders, lines; one page wide."""
    thin, wrap = Side("thin"), Alignment(wrap_text=True, vertical="center", horizontal="center")
    row = 1
    for column in range(1, UNITS + 1):
        page.column_dimensions[get_column_letter(column)].width = 4.2  # type: ignore[attr-defined]
    for line in sheet.above:
        row = _line(page, row, line)
    for each in place(sheet):
        top, left = row + each.row, each.unit + 1
        bottom, right = top + each.span.rows - 1, left + each.span.units - 1
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                page.cell(y, x).border = Border(left=thin, right=thin, top=thin, bottom=thin)  # type: ignore[attr-defined]
        cell = page.cell(top, left, each.span.text or None)  # type: ignore[attr-defined]
        cell.alignment, cell.number_format = wrap, "@"
        page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)  # type: ignore[attr-defined]
    row += len(sheet.rows)
    for index, spans in enumerate(sheet.rows):
        lines = max(-(-len(span.text) // (2 * span.units)) / span.rows for span in spans) if spans else 1
        page.row_dimensions[row - len(sheet.rows) + index].height = 16 * max(1, lines) + 2  # type: ignore[attr-defined]
    for line in sheet.below:
        row = _line(page, row, line)
    page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight = 9, 1, 0  # type: ignore[attr-defined]
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"  # type: ignore[attr-defined]
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[attr-defined]


def _line(page: object, row: int, text: str) -> int:
    page.cell(row, 1, text)  # type: ignore[attr-defined]
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=UNITS)  # type: ignore[attr-defined]
    return row + 1
