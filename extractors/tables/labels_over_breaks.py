"""A merged label over a page break is drawn in two parts, or again on the next page, cut by the edge of what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Cell, Mark, Table

# In heights of a line: text with this much more white on one side was set in the middle of a higher cell.
_LOPSIDED = 0.5
# Two lines that follow each other are no further apart than this, in heights of a line.
_PITCH = 1.0


def merge_labels(table: Table, pairs: Sequence[tuple[Cell, Cell]]) -> Table:
    """One cell for each label that goes on over the break.

    Args:
        pairs: the cells above and below the break over the same columns.
    """
    cells = list(table.cells)
    own = [pair for pair in pairs if len(pair[0].rows) == len(pair[1].rows) == 1 and pair[0].text and pair[1].text]
    first_own = min((upper.cols.start for upper, _ in own), default=0)
    for upper, lower in pairs:
        text = _text_over_break(upper, lower, is_label=upper.cols.stop <= first_own)
        if text is not None:
            cells[cells.index(upper)] = replace(upper, rows=range(upper.rows.start, lower.rows.stop), text=text, marks=_whole(upper, lower))
            cells.remove(lower)
    return Table(cells, table.row_count, table.col_count)


def _whole(upper: Cell, lower: Cell) -> tuple[Mark, ...]:
    """The marks of both; what the edge of one page cuts off is seen on the other."""
    return tuple(mark for mark in dict.fromkeys((*upper.marks, *lower.marks)) if mark != "clipped")


def _text_over_break(upper: Cell, lower: Cell, is_label: bool) -> str | None:
    """The text of two cells that are one; None where they are not. ``is_label``: they stand before the first text that has a cell a row."""
    spans = len(upper.rows) > 1 or len(lower.rows) > 1
    both = "\n".join(part for part in (upper.text, lower.text) if part)
    upright = _one_char_a_line(upper.text) and _one_char_a_line(lower.text) and "\n" in upper.text + "\n" + lower.text
    if spans and upper.text and (not lower.text or upright):
        return both
    if is_label and not upper.text and lower.text and (_is_above_middle(lower) or len(upper.rows) > 1 < len(lower.rows)):
        return both
    if not upper.text or not lower.text:
        return None
    if _drawn_again(upper, lower):
        return upper.text
    return both if _lines_follow(upper, lower) else None


def _one_char_a_line(text: str) -> bool:
    return all(len(line) == 1 for line in text.split("\n"))


def _line_height(cell: Cell) -> float:
    assert cell.ink is not None
    lines = cell.text.split("\n")
    return cell.ink.height / len(lines)


def _drawn_again(upper: Cell, lower: Cell) -> bool:
    """The same text on both pages, and the break runs through it."""
    if upper.text != lower.text or upper.bbox is None or lower.bbox is None or upper.ink is None or lower.ink is None:
        return False
    return upper.ink.bottom > upper.bbox.bottom and lower.ink.top < lower.bbox.top


def _is_above_middle(lower: Cell) -> bool:
    """Text with more white below than above: it was set in the middle of a cell that begins on the page before."""
    if lower.bbox is None or lower.ink is None:
        return False
    return (lower.bbox.bottom - lower.ink.bottom) - (lower.ink.top - lower.bbox.top) > _LOPSIDED * _line_height(lower)


def _lines_follow(upper: Cell, lower: Cell) -> bool:
    """The last line above and the first below stand as near to the break as two lines of a cell do, and both have more white elsewhere."""
    if upper.bbox is None or lower.bbox is None or upper.ink is None or lower.ink is None:
        return False
    line = min(_line_height(upper), _line_height(lower))
    above, below = upper.bbox.bottom - upper.ink.bottom, lower.ink.top - lower.bbox.top
    roomy = upper.ink.top - upper.bbox.top - above > _LOPSIDED * line and lower.bbox.bottom - lower.ink.bottom - below > _LOPSIDED * line
    return roomy and above + below < _PITCH * line
