"""Maps that lie one to one: the glyphs themselves say that a figure is told as another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.painted_pdf import Sheet, write_pdf
from extractors.model import Document
from extractors.options import ReadOptions
from extractors.pdf.maps.outlines import Outlines
from extractors.pdf.maps.shapes import shape_of
from extractors.pdf.pdfium.calls import handle
from extractors.pdf.pdfium_ink import raw_page_to_ink
from extractors.reading import read_file

ROWS = (("1350", "2468"), ("7519", "3056"), ("65", "9778"))
SEEN = [text for row in ROWS for text in row]
# Font, its encoding, and its characters by their codes.
LATIN = ("/Helvetica /Encoding /WinAnsiEncoding", {ord(each): each for each in "0123456789"})
SYMBOL = ("/Symbol", {0xA3: "≤", 0xB3: "≥", ord("5"): "5"})


def table(font: tuple[str, dict[int, str]], told: dict[str, str], rows: tuple[tuple[str, str], ...] = ROWS) -> bytes:
    """A table in one font whose map says ``told`` of some of its characters."""
    name, characters = font
    sheet = Sheet(400, 200)
    for y in (40, 70, 100, 130):
        sheet.line(50, y, 350, y)
    for x in (50, 200, 350):
        sheet.line(x, 40, x, 130)
    sheet.maps.append({code: told.get(text, text) for code, text in characters.items()})
    codes = {text: code for code, text in characters.items()}
    for y, row in zip((60, 90, 120), rows, strict=True):
        for x, text in zip((60, 210), row, strict=True):
            shown = bytes(codes[each] for each in text).hex()
            sheet.ops.append(f"BT 0 g /M0 14 Tf {x} {200 - y} Td <{shown}> Tj ET")
    old = b"/Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /ToUnicode"
    return write_pdf([sheet]).replace(old, f"/Subtype /Type1 /BaseFont {name} /ToUnicode".encode().ljust(len(old)))


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "table.pdf"
    path.write_bytes(data)
    return read_file(path, ReadOptions())


def doubted(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "".join(sorted(raw_page_to_ink(document[0]).doubted))
    finally:
        document.close()


@pytest.mark.parametrize(
    ("told", "found"),
    [({}, ""), ({"1": "7", "7": "1"}, "17"), ({"3": "8", "8": "3"}, "38"), ({str(k): str((k + 1) % 10) for k in range(10)}, "0123456789")],
)
def test_which_figures_their_glyphs_make_doubtful(told: dict[str, str], found: str) -> None:
    assert doubted(table(LATIN, told)) == found


def test_figures_that_are_exchanged_are_read_from_the_page(tmp_path: Path) -> None:
    document = read(tmp_path, table(LATIN, {"1": "7", "7": "1"}))
    assert [note.code for note in document.pages[0].notes] == ["text.map-lies"]
    assert [cell.text for cell in document.tables[0].cells] == SEEN


def test_figures_that_are_told_as_they_look_are_believed(tmp_path: Path) -> None:
    document = read(tmp_path, table(LATIN, {}))
    assert document.pages[0].reader == "text-layer" and not document.pages[0].notes
    assert [cell.text for cell in document.tables[0].cells] == SEEN


def test_signs_that_are_exchanged_are_seen_by_their_strokes(tmp_path: Path) -> None:
    rows = (("≥", "55"), ("≤", "5"), ("≥", "555"))
    told = {"≥": "≤", "≤": "≥"}
    assert doubted(table(SYMBOL, {}, rows)) == ""
    assert doubted(table(SYMBOL, told, rows)) == "≤≥"
    document = read(tmp_path, table(SYMBOL, told, rows))
    assert document.pages[0].reader == "ocr"


def small_pages(honest: bool) -> bytes:
    """A 1 and a 7 in a font whose glyphs are small pages, of which pdfium knows no outlines."""
    one, seven = "400 0 100 700 re f", "100 600 400 100 re f 200 0 m 300 0 l 500 600 l 400 600 l f"
    told = "<61> <0031> <62> <0037>" if honest else "<61> <0037> <62> <0031>"
    cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar {told} endbfchar endcmap"
    streams = [f"600 0 0 0 600 700 d1 {glyph}" for glyph in (one, seven)] + [cmap, "BT /F1 20 Tf 50 50 Td (abbaab) Tj ET"]
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 8 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0]"
        " /FirstChar 97 /LastChar 98 /Widths [600 600] /CharProcs << /a 5 0 R /b 6 0 R >>"
        " /Encoding << /Differences [97 /a /b] >> /ToUnicode 7 0 R /Resources << >> >>",
        *(f"<< /Length {len(each)} >>\nstream\n{each}\nendstream" for each in streams),
    ]
    objects = "".join(f"{k} 0 obj\n{body}\nendobj\n" for k, body in enumerate(bodies, 1))
    return f"%PDF-1.4\n{objects}trailer << /Root 1 0 R /Size 9 >>\n%%EOF\n".encode()


@pytest.mark.parametrize(("honest", "found"), [(True, ""), (False, "17")])
def test_glyphs_without_outlines_are_drawn(honest: bool, found: str) -> None:
    assert doubted(small_pages(honest)) == found


@pytest.mark.parametrize("face", ["Helvetica", "Times-Italic", "Courier-Bold"])
def test_the_shape_of_each_figure_is_its_own(face: str) -> None:
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument.new()
    font = pdfium.FPDFText_LoadStandardFont(document.raw, face.encode())
    for text in "0123456789<>=":
        outline = Outlines().of(handle(font), text)
        assert outline is not None
        picture = outline.picture()
        assert picture is not None and shape_of(picture, text) == text
    pdfium.FPDFFont_Close(font)
    document.close()
