"""Text that pdfium keeps to itself where a font is neither in the file nor on the machine.

Without the font the glyphs have no outline, so the box of a word has no height.
A lone character, or a word that runs up or down the page, then has a box without
any area, and pdfium lists none of its characters. What is read must not depend
on the fonts of the machine, so such places are found here and another library
is asked for them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterable, Sequence
from typing import Any

from extractors.geometry.page_ink import DESCENT, Char
from extractors.model import BBox
from extractors.pdf.drawn import Placed, bounds
from extractors.pdf.pdfium.answers import Answers
from extractors.pdf.text_objects import TextStyle, lost_style

# Points: a box as narrow as this has no area; and how far from it a base line begins that is meant.
_FLAT, _NEAR = 0.01, 0.6
# A code of two bytes, and the width in shares of the size from which a font is one of Chinese characters.
_CHINESE, _WIDE = 0x4E2D, 0.9


def lost_places(texts: Iterable[Placed], listed: Container[int]) -> list[tuple[Placed, BBox]]:
    """Text objects whose characters are not listed although something is written there, with their boxes.

    Args:
        texts: all text objects of a page.
        listed: addresses of those whose characters are listed.
    """
    import pypdfium2.raw as pdfium

    unlisted = [each for each in texts if each.address not in listed]
    boxes = [(each, bounds(each)) for each in unlisted if not _has_font(pdfium, each.item)]
    return [(each, box) for each, box in boxes if box is not None and min(box.width, box.height) <= _FLAT]


def _has_font(pdfium: Any, item: Any) -> bool:
    """Whether the glyphs are in the file, or drawn by the Latin fonts that pdfium carries itself.

    Lone blanks are not listed either, and nothing is lost with them; Latin files are full of such blanks.
    """
    font = pdfium.FPDFTextObj_GetFont(item)
    if not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1:
        return True
    # A font of single bytes answers with the width of its byte 0; one of many characters is as wide there as a Chinese one.
    width = ctypes.c_float()
    return bool(pdfium.FPDFFont_GetGlyphWidth(font, _CHINESE, 1.0, width)) and width.value < _WIDE


def bring_back(lost: Sequence[tuple[Placed, BBox]], chars: Sequence[Char], styles: dict[int, TextStyle]) -> tuple[list[Char], list[BBox]]:
    """Those of ``chars``, as another library has them, that begin at a lost place, and the places without any.

    Args:
        styles: of the texts that are listed, by address; those that are found are added.
    """
    inked = [char for char in chars if not char.text.isspace()]
    found: list[Char] = []
    empty: list[BBox] = []
    answers = Answers()
    for placed, box in lost:
        here = [char for char in inked if _begins_at(box, *_origin(char))]
        if here:
            style = lost_style(placed, here[0].size, len(styles) + 1, answers)
            styles[placed.address] = style
            found += [char._replace(run=style.run) for char in here]
        else:
            empty.append(box)
    return found, empty


def _origin(char: Char) -> tuple[float, float]:
    descent = DESCENT * char.size
    if char.angle == 90:
        return char.x0 + descent, char.top
    if char.angle == 180:
        return char.x1, char.top + descent
    if char.angle == 270:
        return char.x1 - descent, char.bottom
    return char.x0, char.bottom - descent


def _begins_at(box: BBox, x: float, y: float) -> bool:
    return box.x0 - _NEAR <= x <= box.x1 + _NEAR and box.top - _NEAR <= y <= box.bottom + _NEAR
