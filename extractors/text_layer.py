"""Can the text layer of a PDF page be believed?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractors.ink import PageInk
from extractors.model import BBox

_CID = re.compile(r"^\(cid:\d+\)$")
# Share of meaningless glyphs from which the whole layer is not believed.
GARBLED_SHARE = 0.1
# Share of the page that pictures cover when the page is a scan.
FULL_PAGE_SHARE = 0.75
# Share of the page from which one picture may hold content.
CONTENT_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reader`` that takes the page, and the sentences that say why."""

    reader: str
    notes: tuple[str, ...] = ()


def judge_text_layer(ink: PageInk, raw_page: Any) -> Verdict:
    """Choose the reader of a page by what is on it.

    Args:
        ink: what the text layer holds.
        raw_page: the ``pypdfium2.PdfPage``; asked for render modes only where a picture fills the page. May be None.
    """
    text = [char.text for char in ink.chars if not char.text.isspace()]
    covered = _share_covered(ink.pictures, ink)
    if not text:
        if not ink.pictures and not ink.shapes:
            return Verdict("text-layer", ("the page is blank",))
        return Verdict("ocr", ("the page has no text layer: read by OCR",))
    bad = sum(1 for t in text if is_garbled(t))
    if bad > GARBLED_SHARE * len(text):
        return Verdict("ocr", (f"the text layer is garbled ({bad} of {len(text)} characters have no meaning): read by OCR",))
    if covered >= FULL_PAGE_SHARE and raw_page is not None:
        hidden = hidden_text_share(raw_page)
        if hidden > 0.5:
            return Verdict("ocr", ("the text layer is an invisible OCR layer over a picture: read by OCR",))
    return Verdict("text-layer", tuple(_notes(ink, bad)))


def is_garbled(text: str) -> bool:
    """A glyph whose character is unknown: ``(cid:7)``, private use, U+FFFD, control codes."""
    if _CID.match(text):
        return True
    return any(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") for char in text if not char.isspace())


def _notes(ink: PageInk, bad: int) -> list[str]:
    notes = []
    if bad:
        notes.append(f"{bad} characters of the text layer have no meaning")
    pictures = [p for p in ink.pictures if p.width * p.height >= CONTENT_SHARE * ink.width * ink.height]
    if pictures:
        notes.append(f"{len(pictures)} pictures on the page are not read: the text layer was used")
    return notes


def hidden_text_share(raw_page: Any) -> float:
    """Share of text objects that do not show: render mode 3, or painted over by a picture later on."""
    import pypdfium2.raw as pdfium

    shown = hidden = 0
    for kind, item in reversed(_objects(raw_page)):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and _fills_page(item, raw_page):
            # Everything drawn before this picture lies under it.
            rest = sum(1 for k, _ in _objects(raw_page) if k == pdfium.FPDF_PAGEOBJ_TEXT) - shown - hidden
            hidden += rest
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(item) in (3, 7):
                hidden += 1
            else:
                shown += 1
    return hidden / max(shown + hidden, 1)


def _objects(raw_page: Any) -> list[tuple[int, Any]]:
    return [(item.type, item.raw) for item in raw_page.get_objects(max_depth=4)]


def _fills_page(item: Any, raw_page: Any) -> bool:
    import ctypes

    import pypdfium2.raw as pdfium

    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *[ctypes.byref(side) for side in sides]):
        return False
    left, bottom, right, top = (side.value for side in sides)
    width, height = raw_page.get_size()
    return (right - left) * (top - bottom) >= FULL_PAGE_SHARE * float(width) * float(height)


def _share_covered(pictures: Sequence[BBox], ink: PageInk) -> float:
    """Share of the page under pictures; strips of one scan are added up."""
    area = ink.width * ink.height
    page = BBox(0, 0, ink.width, ink.height)
    return min(sum(picture.overlap(page) for picture in pictures) / area, 1.0) if area else 0.0
