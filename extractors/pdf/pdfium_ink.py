"""A pdfium page -> its ink. Quick, and it knows real colours and what is painted."""

from __future__ import annotations

import ctypes
from dataclasses import replace
from typing import Any

from extractors.geometry.page_ink import ASCENT, DESCENT, Char, PageInk, drop_doubles
from extractors.geometry.placement import Placement, page_placement
from extractors.pdf.drawn import address, drawn_notes, stands_in
from extractors.pdf.field_text import FieldText, cut_fields
from extractors.pdf.hidden import Clues, set_hidden_aside, to_objects
from extractors.pdf.lost_text import bring_back, lost_places
from extractors.pdf.marks import set_marks_aside
from extractors.pdf.pdfium_paths import read_paths
from extractors.pdf.text_objects import StyleReader, TextObject, TextStyle
from extractors.tables.rulings.sheet_edge import within_sheet

# Line ends, zero-width signs and marks of direction: nothing of them is printed.
_NO_INK = frozenset([0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_TAB = 9


def raw_page_to_ink(raw_page: Any, clues: Clues | None = None) -> PageInk:
    """Read text and drawings of a ``pypdfium2.PdfPage``, as a viewer shows it, in points.

    Text that nobody sees is no part of the glyphs: what an OCR left under a
    scan is counted in ``hidden``, all other is kept in ``hidden_text``.

    Args:
        clues: what is known of the file beyond the page; None where nothing is.
    """
    import pypdfium2.raw as pdfium

    clues = clues or Clues()
    place = page_placement(raw_page)
    width, height = (float(v) for v in raw_page.get_size())
    ink = PageInk(width, height, [], [])
    notes = drawn_notes(pdfium, raw_page.raw) if clues.notes.drawn else 0
    texts, covers = read_paths(raw_page, place, ink, notes)
    ink.rulings = within_sheet(ink.rulings, width, height)
    chars, styles = _read_chars(raw_page, place)
    lost = lost_places(texts, styles)
    if lost:
        found, ink.lost = bring_back(lost, clues.others() if clues.others is not None else (), styles)
        chars += found
    objects = to_objects(texts, styles, chars)
    filled = FieldText(chars, [each for each in objects if stands_in(each.placed, notes)] if notes else [], width, height, ink.lost)
    settled = filled.settle(clues.notes.fields)
    if settled.gone:
        chars = [char for char in chars if id(char) not in settled.gone]
        objects = to_objects(texts, styles, chars)
        ink.lost = [box for box in ink.lost if not any(each.box.contains(*box.center) for each in settled.fields)]
    seen = set_hidden_aside(ink, chars, objects, covers, clues)
    ink.hidden_text += settled.hidden
    ink.marks += settled.marks
    if len(seen) < len(chars):
        seen = _with_cut_fields(seen, filled)
        # A field that is cut was laid out with all that it holds.
        whole = [each.box for each in settled.fields if each.differs]
        ink.cut = [each for each in ink.cut if not any(box.contains(*each.clip.center) for box in whole)]
        objects = to_objects(texts, styles, seen)
    content = set_marks_aside(ink, objects, covers, clues.noted, clues.elsewhere)
    if len(content) < len(objects):
        runs = {text.style.run for text in content}
        seen = [char for char in seen if char.run in runs]
    ink.chars = drop_doubles([*seen, *settled.laid])
    ink.fields = settled.fields
    return ink


def _with_cut_fields(seen: list[Char], filled: FieldText) -> list[Char]:
    """The glyphs that are seen; a field that is cut at its edge is laid out with all that it holds, and marked."""
    for field, part in cut_fields(filled.settled, seen):
        gone = {id(char) for char in part}
        seen = [char for char in seen if id(char) not in gone]
        k = next(k for k, each in enumerate(filled.settled.fields) if each.box == field.box)
        filled.settled.fields[k] = replace(filled.settled.fields[k], differs=True)
        filled.settled.laid += filled.lay_out(field, -1 - k)
    return seen


def page_texts(raw_page: Any) -> list[TextObject]:
    """The text objects of a page with their glyphs, in the order of painting, whether they are seen or not."""
    place = page_placement(raw_page)
    texts, _ = read_paths(raw_page, place, PageInk(0, 0, [], []))
    chars, styles = _read_chars(raw_page, place)
    return to_objects(texts, styles, chars)


def _read_chars(raw_page: Any, place: Placement) -> tuple[list[Char], dict[int, TextStyle]]:
    """The glyphs, and the styles of the text objects that they come from, by address."""
    import pypdfium2.raw as pdfium

    text_page = pdfium.FPDFText_LoadPage(raw_page.raw)
    try:
        return _chars_of(pdfium, text_page, place)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _chars_of(pdfium: Any, text_page: Any, place: Placement) -> tuple[list[Char], dict[int, TextStyle]]:
    chars: list[Char] = []
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, TextStyle] = {}
    reader = StyleReader(pdfium, text_page, place)
    for i in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        if code in _NO_INK:
            continue
        # pdfium puts blanks of its own where words part; they have no box, so they stand behind the glyph before.
        if pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            if chars and code == 0x20:
                chars.append(_blank_after(chars[-1]))
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, i, box) or not pdfium.FPDFText_GetCharOrigin(text_page, i, x, y):
            continue
        item = pdfium.FPDFText_GetTextObject(text_page, i)
        key = address(item)
        style = styles.get(key)
        if style is None:
            style = styles[key] = reader.read(i, item, len(styles) + 1)
        text = _code_to_text(pdfium, text_page, i, code)
        char = _to_char(text, style, place, (box.left, box.bottom, box.right, box.top), (x.value, y.value))
        if chars and _is_one_glyph(chars[-1], char):
            chars[-1] = replace(chars[-1], text=chars[-1].text + char.text)
        else:
            chars.append(char)
    return chars, styles


