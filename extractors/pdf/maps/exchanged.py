"""Maps that lie one to one: 1 is told as 7 and 7 as 1, or each figure as the next one, and nothing else is odd.

The glyphs themselves are asked: of each font that a page shows figures or signs
of comparison in, one glyph of each is drawn and its shape compared. What looks
like another one is only doubted; a look at the page decides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

from extractors.geometry.page_ink import Char, box_around
from extractors.geometry.placement import Placement
from extractors.pdf.drawn import bounds
from extractors.pdf.maps.outlines import Outlines
from extractors.pdf.maps.shapes import FIGURES, SIGNS, shape_of
from extractors.pdf.pdfium.calls import pdfium_calls
from extractors.pdf.text_objects import TextObject

if TYPE_CHECKING:
    import numpy as np

_TOLD = FIGURES | SIGNS
# What is known of glyphs by their likeness; a run over many files forgets all of it now and then.
_KNOWN: dict[tuple[str, Hashable], bool] = {}
_MOST_KNOWN = 20_000
# Height in pixels at which glyphs without an outline are drawn; a drawing may be so many pixels wide.
_HEIGHT, _WIDEST = 40.0, 4000.0


def doubted_figures(raw_page: Any, chars: Iterable[Char], texts: Iterable[TextObject]) -> frozenset[str]:
    """The figures and signs of a page that some font shows by the glyph of another one, as far as shapes tell.

    Args:
        raw_page: the ``pypdfium2.PdfPage``.
        chars: those of its glyphs that are seen.
        texts: the objects that they stand in.
    """
    calls, outlines = pdfium_calls(), Outlines()
    by_run = {text.style.run: text for text in texts}
    asked: set[tuple[int, str]] = set()
    doubted: set[str] = set()
    for run, told in {(char.run, char.text) for char in chars if char.text in _TOLD}:
        text = by_run.get(run)
        if text is None:
            continue
        font = calls.TextObjGetFont(text.placed.handle) or 0
        if (font, told) not in asked:
            asked.add((font, told))
            if _looks_otherwise(raw_page, ctypes.c_void_p(font), text, told, outlines):
                doubted.add(told)
    return frozenset(doubted)


def _looks_otherwise(raw_page: Any, font: ctypes.c_void_p, text: TextObject, told: str, outlines: Outlines) -> bool:
    outline = outlines.of(font, told) if font.value else None
    if outline is not None:
        return _is_other(told, outline.likeness, outline.picture)
    drawn = drawn_glyph(raw_page, text, told)
    return drawn is not None and _is_other(told, drawn.tobytes(), lambda: drawn)


def _is_other(told: str, likeness: Hashable, picture: Callable[[], np.ndarray | None]) -> bool:
    key = (told, likeness)
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        drawn = picture()
        shape = shape_of(drawn, told) if drawn is not None else None
        _KNOWN[key] = shape is not None and shape != told
    return _KNOWN[key]


def drawn_glyph(raw_page: Any, text: TextObject, told: str) -> np.ndarray | None:
    """The first glyph of a text that is told so, drawn, light on dark, uint8; None where the text is turned or cannot be drawn."""
    place = text.placed.place
    if text.style.angle or text.style.slope > 1 or min(place.a, -place.d) <= 0 or max(abs(place.b), abs(place.c)) > 1e-6:
        return None
    return _cut(raw_page, text, next(each for each in text.chars if each.text == told), place)


def _cut(raw_page: Any, text: TextObject, char: Char, place: Placement) -> np.ndarray | None:
    """The part of the drawing of a text in which a glyph stands."""
    scale = _HEIGHT / max(text.style.size, 0.1)
    around = box_around(text.chars)
    if around.width * scale > _WIDEST or around.height * scale > _WIDEST:
        return None
    box, drawing = bounds(text.placed), _drawing(raw_page, text, scale * place.a)
    if drawing is None or box is None:
        return None
    x0, x1 = (round((x - box.x0) * scale) for x in (char.x0, char.x1))
    cut = drawing[:, max(0, x0) : max(0, x1)]
    return cut if cut.size else None


def _drawing(raw_page: Any, text: TextObject, scale: float) -> np.ndarray | None:
    """A text drawn on its own: how much each pixel is covered, uint8."""
    import numpy as np
    import pypdfium2
    import pypdfium2.raw as pdfium

    raw = pdfium.FPDFTextObj_GetRenderedBitmap(raw_page.pdf.raw, raw_page.raw, text.placed.item, scale)
    if not raw:
        return None
    pixels: np.ndarray = pypdfium2.PdfBitmap.from_raw(raw).to_numpy()
    return np.array(pixels[:, :, 3] if pixels.shape[2] == 4 else 255 - pixels.min(axis=2))
