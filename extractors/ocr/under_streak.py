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
# Words that were read the same both ways with this much confidence need no look.
_SURE = 0.9


def read_under_streaks(
    boxes: Sequence[Box], found: Sequence[CellReading], streaks: Mask, read: Callable[[list[Box]], Sequence[CellReading]]
) -> dict[int, tuple[Reading, bool]]:
    """Second readings of the cells that streaks run through, by index.

    Args:
        boxes: of all cells, in pixels.
        found: what was read there without the streaks.
        streaks: mask of ``streak_mend``.
        read: reads boxes of the page with the streaks still on it.

    Returns:
        the reading with the streak, and whether a person must look: where the
        two differ, and where a figure may lie under ink that could not be
        brought back.
    """
    touched = [i for i, box in enumerate(boxes) if found[i].ink and streaks[box[1] : box[3], box[0] : box[2]].any()]
    again = read([boxes[i] for i in touched]) if touched else []
    return {
        i: (Reading(with_it.text, with_it.confidence, "streak-kept"), _is_doubtful(found[i], with_it, streaks))
        for i, with_it in zip(touched, again, strict=True)
    }


def _is_doubtful(without: CellReading, with_it: CellReading, streaks: Mask) -> bool:
    crossing = {worst for line in without.lines if (worst := worst_on(line, streaks))}
    if not crossing:
        return False
    same = _letters(without.text) == _letters(with_it.text)
    sure = min(without.confidence, with_it.confidence) >= _SURE
    if LOST in crossing:
        return not same or not sure or any(char.isdigit() for char in without.text) or len(without.text) < 2
    return not same and without.confidence < 0.97


def worst_on(line: Box, streaks: Mask) -> int:
    """0 where no streak crosses a line of text or runs close beside it, else what became of the print under the worst one."""
    x0, top, x1, bottom = line
    beside = round(_BESIDE * (bottom - top))
    part = streaks[max(0, top) : bottom, max(0, x0 - beside) : x1 + beside]
    return int(part.max()) if part.size else 0


def _letters(text: str) -> str:
    return "".join(text.split())