def _is_one_glyph(char: Char, other: Char) -> bool:
    """Whether two letters are parts of one ligature: pdfium gives each of them the place of the whole."""
    same = char.run == other.run and char.x0 == other.x0 and char.x1 == other.x1 and char.top == other.top
    return same and char.text.isascii() and char.text.isalpha() and other.text.isascii() and other.text.isalpha()


def _blank_after(char: Char) -> Char:
    x, y = {0: (char.x1, char.top), 90: (char.x0, char.bottom), 180: (char.x0, char.top)}.get(char.angle, (char.x0, char.top))
    across = char.angle in (90, 270)
    return Char(" ", x, y, char.x1 if across else x, y if across else char.bottom, char.size, char.angle, char.run)


def _code_to_text(pdfium: Any, text_page: Any, i: int, code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or pdfium.FPDFText_HasUnicodeMapError(text_page, i) == 1:
        return " " if code == _TAB and _is_plain_font(pdfium, text_page, i) else "\ufffd"
    # pdfium hands a hyphen at a line end over as U+0002.
    return "-" if code == 2 else chr(code)


def _is_plain_font(pdfium: Any, text_page: Any, i: int) -> bool:
    """Whether the font is not in the file: then its codes are those of the alphabet, and a tab is a tab."""
    font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(text_page, i))
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 0


def _to_char(text: str, style: TextStyle, place: Placement, box: tuple[float, ...], origin: tuple[float, float]) -> Char:
    size = style.size
    x0, top, x1, bottom = place.box(*box)
    if size <= 0.1:
        size = max(bottom - top, 0.1)
    ox, oy = place.point(*origin)
    # Ascents and descents in fonts are often wrong; the base line is not.
    if style.angle == 0:
        top, bottom = oy - ASCENT * size, oy + DESCENT * size
    elif style.angle == 180:
        top, bottom = oy - DESCENT * size, oy + ASCENT * size
    elif style.angle == 90:
        x0, x1 = ox - DESCENT * size, ox + ASCENT * size
    else:
        x0, x1 = ox - ASCENT * size, ox + DESCENT * size
    return Char(text, x0, top, x1, bottom, size, style.angle, style.run)
