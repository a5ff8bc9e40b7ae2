"""Which operator the readings of a cell give, and which way they lean."""

from __future__ import annotations

from extractors.model import Cell
from normalizers.record import Field, Finding
from normalizers.rules.operators import parse_operator
from normalizers.rules.witnesses import (
    BOUND_VOTE,
    LEAN,
    LEAST_CONFIDENCE,
    PLAIN_SHAPE,
    SURE_STRICT,
    Witness,
    disagreement,
    under_seal,
    witnesses_of,
)

_STRICT = (">", "<")
_SIDES = {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤"}


def choose_operator(field: Field, cell: Cell) -> list[Finding]:
    """The operator that both preparations give; a strict one is doubted, its bar is easily lost.

    A reading under the vocabulary counts when the ink has its shape: whatever the
    ink, the vocabulary gives something. The strokes of the ink are a witness apart:
    they see the bar that the recogniser loses, so they decide between ≥ and >, and
    a sign of another direction is a doubt.
    """
    witnesses = witnesses_of(cell, field.text, "operator")
    if not any(each.free.strip() for each in witnesses):
        return []
    read = parse_operator(field.text)
    votes = [vote for each in witnesses if (vote := _vote(each))]
    winner = max(votes, key=lambda vote: (votes.count(vote), read == vote), default="")
    agreed = len(votes) == len(witnesses) and len(set(votes)) == 1
    sure = max((each.confidence for each in witnesses if parse_operator(each.free) == winner), default=0.0)
    least = SURE_STRICT if winner in _STRICT else LEAST_CONFIDENCE["operator"]
    calm = agreed and (sure >= least or (len(votes) > 1 and winner not in _STRICT))
    shape = _shape(cell)
    if shape and all(_SIDES.get(vote, vote) == _SIDES.get(shape, shape) for vote in votes):
        winner, agreed = shape, True
        calm = shape in votes or (shape not in _STRICT and bool(votes or read_direction(field) == shape))
    elif shape:
        calm = False
    if winner and read != winner and (agreed or read is None):
        field.change("readings.operator", winner)
    found = [] if calm else [disagreement(witnesses, "no operator for certain")]
    return [*found, under_seal(field.text, calm)] if "seal" in cell.marks else found


def _vote(witness: Witness) -> str | None:
    """The operator that a preparation gives with enough probability; None when it gives none."""
    free = parse_operator(witness.free)
    if free and witness.confidence >= BOUND_VOTE:
        return free
    return parse_operator(witness.bound) if witness.bound_confidence >= BOUND_VOTE else None


def _shape(cell: Cell) -> str:
    """The operator by the strokes of the ink, when they show it plainly; empty otherwise."""
    return next((each.text for each in cell.readings if each.how == "shape" and each.confidence >= PLAIN_SHAPE), "")


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
