"""Several readings of one cell, and what to make of them.

Two witnesses that agree overrule; one alone is a guess. A closed vocabulary is
a cue of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.characters import REPLACED
from extractors.model import Cell
from extractors.origin import is_filed
from normalizers.doubts.witnesses import (
    LEAST_AGREED,
    LEAST_AGREED_WORDS,
    LEAST_CONFIDENCE,
    SPECK,
    SURE_UNDER_SEAL,
    Parse,
    Witness,
    disagreement,
    under_seal,
    witnesses_of,
)
from normalizers.record import Field, Finding, Severity
from normalizers.rules import numbers
from normalizers.rules.closed_lists import has_near_unit, is_known, is_printed
from normalizers.rules.dates import parse_date, parse_year
from normalizers.rules.operator_readings import choose_operator
from normalizers.rules.roles import NAMES, NUMBERS, PERSONS, SENTENCES
from normalizers.rules.text import edge_dirt, invisible, radicals, white_space
from normalizers.rules.variants import has_variant, to_standard_forms
from normalizers.vocabulary.characters import HAN, HAN_RANGE
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.surnames import lacks_surname

# Who and what is meant is never changed on the look of a character.
_IDENTITY = PERSONS | NAMES | {"phone"}
# Both readings take a comma for a point alike: their agreement says nothing about it.
_POINT_OR_COMMA = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_PRINTED = re.compile(r"[\d.,，%％OoIl|\s¥￥]+")
_STRAY = re.compile(rf"[{HAN_RANGE}][-_|~^*`•<>\\/'](?=[{HAN_RANGE}])")
# No mark of a Chinese sentence: a comma or a full stop that was misread, or a speck inside a word.
_POINT = re.compile(rf"[{HAN_RANGE}][.．·](?=[{HAN_RANGE}])")
# Columns that hold Chinese words: a mark or a letter alone is no word.
_WORDED = SENTENCES | {"level1", "level2", "level3"}
_LONGEST_SPECK = 4


def choose_reading(field: Field, role: str) -> list[Finding]:
    """Choose among the readings of a field's cell; run it before the text rules.

    Changes the text under ``readings.*`` where two witnesses, or one and a closed
    vocabulary, speak against it. Names of people and phone numbers are never
    changed. Findings have an empty path, for the caller to fill.
    """
    cell = field.cell
    if cell is None:
        return _odd_name(field, role) + _faint_line(field)
    found = _marks(cell, field.text, role)
    if not (cell.readings or field.text):
        return found
    if _is_recognised(cell) and role not in _IDENTITY:
        found += _variant_form(field, role)
    found += _odd_name(field, role)
    if role == "operator":
        return found + choose_operator(field, cell)
    parse = _parser(role, field.text)
    if parse is not None:
        return found + _choose_typed(field, cell, parse)
    return found + _choose_words(field, cell, role)


def _faint_line(field: Field) -> list[Finding]:
    """A text outside the tables that the recogniser itself hardly believed, or that something lies over."""
    source = field.source
    if source is None or not field.text or is_filed(source.origin) or source.confidence >= LEAST_AGREED:
        return []
    return [disagreement([Witness(field.text, source.confidence)], f"read with confidence {source.confidence:.2f} only")]


def _odd_name(field: Field, role: str) -> list[Finding]:
    """A name with a character that only the traditional script has, or without a family name: most likely misread, never changed."""
    if role not in _IDENTITY or field.source is None or is_filed(field.source.origin):
        return []
    oddity = ""
    if has_variant(field.text):
        oddity = f"holds a traditional character; in standard forms {to_standard_forms(field.text)!r}"
    elif role in PERSONS and lacks_surname(field.text):
        oddity = "begins with no family name that is in use"
    return [Finding("", "reading.odd-name", "review", f"{field.text!r} {oddity}. Compare with the page.")] if oddity else []


def _is_recognised(cell: Cell) -> bool:
    """False where the characters were filed as such: a text layer, a transcript."""
    return not is_filed(cell.origin)


def _variant_form(field: Field, role: str) -> list[Finding]:
    """Traditional characters put into standard forms; in an indicator's name they may stand for another one altogether.

    A blotted 置 is read as 實, and an indicator's name has no closed list that would tell.
    """
    before = field.text
    field.change("readings.variant-form", to_standard_forms(before))
    if role != "level3" or field.text == before:
        return []
    message = f"Read as {before!r}, with characters of the traditional script; taken as {field.text!r}. Compare with the page."
    return [Finding("", "reading.odd-name", "review", message)]


CLIPPED, CUT_OFF = "reading.clipped", "This text runs to the edge of its cell and may be cut off there; see the source."
_MARKED: tuple[tuple[str, str, Severity, str], ...] = (
    ("over-border", "reading.over-border", "review", "This text lies over the border between two cells; see to which of them it belongs."),
    ("clipped", CLIPPED, "review", CUT_OFF),
    ("struck-out", "reading.struck-out", "review", "Some of this text is struck out; see what counts."),
    ("page-break", "reading.page-break", "review", "This row stands at a page break; see whether it goes on behind it, or is whole."),
    ("raised-figure", "reading.raised-figure", "review", "Raised figures behind this number were left out; compare with the page."),
    ("note-mark", "reading.note-mark", "info", "The raised mark of a note was left out."),
)


def _marks(cell: Cell, text: str, role: str) -> list[Finding]:
    found = []
    # A standard wording gets its own marks back; any other sentence needs a look, and a metre that may be a square one.
    settled = is_known(role, text) and not (role == "unit" and text.endswith("m"))
    if "lost-mark" in cell.marks and not settled:
        message = "A mark or a digit in this text was not read, or not for certain; compare with the page."
        found.append(Finding("", "reading.lost-mark", "review", message))
    if "ink-without-text" in cell.marks and not text:
        found.append(
            Finding("", "reading.ink-without-text", "review", "There is ink in this cell that no reader could read; fill in from the page.")
        )
    if REPLACED in text:
        message = f"A sign in {text!r} is no character, or could not be decoded; compare with the page."
        found.append(Finding("", "reading.no-character", "review", message))
    elif "ink-without-text" in cell.marks and text and is_filed(cell.origin):
        found.append(Finding("", "reading.ink-without-text", "review", f"Characters of {text!r} have no meaning; compare with the page."))
    if "streak" in cell.marks and not is_printed(role, text):
        found.append(Finding("", "reading.streak", "review", f"A streak of the scanner runs through {text!r}; compare with the page."))
    found += [Finding("", code, severity, message) for mark, code, severity, message in _MARKED if mark in cell.marks and text]
    if "field-differs" in cell.marks:
        held = "; ".join(repr(each.text) for each in cell.readings if each.how == "form-field")
        found.append(Finding("", "reading.field-differs", "review", f"The form field holds {held}, the page shows {text!r}."))
    if "cut" in cell.marks:
        found.append(Finding("", "reading.cut", "review", "The picture ends inside this cell; its text may go on."))
    return found


def _parser(role: str, text: str) -> Parse | None:
    """How to type the text of a closed column; None for words."""
    if role == "filled_on":
        return parse_date
    if role == "fiscal_year":
        return parse_year
    if role == "fund" or (role in NUMBERS and _PRINTED.fullmatch(text)):
        return _number
    return None


@lru_cache(maxsize=16384)
def _number(text: str) -> object:
    for each in (invisible, radicals, white_space, edge_dirt, numbers.full_width, numbers.look_alike_letters, numbers.wide_point):
        text = each.mend(text)
    return numbers.parse_number(text.removesuffix("%"))


def _choose_typed(field: Field, cell: Cell, parse: Parse) -> list[Finding]:
    witnesses = witnesses_of(cell, field.text, "number")
    if not any(each.free.strip() for each in witnesses):
        # A vocabulary makes something of every blank crop; that is no reading.
        return []
    said = [(value, each) for each in witnesses if (value := each.value(parse)) is not None]
    if not said:
        return []
    values = [str(value) for value, _ in said]
    value, winner = max(said, key=lambda pair: (values.count(str(pair[0])), pair[1].sureness(parse)))
    votes, sure = values.count(str(value)), max(each.sureness(parse) for other, each in said if other == value)
    doubt = _doubt(votes, len(witnesses), len(set(values)), sure)
    if parse(field.text) != value and (votes >= 2 or parse(field.text) is None):
        field.change("readings.number", winner.text(parse).strip())
        doubt = doubt or ("only one reading gives it" if votes < 2 else "")
    if not doubt and _POINT_OR_COMMA.fullmatch(field.text):
        doubt = "three decimals may be thousands, the comma read as a point"
    found = [disagreement(witnesses, doubt)] if doubt else []
    if "seal" in cell.marks:
        calm = not doubt and votes >= 2 and min(each.sureness(parse) for _, each in said) >= SURE_UNDER_SEAL
        found.append(under_seal(field.text, calm))
    return found


def _doubt(votes: int, witnesses: int, different: int, sure: float) -> str:
    """What speaks against the winner; empty when nothing does."""
    if different > 1:
        return "the readings disagree"
    if votes < 2 <= witnesses:
        return "the other reading has no such value"
    return f"read with confidence {sure:.2f} only" if sure < (LEAST_CONFIDENCE["number"] if votes < 2 else LEAST_AGREED) else ""


def _choose_words(field: Field, cell: Cell, role: str) -> list[Finding]:
    """Words of a closed list win over words that are none; otherwise a difference is a question."""
    others = [each for each in witnesses_of(cell, field.text, "number")[1:] if each.free]
    if _is_speck(field.text, cell.confidence, others, role):
        witnesses = [Witness(field.text, cell.confidence), *others]
        field.change("readings.speck", "")
        seen = " / ".join(f"{each.free!r} ({each.confidence:.2f})" for each in witnesses)
        return [Finding("", "reading.speck", "info", f"Read as {seen}; taken for a speck or a stroke of the grid.")]
    field.change("readings.stray-mark", _without_stray_marks(field.text, cell))
    for each in others:
        if not is_known(role, field.text) and is_known(role, each.free):
            field.change("readings.wording", each.free)
            if each.confidence < LEAST_AGREED:
                return [disagreement([Witness(field.raw, cell.confidence), *others], f"{each.free!r} is known, but hardly legible")]
    rival = _surer_rival(field.text, cell, others, role)
    if rival is not None:
        witnesses = [Witness(field.text, cell.confidence), *others]
        field.change("readings.wording", rival.free)
        return [disagreement(witnesses, "both are known, and the second is the surer")]
    if not field.text:
        return []
    if role == "unit" and has_near_unit(field.text) and (doubt := _doubted_unit(field.text, cell, others)):
        return [doubt]
    if is_known(role, field.text):
        return [] if _read_alike(field.text, cell) else [under_seal(field.text, calm=False)]
    return _question(field.text, cell, others, LEAST_CONFIDENCE["sentence" if role in SENTENCES else "short"])


def _doubted_unit(text: str, cell: Cell, others: list[Witness]) -> Finding | None:
    """That a unit is one of the list says nothing where it is one misread character from another: the ink has to."""
    same = [each for each in others if label_key(each.free) == label_key(text)]
    if min([cell.confidence, *(each.confidence for each in same)]) >= LEAST_CONFIDENCE["short"]:
        return None
    return disagreement([Witness(text, cell.confidence), *same], "another unit is one misread character from it")


def _read_alike(text: str, cell: Cell) -> bool:
    """False for a word under a seal of which another preparation made something else: 套 with a stroke of the seal is 袋."""
    if "seal-lines" in cell.marks:
        # Lines that were taken for the seal's were not read: whether they are is for a person.
        return False
    seen = [each.text for each in cell.readings if each.how in ("second", "seal-kept")] if "seal" in cell.marks else []
    return all(label_key(each) == label_key(text) for each in seen)


def _surer_rival(text: str, cell: Cell, others: list[Witness], role: str) -> Witness | None:
    """Another word of the same closed list that another preparation read with more confidence: a thin % was read as 名."""
    if "seal" in cell.marks:
        # There the second reading is the one with strokes cut out.
        return None
    rivals = [each for each in others if each.free != text and label_key(each.free) != label_key(text) and is_printed(role, each.free)]
    best = max(rivals, key=lambda each: each.confidence, default=None)
    return best if best is not None and best.confidence > cell.confidence and is_printed(role, text) else None


def _without_stray_marks(text: str, cell: Cell) -> str:
    """Drop a dash or stroke between two Chinese characters that stand side by side in another reading of the ink."""

    def keep(found: re.Match[str]) -> str:
        pair = found.group()[0] + text[found.end() : found.end() + 1]
        return found.group()[0] if any(pair in each.text for each in cell.readings) else found.group()

    return _STRAY.sub(keep, text)


def _question(text: str, cell: Cell, others: list[Witness], least: float) -> list[Finding]:
    different = [each for each in others if label_key(each.free) != label_key(text)]
    found = []
    if different:
        found.append(disagreement([Witness(text, cell.confidence), *different], "the readings disagree"))
    elif cell.confidence < (LEAST_AGREED_WORDS if others else least):
        found.append(disagreement([Witness(text, cell.confidence)], f"read with confidence {cell.confidence:.2f} only"))
    if not found and cell.confidence < 1 and (_STRAY.search(text) or _POINT.search(text)):
        found.append(disagreement([Witness(text, cell.confidence)], "a mark between two characters may be dirt"))
    if "seal" in cell.marks:
        found.append(under_seal(text, bool(others) and not different and cell.confidence >= SURE_UNDER_SEAL))
    return found


def _is_speck(text: str, confidence: float, others: list[Witness], role: str) -> bool:
    """True for a few marks or letters that no reading is sure of, in a column of Chinese words."""
    if role not in _WORDED or not text or len(text) > _LONGEST_SPECK or confidence >= SPECK:
        return False
    return not any(HAN.search(each) for each in (text, *(other.free for other in others))) and all(
        other.free != text or other.confidence < SPECK for other in others
    )
