"""Small files that take long to read, much memory, or spoil what is delivered; each with an ending and by a number, no two alike."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.extractors import test_other_workbooks
from tests.extractors.pdf_maker import PdfPage, make_pdf
from tests.normalizers.forms import ROWS, form_text

Made = tuple[str, bytes]


def _text(text: str, ending: str = ".txt") -> Made:
    return ending, text.encode("utf-8", "surrogatepass")


def strokes(index: int, chance: random.Random) -> Made:
    """Strokes that begin no tag, in 120 KB."""
    return _text(f"<table><tr><td>{index}" + chance.choice(("<", "< ", "</", "<!--", "<td", "<a ", "&#")) * 30_000, ".html")


def spans(index: int, chance: random.Random) -> Made:
    cell = f'<td rowspan="{chance.choice((500, 9999, 65534))}" colspan="{chance.choice((500, 1000, 99999))}">{index}</td>'
    return _text(f"<html><body><table>{f'<tr>{cell * 20}</tr>' * 15}</table></body></html>", ".html")


def blanks(index: int, chance: random.Random) -> Made:
    return _text(f"{index}\t甲\n" + chance.choice((" ", "\t", "\u3000", "|", "—", "1 ", "（")) * 400_000)


def nested(index: int, chance: random.Random) -> Made:
    return _text(f"{index}" + "<table><tr><td>" * 5_000 + "甲", ".html")


def long_form(index: int, chance: random.Random) -> Made:
    """A form of many rows: the cleaner's work."""
    rows = [row for number in range(300) for row in ([*ROWS[-1][:2], f"甲{index}乙{number}", *ROWS[-1][3:]],)]
    return _text(form_text([*ROWS, *rows]))


def long_cell(index: int, chance: random.Random) -> Made:
    word = chance.choice(("率", "达到", "1、", "。", "9", "（1）", "提高", "a", "≥9%", "2031年", "，"))
    rows = [list(row) for row in ROWS]
    rows[-1][6] = f"{index}" + word * (60_000 // len(word))
    return _text(form_text(rows))


def no_characters(index: int, chance: random.Random) -> Made:
    odd = "".join(chance.choice("\ufffe\uffff\ud800\udfff\x01\x1b\u202e\ufeff\U0010ffff_x0041_=@") for _ in range(40))
    rows = [list(row) for row in ROWS]
    rows[-1][2], rows[-1][6] = f"甲{odd}{index}", odd + "长" * chance.choice((10, 40_000))
    if index % 2:
        return ".txt", form_text(rows).encode("utf-16", "surrogatepass")
    return _text(form_text(rows))


def digits(index: int, chance: random.Random) -> Made:
    rows = [list(row) for row in ROWS]
    rows[-1][4] = f"{index}" + "9" * chance.choice((20, 400, 5000))
    return _text(form_text(rows))


def zip_bomb(index: int, chance: random.Random) -> Made:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{index}.txt", b" " * (600 << 20) if index % 3 == 0 else b"0" * (80 << 20))
    return ".zip", out.getvalue()


def gzip_bomb(index: int, chance: random.Random) -> Made:
    return ".gz", gzip.compress(f"{index}".encode() + b"\0" * (700 << 20 if index % 3 == 0 else 60 << 20), 6)


def nested_zip(index: int, chance: random.Random) -> Made:
    data = f"{index}".encode()
    for depth in range(12):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(f"{depth}.zip" if depth else "a.txt", data)
        data = out.getvalue()
    return ".zip", data


def many_members(index: int, chance: random.Random) -> Made:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(30_000):
            archive.writestr(zipfile.ZipInfo(f"{index}/{number}"), b"")
    return ".zip", out.getvalue()


def vast_picture(index: int, chance: random.Random) -> Made:
    """One that says it has more pixels than it holds bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    side = chance.choice((14_000, 30_000, 2**31 - 1))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 64) + bytes([index % 256])
    return ".png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def endless_tiff(index: int, chance: random.Random) -> Made:
    """Directories that lead in a circle, or twelve thousand of them."""
    if index % 2:
        return ".tiff", b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0" + bytes([index % 256])
    entry = struct.pack("<HHII", 256, 3, 1, 1) + struct.pack("<HHII", 257, 3, 1, 1)
    body = b"".join(struct.pack("<H", 2) + entry + struct.pack("<I", 8 + 30 * (number + 1)) for number in range(12_000))
    return ".tiff", b"II*\0\x08\0\0\0" + body + bytes([index % 256])


def endless_pdf(index: int, chance: random.Random) -> Made:
    """A page tree that leads in a circle, or one page three thousand times."""
    data = make_pdf([PdfPage().text(30, 60, f"{index}")])
    if index % 2:
        return ".pdf", data.replace(b"/Count 1", b"/Count 2147483647")
    return ".pdf", make_pdf([PdfPage().text(30, 60, f"{index}")] * 3000)


def drawn_pdf(index: int, chance: random.Random) -> Made:
    """A page of a hundred thousand rulings."""
    page = PdfPage().text(30, 60, f"{index}")
    page.grid([float(x) for x in range(0, 590, 2)], [float(y) for y in range(0, 830, 3)])
    return ".pdf", make_pdf([page])


def whole_sheet(index: int, chance: random.Random) -> Made:
    """A workbook that merges its whole sheet, or whose text is entities of entities."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = f"甲{index}"  # type: ignore[index]
    book.save(out)
    parts = {}
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    if index % 2:
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        parts[sheet] = parts[sheet].replace(b"</sheetData>", merged)
    else:
        entities = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'
        parts[sheet] = parts[sheet].replace(b"<worksheet", entities + b"<worksheet", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return ".xlsx", packed.getvalue()


def repeated_cells(index: int, chance: random.Random) -> Made:
    row = f'<Row ss:Index="{chance.choice((1, 1048576, 99999999))}"><Cell ss:MergeAcross="16000" ss:MergeDown="60000">'
    row += f'<Data ss:Type="String">{index}</Data></Cell></Row>'
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>'
    return _text(f"{head}{row}</Table></Worksheet></Workbook>", ".xml")


def deep_xml(index: int, chance: random.Random) -> Made:
    head = '<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet" '
    names = test_other_workbooks._SPACES
    return _text(f"{head}{names}><office:body>{index}" + "<text:p>" * 20_000, ".fods")


BYTES: dict[str, Callable[[int, random.Random], Made]] = {
    make.__name__.replace("_", " "): make
    for make in (
        strokes, spans, blanks, nested, long_form, long_cell, no_characters, digits, zip_bomb, gzip_bomb, nested_zip, many_members,
        vast_picture, endless_tiff, endless_pdf, drawn_pdf, whole_sheet, repeated_cells, deep_xml,
    )
}  # fmt: skip
