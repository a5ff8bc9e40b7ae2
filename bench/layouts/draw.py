"""A sheet as a page: laid out once, then written as a born-digital PDF or drawn as a picture of 200 dpi."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from bench.forms.render import pdf_to_pictures
from bench.layouts.sheet import UNITS, Sheet, Span

_SIZE, _LEADING, _PADDING = 8.0, 10.0, 4.0
_LONG, _SHORT = 842.0, 595.0
_LEFT, _TOP = 36.0, 40.0
_DPI = 200


@dataclass
class PageDrawing:
    """Lines (x0, y0, x1, y1) and texts (x, base line, text, size) in points from the top left."""

    width: float
    height: float
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    texts: list[tuple[float, float, str, float]] = field(default_factory=list)


@dataclass(frozen=True)
class _Placed:
    span: Span
    row: int
    unit: int


def lay_out(sheet: Sheet) -> list[PageDrawing]:
    """The pages of a sheet; a cell over a page break is drawn on both pages, its text on the first."""
    width, height = (_LONG, _SHORT) if sheet.landscape else (_SHORT, _LONG)
    pages = [PageDrawing(width, height)]
    y = _TOP
    for line in sheet.above:
        size = 13.0 if line.rstrip("（）()0123456789 年度").endswith("表") else _SIZE
        x = _LEFT if "：" in line else (width - _width(line, size)) / 2
        pages[-1].texts.append((x, y, line, size))
        y += size + 8
    placed = place(sheet)
    unit = (width - 2 * _LEFT) / UNITS
    heights = _heights(sheet, placed, unit)
    tops: list[tuple[int, float, float]] = []
    for index, row_height in enumerate(heights):
        if y + row_height > height - sheet.bottom and y > _TOP:
            pages.append(PageDrawing(width, height))
            y = _go_on(sheet, pages[-1], placed, index, heights, unit)
        tops.append((len(pages) - 1, y, y + row_height))
        y += row_height
    for each in placed:
        _draw_cell(pages, each, tops, unit)
    for line in sheet.below:
        if y + 14 > height - 20:
            pages.append(PageDrawing(width, height))
            y = _TOP
        y += 14
        pages[-1].texts.append((_LEFT, y, line, _SIZE))
    _number_pages(sheet, pages)
    return pages


def _go_on(sheet: Sheet, page: PageDrawing, placed: list[_Placed], index: int, heights: list[float], unit: float) -> float:
    """Begin a page at a row: the line that the form goes on, and the heads of its list again; returns where the row stands."""
    y = _TOP
    if sheet.marks.going_on:
        title = next((line for line in sheet.above if "绩效" in line), "绩效表")
        page.texts.append((_LEFT, y, sheet.marks.going_on.format(title=title), _SIZE))
        y += _SIZE + 8
    heads = next((head for head in reversed(sheet.heads) if head < index), None)
    of_list = heads is not None and index < len(sheet.rows) and any(each.row <= heads < each.row + each.span.rows for each in placed)
    if not sheet.marks.heads or heads is None or not of_list:
        return y
    top = y
    for each in placed:
        if each.row <= heads < each.row + each.span.rows:
            _draw_cell([page], replace(each, row=0, span=replace(each.span, rows=1)), [(0, top, top + heights[heads])], unit)
    return top + heights[heads]


def _number_pages(sheet: Sheet, pages: list[PageDrawing]) -> None:
    if sheet.marks.number:
        for number, page in enumerate(pages, 1):
            text = sheet.marks.number.format(number, len(pages))
            page.texts.append(((page.width - _width(text, _SIZE)) / 2, page.height - 12, text, _SIZE))


def place(sheet: Sheet) -> list[_Placed]:
    taken = [[False] * UNITS for _ in sheet.rows]
    placed = []
    for index, row in enumerate(sheet.rows):
        for span in row:
            unit = taken[index].index(False)
            for line in range(index, min(index + span.rows, len(taken))):
                assert not any(taken[line][unit : unit + span.units]), (index, span)
                taken[line][unit : unit + span.units] = [True] * span.units
            placed.append(_Placed(span, index, unit))
        assert all(taken[index]), f"row {index} does not fill the width: {row}"
    return placed


def _wrapped(text: str, width: float, size: float = _SIZE) -> list[str]:
    lines, line = [], ""
    for char in text:
        if line and _width(line + char, size) > width - _PADDING:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _width(text: str, size: float) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


def _heights(sheet: Sheet, placed: list[_Placed], unit: float) -> list[float]:
    heights = [_LEADING + _PADDING] * len(sheet.rows)
    for each in sorted(placed, key=lambda item: item.span.rows):
        rows = range(each.row, min(each.row + each.span.rows, len(heights)))
        need = len(_wrapped(each.span.text, each.span.units * unit)) * _LEADING + _PADDING
        lack = need - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(lack, 0) / len(rows)
    return heights


def _draw_cell(pages: list[PageDrawing], each: _Placed, tops: list[tuple[int, float, float]], unit: float) -> None:
    rows = tops[each.row : each.row + each.span.rows]
    x0 = _LEFT + each.unit * unit
    x1 = x0 + each.span.units * unit
    for number in dict.fromkeys(page for page, _, _ in rows):
        top = min(start for page, start, _ in rows if page == number)
        bottom = max(stop for page, _, stop in rows if page == number)
        pages[number].lines += [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
        if number == rows[0][0]:
            lines = _wrapped(each.span.text, x1 - x0)
            y = (top + bottom - len(lines) * _LEADING) / 2 + _SIZE
            for line in lines:
                pages[number].texts.append(((x0 + x1 - _width(line, _SIZE)) / 2, y, line, _SIZE))
                y += _LEADING


def write_pdf(pages: list[PageDrawing], path: Path) -> None:
    """A PDF whose texts are characters, in a font that every reader of PDF knows by name."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for page in pages:
        stream = zlib.compress(_content(page))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        size = f"{page.width:g} {page.height:g}".encode()
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (size, len(objects))
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(bytes(out))


def _content(page: PageDrawing) -> bytes:
    ops = ["0.6 w"]
    ops += [f"{x0:.2f} {page.height - y0:.2f} m {x1:.2f} {page.height - y1:.2f} l S" for x0, y0, x1, y1 in dict.fromkeys(page.lines)]
    for x, y, text, size in page.texts:
        if text:
            ops.append(f"BT /F1 {size:g} Tf 1 0 0 1 {x:.2f} {page.height - y:.2f} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(ops).encode()


def write_pictures(pages: list[PageDrawing], path: Path, seed: int) -> None:
    """The born-digital pages as pdfium shows them, made a clean scan: a little blur, grain and skew, one picture a page in a PDF."""
    rng = np.random.default_rng(seed)
    write_pdf(pages, path)
    pictures = []
    for drawn in pdf_to_pictures(path, _DPI):
        image = Image.fromarray(drawn).convert("L")
        image = image.rotate(float(rng.uniform(-0.4, 0.4)), resample=Image.Resampling.BICUBIC, fillcolor=255)
        image = image.filter(ImageFilter.GaussianBlur(0.5))
        grey = np.asarray(image, np.float32) + rng.normal(0, 3, (image.height, image.width))
        pictures.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    pictures[0].save(path, "PDF", resolution=_DPI, save_all=True, append_images=pictures[1:], quality=85)
