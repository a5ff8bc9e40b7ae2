"""Several readings of one cell, and what to make of them.

The reader keeps what each preparation of the crop gave, free and under the
closed vocabularies. Readings of the same preparation are one witness, however
many vocabularies it was decoded with; another preparation or the text layer is
a second witness. Two witnesses that agree overrule; one alone is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.model import Cell
from normalizers.labels import label_key
from normalizers.phrases import load_lexicon
from normalizers.record import Field, Finding
from normalizers.rules import numbers
from normalizers.rules.dates import parse_date, parse_year
from normalizers.rules.operators import parse_operator
from normalizers.rules.roles import NUMBERS, SENTENCES
from normalizers.rules.text import invisible, radicals, white_space
from normalizers.units import load_units

# Below these a lone reading is a question. A wrong figure costs more than a
# wrong character of a sentence, and a short text gives the recogniser less context.
LEAST_CONFIDENCE = {"number": 0.90, "operator": 0.80, "short": 0.88, "sentence": 0.80}
# Two witnesses under a seal see the same damaged ink; only when both are this sure is it a note and no question.
SURE_UNDER_SEAL = 0.97
# On clean scans ≥ was read as > with up to 0.89; forms hardly ever mean >.
SURE_STRICT = 0.97
# A decoded operator below this is what the vocabulary made of another shape: V gave ≥ with 0.07.
OPERATOR_VOTE = 0.5
LEAN = 3.0

_PRINTED = re.compile(r"[\d.,，%％OoIl|\s¥￥]+")
DOUBT = "reading.doubt"
Parse = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Witness:
    """One preparation of the crop: its free reading and the one under a vocabulary."""

    free: str
    confidence: float
    bound: str = ""
    bound_confidence: float = 0.0

    def says(self, parse: Parse) -> object:
        """The typed value of the free reading, else of the bound one; None when neither has one."""
        value = parse(self.free)
        return value if value is not None or not self.bound else parse(self.bound)

    def text(self, parse: Parse) -> str:
        return self.free if parse(self.free) is not None or not self.bound else self.bound

    def sureness(self, parse: Parse) -> float:
        return self.confidence if parse(self.free) is not None or not self.bound else min(self.confidence, self.bound_confidence)


def choose_reading(field: Field, role: str) -> list[Finding]:
    """Choose among the readings of a field's cell; run it before the text rules.

    Changes the text under ``readings.*`` where two witnesses, or one and a closed
    vocabulary, speak against it. Names of people and phone numbers are never
    changed. Findings have an empty path, for the caller to fill.
    """
    cell = field.cell
    if cell is None:
        return []
    found = _marks(cell, field.text)
    if not cell.engine or not (cell.readings or field.text):
        return found
    if role == "operator":
        return found + _choose_operator(field, cell)
    parse = _parser(role, field.text)
    if parse is not None:
        return found + _choose_typed(field, cell, role, parse)
    return found + _choose_words(field, cell, role)


def _marks(cell: Cell, text: str) -> list[Finding]:
    found = []
    if "ink-without-text" in cell.marks and not text:
        found.append(
            Finding("", "reading.ink-without-text", "review", "There is ink in this cell that no reader could read; fill in from the page.")
        )
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


def _number(text: str) -> object:
    for each in (invisible, radicals, white_space, numbers.full_width, numbers.look_alike_letters, numbers.wide_point):
        text = each.mend(text)
    return numbers.parse_number(text.removesuffix("%"))


def _witnesses(cell: Cell, text: str, role: str) -> list[Witness]:
    """The cell's own preparation first, then the others; the seal-kept one only sees more dirt."""
    by_how = {reading.how: reading for reading in cell.readings}
    bound = by_how.get("operator" if role == "operator" else "number")
    first = Witness(text, cell.confidence, bound.text if bound else "", bound.confidence if bound else 0.0)
    result = [first]
    second, second_bound = by_how.get("second"), by_how.get("second-operator" if role == "operator" else "second-number")
    if second or second_bound:
        free, sure = (second.text, second.confidence) if second else ("", 0.0)
        result.append(Witness(free, sure, second_bound.text if second_bound else "", second_bound.confidence if second_bound else 0.0))
    layer = by_how.get("text-layer")
    if layer:
        result.append(Witness(layer.text, layer.confidence))
    return result


def _choose_typed(field: Field, cell: Cell, role: str, parse: Parse) -> list[Finding]:
    witnesses = _witnesses(cell, field.text, role)
    if not any(each.free.strip() for each in witnesses):
        # A vocabulary makes something of every blank crop; that is no reading.
        return []
    said = [(value, each) for each in witnesses if (value := each.says(parse)) is not None]
    if not said:
        return []
    values = [value for value, _ in said]
    winner = max(said, key=lambda pair: (values.count(pair[0]), pair[1].sureness(parse)))
    votes = values.count(winner[0])
    sure = max(each.sureness(parse) for value, each in said if value == winner[0])
    doubt = _doubt(votes, len(witnesses), len(set(map(str, values))), sure, LEAST_CONFIDENCE["number"])
    if parse(field.text) != winner[0] and (votes >= 2 or parse(field.text) is None):
        field.change("readings.number", winner[1].text(parse).strip())
        if votes < 2:
            doubt = doubt or "only one reading gives it"
    found = [] if not doubt else [_disagreement(witnesses, doubt)]
    if "seal" in cell.marks:
        calm = votes >= 2 and len(set(map(str, values))) == 1 and min(each.sureness(parse) for _, each in said) >= SURE_UNDER_SEAL
        found.append(_under_seal(field.text, calm))
    return found


