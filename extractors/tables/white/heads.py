"""Heads from what stands over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.rulings.ruling import Ruling
from extractors.tables.white.columns import columns_of
from extractors.tables.white.pieces import Line, Piece, join_pieces, words_of

# How far the middle of a head may be off that of its columns, in font sizes, for it to be taken as centred.
_CENTRED = 1.2
# The share of a head that stands in its own column, where it reaches a little into the next.
_HOME = 0.75
# White between two heads of one line is more than a blank, in font sizes, and wider than the blanks inside them.
_HEAD_GAP, _WIDER = 0.7, 1.5


def head_spans(
    lines: Sequence[Line], xs: Sequence[float], extents: Sequence[tuple[float, float]], rules: Sequence[Ruling]
) -> list[list[tuple[range, Piece]]]:
    """Of each line of the head its pieces with the columns that they stand over.

    Args:
        extents: of each column where its content begins and ends.
        rules: level lines; one below a piece says how far it reaches.
    """
    return [_spans_of_line(line, lines[index + 1 :], xs, extents, rules) for index, line in enumerate(lines)]


def _spans_of_line(
    line: Line, below: Sequence[Line], xs: Sequence[float], extents: Sequence[tuple[float, float]], rules: Sequence[Ruling]
) -> list[tuple[range, Piece]]:
    found: list[tuple[range, Piece]] = []
    for piece in line.pieces:
        ruled = _by_rule(piece, extents, rules)
        if ruled is not None:
            found.append((ruled, piece))
            continue
        over = columns_of(piece, xs)
        parts = _parts(piece, xs, extents) if len(over) > 1 else None
        found += parts if parts is not None else [(_range_of(piece, over, xs, extents), piece)]
    return _widened(found, below, xs, extents)


def _by_rule(piece: Piece, extents: Sequence[tuple[float, float]], rules: Sequence[Ruling]) -> range | None:
    """The columns over a line that runs close below a piece and beyond it, where those are several."""
    for rule in rules:
        close = -1.0 <= rule.at - piece.bottom <= 0.8 * piece.size
        if close and rule.start <= piece.x0 + 2 and rule.end >= piece.x1 - 2:
            under = [k for k, (a, b) in enumerate(extents) if rule.start - 2 <= (a + b) / 2 <= rule.end + 2]
            if 1 < len(under) < len(extents):
                return range(under[0], under[-1] + 1)
    return None


def _parts(piece: Piece, xs: Sequence[float], extents: Sequence[tuple[float, float]]) -> list[tuple[range, Piece]] | None:
    """Heads that stand so close that they look like one: each part over a column of its own. None for one head over all."""
    parts: dict[int, list[Piece]] = {}
    for word in words_of(piece.chars):
        column = _home(word, xs)
        if column is None:
            return None
        parts.setdefault(column, []).append(word)
    joined = {column: join_pieces(words) for column, words in parts.items()}
    if len(joined) != len(columns_of(piece, xs)):
        return None
    each = max(_off_place(part, *extents[column]) for column, part in joined.items())
    whole = abs(piece.middle - (extents[min(joined)][0] + extents[max(joined)][1]) / 2)
    white = min(right.x0 - left.x1 for left, right in pairwise(joined[column] for column in sorted(joined)))
    inner = [right.x0 - left.x1 for words in parts.values() for left, right in pairwise(words)]
    # Many heads in one line are centred over all their columns, too; two words of one head are so over theirs by chance only.
    in_place = each <= _CENTRED * piece.size and (len(joined) > 2 or white >= max(_HEAD_GAP * piece.size, _WIDER * max(inner, default=0.0)))
    if whole <= _CENTRED * piece.size and not in_place:
        return None
    return [(range(k, k + 1), part) for k, part in joined.items()]


def _range_of(piece: Piece, over: range, xs: Sequence[float], extents: Sequence[tuple[float, float]]) -> range:
    """The columns that a piece touches, or the one that it is of and only reaches a little out of."""
    home = _home(piece, xs)
    if home is None:
        return over
    whole = abs(piece.middle - (extents[over.start][0] + extents[over.stop - 1][1]) / 2)
    return range(home, home + 1) if _off_place(piece, *extents[home]) <= whole else over


def _home(piece: Piece, xs: Sequence[float]) -> int | None:
    """The column that nearly all of a piece stands in."""
    for column in columns_of(piece, xs):
        inside = min(piece.x1, xs[column + 1]) - max(piece.x0, xs[column])
        if inside >= _HOME * (piece.x1 - piece.x0):
            return column
    return None


def _off_place(piece: Piece, x0: float, x1: float) -> float:
    """How far a piece is from being centred, or set flush, between two places."""
    return min(abs(piece.middle - (x0 + x1) / 2), abs(piece.x0 - x0), abs(piece.x1 - x1))


def _widened(
    found: list[tuple[range, Piece]], below: Sequence[Line], xs: Sequence[float], extents: Sequence[tuple[float, float]]
) -> list[tuple[range, Piece]]:
    """A head whose column, and its neighbour, has heads of its own below reaches over as many columns as it is centred over."""
    result: list[tuple[range, Piece]] = []
    for index, (cols, piece) in enumerate(found):
        least = result[-1][0].stop if result else 0
        most = found[index + 1][0].start if index + 1 < len(found) else len(extents)
        result.append((_best_range(cols, piece, least, most, _headed(below, xs), extents), piece))
    return result


def _headed(below: Sequence[Line], xs: Sequence[float]) -> set[int]:
    """Columns that have a head of their own on a line below."""
    return {cols.start for line in below for piece in line.pieces if len(cols := columns_of(piece, xs)) == 1}


def _best_range(cols: range, piece: Piece, least: int, most: int, headed: set[int], extents: Sequence[tuple[float, float]]) -> range:
    if not set(cols) <= headed and len(cols) == 1:
        return cols
    choices = []
    for start in range(max(least, 0), cols.start + 1):
        for stop in range(cols.stop, most + 1):
            if all(column in headed for column in range(start, stop)) or range(start, stop) == cols:
                a, b = extents[start][0], extents[stop - 1][1]
                choices.append((abs(piece.middle - (a + b) / 2), stop - start, range(start, stop)))
    best = min(choices, key=lambda choice: choice[:2], default=None)
    own = abs(piece.middle - (extents[cols.start][0] + extents[cols.stop - 1][1]) / 2)
    if best is None or own <= _CENTRED * piece.size and own <= best[0] + 0.5 * piece.size:
        return cols
    return best[2] if best[0] <= _CENTRED * piece.size else cols


def head_levels(spans: Sequence[Sequence[tuple[range, Piece]]]) -> list[int]:
    """Of each line the level of the head that it is on, from 0: one ends where the heads below part what a head stands over."""
    levels: list[int] = []
    level, wide = 0, set[range]()
    for line in spans:
        if any(len(cols) < len(over) and set(cols) <= set(over) for cols, _ in line for over in wide):
            level, wide = level + 1, set()
        wide |= {cols for cols, _ in line if len(cols) > 1}
        levels.append(level)
    return levels


def head_cells(spans: Sequence[Sequence[tuple[range, Piece]]], levels: Sequence[int], column_count: int) -> list[tuple[range, range]]:
    """The cells of a head as (levels, columns); together they cover all of it.

    What stands over several columns is one cell on its level; over and below
    it each column is one cell, so that a head of two lines beside one of two
    levels reaches over both.
    """
    count = levels[-1] + 1 if levels else 0
    wide: dict[tuple[int, int], range] = {}
    for line, level in zip(spans, levels, strict=True):
        for cols, _ in line:
            if len(cols) > 1 and all(wide.get((level, column), cols) == cols for column in cols):
                wide |= {(level, column): cols for column in cols}
    cells = [(range(level, level + 1), cols) for (level, column), cols in wide.items() if column == cols.start]
    for column in range(column_count):
        free = [level for level in range(count) if (level, column) not in wide]
        for run in _runs(free):
            cells.append((run, range(column, column + 1)))
    return cells


def _runs(values: Sequence[int]) -> list[range]:
    runs: list[range] = []
    for value in values:
        if runs and runs[-1].stop == value:
            runs[-1] = range(runs[-1].start, value + 1)
        else:
            runs.append(range(value, value + 1))
    return runs
