"""Columns from the white that runs down between the words of many lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil

from extractors.tables.white.pieces import Line, Piece, join_pieces, words_of

# The narrowest white between two columns (points), and the share of lines that may lie across it.
NARROWEST, _ACROSS = 1.2, 0.04
# Lines with this share of the most pieces tell where the columns are.
_FULL = 0.5
# A column with something in no more than this share of the rows is mostly empty.
_MOSTLY_EMPTY = 0.5


def full_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines that have something in most of the columns."""
    most = max((len(line.pieces) for line in lines), default=0)
    return [line for line in lines if len(line.pieces) >= max(2, ceil(_FULL * most))]


def column_borders(lines: Sequence[Line], x0: float, x1: float, head: Sequence[Line] = ()) -> list[float]:
    """Left side, a place in each white stripe that nearly no full line lies across, right side.

    The place is the middle of the widest part of the stripe that no word of the head covers.
    """
    full = full_lines(lines)
    allowed = int(_ACROSS * len(full))
    events: list[tuple[float, int]] = []
    for line in full:
        for piece in line.pieces:
            events += [(piece.x0, 1), (piece.x1, -1)]
    stripes, across, since = [], 0, None
    for x, step in sorted(events):
        before = across
        across += step
        if before > allowed >= across:
            since = x
        elif before <= allowed < across and since is not None:
            if x - since >= NARROWEST:
                stripes.append((since, x))
            since = None
    words = sorted((word.x0, word.x1) for line in head for piece in line.pieces for word in words_of(piece.chars))
    return [x0, *(_clear_place(a, b, words) for a, b in stripes), x1]


def _clear_place(low: float, high: float, words: Sequence[tuple[float, float]]) -> float:
    free: list[tuple[float, float]] = []
    reach = low
    for start, end in words:
        if end > low and start < high:
            free.append((reach, start))
            reach = max(reach, end)
    free.append((reach, high))
    left, right = max(free, key=lambda part: part[1] - part[0])
    return (left + right) / 2 if right - left >= NARROWEST else (low + high) / 2


def column_at(xs: Sequence[float], x: float) -> int:
    """The column in which x lies; the outer ones reach beyond their borders."""
    return max(0, min(bisect_right(xs, x) - 1, len(xs) - 2))


def columns_of(piece: Piece, xs: Sequence[float]) -> range:
    """The columns that a piece touches with more than the edge of a letter."""
    edge = min(0.15 * piece.size, 0.25 * (piece.x1 - piece.x0))
    return range(column_at(xs, piece.x0 + edge), column_at(xs, piece.x1 - edge) + 1)


def cut_at_borders(line: Line, xs: Sequence[float]) -> Line:
    """The line with pieces cut between words where each part has one column to itself."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        pieces += _cut(piece, xs)
    return Line(tuple(pieces))


def _cut(piece: Piece, xs: Sequence[float]) -> list[Piece]:
    over = columns_of(piece, xs)
    if len(over) < 2:
        return [piece]
    parts: dict[int, list[Piece]] = {}
    for word in words_of(piece.chars):
        at = columns_of(word, xs)
        if len(at) > 1:
            return [piece]
        parts.setdefault(at.start, []).append(word)
    return [join_pieces(words) for words in parts.values()] if len(parts) == len(over) else [piece]


def without_headless(xs: Sequence[float], head: Sequence[Line], body: Sequence[Line]) -> list[float]:
    """The borders without those of columns that have no head and are mostly empty: words that stand a little apart in their cell."""
    kept = list(xs)
    for column in range(len(xs) - 2, 0, -1):
        headed = any(column in columns_of(piece, xs) for line in head for piece in line.pieces)
        inside = [piece for line in body for piece in line.pieces if columns_of(piece, xs) == range(column, column + 1)]
        words = sum(not piece.is_figure for piece in inside)
        if head and not headed and len(inside) <= _MOSTLY_EMPTY * len(body) and words >= len(inside) / 2:
            kept.remove(xs[column])
    return kept
