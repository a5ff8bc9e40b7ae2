"""Maps that lie one to one: 1 is told as 7 and 7 as 1, or each figure as the next one, and nothing else is odd.

The glyphs themselves are asked: of each font that a page shows figures or signs
of comparison in, one glyph of each is drawn and its shape compared. What looks
like another one is only doubted; a look at the page decides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extractors.geometry.page_ink import Char
from extractors.pdf.drawn import bounds
from extractors.pdf.maps.outlines import Outline, Outlines
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


def doubted_figures(
    raw_page: Any, chars: Iterable[Char], texts: Iterable[TextObject], variants: Callable[[], frozenset[str]]
) -> frozenset[str]:
    """The figures and signs of a page that some font shows by the glyph of another one, as far as shapes tell.

    Args:
        raw_page: the ``pypdfium2.PdfPage``.
        chars: those of its glyphs that are seen.
        texts: the objects that they stand in.
        variants: gives those of which each glyph is looked at, and not only one of each font.
    """
    told = {(char.run, char.text) for char in chars if char.text in _TOLD}
    if not told:
        return frozenset()
    calls, outlines, every = pdfium_calls(), Outlines(), variants()
    by_run = {text.style.run: text for text in texts}
    asked: set[tuple[int, str]] = set()
    doubted: set[str] = set()
    for run, each in told:
        text = by_run.get(run)
        if text is None or each in doubted:
            continue
        font = calls.TextObjGetFont(text.placed.handle) or 0
        if (font, each) not in asked:
            asked.add((font, each))
            if _looks_otherwise(raw_page, ctypes.c_void_p(font), text, each, outlines):
                doubted.add(each)
        if each in every and any(_is_other(each, drawn.tobytes(), drawn) for drawn in drawn_glyphs(raw_page, text, each)):
            doubted.add(each)
    return frozenset(doubted)


def _looks_otherwise(raw_page: Any, font: ctypes.c_void_p, text: TextObject, told: str, outlines: Outlines) -> bool:
    outline = outlines.of(font, told) if font.value else None
    if outline is not None:
        return _is_other(told, outline.likeness, outline)
    drawn = next(drawn_glyphs(raw_page, text, told), None)
    return drawn is not None and _is_other(told, drawn.tobytes(), drawn)


def _is_other(told: str, likeness: Hashable, glyph: Outline | np.ndarray) -> bool:
    key = (told, likeness)
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        picture = glyph.picture() if isinstance(glyph, Outline) else glyph
        shape = shape_of(picture, told) if picture is not None else None
        _KNOWN[key] = shape is not None and shape != told
    return _KNOWN[key]


def drawn_glyphs(raw_page: Any, text: TextObject, told: str) -> Iterator[np.ndarray]:
    """The glyphs of a text that are told so, drawn, light on dark, uint8; none where the text is turned or cannot be drawn."""
    place, scale, around = text.placed.place, _HEIGHT / max(text.style.size, 0.1), text.box
    turned = text.style.angle or text.style.slope > 1 or min(place.a, -place.d) <= 0 or max(abs(place.b), abs(place.c)) > 1e-6
    if turned or around.width * scale > _WIDEST or around.height * scale > _WIDEST:
        return
    box, drawing = bounds(text.placed), _drawing(raw_page, text, scale * place.a)
    if drawing is None or box is None:
        return
    for char in text.chars:
        if char.text == told:
            x0, x1 = (max(0, round((x - box.x0) * scale)) for x in (char.x0, char.x1))
            if x0 < min(x1, drawing.shape[1]):
                yield drawing[:, x0:x1]


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
