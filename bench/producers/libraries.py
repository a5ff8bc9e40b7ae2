"""Python libraries that set tables themselves."""

from __future__ import annotations

from html import escape
from pathlib import Path

from bench.producers.call import ProgramError
from bench.producers.office import sheet_of
from bench.producers.sheet import Box, Sheet

# A TrueType font: not all of these programs take the outlines of OpenType.
FONT_FILES = ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/arphic/uming.ttc")
_PAGE, _MARGIN = (595.3, 841.9), 37.0


def font_file() -> str:
    for name in FONT_FILES:
        if Path(name).exists():
            return name
    raise ProgramError(f"none of {', '.join(FONT_FILES)} is there")


def fpdf2(name: str, path: Path) -> None:
    from fpdf import FPDF

    sheet = sheet_of(name)
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.add_page()
    pdf.add_font("song", fname=font_file())
    pdf.set_font("song", size=14)
    pdf.multi_cell(0, 20, sheet.title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("song", size=9)
    pdf.multi_cell(0, 14, sheet.year, align="C", new_x="LMARGIN", new_y="NEXT")
    widths = tuple(100 * width for width in sheet.widths)
    with pdf.table(col_widths=widths, first_row_as_headings=False, line_height=12, padding=2) as table:
        # fpdf2 and reportlab break no page inside a cell that spans rows.
        for boxes in sheet.rows_without_spans():
            row = table.row()
            for box in boxes:
                row.cell(box.text, colspan=box.cols, align="C" if box.centred else "L")
    for parts in sheet.foot:
        pdf.multi_cell(0, 16, "    ".join(parts), new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))


def reportlab(name: str, path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("song", font_file()))
    _platypus(sheet_of(name), path, "song")


def reportlab_cid(name: str, path: Path) -> None:
    """A font of Adobe's Chinese collection that is not in the file."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    _platypus(sheet_of(name), path, "STSong-Light")


def _platypus(sheet: Sheet, path: Path, font: str) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    style = ParagraphStyle("cell", fontName=font, fontSize=9, leading=11, wordWrap="CJK")
    middle, title = ParagraphStyle("c", style, alignment=1), ParagraphStyle("t", style, fontSize=14, leading=20, alignment=1)
    count, total = len(sheet.widths), _PAGE[0] - 2 * _MARGIN
    cells: list[list[object]] = [[""] * count for _ in sheet.rows]
    spans = []
    for row, boxes in enumerate(sheet.rows_without_spans()):
        for box in boxes:
            cells[row][box.col] = Paragraph(escape(box.text), middle if box.centred else style)
            spans.append(("SPAN", (box.col, row), (box.col + box.cols - 1, row)))
    look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]
    table = Table(cells, [width * total for width in sheet.widths], style=look)
    foot = [Paragraph(escape("    ".join(parts)).replace("    ", "&nbsp;" * 4), style) for parts in sheet.foot]
    parts = [Paragraph(escape(sheet.title), title), Paragraph(escape(sheet.year), middle), table, *foot]
    SimpleDocTemplate(str(path), pagesize=_PAGE, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=40, bottomMargin=40).build(parts)


def typst(name: str, path: Path) -> None:
    import typst as program

    source = path.with_suffix(".typ")
    source.write_text(_typst_source(sheet_of(name)), encoding="utf-8")
    program.compile(str(source), output=str(path))


def _typst_source(sheet: Sheet) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def cell(box: Box) -> str:
        align = "center" if box.centred else "left"
        return f"table.cell(colspan: {box.cols}, rowspan: {box.rows}, align: {align} + horizon, text({quoted(box.text)})),"

    cells = "\n".join(cell(box) for box in sheet.boxes())
    columns = ", ".join(f"{1000 * width:.1f}fr" for width in sheet.widths)
    foot = "\n\n".join(f"#text({quoted('    '.join(parts))})" for parts in sheet.foot)
    return (
        '#set page(paper: "a4", margin: 13mm)\n#set text(font: "Noto Sans CJK SC", lang: "zh", size: 9pt)\n'
        f"#align(center, text(size: 14pt, {quoted(sheet.title)}))\n\n#align(center, text({quoted(sheet.year)}))\n\n"
        f"#table(columns: ({columns}), inset: 2pt, stroke: 0.5pt,\n{cells}\n)\n{foot}\n"
    )