def _choose_operator(field: Field, cell: Cell) -> list[Finding]:
    """The operator that both preparations give; a strict one is doubted, its bar is easily lost.

    A reading under the vocabulary counts when the ink has its shape: whatever the
    ink, the vocabulary gives something.
    """
    witnesses = _witnesses(cell, field.text, "operator")
    if not any(each.free.strip() for each in witnesses):
        return []
    votes = [vote for each in witnesses if (vote := _operator_vote(each))]
    winner = max(votes, key=lambda vote: (votes.count(vote), parse_operator(field.text) == vote), default="")
    agreed = len(votes) == len(witnesses) and len(set(votes)) == 1
    sure = max((each.confidence for each in witnesses if parse_operator(each.free) == winner), default=0.0)
    least = SURE_STRICT if winner in (">", "<") else LEAST_CONFIDENCE["operator"]
    calm = agreed and (sure >= least or (len(votes) > 1 and winner not in (">", "<")))
    if winner and parse_operator(field.text) != winner and (agreed or parse_operator(field.text) is None):
        field.change("readings.operator", winner)
    found = [] if calm else [_disagreement(witnesses, "no operator for certain")]
    return [*found, _under_seal(field.text, calm)] if "seal" in cell.marks else found


def _operator_vote(witness: Witness) -> str | None:
    """The operator that a preparation gives with enough probability; None when it gives none."""
    free = parse_operator(witness.free)
    if free and witness.confidence >= OPERATOR_VOTE:
        return free
    return parse_operator(witness.bound) if witness.bound_confidence >= OPERATOR_VOTE else None


def read_direction(field: Field) -> str:
    """``≥`` or ``≤`` as the readings of an operator lean, strict or not; empty when they do not lean clearly."""
    cell = field.cell
    if cell is None:
        return ""
    weights = {"≥": 0.0, "≤": 0.0}
    for text, sure in [(cell.text.strip(), cell.confidence), *((each.text, each.confidence) for each in cell.readings)]:
        side = {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤"}.get(parse_operator(text) or "")
        if side:
            weights[side] += sure
    (low, _), (high, side) = sorted((weight, side) for side, weight in weights.items())
    return side if high > LEAN * low else ""


def _doubt(votes: int, witnesses: int, different: int, sure: float, least: float) -> str:
    """What speaks against the winner; empty when nothing does."""
    if different > 1:
        return "the readings disagree"
    if votes < 2 <= witnesses:
        return "the other reading has no such value"
    return f"read with confidence {sure:.2f} only" if votes < 2 and sure < least else ""


def _choose_words(field: Field, cell: Cell, role: str) -> list[Finding]:
    """Words of a closed list win over words that are none; otherwise a difference is a question."""
    others = [each for each in _witnesses(cell, field.text, role)[1:] if each.free]
    least = LEAST_CONFIDENCE["sentence" if role in SENTENCES else "short"]
    known = _is_known(role, field.text)
    for each in others:
        if not known and _is_known(role, each.free):
            field.change("readings.wording", each.free)
            known = True
    different = [each for each in others if label_key(each.free) != label_key(field.text)]
    found = []
    if different and not known and field.text:
        found.append(_disagreement([Witness(field.text, cell.confidence), *different], "the readings disagree"))
    elif not known and not different and field.text and cell.confidence < least and not others:
        found.append(_disagreement([Witness(field.text, cell.confidence)], f"read with confidence {cell.confidence:.2f} only"))
    if "seal" in cell.marks and field.text and not known:
        found.append(_under_seal(field.text, bool(others) and not different and cell.confidence >= SURE_UNDER_SEAL))
    return found


def _is_known(role: str, text: str) -> bool:
    """True for a text of the column's closed list."""
    if role == "unit":
        return load_units().known(text) or load_units().is_sentinel(text)
    return load_lexicon().knows("level2" if role == "level1" else role, text)


def _disagreement(witnesses: list[Witness], why: str) -> Finding:
    seen = " / ".join(f"{each.free or each.bound!r} ({each.confidence:.2f})" for each in witnesses)
    return Finding("", DOUBT, "review", f"Read as {seen}; {why}. Compare with the page.")


def _under_seal(text: str, calm: bool) -> Finding:
    return Finding("", "reading.under-seal", "info" if calm else "review", f"A seal lies over {text!r}; compare with the page.")
