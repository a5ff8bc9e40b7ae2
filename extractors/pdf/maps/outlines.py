"""Outlines of glyphs, asked for by the character that the map of their font gives."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from extractors.pdf.pdfium.calls import PdfiumCalls, pdfium_calls

if TYPE_CHECKING:
    import numpy as np

Point = tuple[float, float]

# Size of type of the outlines in points; segments in them (``FPDF_SEGMENT_...``).
_SIZE, _NOTHING = ctypes.c_float(100.0), ctypes.c_size_t(0)
_BEZIER, _MOVE = 1, 2
# Points that stand for a curve, by their share of its length.
_STEPS = (0.25, 0.5, 0.75, 1.0)
# Height of a drawn glyph in pixels, the white around it, and bits of a pixel in the coordinates of a corner.
_HEIGHT, _WHITE, _BITS = 60, 1, 4


class Outlines:
    """Asks the fonts of one document for the outlines of their glyphs; those of fonts whose glyphs are small pages have none."""

    def __init__(self) -> None:
        self._calls: PdfiumCalls = pdfium_calls()
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._to_point = ctypes.byref(self._x), ctypes.byref(self._y)
        self._length = ctypes.c_size_t()
        self._to_length = ctypes.byref(self._length)

    def of(self, font: ctypes.c_void_p, text: str) -> Outline | None:
        """The outline of the glyph that the font has for a character; None where there is none."""
        path = self._calls.FontGetGlyphPath(font, ord(text), _SIZE) if self._has_program(font) else None
        if path is None:
            return None
        handle = ctypes.c_void_p(path)
        count = self._calls.GlyphPathCountGlyphSegments(handle)
        return Outline(self, handle, count) if count > 0 else None

    def _has_program(self, font: ctypes.c_void_p) -> bool:
        """False for a font whose glyphs are small pages (Type 3): pdfium would answer with outlines of another font."""
        return bool(self._calls.FontGetFontData(font, None, _NOTHING, self._to_length)) and self._length.value > 0

    def segment(self, path: ctypes.c_void_p, k: int) -> tuple[int, float, float]:
        """Kind and point of a segment."""
        segment = ctypes.c_void_p(self._calls.GlyphPathGetGlyphPathSegment(path, k))
        self._calls.PathSegmentGetPoint(segment, *self._to_point)
        return self._calls.PathSegmentGetType(segment), self._x.value, self._y.value


class Outline:
    """One of them, until the next page is opened."""

    def __init__(self, asked: Outlines, path: ctypes.c_void_p, count: int) -> None:
        self._asked, self._path, self._count = asked, path, count

    @property
    def likeness(self) -> tuple[float, ...]:
        """A few numbers that tell it from other outlines at little cost."""
        places = {0, self._count // 3, 2 * self._count // 3, self._count - 1}
        return (self._count, *(part for k in sorted(places) for part in self._asked.segment(self._path, k)))

    def picture(self) -> np.ndarray | None:
        """The glyph in white on black, uint8, some white space around it; None for one without extent."""
        import cv2
        import numpy as np

        rings = [np.array(ring) for ring in self._rings()]
        if not rings:
            return None
        points = np.concatenate(rings)
        (left, low), (right, high) = points.min(axis=0), points.max(axis=0)
        if high - low < 1e-3:
            return None
        scale = _HEIGHT / (high - low)
        canvas = np.zeros((_HEIGHT + 2 * _WHITE + 1, min(round((right - left) * scale), 20 * _HEIGHT) + 2 * _WHITE + 1), np.uint8)
        corners = [np.column_stack((ring[:, 0] - left, high - ring[:, 1])) * scale + _WHITE for ring in rings]
        fine = [np.round(each * (1 << _BITS)).astype(np.int32) for each in corners]
        cv2.fillPoly(canvas, fine, (255,), lineType=cv2.LINE_AA, shift=_BITS)
        return canvas

    def _rings(self) -> list[list[Point]]:
        """Its closed lines, curves as short straight ones."""
        rings: list[list[Point]] = []
        bends: list[Point] = []
        for k in range(self._count):
            kind, x, y = self._asked.segment(self._path, k)
            if kind == _MOVE or not rings:
                rings.append([(x, y)])
            elif kind != _BEZIER:
                rings[-1].append((x, y))
            else:
                bends.append((x, y))
                if len(bends) == 3:
                    rings[-1] += _curve(rings[-1][-1], *bends)
                    bends = []
        return rings


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    found = []
    for t in _STEPS:
        s = 1 - t
        p, q, r, u = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        found.append((p * a[0] + q * b[0] + r * c[0] + u * d[0], p * a[1] + q * b[1] + r * c[1] + u * d[1]))
    return found
