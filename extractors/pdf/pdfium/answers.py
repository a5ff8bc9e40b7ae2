"""What pdfium says of one page object after the other: the room for its answers is made once."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from extractors.pdf.pdfium.calls import pdfium_calls

RGBA = tuple[int, int, int, int]


class Answers:
    """Asks about page objects by their handles, with no place on the page applied."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self.calls = pdfium_calls()
        self._matrix, self._x, self._y, self._width = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
        self._modes, self._rgba, self._sides = (ctypes.c_int * 2)(), (ctypes.c_uint * 4)(), (ctypes.c_float * 4)()
        self._to_matrix, self._to_width = ctypes.byref(self._matrix), ctypes.byref(self._width)
        self._to_point = ctypes.byref(self._x), ctypes.byref(self._y)
        self._to_modes = tuple(ctypes.byref(self._modes, 4 * k) for k in range(2))
        self._to_rgba = tuple(ctypes.byref(self._rgba, 4 * k) for k in range(4))
        self._to_sides = tuple(ctypes.byref(self._sides, 4 * k) for k in range(4))

    def sides(self, item: ctypes.c_void_p) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of an object; None where it has none."""
        if not self.calls.PageObjGetBounds(item, *self._to_sides):
            return None
        left, bottom, right, top = self._sides
        return left, bottom, right, top

    def draw_modes(self, item: ctypes.c_void_p) -> tuple[int, int] | None:
        """By which rule a path is filled and whether it is stroked, 0 for not at all; None where pdfium does not know."""
        if not self.calls.PathGetDrawMode(item, *self._to_modes):
            return None
        return self._modes[0], self._modes[1]

    def rgba(self, item: ctypes.c_void_p, stroke: bool) -> RGBA | None:
        """Levels of 255; None where the paint is no plain colour."""
        ask = self.calls.PageObjGetStrokeColor if stroke else self.calls.PageObjGetFillColor
        if not ask(item, *self._to_rgba):
            return None
        red, green, blue, alpha = self._rgba
        return red, green, blue, alpha

    def stroke_width(self, item: ctypes.c_void_p) -> float:
        self.calls.PageObjGetStrokeWidth(item, self._to_width)
        return float(self._width.value)

    def matrix(self, item: ctypes.c_void_p) -> Any:
        """That of an object (``FS_MATRIX``), until the next is asked for; None where there is none."""
        return self._matrix if self.calls.PageObjGetMatrix(item, self._to_matrix) else None

    def matrix_at(self, text_page: ctypes.c_void_p, i: int) -> Any:
        """That of the type of a character of a text page, in the same way."""
        self.calls.TextGetMatrix(text_page, i, self._to_matrix)
        return self._matrix

    def segments(self, item: ctypes.c_void_p, count: int) -> Iterator[tuple[float, float, int, bool]]:
        """Point, kind, and whether it ends a closed part, of each segment of a path."""
        calls, x, y, to_point = self.calls, self._x, self._y, self._to_point
        for i in range(count):
            segment = ctypes.c_void_p(calls.PathGetPathSegment(item, i))
            calls.PathSegmentGetPoint(segment, *to_point)
            yield x.value, y.value, calls.PathSegmentGetType(segment), bool(calls.PathSegmentGetClose(segment))
