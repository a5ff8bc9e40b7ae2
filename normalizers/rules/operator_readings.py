"""Which operator the readings of a cell give, and which way they lean."""

from __future__ import annotations

from extractors.model import Cell
from normalizers.doubts.witnesses import (
    BOUND_VOTE,
    LEAN,
    LEAST_CONFIDENCE,
    SURE_STRICT,
    Witness,
    disagreement,
    under_seal,
    witnesses_of,
)
from normalizers.record import Field, Finding
from normalizers.rules.operators import parse_operator

_STRICT = (">", "<")
_BARS = ("二", "三", "ニ", "＝", "=")
_SIDES = {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤"}


def choose_operator(field: Field, cell: Cell) -> list[Finding]:
    """The operator that the recogniser's preparations and the shape of the ink give together.

    A strict sign of the recogniser is doubted, its bar is easily lost: the shape
    may see the bar. A reading under the vocabulary counts when the ink has its
    shape: whatever the ink, the vocabulary gives something.
    """
    witnesses = witnesses_of(cell, field.text, "operator")
    if not any(each.free.strip() for each in witnesses):
        return []
    winner, calm = _decide(witnesses, _shape_of(cell), parse_operator(field.text))
    if winner and parse_operator(field.text) != winner:
        field.change("readings.operator", winner)
    found = [] if calm else [disagreement(witnesses, "no operator for certain")]
    return [*found, under_seal(field.text, calm)] if "seal" in cell.marks else found


def _decide(witnesses: list[Witness], shape: str, read: str | None) -> tuple[str, bool]:
    """The operator to write, empty to leave the text, and whether nobody need look."""
    votes = [vote for each in witnesses if (vote := _vote(each, shape))]
    agreed = len(votes) == len(witnesses) and len(set(votes)) == 1
    winner = max(votes, key=lambda vote: (votes.count(vote), read == vote), default="")
    sure = max((each.confidence for each in witnesses if _vote(each, shape) == winner), default=0.0)
    if shape and votes and {_SIDES.get(vote) for vote in votes} == {_SIDES.get(shape)}:
        # Two means see the same wedge; the bar that either of them sees is there.
        barred = shape if shape not in _STRICT else next((vote for vote in votes if vote not in _STRICT), shape)
        return barred, barred == shape
    if shape and shape != winner:
        return (winner or shape) if read is None else "", False
    if not agreed:
        return winner if read is None else "", False
    return winner, sure >= (SURE_STRICT if winner in _STRICT else LEAST_CONFIDENCE["operator"]) or (
        len(votes) > 1 and winner not in _STRICT
    )


def _shape_of(cell: Cell) -> str:
    """The operator that the strokes show plainly; empty when they show none."""
    found = next((each for each in cell.readings if each.how == "shape" and each.confidence >= BOUND_VOTE), None)
    return (parse_operator(found.text) or "") if found else ""


def _vote(witness: Witness, shape: str) -> str | None:
    """The operator that a preparation gives with enough probability; None when it gives none.

    A wide = is read as 二 or 三; strokes that are two level bars are nothing else in a column of operators.
    """
    free = "=" if shape == "=" and witness.free.strip() in _BARS else parse_operator(witness.free)
    if free and witness.confidence >= BOUND_VOTE:
        return free
    return parse_operator(witness.bound) if witness.bound_confidence >= BOUND_VOTE else None


def read_direction(field: Field) -> str:
    """``≥`` or ``≤`` as the readings of an operator lean, strict or not; empty when they do not lean clearly."""
    cell = field.cell
    if cell is None:
        return ""
    weights = {"≥": 0.0, "≤": 0.0}
    for text, sure in [(cell.text.strip(), cell.confidence), *((each.text, each.confidence) for each in cell.readings)]:
        side = _SIDES.get(parse_operator(text) or "")
        if side:
            weights[side] += sure
    (low, _), (high, side) = sorted((weight, side) for side, weight in weights.items())
    return side if high > LEAN * low else ""
