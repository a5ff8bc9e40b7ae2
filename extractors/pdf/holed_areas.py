"""Filled paths with holes: frames painted as one box less another, tables painted as a box less its cells.

Programs that set borders apart (WeasyPrint) fill each cell's frame by the
even-odd rule. What is thin of such an area is a ruling, the rest a background.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from extractors.geometry.page_ink import Fill, PageInk
from extractors.model import BBox
from extractors.tables.rulings.pdf_rulings import THIN, segment_to_rulings

# A box, and whether its outline runs clockwise.
Outline = tuple[BBox, bool]
_MOST_BOXES = 400
# Edges closer than this (points) are one.
_SAME = 0.02


def has_holes(outlines: Sequence[Outline]) -> bool:
    """Whether one of the boxes lies in another, so that they do not simply add up."""
    if not 1 < len(outlines) <= _MOST_BOXES:
        return False
    boxes = sorted((box for box, _ in outlines), key=lambda box: box.width * box.height)
    return any(_lies_in(small, large) for k, small in enumerate(boxes) for large in boxes[k + 1 :])


def _lies_in(inner: BBox, outer: BBox) -> bool:
    across = outer.x0 - _SAME <= inner.x0 and inner.x1 <= outer.x1 + _SAME
    return across and outer.top - _SAME <= inner.top and inner.bottom <= outer.bottom + _SAME


def read_holed_area(outlines: Sequence[Outline], even_odd: bool, color: tuple[float, ...] | None, ink: PageInk) -> None:
    """Add to ``ink`` what a path of boxes fills: rulings of its thin parts, fills of the others.

    Args:
        outlines: all parts of the path.
        even_odd: the rule by which it is filled; else by the way in which the outlines run.
        color: its paint, None for white.
    """
    xs = _edges([x for box, _ in outlines for x in (box.x0, box.x1)])
    ys = _edges([y for box, _ in outlines for y in (box.top, box.bottom)])
    painted = _painted(outlines, even_odd, xs, ys)
    lines = [*_thin_runs(painted, xs, ys, upright=True), *_thin_runs(painted, xs, ys, upright=False)]
    if color is not None:
        for box in lines:
            ink.rulings += segment_to_rulings(box.x0, box.top, box.x1, box.bottom)
    for i, (top, bottom) in enumerate(pairwise(ys)):
        for j, (left, right) in enumerate(pairwise(xs)):
            cell = BBox(left, top, right, bottom)
            if painted[i][j] and not any(_lies_in(cell, line) for line in lines):
                ink.fills.append(Fill(cell, color))


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME:
            edges.append(value)
    return edges


def _painted(outlines: Sequence[Outline], even_odd: bool, xs: list[float], ys: list[float]) -> list[list[bool]]:
    """For each row and column between the edges, whether it is filled."""
    turns = [[0] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for box, clockwise in outlines:
        columns = range(bisect_left(xs, box.x0 - _SAME), bisect_left(xs, box.x1 - _SAME))
        for i in range(bisect_left(ys, box.top - _SAME), bisect_left(ys, box.bottom - _SAME)):
            for j in columns:
                turns[i][j] += 1 if even_odd or clockwise else -1
    return [[bool(count % 2 if even_odd else count) for count in row] for row in turns]


def _thin_runs(painted: list[list[bool]], xs: list[float], ys: list[float], upright: bool) -> Iterator[BBox]:
    """Thin filled strips with nothing filled on either side."""
    cells = painted if upright else [list(row) for row in zip(*painted, strict=True)]
    across, along = (xs, ys) if upright else (ys, xs)
    for j, (low, high) in enumerate(pairwise(across)):
        if high - low > THIN:
            continue
        start, alone = along[0], False
        for i, (begin, end) in enumerate(pairwise([*along, inf])):
            beside = [cells[i][k] for k in (j - 1, j + 1) if 0 <= k < len(across) - 1] if end < inf else []
            # Where another strip crosses, there is paint beside.
            lone = end < inf and cells[i][j] and not any(beside)
            if lone or (end - begin <= THIN and cells[i][j]):
                alone = alone or lone
                continue
            if alone:
                yield BBox(low, start, high, begin) if upright else BBox(start, low, begin, high)
            start, alone = end, False
