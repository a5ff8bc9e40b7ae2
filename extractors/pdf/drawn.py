"""What a pdfium page paints, object by object, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.geometry.placement import Placement
from extractors.model import BBox

_DEEPEST = 6
# A clip of more paths or segments than this is taken for a shape that only the picture can judge.
_MOST_PATHS, _MOST_SEGMENTS = 24, 64

RGB = tuple[int, int, int]
# Objects that something stands in, the outermost first, each with the placement of what it stands in itself.
Parents = tuple[tuple[Any, Placement], ...]


@dataclass(slots=True)
class Placed:
    """One object that paints; ``order`` is the same whenever the page is loaded. ``place`` is that of what it stands in."""

    order: int
    item: Any
    kind: int
    place: Placement
    parents: Parents = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """An area that is painted and may hide what was painted before.

    ``rgb`` is its colour on white paper, None for pictures and shadings; ``opaque`` is False where what lies below may show.
    """

    order: int
    box: BBox
    rgb: RGB | None
    opaque: bool


def placed_objects(pdfium: Any, page: Any, place: Placement) -> Iterator[Placed]:
    """All objects of a page but the forms, whose inner objects are given in their place."""
    order = 0
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield Placed(order, item, kind, place)
            order += 1
            continue
        for placed in _within(pdfium, item, place, ()):
            placed.order = order
            yield placed
            order += 1


def _within(pdfium: Any, form: Any, place: Placement, parents: Parents) -> Iterator[Placed]:
    """What a form holds, forms in it opened in turn; not numbered yet."""
    matrix = pdfium.FS_MATRIX()
    if len(parents) >= _DEEPEST or not pdfium.FPDFPageObj_GetMatrix(form, matrix):
        return
    inner, parents = place.inside(matrix), (*parents, (form, place))
    for i in range(pdfium.FPDFFormObj_CountObjects(form)):
        item = pdfium.FPDFFormObj_GetObject(form, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _within(pdfium, item, inner, parents)
        else:
            yield Placed(0, item, kind, inner, parents)


def drawn_notes(pdfium: Any, page: Any) -> int:
    """The address of the form that holds all fields and notes of a page onto which they were drawn: its last one."""
    item = pdfium.FPDFPage_GetObject(page, pdfium.FPDFPage_CountObjects(page) - 1)
    return address(item) if item and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM else 0


def stands_in(placed: Placed, form: int) -> bool:
    """Whether an object stands in the form of this address."""
    return bool(placed.parents) and address(placed.parents[0][0]) == form


def address(item: Any) -> int:
    """What tells one page object of pdfium from another."""
    return ctypes.addressof(item.contents)


def bounds(pdfium: Any, item: Any, place: Placement) -> BBox | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return BBox(*place.box(left.value, bottom.value, right.value, top.value))


@dataclass(frozen=True, slots=True)
class Clip:
    """Where an object may paint: ``box`` around it, and whether it is all of that box. An empty box has no width or height."""

    box: BBox
    whole: bool


def is_clipped(pdfium: Any, item: Any) -> bool:
    """Whether an object has a clip of its own."""
    return bool(pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(item)) > 0)


def clip_of(pdfium: Any, placed: Placed) -> Clip | None:
    """What an object is clipped by, with the forms that it stands in; None for nothing."""
    found: Clip | None = None
    for item, place in (*placed.parents, (placed.item, placed.place)):
        path = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(path)
        for k in range(min(count, _MOST_PATHS)):
            found = _intersection(found, _clip_path(pdfium, path, k, place))
        if count > _MOST_PATHS and found is not None:
            found = Clip(found.box, False)
    return found


def _clip_path(pdfium: Any, path: Any, k: int, place: Placement) -> Clip:
    count = pdfium.FPDFClipPath_CountPathSegments(path, k)
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for i in range(min(count, _MOST_SEGMENTS)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, k, i), x, y)
        points.append(place.point(x.value, y.value))
    if not points or count > _MOST_SEGMENTS:
        # Nothing, or more than can be followed: anywhere, and the picture tells.
        return Clip(BBox(-1e6, -1e6, 1e6, 1e6) if points else BBox(0, 0, 0, 0), False)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = BBox(min(xs), min(ys), max(xs), max(ys))
    return Clip(box, _is_box(points, box))


def _is_box(points: list[tuple[float, float]], box: BBox) -> bool:
    """Four corners and perhaps the first of them again."""
    reach = 0.05
    return len(points) in (4, 5) and all(
        min(abs(x - box.x0), abs(x - box.x1)) < reach and min(abs(y - box.top), abs(y - box.bottom)) < reach for x, y in points
    )


def _intersection(first: Clip | None, second: Clip) -> Clip:
    if first is None:
        return second
    a, b = first.box, second.box
    x0, top = max(a.x0, b.x0), max(a.top, b.top)
    return Clip(BBox(x0, top, max(x0, min(a.x1, b.x1)), max(top, min(a.bottom, b.bottom))), first.whole and second.whole)
