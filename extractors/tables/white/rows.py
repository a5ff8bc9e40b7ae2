"""Rows from base lines: which lines of a table are one row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.tables.white.columns import columns_of
from extractors.tables.white.pieces import Line

# A line this much closer (share of the usual distance of rows) to the one above may go on with it.
_TIGHT = 0.86
# Base lines this close (share of the type) belong to one row whatever stands on them.
_BESIDE = 0.75


def lines_to_rows(lines: Sequence[Line], xs: Sequence[float]) -> list[list[Line]]:
    """Lines of the body of a table by row, from top to bottom.

    A line of words alone goes on with the label above it when it stands closer
    than rows do; figures that stand at half height beside a label of two lines
    are of its row.
    """
    rows = [[line] for line in lines]
    rows = _with_figures_at_half_height(rows, xs)
    pitch = _pitch(rows, xs)
    joined: list[list[Line]] = []
    for row in rows:
        if joined and _goes_on(joined[-1], row, pitch, xs):
            joined[-1] += row
        else:
            joined.append(row)
    return joined


def places(row: Sequence[Line], xs: Sequence[float]) -> set[int]:
    """The columns in which a row has something."""
    return {column for line in row for piece in line.pieces for column in columns_of(piece, xs)}


def _pitch(rows: Sequence[Sequence[Line]], xs: Sequence[float]) -> float:
    """The usual distance between rows that have figures."""
    whole = [row[0].base for row in rows if len(places(row, xs)) > 1]
    steps = sorted(b - a for a, b in pairwise(whole))
    return median(steps) if steps else 0.0


def _goes_on(above: Sequence[Line], row: Sequence[Line], pitch: float, xs: Sequence[float]) -> bool:
    first, last = row[0], above[-1]
    step = first.base - last.base
    own, over = places(row, xs), places(above, xs)
    if not own <= over or any(piece.is_figure for piece in first.pieces):
        return False
    # In a table of words a line without its first column goes on with the row above.
    if 0 not in own:
        return first.top - last.bottom < 0.35 * first.height and len(own) < max(len(over), 2)
    if own != {0} or len(over) < 2 and not _is_broken(last):
        return False
    return step < _TIGHT * pitch and first.x0 >= last.x0 - 0.1 * first.height


def _is_broken(line: Line) -> bool:
    return line.pieces[-1].text.endswith(("-", ",", "，", "、"))


def _with_figures_at_half_height(rows: list[list[Line]], xs: Sequence[float]) -> list[list[Line]]:
    """Label, figures, rest of the label: three lines closer to each other than type is high are one row."""
    result: list[list[Line]] = []
    index = 0
    while index < len(rows):
        row = list(rows[index])
        while index + 1 < len(rows) and _is_beside(row, rows[index + 1], xs):
            index += 1
            row += rows[index]
        result.append(row)
        index += 1
    return result


def _is_beside(row: Sequence[Line], other: Sequence[Line], xs: Sequence[float]) -> bool:
    near = other[0].base - row[-1].base < _BESIDE * min(row[-1].height, other[0].height)
    return near and not (places(row[-1:], xs) & places(other, xs))
