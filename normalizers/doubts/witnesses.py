"""Witnesses of one cell's ink: readings grouped by the preparation of the crop.

The reader keeps what each preparation gave, free and under the closed
vocabularies. Readings of one preparation are one witness, however many
vocabularies it was decoded with; another preparation or the text layer is a
second one. All thresholds stand here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractors.model import Cell
from normalizers.record import Finding

# Below these a lone reading is a question. A wrong figure costs more than a
# wrong character of a sentence, and a short text gives the recogniser less context.
LEAST_CONFIDENCE = {"number": 0.90, "operator": 0.80, "short": 0.88, "sentence": 0.88}
# Two witnesses may err alike on faint ink; below this agreement is no proof.
LEAST_AGREED = 0.70
# Blotted words look alike to both: 而积 for 面积 was read twice with 0.76 and 0.88.
LEAST_AGREED_WORDS = 0.85
# Two witnesses under a seal see the same damaged ink; only when both are this sure is it a note and no question.
SURE_UNDER_SEAL = 0.97
# On clean scans ≥ was read as > with up to 0.89; forms hardly ever mean >.
SURE_STRICT = 0.97
# A text under a vocabulary below this is what the vocabulary made of another shape: V gave ≥ with 0.07.
BOUND_VOTE = 0.5
# How much more the readings of one direction must weigh than those of the other.
LEAN = 3.0
# Strokes of the grid and rims of seals were read as 1 I D [ ① or E with 0.1 to 0.7.
SPECK = 0.75

DOUBT = "reading.doubt"
UNDER_SEAL = "reading.under-seal"
Parse = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Witness:
    """One preparation of the crop: its free reading and the one under a vocabulary."""

    free: str
    confidence: float
    bound: str = ""
    bound_confidence: float = 0.0

    def value(self, parse: Parse) -> object:
        """The typed value of the free reading, else of the bound one where the ink has its shape; None for neither."""
        value = parse(self.free)
        return parse(self.bound) if value is None and self.bound_confidence >= BOUND_VOTE else value

    def text(self, parse: Parse) -> str:
        return self.free if parse(self.free) is not None else self.bound

    def sureness(self, parse: Parse) -> float:
        return self.confidence if parse(self.free) is not None else min(self.confidence, self.bound_confidence)


def witnesses_of(cell: Cell, text: str, vocabulary: str) -> list[Witness]:
    """The cell's own preparation first, then the others; the seal-kept one only sees more dirt.

    Args:
        text: the free reading of the cell, lines joined.
        vocabulary: ``number`` or ``operator``, for the bound readings.
    """
    by_how = {reading.how: reading for reading in cell.readings}
    bound = by_how.get(vocabulary)
    result = [Witness(text, cell.confidence, bound.text if bound else "", bound.confidence if bound else 0.0)]
    second, again = by_how.get("second"), by_how.get(f"second-{vocabulary}")
    if second or again:
        free, sure = (second.text, second.confidence) if second else ("", 0.0)
        result.append(Witness(free, sure, again.text if again else "", again.confidence if again else 0.0))
    layer = by_how.get("text-layer")
    if layer:
        result.append(Witness(layer.text, layer.confidence))
    return result


def disagreement(witnesses: list[Witness], why: str) -> Finding:
    """The finding of a doubted reading; its path is for the caller to fill."""
    seen = " / ".join(f"{each.free or each.bound!r} ({each.confidence:.2f})" for each in witnesses)
    return Finding("", DOUBT, "review", f"Read as {seen}; {why}. Compare with the page.")


def under_seal(text: str, calm: bool) -> Finding:
    """The finding of a cell that a seal touches; for information when the readings are calm about it."""
    return Finding("", UNDER_SEAL, "info" if calm else "review", f"A seal lies over {text!r}; compare with the page.")
