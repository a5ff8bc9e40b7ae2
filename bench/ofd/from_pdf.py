"""A PDF written again as an OFD, in the three styles in which programs write text."""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from bench.ofd.package import Ofd, OfdPage, area_object, image_object, line_object, mm, text_object

Style = Literal["cells", "rows", "letters"]
STYLES: tuple[Style, ...] = ("cells", "rows", "letters")
_MM = 25.4 / 72
# Shares of the size: a wider gap parts two texts of the style ``cells``.
_GAP = 0.4


def pdf_to_ofd(pdf: Path, style: Style) -> Ofd:
    """All pages of a PDF.

    Args:
        style: ``cells`` writes a text code for each piece of text, ``rows`` one for each base line over all of its cells,
            with the jumps among its steps, ``letters`` an object for each character, placed by its transform.
    """
    import pdfplumber
    import pypdfium2

    ofd = Ofd()
    with pdfplumber.open(pdf) as document, closing(pypdfium2.PdfDocument(pdf)) as other:
        for page, raw in zip(document.pages, other, strict=True):
            ofd.pages.append(_page(ofd, page, raw, style))
    return ofd


@dataclass(frozen=True)
class Letter:
    """A character on the page in points: its base line begins at ``x``, ``y`` from the top left and ends at ``x1``."""

    text: str
    x: float
    y: float
    x1: float
    size: float
    rgb: str


def _letters(raw: Any, height: float) -> list[Letter]:
    import pypdfium2.raw as pdfium

    found = []
    text = raw.get_textpage()
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    rgba = [ctypes.c_uint() for _ in range(4)]
    for k in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, k)
        if code < 32 or pdfium.FPDFText_IsGenerated(text.raw, k) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(text.raw, k, x, y)
        pdfium.FPDFText_GetLooseCharBox(text.raw, k, box)
        pdfium.FPDFText_GetMatrix(text.raw, k, matrix)
        pdfium.FPDFText_GetFillColor(text.raw, k, *rgba)
        size = pdfium.FPDFText_GetFontSize(text.raw, k) * math.hypot(matrix.c, matrix.d)
        rgb = " ".join(str(each.value) for each in rgba[:3])
        found.append(Letter(chr(code), x.value, height - y.value, max(box.right, x.value), round(size, 3), rgb))
    return found


def _page(ofd: Ofd, page: Any, raw: Any, style: Style) -> OfdPage:
    result = OfdPage(float(page.width) * _MM, float(page.height) * _MM)
    for picture in page.images:
        number = 200 + len(ofd.pictures)
        image = page.crop((picture["x0"], picture["top"], picture["x1"], picture["bottom"]), strict=False).to_image(200).original
        buffer = io.BytesIO()
        image.convert("RGB").save(buffer, "PNG")
        ofd.pictures.append((number, f"picture_{number}.png", buffer.getvalue()))
        box = [v * _MM for v in (picture["x0"], picture["top"], picture["x1"] - picture["x0"], picture["bottom"] - picture["top"])]
        result.add(image_object(*box, number))
    for each in page.rects:
        result.add(*_rect(each))
    for each in page.lines:
        result.add(_line(each))
    for group in _groups(_letters(raw, float(page.height)), style):
        result.add(_text(group, style))
    return result


def _rect(each: Any) -> Iterable[str]:
    x0, top, x1, bottom = (each[key] * _MM for key in ("x0", "top", "x1", "bottom"))
    if each.get("fill"):
        yield area_object(x0, top, x1, bottom, _rgb(each.get("non_stroking_color")))
    if each.get("stroke"):
        width = (each.get("linewidth") or 0.5) * _MM
        for line in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            yield line_object(*line, width)


def _line(each: Any) -> str:
    (ax, ay), (bx, by) = each["pts"][0], each["pts"][-1]
    return line_object(ax * _MM, ay * _MM, bx * _MM, by * _MM, (each.get("linewidth") or 0.5) * _MM)


def _rgb(color: Any) -> str:
    values = [float(v) for v in color] if isinstance(color, (tuple, list)) else [float(color or 0)]
    if len(values) == 4:
        values = [(1 - v) * (1 - values[3]) for v in values[:3]]
    values = values * 3 if len(values) == 1 else values
    return " ".join(str(round(v * 255)) for v in values[:3])


def _groups(letters: Sequence[Letter], style: Style) -> Iterable[list[Letter]]:
    if style == "letters":
        yield from ([letter] for letter in letters if letter.text.strip())
        return
    if style == "rows":
        lines: dict[tuple[float, float, str], list[Letter]] = {}
        for letter in letters:
            lines.setdefault((round(letter.y, 1), letter.size, letter.rgb), []).append(letter)
        yield from (sorted(line, key=lambda letter: letter.x) for line in lines.values())
        return
    group: list[Letter] = []
    for letter in letters:
        if group and not _goes_on(group[-1], letter):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _goes_on(last: Letter, letter: Letter) -> bool:
    level = abs(last.y - letter.y) < 0.1 and last.size == letter.size and last.rgb == letter.rgb
    return level and -0.1 * letter.size <= letter.x - last.x1 <= _GAP * letter.size


def _text(group: Sequence[Letter], style: Style) -> str:
    first = group[0]
    x, y, size = first.x * _MM, first.y * _MM, first.size * _MM
    inner = f'<ofd:FillColor Value="{first.rgb}"/>' if first.rgb != "0 0 0" else ""
    text = "".join(letter.text for letter in group)
    if style == "letters":
        box = f"{mm(x)} {mm(y - size)} {mm(size)} {mm(size * 1.3)}"
        return (
            f'<ofd:TextObject ID="7" Boundary="{box}" Font="1" Size="1" CTM="{mm(size)} 0 0 {mm(size)} 0 {mm(size)}">{inner}'
            f'<ofd:TextCode X="0" Y="0">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )
    steps = [(b.x - a.x) * _MM for a, b in zip(group, group[1:], strict=False)]
    return text_object(x, y, text, size, steps, inner=inner)
