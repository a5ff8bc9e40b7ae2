"""The doubtful parts of a line of running text, read again by themselves.

A line is read cheaply first. Where one character of twenty is doubtful, that one with a few sure ones at its sides is
read again, and not all twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from extractors.characters import is_common_han
from extractors.geometry.runs import flags_to_runs
from extractors.ocr.recognizer import STEP, LineReading, surer
from extractors.ocr.textlines import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

# Sure characters that are read with the doubtful ones, at each side: the recogniser knows characters best in company, and
# what is read must begin and end with them.
_COMPANY = 2
# Parts that together hold more of the line than this are not worth their while.
_MOST = 0.7
# A line is cut in white; how far from the middle between two characters, as a share of their distance.
_ASIDE = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """Characters ``first`` to ``last`` of a reading, of which ``before`` and ``after`` are company, and where they stand."""

    first: int
    last: int
    before: int
    after: int
    span: Span


@dataclass(frozen=True, slots=True)
class Scale:
    """Where in a cell the steps of a reading are.

    Attributes:
        left: of the picture that was read, in pixels of the cell.
        width: of the same.
        steps: of the recogniser, over that width.
    """

    left: float
    width: float
    steps: float

    @classmethod
    def of(cls, crop: NDArray[Any], span: Span, margin: int, height: int) -> Scale:
        """For a crop of a line with a margin in pixels at both sides, read at a height in pixels."""
        return cls(span.x0 - margin, span.width + 2 * margin, crop.shape[1] * height / crop.shape[0] / STEP)

    def to_x(self, step: float) -> float:
        """Pixel of the middle of a step."""
        return self.left + (step + 0.5) * self.width / self.steps

    def to_step(self, x: float) -> int:
        return round((x - self.left) * self.steps / self.width - 0.5)


def line_to_parts(line: LineReading, doubtful: Sequence[int], ink: Mask, span: Span, scale: Scale) -> list[Part]:
    """The parts to read again, from left to right; none where the line cannot be cut, or too little would be saved.

    Args:
        line: its reading.
        doubtful: indices of characters, ascending.
        ink: of the cell, shape (height, width).
        span: where the line stands in the cell.
        scale: of the reading.
    """
    import numpy as np

    if len(line.text) != len(line.probs.char_steps):
        return []
    groups = _groups(line.text, doubtful)
    if sum(last - first + 1 for first, last, _, _ in groups) > _MOST * len(line.text):
        return []
    white = flags_to_runs(np.logical_not(ink[span.top : span.bottom].any(axis=0)))
    parts = []
    for first, last, before, after in groups:
        left = span.x0 if first == 0 else _cut(white, scale, line.probs.char_steps, first)
        right = span.x1 if last + 1 == len(line.text) else _cut(white, scale, line.probs.char_steps, last + 1)
        if left is None or right is None or right <= left:
            return []
        parts.append(Part(first, last, before, after, Span(left, span.top, right, span.bottom)))
    return parts


def _groups(text: str, doubtful: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """First and last character, and how many at either side are company; groups that touch are one."""
    groups: list[tuple[int, int, int, int]] = []
    for index in doubtful:
        first, last = max(0, index - _COMPANY), min(len(text) - 1, index + _COMPANY)
        while first > 0 and _is_inside_figure(text, first):
            first -= 1
        while last + 1 < len(text) and _is_inside_figure(text, last + 1):
            last += 1
        if groups and first <= groups[-1][1] + 1:
            first, _, before, _ = groups.pop()
            groups.append((first, last, before, last - index))
        else:
            groups.append((first, last, index - first, last - index))
    return groups


def _is_inside_figure(text: str, index: int) -> bool:
    """Whether a cut in front of a character would part a number or a word of letters."""
    return all(char.isascii() and not char.isspace() for char in text[index - 1 : index + 1])


def _cut(white: Sequence[tuple[int, int]], scale: Scale, steps: Sequence[int], index: int) -> int | None:
    """The middle of the widest white between a character and the one in front of it; None where they touch.

    The white within a character, as beside the three drops of 河, is narrower.
    """
    before, here = scale.to_x(steps[index - 1]), scale.to_x(steps[index])
    middle, aside = (before + here) / 2, _ASIDE * (here - before)
    gaps = [
        (min(right, round(middle + aside)) - max(left, round(middle - aside)), (left + right) // 2)
        for left, right in white
        if left < middle + aside and right > middle - aside
    ]
    return max(gaps, key=lambda gap: (gap[0], -abs(gap[1] - middle)))[1] if gaps else None


def with_part(line: LineReading, part: Part, read: LineReading, scale: Scale, read_scale: Scale, by_another: bool) -> LineReading | None:
    """The line with a part of it read again; None where the part does not begin and end with its company.

    A sliver of the next character that was cut off with it may be read, too.

    Args:
        line: the reading of the whole.
        part: from ``line_to_parts``, of the same reading.
        read: the reading of the part.
        scale: of the reading of the whole.
        read_scale: of the reading of the part.
        by_another: whether another model read the part: what both read in the same way is surer then.
    """
    if len(read.text) != len(read.probs.char_steps):
        return None
    before, after = line.text[part.first : part.first + part.before], line.text[part.last + 1 - part.after : part.last + 1]
    cut_before, cut_after = part.first > 0, part.last + 1 < len(line.text)
    ends = [
        (begin + len(before), len(read.text) - spare - len(after))
        for begin, spare in ((0, 0), (cut_before, 0), (0, cut_after), (cut_before, cut_after))
        if read.text.startswith(before, begin) and read.text.endswith(after, 0, len(read.text) - spare)
    ]
    if not ends or ends[0][0] > ends[0][1]:
        return None
    head, tail, inner = part.first + part.before, part.last + 1 - part.after, slice(*ends[0])
    old, new = line.probs.char_probs[head:tail], read.probs.char_probs[inner]
    sure = _weighed(line.text[head:tail], old, read.text[inner], new, by_another)
    steps = tuple(scale.to_step(read_scale.to_x(step)) for step in read.probs.char_steps[inner])
    text = line.text[:head] + read.text[inner] + line.text[tail:]
    probs = line.probs.char_probs[:head] + sure + line.probs.char_probs[tail:]
    # The model that reads again is not asked how alike the characters are.
    likeness = line.likeness[:head] + (1.0,) * len(steps) + line.likeness[tail:] if line.likeness else ()
    whole = replace(line.probs, text=text, char_probs=probs, char_steps=line.probs.char_steps[:head] + steps + line.probs.char_steps[tail:])
    return LineReading(text, min(probs, default=0.0), whole, likeness)


def _weighed(old_text: str, old: tuple[float, ...], text: str, new: tuple[float, ...], by_another: bool) -> tuple[float, ...]:
    """How sure the characters of a part are that was read as ``old_text`` before, with the probabilities ``old``.

    What another model reads in the same way is surer; a Chinese character that was read as another one before is no surer
    than that reading leaves room for.
    """
    if len(text) != len(old_text):
        return new
    if text == old_text:
        return tuple(map(surer, text, new, old)) if by_another else new
    differs = [one != other and is_common_han(one) and is_common_han(other) for one, other in zip(text, old_text, strict=True)]
    return tuple(min(prob, 1.0 - was) if other else prob for prob, was, other in zip(new, old, differs, strict=True))
