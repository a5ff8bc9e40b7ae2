"""Text that somebody struck out: it stands on the page and may not count."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.geometry.page_ink import Char
from extractors.model import PageMark, union_of
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.textlines import chars_to_text

# In shares of the size of type: how far from the middle of a line a stroke runs through it, and how far it reaches beyond its ends.
_OFF_MIDDLE, _BEYOND = 0.2, 0.6
# The shortest stroke that is looked at, in points.
_SHORTEST_STROKE = 3.0


def find_strikes(chars: Sequence[Char], rulings: Sequence[Ruling]) -> list[list[Char]]:
    """The glyphs that each stroke runs through: level, in the middle of the type, and hardly longer than the text.

    A border that text lies over is longer than the text, an underline is lower.
    """
    strokes = [ruling for ruling in rulings if ruling.orientation == "h" and ruling.length >= _SHORTEST_STROKE]
    level = [char for char in chars if char.angle == 0 and not char.text.isspace()] if strokes else []
    if not level:
        return []
    import numpy as np

    x0, top, x1, bottom, size = np.array([char[1:6] for char in level]).T
    xs, ys = (x0 + x1) / 2, (top + bottom) / 2
    order = np.argsort(ys, kind="stable")
    level = [level[k] for k in order.tolist()]
    xs, ys, reaches = xs[order], ys[order], _OFF_MIDDLE * size[order]
    places = np.array([ruling.at for ruling in strokes])
    reach = float(reaches.max())
    firsts, lasts = np.searchsorted(ys, places - reach, "left").tolist(), np.searchsorted(ys, places + reach, "right").tolist()
    found = []
    for ruling, first, last in zip(strokes, firsts, lasts, strict=True):
        if first == last:
            continue
        near = slice(first, last)
        through = (np.abs(ys[near] - ruling.at) <= reaches[near]) & (xs[near] >= ruling.start) & (xs[near] <= ruling.end)
        struck = [level[first + k] for k in through.nonzero()[0].tolist()]
        if struck and not _is_longer(ruling, struck):
            found.append(sorted(struck, key=lambda char: char.x0))
    return found


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
