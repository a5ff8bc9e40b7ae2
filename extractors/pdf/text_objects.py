"""Text objects of a pdfium page: what their glyphs look like and where they stand."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

from extractors.geometry.page_ink import Char, box_around
from extractors.geometry.placement import Placement
from extractors.model import BBox
from extractors.pdf.drawn import RGB, Placed
from extractors.pdf.pdfium.calls import pdfium_calls

# Render modes of PDF: 3 paints nothing, 7 only clips what follows; 1 and 5 paint the outline alone.
INVISIBLE, CLIPPING, OUTLINED = 3, 7, (1, 5)


@dataclass(slots=True)
class TextStyle:
    """What all glyphs of one text object share.

    ``angle`` is the nearest of the four directions, ``slope`` how many degrees
    the text is off it; ``rgb`` is None where the colour is a pattern; ``alpha``
    runs from 0 to 255.
    """

    size: float
    angle: int
    slope: float
    rgb: RGB | None
    alpha: int
    mode: int
    run: int

    @property
    def shown(self) -> bool:
        """False where nothing of the text is painted, whatever lies around it."""
        return self.mode not in (INVISIBLE, CLIPPING) and self.alpha > 0


@dataclass(slots=True)
class TextObject:
    """One text object with its glyphs (never none); ``box`` is around them, on the page as shown."""

    placed: Placed
    style: TextStyle
    chars: list[Char]
    _box: BBox | None = None

    @property
    def box(self) -> BBox:
        if self._box is None:
            self._box = box_around(self.chars)
        return self._box

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)


class StyleReader:
    """Asks one page for the styles of its text objects; the room for the answers is made once."""

    def __init__(self, text_page: ctypes.c_void_p, place: Placement) -> None:
        import pypdfium2.raw as pdfium

        self.calls, self.text_page, self.place = pdfium_calls(), text_page, place
        self._matrix, self._rgba = pdfium.FS_MATRIX(), (ctypes.c_uint * 4)()
        self._to_matrix = ctypes.byref(self._matrix)
        self._to_rgba = tuple(ctypes.byref(self._rgba, 4 * k) for k in range(4))
        # Size of the type under a matrix in shares of what it is set in, direction, degrees off it: most texts of a page share them.
        self._shapes: dict[tuple[float, float, float, float], tuple[float, int, float]] = {}

    def read(self, i: int, item: ctypes.c_void_p, run: int) -> TextStyle:
        """The style of the text object ``item``, asked for at its character ``i``; its glyphs bear the number ``run``."""
        calls, m = self.calls, self._matrix
        calls.TextGetMatrix(self.text_page, i, self._to_matrix)
        scale, angle, slope = self._shape(m.a, m.b, m.c, m.d)
        size = abs(calls.TextGetFontSize(self.text_page, i) * scale)
        mode = calls.TextObjGetTextRenderMode(item)
        rgb, alpha = self._paint(item, mode)
        return TextStyle(size, angle, slope, rgb, alpha, mode, run)

    def read_lost(self, placed: Placed, size: float, run: int) -> TextStyle:
        """The style of a text object of which no character is listed; ``size`` is what another library says of it."""
        self.calls.PageObjGetMatrix(placed.handle, self._to_matrix)
        mode = self.calls.TextObjGetTextRenderMode(placed.handle)
        rgb, alpha = self._paint(placed.handle, mode)
        angle, slope = _direction(placed.place, self._matrix.a, self._matrix.b)
        return TextStyle(size, angle, slope, rgb, alpha, mode, run)

    def _shape(self, a: float, b: float, c: float, d: float) -> tuple[float, int, float]:
        known = self._shapes.get((a, b, c, d))
        if known is None:
            scale = math.hypot(c, d) or math.hypot(a, b) or 1.0
            known = self._shapes[a, b, c, d] = (scale, *_direction(self.place, a, b))
        return known

    def _paint(self, item: ctypes.c_void_p, mode: int) -> tuple[RGB | None, int]:
        ask = self.calls.PageObjGetStrokeColor if mode in OUTLINED else self.calls.PageObjGetFillColor
        if not ask(item, *self._to_rgba):
            return None, 255
        red, green, blue, alpha = self._rgba
        return (red, green, blue), alpha


def _direction(place: Placement, a: float, b: float) -> tuple[int, float]:
    """The nearest of the four directions, and how many degrees text under such a matrix is off it."""
    degrees = place.degrees_of(a, b)
    quarter = round(degrees / 90) * 90
    return quarter % 360, abs(degrees - quarter)
