"""Text objects of a pdfium page: what their glyphs look like and where they stand."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

from extractors.geometry.page_ink import Char, box_around
from extractors.geometry.placement import Placement
from extractors.model import BBox
from extractors.pdf.drawn import RGB, Placed
from extractors.pdf.pdfium.answers import Answers

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
        self.answers, self.text_page, self.place = Answers(), text_page, place
        # Size of the type under a matrix in shares of what it is set in, direction, degrees off it: most texts of a page share them.
        self._shapes: dict[tuple[float, float, float, float], tuple[float, int, float]] = {}

    def read(self, i: int, item: ctypes.c_void_p, run: int) -> TextStyle:
        """The style of the text object ``item``, asked for at its character ``i``; its glyphs bear the number ``run``."""
        m = self.answers.matrix_at(self.text_page, i)
        scale, angle, slope = self._shape(m.a, m.b, m.c, m.d)
        size = abs(self.answers.calls.TextGetFontSize(self.text_page, i) * scale)
        return TextStyle(size, angle, slope, *_paint(self.answers, item), run)

    def _shape(self, a: float, b: float, c: float, d: float) -> tuple[float, int, float]:
        known = self._shapes.get((a, b, c, d))
        if known is None:
            scale = math.hypot(c, d) or math.hypot(a, b) or 1.0
            known = self._shapes[a, b, c, d] = (scale, *_direction(self.place, a, b))
        return known


def lost_style(placed: Placed, size: float, run: int, answers: Answers) -> TextStyle:
    """The style of a text object of which no character is listed; ``size`` is what another library says of it."""
    matrix = answers.matrix(placed.handle)
    angle, slope = _direction(placed.place, matrix.a, matrix.b) if matrix is not None else (0, 0.0)
    return TextStyle(size, angle, slope, *_paint(answers, placed.handle), run)


def _paint(answers: Answers, item: ctypes.c_void_p) -> tuple[RGB | None, int, int]:
    """Colour, opacity and render mode of a text object."""
    mode = answers.calls.TextObjGetTextRenderMode(item)
    rgba = answers.rgba(item, mode in OUTLINED)
    return (rgba[:3], rgba[3], mode) if rgba is not None else (None, 255, mode)


def _direction(place: Placement, a: float, b: float) -> tuple[int, float]:
    """The nearest of the four directions, and how many degrees text under such a matrix is off it."""
    degrees = place.degrees_of(a, b)
    quarter = round(degrees / 90) * 90
    return quarter % 360, abs(degrees - quarter)
