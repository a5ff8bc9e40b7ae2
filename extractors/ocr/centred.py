"""Lines of a cell under a black seal: print stands in the middle of its cell, strokes of a seal stand where they fall."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.ocr.textlines import Span

# A block of lines whose middle is this near to that of its cell, in line heights, is centred.
_NEAR = 0.3
# In a cell lower than this many line heights every line is near the middle.
_LOW = 1.8
# Share of the lone lines of a page that must stand in the middle of their cells, and how many there must be.
_MOST, _ENOUGH = 0.8, 5


def is_centred_page(cells: Sequence[tuple[Sequence[Span], int]], line_height: float) -> bool:
    """True when a form sets its cells in the middle; some set them at the top.

    Args:
        cells: lines and height of each cell that no seal touches.
    """
    lone = [_off(lines, height) for lines, height in cells if len(lines) == 1 and height >= _LOW * line_height]
    near = sum(off <= _NEAR * line_height for off in lone)
    return len(lone) >= _ENOUGH and near >= _MOST * len(lone)


def centred_lines(lines: Sequence[Span], height: int, line_height: float) -> list[Span]:
    """The most lines, one below the other, that stand in the middle of the cell together; all of them when none do.

    >>> print_, stroke = Span(0, 20, 30, 44), Span(4, 50, 20, 64)
    >>> centred_lines([print_, stroke], 64, 24.0) == [print_]
    True
    >>> centred_lines([Span(0, 6, 30, 30), Span(0, 34, 30, 58)], 64, 24.0) == [Span(0, 6, 30, 30), Span(0, 34, 30, 58)]
    True
    """
    blocks = [list(lines[start:stop]) for start in range(len(lines)) for stop in range(start + 1, len(lines) + 1)]
    centred = [block for block in blocks if _off(block, height) <= _NEAR * line_height]
    return max(centred, key=lambda block: (len(block), -_off(block, height)), default=list(lines))


def _off(lines: Sequence[Span], height: int) -> float:
    return abs(lines[0].top + lines[-1].bottom - height) / 2
