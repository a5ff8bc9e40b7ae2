"""Lines, boxes, coloured areas and pictures of a pdfium page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from extractors.ink import PageInk
from extractors.model import BBox
from extractors.placement import Placement
from extractors.tables.pdf_rulings import THIN, segment_to_rulings

# A path with more segments than this is a drawing, not a table.
_MOST_SEGMENTS = 4000
_WHITE = 245
_CLEAR = 16
_DEEPEST = 6


def read_paths(raw_page: Any, place: Placement, ink: PageInk) -> None:
    """Add what the page draws to ``ink``: rulings, fills, pictures, slanted strokes."""
    import pypdfium2.raw as pdfium

    for item, kind, under in _objects(pdfium, raw_page.raw, place):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(pdfium, item, under)
            if box is not None:
                ink.pictures.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            ink.shapes += 1
            _read_path(pdfium, item, under, ink)
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            ink.shapes += 1


def _objects(pdfium: Any, page: Any, place: Placement) -> Iterator[tuple[Any, int, Placement]]:
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _with_inner(pdfium, pdfium.FPDFPage_GetObject(page, i), place, 0)


def _with_inner(pdfium: Any, item: Any, place: Placement, depth: int) -> Iterator[tuple[Any, int, Placement]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, kind, place
        return
    matrix = pdfium.FS_MATRIX()
    if depth < _DEEPEST and pdfium.FPDFPageObj_GetMatrix(item, matrix):
        inner = place.inside(matrix)
        for i in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _with_inner(pdfium, pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)


def _bounds(pdfium: Any, item: Any, place: Placement) -> BBox | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return BBox(*place.box(left.value, bottom.value, right.value, top.value))


def _read_path(pdfium: Any, item: Any, place: Placement, ink: PageInk) -> None:
    fill_mode, stroke_mode = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill_mode, stroke_mode):
        return
    filled = fill_mode.value != 0 and _shows(pdfium, item, pdfium.FPDFPageObj_GetFillColor)
    stroked = stroke_mode.value != 0 and _shows(pdfium, item, pdfium.FPDFPageObj_GetStrokeColor)
    box = _bounds(pdfium, item, place)
    if box is None or not (filled or stroked):
        return
    if min(box.width, box.height) <= THIN:
        ink.rulings += segment_to_rulings(box.x0, box.top, box.x1, box.bottom)
        return
    segments = _segments(pdfium, item, place)
    if stroked:
        _strokes(pdfium, item, place, segments, ink)
    if filled:
        _areas(segments, ink)


def _shows(pdfium: Any, item: Any, get_color: Any) -> bool:
    """Whether ink of this colour shows on white paper."""
    r, g, b, a = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not get_color(item, r, g, b, a):
        return True
    return a.value >= _CLEAR and min(r.value, g.value, b.value) < _WHITE


Points = list[tuple[float, float]]


def _segments(pdfium: Any, item: Any, place: Placement) -> list[Points]:
    """The path as runs of points; a closed run ends where it began. Curves become a single slanted step."""
    count = pdfium.FPDFPath_CountSegments(item)
    if count > _MOST_SEGMENTS:
        return []
    matrix = pdfium.FS_MATRIX()
    under = place.inside(matrix) if pdfium.FPDFPageObj_GetMatrix(item, matrix) else place
    x, y = ctypes.c_float(), ctypes.c_float()
    runs: list[Points] = []
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = under.point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not runs:
            runs.append([point])
        else:
            runs[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and runs[-1][0] != runs[-1][-1]:
            runs[-1].append(runs[-1][0])
    return runs


def _strokes(pdfium: Any, item: Any, place: Placement, runs: list[Points], ink: PageInk) -> None:
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(item, width)
    thick = width.value * place.scale
    for run in runs:
        for (ax, ay), (bx, by) in zip(run, run[1:], strict=False):
            x0, x1, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
            if min(x1 - x0, bottom - top) > max(0.5, 0.01 * max(x1 - x0, bottom - top)):
                ink.slants.append(BBox(x0, top, x1, bottom))
            elif thick > THIN:
                ink.fills.append(_widened(BBox(x0, top, x1, bottom), thick / 2))
            else:
                ink.rulings += segment_to_rulings(x0, top, x1, bottom)


def _widened(box: BBox, by: float) -> BBox:
    if box.width >= box.height:
        return BBox(box.x0, box.top - by, box.x1, box.bottom + by)
    return BBox(box.x0 - by, box.top, box.x1 + by, box.bottom)


def _areas(runs: list[Points], ink: PageInk) -> None:
    """Filled runs: thin ones are lines, boxes are coloured areas, the rest is a drawing."""
    for run in runs:
        xs, ys = [p[0] for p in run], [p[1] for p in run]
        box = BBox(min(xs), min(ys), max(xs), max(ys))
        if min(box.width, box.height) <= THIN:
            ink.rulings += segment_to_rulings(box.x0, box.top, box.x1, box.bottom)
        elif len(run) <= 6 and _is_box(run):
            ink.fills.append(box)
        else:
            ink.slants.append(box)


def _is_box(run: Points) -> bool:
    return all(abs(ax - bx) < 0.5 or abs(ay - by) < 0.5 for (ax, ay), (bx, by) in zip(run, run[1:], strict=False))
