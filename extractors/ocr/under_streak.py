"""Cells that a streak of the scanner runs through: read with the streak and without, and which of them need a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from extractors.imaging.streak_mend import LOST
from extractors.model import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractors.ocr.cells import CellReading

    Picture = NDArray[Any]
    Mask = NDArray[Any]

Box = tuple[int, int, int, int]

# A character this near to the end of a line (in line heights) may have gone with the streak.
_BESIDE = 0.7
# White on both sides of a streak together, in line heights, as no two characters leave it: a ruling may lie under the streak.
_WHITE_AROUND_RULING = 0.9
# Words that were read the same both ways with this much confidence need no look.
_SURE_BOTH_WAYS = 0.9
# Where the print was brought back, its own reading is good enough from here on.
_SURE_ALONE = 0.97


def read_under_streaks(
    boxes: Sequence[Box], found: Sequence[CellReading], streaks: Mask, ink: Mask, read: Callable[[list[Box]], Sequence[CellReading]]
) -> dict[int, tuple[Reading, bool]]:
    """Second readings of the cells that streaks run through, by index.

    Args:
        boxes: of all cells, in pixels.
        found: what was read there without the streaks.
        streaks: mask of ``streak_mend``.
        ink: 255 on ink of the page without the streaks.
        read: reads boxes of the page with the streaks still on it.

    Returns:
        the reading with the streak, and whether a person must look: where the
        two differ, and where a figure may lie under ink that could not be
        brought back.
    """
    touched = [i for i, box in enumerate(boxes) if found[i].ink and streaks[box[1] : box[3], box[0] : box[2]].any()]
    again = read([boxes[i] for i in touched]) if touched else []
    return {
        i: (Reading(with_it.text, with_it.confidence, "streak-kept"), _is_doubtful(found[i], with_it, streaks, ink))
        for i, with_it in zip(touched, again, strict=True)
    }


def _is_doubtful(without: CellReading, with_it: CellReading, streaks: Mask, ink: Mask) -> bool:
    crossing = {worst for line in without.lines if (worst := worst_on(line, streaks))}
    if not crossing:
        return False
    same = _letters(without.text) == _letters(with_it.text)
    figures = any(char.isdigit() for char in without.text)
    if LOST not in crossing:
        return not same and (figures or without.confidence < _SURE_ALONE)
    sure = min(without.confidence, with_it.confidence) >= _SURE_BOTH_WAYS
    short = len(_letters(without.text)) < 2
    return not same or not sure or figures or short or any(_parted(line, streaks, ink) for line in without.lines)


def _parted(line: Box, streaks: Mask, ink: Mask) -> bool:
    """Whether ink on both sides of a streak stands further apart than the characters of a word."""
    x0, top, x1, bottom = line
    columns = (streaks[top:bottom, x0:x1] == LOST).any(axis=0)
    inked = ((ink[top:bottom, x0:x1] > 0).any(axis=0) & ~columns).nonzero()[0]
    edges = columns.nonzero()[0]
    if not len(edges):
        return False
    gaps = []
    for start, stop in _runs(edges.tolist()):
        left, right = inked[inked < start], inked[inked > stop]
        gaps.append(start - int(left[-1]) + int(right[0]) - stop if len(left) and len(right) else 0)
    return max(gaps) >= _WHITE_AROUND_RULING * (bottom - top)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbouring columns."""
    runs = [(places[0], places[0])]
    for place in places[1:]:
        if place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def worst_on(line: Box, streaks: Mask) -> int:
    """0 where no streak crosses a line of text or runs close beside it, else what became of the print under the worst one."""
    x0, top, x1, bottom = line
    beside = round(_BESIDE * (bottom - top))
    part = streaks[max(0, top) : bottom, max(0, x0 - beside) : x1 + beside]
    return int(part.max()) if part.size else 0


def _letters(text: str) -> str:
    return "".join(text.split())
