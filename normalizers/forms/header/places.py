"""Where heads stand, and what stands under them."""

from __future__ import annotations

import re

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.header.block_heads import is_figure
from normalizers.forms.segments import Row

Place = tuple[float, float]
Heads = tuple[tuple[str, Place], ...]
# Places this close, as a share of the width, are one.
SAME = 0.012
# Cells beside each other share this much at most: the width of their border.
TOUCH = 0.004
# A longer text over a goal is no head.
_HEAD_LENGTH = 26
_SENTENCE = re.compile(r"[。；;]")


def head_at(heads: Heads, place: Place) -> str | None:
    scored = [(overlap(place, head), name) for name, head in heads]
    shared, name = max(scored, default=(0.0, ""))
    return name if shared > 0 else None


def overlap(left: Place, right: Place) -> float:
    """How much two places share; zero or less when apart or when only their borders touch."""
    return min(left[1], right[1]) - max(left[0], right[0]) - TOUCH


def own_cells(row: Row) -> list[Cell]:
    """Cells with text that begin in the row."""
    return [cell for cell in row.cells if row.begins(cell) and unwrap(cell.text)]


def left_of(heads: Heads) -> float:
    return min(place[0] for _, place in heads)


def printed_heads(row: Row, heads: Heads) -> Heads:
    """The words of every head from the first known one on, those without a meaning of ours included."""
    left = left_of(heads)
    return tuple((unwrap(cell.text), row.place(cell)) for cell in own_cells(row) if row.place(cell)[0] >= left)


def stands_over(row: Row, cell: Cell, below: Row) -> bool:
    """A short text with a cell of the next row at its very place."""
    text = unwrap(cell.text)
    left, right = row.place(cell)
    if not text or len(text) > _HEAD_LENGTH or _SENTENCE.search(text) or is_figure(text):
        return False
    tolerance = SAME if row.frame is not None else 0.0
    same = [below.place(each) for each in below.cells if below.begins(each)]
    drawn = any(abs(a - left) <= tolerance and abs(b - right) <= tolerance for a, b in same)
    # In text a span is its first place: what stands there is the value.
    return drawn or (row.frame is None and any(a == left for a, _ in same))
