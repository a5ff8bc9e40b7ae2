"""A pdfplumber page -> its ink: glyphs, rulings, coloured areas, pictures."""

from __future__ import annotations

import math
from typing import Any

from extractors.geometry.page_ink import ASCENT, DESCENT, Char, PageInk, drop_doubles
from extractors.model import BBox
from extractors.tables.rulings.pdf_rulings import drawn_to_rulings


def page_to_ink(page: Any) -> PageInk:
    """Read all objects of a ``pdfplumber.page.Page``, in points from the top left of the visible page."""
    left, top, right, bottom = (float(v) for v in page.cropbox)
    lines, rects, curves = (_shifted(objects, left, top) for objects in (page.lines, page.rects, page.curves))
    rulings, fills = drawn_to_rulings(lines, rects, curves)
    chars = [_to_char(c, page, left, top) for c in page.chars]
    pictures = [BBox(i["x0"] - left, i["top"] - top, i["x1"] - left, i["bottom"] - top) for i in page.images]
    shapes = len(lines) + len(rects) + len(curves)
    return PageInk(right - left, bottom - top, drop_doubles(chars), rulings, fills, pictures, shapes=shapes)


def _to_char(c: Any, page: Any, left: float, top: float) -> Char:
    x0, x1, y0, y1 = c["x0"] - left, c["x1"] - left, c["top"] - top, c["bottom"] - top
    angle = _angle(c.get("matrix"))
    size = float(c["size"])
    if angle == 0 and c.get("matrix") and size > 0:
        # Descents in fonts are often wrong; the base line is not.
        base = float(page.mediabox[3]) - c["matrix"][5] - top if page.mediabox[1] == 0 else y1 - DESCENT * size
        if y0 - size <= base <= y1 + size:
            y0, y1 = base - ASCENT * size, base + DESCENT * size
    if angle in (90, 270):
        size = max(x1 - x0, 0.1)
    return Char(c["text"], x0, y0, x1, y1, size, angle)


def _angle(matrix: Any) -> int:
    if not matrix:
        return 0
    a, b = matrix[0], matrix[1]
    if not a and not b:
        return 0
    # PDF y points up, the page's points down: a turn to the left there is 270 here.
    return -round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360


def _shifted(objects: list[Any], left: float, top: float) -> list[Any]:
    if left == 0 and top == 0:
        return objects
    result = []
    for o in objects:
        moved = {**o, "x0": o["x0"] - left, "x1": o["x1"] - left, "top": o["top"] - top, "bottom": o["bottom"] - top}
        if "pts" in o:
            moved["pts"] = [(x - left, y - top) for x, y in o["pts"]]
        result.append(moved)
    return result
