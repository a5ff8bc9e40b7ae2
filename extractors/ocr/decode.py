"""From the recogniser's probabilities to text: free, or only what a column can hold.

The recogniser gives, for each step from left to right, a probability for every
character and for "blank" (no new character here): connectionist temporal
classification, CTC. A text's probability is the sum over all ways to spread
it over the steps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

BLANK = ""
# What stands for the same thing on paper; values are what we write.
OPERATOR_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "≥": ("≥", "≧", "⩾", "》", ">=", "≥="),
    "≤": ("≤", "≦", "⩽", "《", "<=", "≤="),
    "=": ("=", "＝"),
    ">": (">", "＞", "〉"),
    "<": ("<", "＜", "〈"),
    "定性": ("定性",),
}
NUMBER_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    **{digit: (digit, chr(ord(digit) + 0xFEE0)) for digit in "0123456789"},
    ".": (".", "．"),
    "%": ("%", "％"),
    "-": ("-", "－"),
    ",": (",", "，"),
}
# The characters whose probabilities are kept for each step of each line.
KEPT: tuple[str, ...] = tuple(
    dict.fromkeys(
        [char for many in NUMBER_SPELLINGS.values() for char in many]
        + [char for many in OPERATOR_SPELLINGS.values() for spelling in many for char in spelling]
    )
)
_COLUMN: Mapping[str, int] = {char: column for column, char in enumerate(KEPT)}
_NUMBER_COLUMNS = [KEPT.index(char) for many in NUMBER_SPELLINGS.values() for char in many]
_OPERATOR_COLUMNS = [KEPT.index(char) for char in dict.fromkeys(c for many in OPERATOR_SPELLINGS.values() for s in many for c in s)]
_COLUMNS_OF: Mapping[str, list[int]] = {char: [KEPT.index(s) for s in spellings] for char, spellings in NUMBER_SPELLINGS.items()}
_PLAIN = frozenset(NUMBER_SPELLINGS)
# A step that says blank this surely changes nothing behind another such step.
_EMPTY = 0.9999
_TINY = 1e-12
_BEAM = 12
# Beginnings of a number with a smaller share than this are not followed: what comes later makes none of them likely again.
_LEAST_SHARE = 1e-7
# Ways to write an operator that can have no more than this of the probability of the best one found are not weighed.
_LEAST_WEIGHT = 1e-6
# Where no step gives the characters of a vocabulary this much together, the ink is something else.
_LEAST_MASS = 0.01
# A small ≤ may look like M to the recogniser, with little left for ≤: still the best guess in an operator column.
_LEAST_OPERATOR_MASS = 0.0001
# A free reading this sure at every character is also the reading under any vocabulary that holds it.
_SURE_UNDER_ANY_LIST = 0.995


@dataclass(frozen=True, slots=True)
class Choice:
    """A decoded text, its share of the probability of all texts allowed, the runner-up, and how much of the
    probability of the line the texts allowed have together (near 0: the ink is something else)."""

    text: str
    probability: float
    runner_up: str = ""
    margin: float = 1.0
    fit: float = 1.0


@dataclass(frozen=True, slots=True)
class LineProbs:
    """What the recogniser said of one line.

    ``text`` and ``char_probs`` are the free reading, character by character, and
    ``char_steps`` the step of each. ``blank`` has shape (steps,), ``kept`` has shape
    (steps, len(KEPT)): probabilities. ``best`` and ``best_prob`` are the best class of
    each step, ``doubt`` the highest probability of a second character at any step.
    """

    text: str
    char_probs: tuple[float, ...]
    char_steps: tuple[int, ...]
    blank: Floats
    kept: Floats
    doubt: float = 0.0
    steps: int = field(default=0)


@dataclass(slots=True)
class _Steps:
    """Probabilities at the steps of a line that tell something, made ready once for the many texts that are tried on it."""

    blank: list[float]
    kept: Floats
    chars: dict[str, list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, line: LineProbs) -> _Steps:
        steps = _telling_steps(line)
        return cls([value + _TINY for value in line.blank[steps].tolist()], line.kept[steps])

    def of_char(self, char: str) -> list[float]:
        if char not in self.chars:
            self.chars[char] = [value + _TINY for value in self.kept[:, _COLUMN[char]].tolist()]
        return self.chars[char]


def greedy(best: Ints, best_prob: Floats, characters: Sequence[str]) -> tuple[str, tuple[float, ...], tuple[int, ...]]:
    """The free reading: the best class of each step, runs of one class merged, blanks dropped.

    Args:
        best: class of each step, shape (steps,).
        best_prob: its probability, shape (steps,).
        characters: class -> character; class 0 is blank.

    Returns:
        The text, for each character the highest probability in its run, and the step where that stands.
    """
    text: list[str] = []
    probs: list[float] = []
    steps: list[int] = []
    inked = best.nonzero()[0]
    last = (-1, 0)
    for step, index, prob in zip(inked.tolist(), best[inked].tolist(), best_prob[inked].tolist(), strict=True):
        if last != (step - 1, index):
            text.append(characters[index])
            probs.append(prob)
            steps.append(step)
        elif prob > probs[-1]:
            probs[-1], steps[-1] = prob, step
        last = (step, index)
    return "".join(text), tuple(probs), tuple(steps)


def decode_operator(line: LineProbs, behind: str = "") -> Choice:
    """The operator that the line most likely is, of the six a form knows; "" for a line without steps.

    Args:
        behind: a number known to stand behind it on the line.
    """
    if not _may_hold(line, _OPERATOR_COLUMNS, _LEAST_OPERATOR_MASS):
        return Choice("", 0.0)
    steps = _Steps.of(line)
    return _choose(_scores(steps, {text: [s + behind for s in spellings] for text, spellings in OPERATOR_SPELLINGS.items()}))


def decode_number(line: LineProbs, behind: str = "") -> Choice:
    """The number that the line most likely is: digits, point, comma, minus and percent only; "" when it is none.

    Args:
        behind: a number known to stand behind it on the line; left out of the text.
    """
    if not _may_hold(line, _NUMBER_COLUMNS, _LEAST_MASS):
        return Choice("", 0.0)
    if _is_sure(line) and set(line.text) <= _PLAIN and line.text.endswith(behind) and line.text != behind:
        probability = math.prod(line.char_probs)
        return Choice(line.text.removesuffix(behind), probability, "", probability)
    found = _beam_search(line)
    return _choose({text.removesuffix(behind): log for text, log in found if text.endswith(behind) and text != behind})


def _is_sure(line: LineProbs) -> bool:
    return bool(line.char_probs) and min(line.char_probs) > _SURE_UNDER_ANY_LIST and line.doubt < 1 - _SURE_UNDER_ANY_LIST


def _may_hold(line: LineProbs, columns: Sequence[int], least: float) -> bool:
    return bool(line.steps) and float(line.kept[:, columns].sum(axis=1).max()) >= least


def _scores(steps: _Steps, texts: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """For each text the logarithm of the probability of all its spellings; a text of which none can weigh is left out."""
    import numpy as np

    # No line reads a text more probably than it holds the rarest of its characters anywhere: the likely ones come first.
    limits = {spelling: _limit(steps, spelling) for spellings in texts.values() for spelling in spellings}
    found: dict[str, float] = {}
    least = float("-inf")
    for spelling in sorted(limits, key=lambda spelling: -limits[spelling]):
        if limits[spelling] < least:
            break
        found[spelling] = _log_probability(steps, spelling)
        least = max(least, found[spelling] + math.log(_LEAST_WEIGHT))
    known = {text: [found[spelling] for spelling in spellings if spelling in found] for text, spellings in texts.items()}
    return {text: float(np.logaddexp.reduce(logs)) for text, logs in known.items() if logs}


def _limit(steps: _Steps, text: str) -> float:
    """The logarithm of a probability that that of the text does not exceed."""
    return min((math.log(sum(steps.of_char(char))) for char in set(text)), default=0.0) if steps.blank else 0.0


def _choose(scores: Mapping[str, float]) -> Choice:
    import numpy as np

    if not scores:
        return Choice("", 0.0)
    ranked = sorted(scores, key=lambda text: -scores[text])
    logs = np.array([scores[text] for text in ranked])
    total = float(np.logaddexp.reduce(logs))
    if not np.isfinite(total):
        return Choice("", 0.0)
    shares = np.exp(logs - total)
    second = float(shares[1]) if len(ranked) > 1 else 0.0
    runner_up = ranked[1] if len(ranked) > 1 else ""
    return Choice(ranked[0], float(shares[0]), runner_up, float(shares[0]) - second, float(np.exp(min(total, 0.0))))


def log_probability(line: LineProbs, text: str) -> float:
    """Logarithm of the probability that the line reads ``text``, which has only characters of ``KEPT``."""
    return _log_probability(_Steps.of(line), text)


def _log_probability(steps: _Steps, text: str) -> float:
    if not steps.blank or not text:
        return float("-inf")
    in_blank, in_char, scale = [1.0] + [0.0] * len(text), [0.0] * (len(text) + 1), 0.0
    for blank, *emit in zip(steps.blank, *(steps.of_char(char) for char in text), strict=True):
        in_blank, in_char = _one_step(text, in_blank, in_char, blank, [0.0, *emit])
        total = sum(in_blank) + sum(in_char)
        scale += math.log(total)
        in_blank, in_char = [value / total for value in in_blank], [value / total for value in in_char]
    end = in_blank[-1] + in_char[-1]
    return math.log(end) + scale if end > 0.0 else float("-inf")


def _one_step(
    text: str, in_blank: Sequence[float], in_char: Sequence[float], blank: float, emit: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Shares of the ways that stand behind the first k characters, k from 0, one step further: in a blank, in character k."""
    waits = [(in_blank[k] + in_char[k]) * blank for k in range(len(in_blank))]
    moves = [0.0]
    for k in range(1, len(in_blank)):
        # The same character twice needs a blank between.
        before = in_blank[k - 1] + (in_char[k - 1] if k > 1 and text[k - 1] != text[k - 2] else 0.0)
        moves.append((in_char[k] + before) * emit[k])
    return waits, moves


