"""Text objects of a pdfium page: what their glyphs look like and where they stand."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractors.geometry.page_ink import Char, box_around
from extractors.geometry.placement import Placement
from extractors.model import BBox
from extractors.pdf.drawn import RGB, Placed

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

    @property
    def box(self) -> BBox:
        return box_around(self.chars)

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)


class StyleReader:
    """Asks one page for the styles of its text objects; the room for the answers is made once."""

    def __init__(self, pdfium: Any, text_page: Any, place: Placement) -> None:
        self.pdfium, self.text_page, self.place = pdfium, text_page, place
        self._matrix = pdfium.FS_MATRIX()
        self._rgba = [ctypes.c_uint() for _ in range(4)]

    def read(self, i: int, item: Any, run: int) -> TextStyle:
        """The style of the text object ``item``, asked for at its character ``i``; its glyphs bear the number ``run``."""
        pdfium, matrix = self.pdfium, self._matrix
        pdfium.FPDFText_GetMatrix(self.text_page, i, matrix)
        a, b = matrix.a, matrix.b
        scale = math.hypot(matrix.c, matrix.d) or math.hypot(a, b) or 1.0
        size = pdfium.FPDFText_GetFontSize(self.text_page, i) * scale
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        rgb, alpha = _paint(pdfium, item, mode, self._rgba)
        degrees = self.place.degrees_of(a, b)
        quarter = round(degrees / 90) * 90
        return TextStyle(abs(size), quarter % 360, abs(degrees - quarter), rgb, alpha, mode, run)


def lost_style(placed: Placed, size: float, run: int) -> TextStyle:
    """The style of a text object of which no character is listed; ``size`` is what another library says of it."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(placed.item, matrix)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(placed.item)
    rgb, alpha = _paint(pdfium, placed.item, mode, [ctypes.c_uint() for _ in range(4)])
    degrees = placed.place.degrees_of(matrix.a, matrix.b)
    quarter = round(degrees / 90) * 90
    return TextStyle(size, quarter % 360, abs(degrees - quarter), rgb, alpha, mode, run)


def _paint(pdfium: Any, item: Any, mode: int, room: Sequence[ctypes.c_uint]) -> tuple[RGB | None, int]:
    get_color = pdfium.FPDFPageObj_GetStrokeColor if mode in OUTLINED else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, alpha = room
    if not get_color(item, red, green, blue, alpha):
        return None, 255
    return (red.value, green.value, blue.value), alpha.value
