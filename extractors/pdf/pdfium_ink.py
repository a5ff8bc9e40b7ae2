"""A pdfium page -> its ink. Quick, and it knows real colours and what is painted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.geometry.page_ink import Char, PageInk, drop_doubles
from extractors.geometry.placement import page_placement
from extractors.pdf.drawn import drawn_notes, stands_in
from extractors.pdf.field_text import FieldText, cut_fields
from extractors.pdf.hidden import Clues, set_hidden_aside, to_objects
from extractors.pdf.lost_text import bring_back, lost_places
from extractors.pdf.maps.exchanged import doubted_figures
from extractors.pdf.marks import set_marks_aside
from extractors.pdf.pdfium.glyphs import read_chars
from extractors.pdf.pdfium_paths import read_paths
from extractors.pdf.text_objects import TextObject
from extractors.tables.rulings.sheet_edge import within_sheet


def raw_page_to_ink(raw_page: Any, clues: Clues | None = None) -> PageInk:
    """Read text and drawings of a ``pypdfium2.PdfPage``, as a viewer shows it, in points.

    Text that nobody sees is no part of the glyphs: what an OCR left under a
    scan is counted in ``hidden``, all other is kept in ``hidden_text``.

    Args:
        clues: what is known of the file beyond the page; None where nothing is.
    """
    clues = clues or Clues()
    place = page_placement(raw_page)
    width, height = (float(v) for v in raw_page.get_size())
    ink = PageInk(width, height, [], [])
    notes = drawn_notes(raw_page.raw) if clues.notes.drawn else 0
    texts, covers = read_paths(raw_page, place, ink, notes)
    ink.rulings = within_sheet(ink.rulings, width, height)
    chars, styles = read_chars(raw_page, place)
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
    ink.doubted = doubted_figures(raw_page, seen, objects)
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
    chars, styles = read_chars(raw_page, place)
    return to_objects(texts, styles, chars)