def _number_columns(line: LineProbs, steps: Sequence[int]) -> dict[str, list[float]]:
    return {char: (line.kept[steps][:, columns].sum(axis=1).astype(float) + _TINY).tolist() for char, columns in _COLUMNS_OF.items()}


def _telling_steps(line: LineProbs) -> list[int]:
    """Steps without those that say blank after a blank: they change no text."""
    empty = (line.blank > _EMPTY).tolist()
    return [step for step in range(line.steps) if not (step and empty[step] and empty[step - 1])]


def _beam_search(line: LineProbs) -> list[tuple[str, float]]:
    """CTC prefix beam search over the characters of a number, best first: text and log probability."""
    steps = _telling_steps(line)
    columns, blanks = _number_columns(line, steps), (line.blank[steps].astype(float) + _TINY).tolist()
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # ends in blank, ends in a character
    scale = 0.0
    for blank, *values in zip(blanks, *columns.values(), strict=True):
        here = dict(zip(columns, values, strict=True))
        grown = _grow(beams, blank, [pair for pair in here.items() if pair[1] > 1e-6], here)
        kept = sorted(grown.items(), key=lambda item: -(item[1][0] + item[1][1]))[:_BEAM]
        total = sum(pair[0] + pair[1] for _, pair in kept) or 1.0
        scale += math.log(total)
        beams = {text: (pair[0] / total, pair[1] / total) for text, pair in kept if pair[0] + pair[1] > _LEAST_SHARE * total}
    ranked = sorted(((text, sum(pair)) for text, pair in beams.items() if text), key=lambda item: -item[1])
    return [(text, math.log(p) + scale) for text, p in ranked if p > 0]


def _grow(
    beams: Mapping[str, tuple[float, float]], blank: float, likely: Sequence[tuple[str, float]], here: Mapping[str, float]
) -> dict[str, list[float]]:
    """Each text one step further: as it is, and with each likely character added."""
    grown: dict[str, list[float]] = {}
    for text, (in_blank, in_char) in beams.items():
        last, both = text[-1:], in_blank + in_char
        same = grown.setdefault(text, [0.0, 0.0])
        same[0] += both * blank
        if last:
            same[1] += in_char * here[last]
        for char, probability in likely:
            grown.setdefault(text + char, [0.0, 0.0])[1] += (in_blank if last == char else both) * probability
    return grown
