"""What a pdfium page paints, object by object, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.geometry.placement import Placement
from extractors.model import BBox
from extractors.pdf.pdfium.answers import Answers
from extractors.pdf.pdfium.calls import PdfiumCalls, handle, pdfium_calls

# The kind of object that holds others (``FPDF_PAGEOBJ_FORM``), and how deep forms may stand in each other.
_FORM = 5
_DEEPEST = 6
# A clip of more paths or segments than this is taken for a shape that only the picture can judge.
_MOST_PATHS, _MOST_SEGMENTS = 24, 64

RGB = tuple[int, int, int]
# Objects that something stands in, the outermost first, each with the placement of what it stands in itself.
Parents = tuple[tuple[ctypes.c_void_p, Placement], ...]


@dataclass(slots=True)
class Placed:
    """One object that paints; ``order`` is the same whenever the page is loaded. ``place`` is that of what it stands in."""

    order: int
    handle: ctypes.c_void_p
    kind: int
    place: Placement
    parents: Parents = ()

    @property
    def address(self) -> int:
        """What tells one page object of pdfium from another."""
        return self.handle.value or 0

    @property
    def item(self) -> Any:
        """The object as ``pypdfium2.raw`` takes it."""
        import pypdfium2.raw as pdfium

        return ctypes.cast(self.handle, pdfium.FPDF_PAGEOBJECT)


@dataclass(frozen=True, slots=True)
class Cover:
    """An area that is painted and may hide what was painted before.

    ``rgb`` is its colour on white paper, None for pictures and shadings; ``opaque`` is False where what lies below may show.
    """

    order: int
    box: BBox
    rgb: RGB | None
    opaque: bool


def placed_objects(page: Any, place: Placement) -> Iterator[Placed]:
    """All objects of a page (``FPDF_PAGE``) but the forms, whose inner objects are given in their place."""
    calls, raw = pdfium_calls(), handle(page)
    order = 0
    for i in range(calls.PageCountObjects(raw)):
        item = ctypes.c_void_p(calls.PageGetObject(raw, i))
        kind = calls.PageObjGetType(item)
        if kind != _FORM:
            yield Placed(order, item, kind, place)
            order += 1
            continue
        for placed in _within(item, place, ()):
            placed.order = order
            yield placed
            order += 1


def _within(form: ctypes.c_void_p, place: Placement, parents: Parents) -> Iterator[Placed]:
    """What a form holds, forms in it opened in turn; not numbered yet."""
    import pypdfium2.raw as pdfium

    calls, matrix = pdfium_calls(), pdfium.FS_MATRIX()
    if len(parents) >= _DEEPEST or not calls.PageObjGetMatrix(form, ctypes.byref(matrix)):
        return
    inner, parents = place.inside(matrix), (*parents, (form, place))
    for i in range(calls.FormObjCountObjects(form)):
        item = ctypes.c_void_p(calls.FormObjGetObject(form, i))
        kind = calls.PageObjGetType(item)
        if kind == _FORM:
            yield from _within(item, inner, parents)
        else:
            yield Placed(0, item, kind, inner, parents)


def drawn_notes(page: Any) -> int:
    """The address of the form that holds all fields and notes of a page onto which they were drawn: its last one."""
    calls, raw = pdfium_calls(), handle(page)
    item = ctypes.c_void_p(calls.PageGetObject(raw, calls.PageCountObjects(raw) - 1))
    return item.value or 0 if item.value and calls.PageObjGetType(item) == _FORM else 0


def stands_in(placed: Placed, form: int) -> bool:
    """Whether an object stands in the form of this address."""
    return bool(placed.parents) and placed.parents[0][0].value == form


def bounds(placed: Placed, answers: Answers | None = None) -> BBox | None:
    """The box around an object, on the page as shown; None where it has none.

    Args:
        answers: where one is there already, for many objects.
    """
    sides = (answers or Answers()).sides(placed.handle)
    return BBox(*placed.place.box(*sides)) if sides is not None else None


@dataclass(frozen=True, slots=True)
class Clip:
    """Where an object may paint: ``box`` around it, and whether it is all of that box. An empty box has no width or height."""

    box: BBox
    whole: bool


def is_clipped(placed: Placed) -> bool:
    """Whether an object has a clip of its own."""
    calls = pdfium_calls()
    path = calls.PageObjGetClipPath(placed.handle)
    return path is not None and bool(calls.ClipPathCountPaths(ctypes.c_void_p(path)) > 0)


def clip_of(placed: Placed) -> Clip | None:
    """What an object is clipped by, with the forms that it stands in; None for nothing."""
    calls = pdfium_calls()
    found: Clip | None = None
    for item, place in (*placed.parents, (placed.handle, placed.place)):
        path = ctypes.c_void_p(calls.PageObjGetClipPath(item))
        count = calls.ClipPathCountPaths(path)
        for k in range(min(count, _MOST_PATHS)):
            found = _intersection(found, _clip_path(calls, path, k, place))
        if count > _MOST_PATHS and found is not None:
            found = Clip(found.box, False)
    return found


def _clip_path(calls: PdfiumCalls, path: ctypes.c_void_p, k: int, place: Placement) -> Clip:
    count = calls.ClipPathCountPathSegments(path, k)
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    points = []
    for i in range(min(count, _MOST_SEGMENTS)):
        calls.PathSegmentGetPoint(ctypes.c_void_p(calls.ClipPathGetPathSegment(path, k, i)), to_x, to_y)
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
