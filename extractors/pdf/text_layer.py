"""Can the text layer of a PDF page be believed?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from extractors.geometry.page_ink import PageInk
from extractors.model import BBox, PageNote, Severity

_CID = re.compile(r"^\(cid:\d+\)$")
# Share of meaningless glyphs from which the whole layer is not believed.
GARBLED_SHARE = 0.1
# Share of accented Latin letters that no language reaches.
_MOST_ACCENTS = 0.35
# A stamp, a page number or the name of a scanner app over a scan: this little text is not the form.
FEW_CHARS, SCAN_SHARE = 200, 0.35
# So many paths on a page without visible text may be its letters, drawn as outlines.
OUTLINES = 200
# Share of the page from which one picture may hold content.
CONTENT_SHARE = 0.01


@lru_cache(maxsize=65536)
def is_garbled(text: str) -> bool:
    """A glyph whose character is unknown: ``(cid:7)``, private use, U+FFFD, control codes."""
    if _CID.match(text):
        return True
    return any(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") for char in text if not char.isspace())


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reader`` that takes the page, the sentences that say why, and whether the hidden text of the page is the work of an OCR."""

    reader: str
    notes: tuple[PageNote, ...] = ()
    ocr_layer: bool = False


def judge_text_layer(ink: PageInk) -> Verdict:
    """Choose the reader of a page by what its text layer holds."""
    text = [char.text for char in ink.chars if not char.text.isspace()]
    if ink.hidden > len(text) and (_share_covered(ink) >= SCAN_SHARE or (not text and ink.shapes >= OUTLINES)):
        told = "the text layer is an invisible OCR layer over a picture: read by OCR"
        return Verdict("ocr", (PageNote("text.invisible", "info", told),), True)
    if not text:
        if not ink.pictures and not ink.shapes:
            return _verdict("text-layer", "page.blank", "the page is blank")
        return _verdict("ocr", "text.none", "the page has no text layer: read by OCR")
    bad = _count_garbled(text)
    if bad > GARBLED_SHARE * len(text):
        told = f"the text layer is garbled ({bad} of {len(text)} characters have no meaning): read by OCR"
        return _verdict("ocr", "text.garbled", told, "review")
    if len(text) < FEW_CHARS and _share_covered(ink) >= SCAN_SHARE:
        told = f"only {len(text)} characters of text beside pictures that cover the page: read by OCR"
        return _verdict("ocr", "text.few", told)
    return Verdict("text-layer", tuple(_notes(ink, bad)))


def _verdict(reader: str, code: str, message: str, severity: Severity = "info") -> Verdict:
    return Verdict(reader, (PageNote(code, severity, message),))


def garbled_share(ink: PageInk) -> float:
    """Share of glyphs without meaning; 0.0 for a page without text."""
    text = [char.text for char in ink.chars if not char.text.isspace()]
    return _count_garbled(text) / len(text) if text else 0.0


def _count_garbled(text: list[str]) -> int:
    counts = Counter(text)
    bad = sum(count for t, count in counts.items() if is_garbled(t))
    accented = sum(count for t, count in counts.items() if "\u00a1" <= t <= "\u00ff")
    # No language is written with so many: these are the bytes of Chinese text taken for Latin letters.
    return bad + accented if accented > _MOST_ACCENTS * len(text) else bad


def _notes(ink: PageInk, bad: int) -> list[PageNote]:
    notes = []
    if bad:
        notes.append(PageNote("text.no-meaning", "review", f"{bad} characters of the text layer have no meaning"))
    if ink.lost:
        told = f"{len(ink.lost)} pieces of text in fonts that are not in the file could not be read"
        notes.append(PageNote("text.no-font", "review", told))
    pictures = [p for p in ink.pictures if p.width * p.height >= CONTENT_SHARE * ink.width * ink.height]
    if pictures:
        told = f"{len(pictures)} pictures on the page are not read: the text layer was used"
        notes.append(PageNote("picture.unread", "review", told))
    return notes


def _share_covered(ink: PageInk) -> float:
    """Share of the page under pictures; strips of one scan are added up."""
    area = ink.width * ink.height
    page = BBox(0, 0, ink.width, ink.height)
    return min(sum(picture.overlap(page) for picture in ink.pictures) / area, 1.0) if area else 0.0
