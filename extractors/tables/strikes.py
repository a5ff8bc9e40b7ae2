"""Text that somebody struck out: it stands on the page and may not count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.geometry.page_ink import Char
from extractors.model import PageMark, union_of
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.textlines import chars_to_text

# In shares of the size of type: how far from the middle of a line a stroke runs through it, and how far it reaches beyond its ends.
_OFF_MIDDLE, _BEYOND = 0.2, 0.6
# The tallest type that is looked for, in points, and the shortest stroke.
_TALLEST, _SHORTEST_STROKE = 40.0, 3.0


def find_strikes(chars: Sequence[Char], rulings: Sequence[Ruling]) -> list[list[Char]]:
    """The glyphs that each stroke runs through: level, in the middle of the type, and hardly longer than the text.

    A border that text lies over is longer than the text, an underline is lower.
    """
    level = sorted((char for char in chars if char.angle == 0 and not char.text.isspace()), key=lambda char: char.center[1])
    middles = [char.center[1] for char in level]
    reach = _OFF_MIDDLE * _TALLEST
    found = []
    for ruling in rulings:
        if ruling.orientation == "v" or ruling.length < _SHORTEST_STROKE:
            continue
        near = level[bisect_left(middles, ruling.at - reach) : bisect_right(middles, ruling.at + reach)]
        struck = [char for char in near if _runs_through(ruling, char)]
        if struck and not _is_longer(ruling, struck):
            found.append(sorted(struck, key=lambda char: char.x0))
    return found


def _runs_through(ruling: Ruling, char: Char) -> bool:
    return abs(char.center[1] - ruling.at) <= _OFF_MIDDLE * char.size and ruling.start <= char.center[0] <= ruling.end


def _is_longer(ruling: Ruling, struck: Sequence[Char]) -> bool:
    beyond = _BEYOND * struck[0].size
    return ruling.start < min(char.x0 for char in struck) - beyond or ruling.end > max(char.x1 for char in struck) + beyond


def strikes_to_marks(strikes: Sequence[Sequence[Char]]) -> list[PageMark]:
    """What is struck out, for the marks of the page."""
    marks = []
    for struck in strikes:
        box = union_of(char.bbox for char in struck)
        assert box is not None
        marks.append(PageMark(chars_to_text(struck), box, "struck-out"))
    return marks
