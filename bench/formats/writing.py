"""The formats that libraries write here; the others are converted from these by programs."""

from __future__ import annotations

from html import escape
from pathlib import Path

from bench.formats.forms import Form
from bench.producers.sheet import Box

_WIDTH_MM = 180.0
FONT = "Noto Sans CJK SC"


def write_docx(form: Form, path: Path) -> None:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin = section.bottom_margin = Mm(12)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(8)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    for text in form.above:
        document.add_paragraph(text)
    table = document.add_table(len(form.rows), len(form.widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, form.widths, strict=True):
        column.width = Mm(_WIDTH_MM * width)
        for cell in column.cells:
            cell.width = Mm(_WIDTH_MM * width)
    for box in form.boxes():
        cell = table.cell(box.row, box.col)
        if box.rows * box.cols > 1:
            cell = cell.merge(table.cell(box.row + box.rows - 1, box.col + box.cols - 1))
        lines = box.text.split("\n")
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    for text in form.below:
        document.add_paragraph(text)
    document.save(str(path))


def write_html(form: Form, path: Path) -> None:
    """As a web system exports it: declared as gb2312, with the name of an old workbook."""
    rows = "\n".join("<tr>" + "".join(_td(box.text, box.rows, box.cols) for box in row) + "</tr>" for row in form.rows)
    above, below = ("\n".join(f"<p>{escape(line)}</p>" for line in lines) for lines in (form.above, form.below))
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td {border: 1px solid}</style>'
    page = f"<html><head>{head}</head><body>\n{above}\n<table>\n{rows}\n</table>\n{below}\n</body></html>"
    path.write_bytes(page.encode("gb18030"))


def _td(text: str, rows: int, cols: int) -> str:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{cols}"' if cols > 1 else "")
    return f"<td{spans}>{'<br>'.join(map(escape, text.split(chr(10))))}</td>"


def write_xlsx(form: Form, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Border, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet, side = book.active, Side("thin")
    for number, width in enumerate(form.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 100 * width
    for row, text in enumerate(form.above, 1):
        sheet.cell(row, 1, text)
    top = len(form.above) + 1
    for box in form.boxes():
        for i in range(box.rows):
            for j in range(box.cols):
                sheet.cell(top + box.row + i, box.col + j + 1).border = Border(side, side, side, side)
        sheet.cell(top + box.row, box.col + 1, box.text or None)
        if box.rows * box.cols > 1:
            end = (top + box.row + box.rows - 1, box.col + box.cols)
            sheet.merge_cells(start_row=top + box.row, start_column=box.col + 1, end_row=end[0], end_column=end[1])
    for row, text in enumerate(form.below, top + len(form.rows)):
        sheet.cell(row, 1, text)
    book.save(path)


def write_sheet_xml(form: Form, path: Path) -> None:
    """SpreadsheetML 2003 with the name of an old workbook, as web systems export it."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sides = "".join(f'<Border ss:Position="{side}" ss:LineStyle="Continuous"/>' for side in ("Left", "Right", "Top", "Bottom"))
    rows = [f'<Row><Cell><Data ss:Type="String">{escape(line)}</Data></Cell></Row>' for line in form.above]
    for row in form.rows:
        rows.append("<Row>" + "".join(map(_sheet_cell, row)) + "</Row>")
    rows += [f'<Row><Cell><Data ss:Type="String">{escape(line)}</Data></Cell></Row>' for line in form.below]
    style = f'<Style ss:ID="b"><Borders>{sides}</Borders></Style>'
    sheet = f'<Worksheet ss:Name="Sheet1"><Table>{"".join(rows)}</Table></Worksheet>'
    book = f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Styles>{style}</Styles>{sheet}</Workbook>'
    path.write_text(f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>{book}', encoding="utf-8")


def _sheet_cell(box: Box) -> str:
    span = f' ss:MergeDown="{box.rows - 1}"' if box.rows > 1 else ""
    span += f' ss:MergeAcross="{box.cols - 1}"' if box.cols > 1 else ""
    data = f'<Data ss:Type="String">{escape(box.text).replace(chr(10), "&#10;")}</Data>' if box.text else ""
    return f'<Cell ss:Index="{box.col + 1}" ss:StyleID="b"{span}>{data}</Cell>'
