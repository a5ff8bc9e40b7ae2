"""LibreOffice: a document of Writer, one of Word, a sheet of Calc, one of Excel."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.forms.html import filing_to_html
from bench.producers.call import call
from bench.producers.forms import FONT, form
from bench.producers.sheet import Sheet, html_to_sheets

_WIDTH_MM = 184.0


def sheet_of(name: str) -> Sheet:
    return html_to_sheets(filing_to_html(*form(name)))[0]


def writer_odt(name: str, path: Path) -> None:
    """Through Writer's own format, made from the Word document."""
    word = path.with_suffix(".docx")
    write_docx(sheet_of(name), word)
    with tempfile.TemporaryDirectory() as profile:
        where = f"-env:UserInstallation=file://{profile}"
        call("soffice", where, "--headless", "--convert-to", "odt", "--outdir", str(path.parent), str(word))
    _convert(path.with_suffix(".odt"), path, "writer_pdf_Export")


def writer_docx(name: str, path: Path) -> None:
    word = path.with_suffix(".docx")
    write_docx(sheet_of(name), word)
    _convert(word, path, "writer_pdf_Export")


def calc_xlsx(name: str, path: Path) -> None:
    book = path.with_suffix(".xlsx")
    write_xlsx(sheet_of(name), book, wrap=True)
    _convert(book, path, "calc_pdf_Export")


def calc_overflow(name: str, path: Path) -> None:
    """Without line breaks in cells: text runs over its neighbours where they are empty and is clipped where they are not."""
    book = path.with_suffix(".xlsx")
    write_xlsx(sheet_of(name), book, wrap=False)
    _convert(book, path, "calc_pdf_Export")


def calc_split(name: str, path: Path) -> None:
    """Wider than the paper: the left columns of all rows are printed first, then the right ones."""
    book = path.with_suffix(".xlsx")
    write_xlsx(sheet_of(name), book, wrap=True, fit=False)
    _convert(book, path, "calc_pdf_Export")


def _convert(source: Path, path: Path, filter_name: str) -> None:
    with tempfile.TemporaryDirectory() as profile:
        where = f"-env:UserInstallation=file://{profile}"
        call("soffice", where, "--headless", "--convert-to", f"pdf:{filter_name}", "--outdir", str(path.parent), str(source))
    made = source.with_suffix(".pdf")
    if made != path:
        made.rename(path)


def write_docx(sheet: Sheet, path: Path) -> None:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(13)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    for text, size in ((sheet.title, 14), (sheet.year, 9)):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).font.size = Pt(size)
    table = document.add_table(len(sheet.rows), len(sheet.widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, sheet.widths, strict=True):
        for cell in column.cells:
            cell.width = Mm(_WIDTH_MM * width)
    for box in sheet.boxes():
        cell = table.cell(box.row, box.col).merge(table.cell(box.row + box.rows - 1, box.col + box.cols - 1))
        cell.text = box.text
        if box.centred:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for parts in sheet.foot:
        document.add_paragraph("    ".join(parts))
    document.save(str(path))


def write_xlsx(sheet: Sheet, path: Path, wrap: bool, fit: bool = True) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight = 9, 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = fit
    side, count = Side("thin"), len(sheet.widths)
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = 100 * width
    for row, text in ((1, sheet.title), (2, sheet.year)):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=count)
        page.cell(row, 1, text).alignment = Alignment("center")
    for box in sheet.boxes():
        row, col = box.row + 3, box.col + 1
        cell = page.cell(row, col, box.text or None)
        cell.alignment = Alignment("center" if box.centred else "left", "center", wrap_text=wrap)
        for i in range(box.rows):
            for j in range(box.cols):
                each = page.cell(row + i, col + j)
                each.border, each.font = Border(side, side, side, side), Font(FONT, 9)
        if box.rows * box.cols > 1:
            page.merge_cells(start_row=row, end_row=row + box.rows - 1, start_column=col, end_column=col + box.cols - 1)
    if wrap:
        for number in range(len(sheet.rows)):
            page.row_dimensions[number + 3].height = _height(sheet, number)
    at = len(sheet.rows) + 3
    for parts in sheet.foot:
        for number, part in enumerate(parts):
            page.cell(at, 1 + number * count // len(parts), part).font = Font(FONT, 9)
        at += 1
    book.save(path)


def _height(sheet: Sheet, number: int) -> float:
    """Points that the highest cell of a row needs."""
    lines = 1
    for box in sheet.rows[number]:
        width = 520 * sum(sheet.widths[box.col : box.col + box.cols])
        if box.rows == 1:
            lines = max(lines, -(-len(box.text) * 10 // max(int(width - 6), 1)))
    return 13.0 * lines + 4
