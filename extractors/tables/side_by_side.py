"""A sheet wider than its paper is printed as two pages: its left columns, and then its right ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.model import BBox, Cell, Page, Table, TextLine, moved
from extractors.origin import is_painted

# Points: how far apart the two halves of one ruling may lie.
_SAME = 1.5
# So many rows at the same heights are no accident.
_FEW_ROWS = 3


def join_sides(pages: Sequence[Page], tables: Sequence[Table], begins_anew: Callable[[Table, Table], bool]) -> list[Table]:
    """Put two tables side by side whose rows have the same heights, page by page, where the second says nothing new.

    Args:
        begins_anew: whether the second of two tables begins like the first, or with a name or a head of its own.
    """
    by_no = {page.page_no: page for page in pages}
    joined: list[Table] = []
    for table in tables:
        if joined and _are_halves(joined[-1], table, by_no) and not begins_anew(joined[-1], table):
            joined[-1] = _side_by_side(joined[-1], table, by_no)
        else:
            joined.append(table)
    return joined


def _are_halves(left: Table, right: Table, pages: dict[int, Page]) -> bool:
    a, b = left.pages, right.pages
    if not a or len(a) != len(b) or b[0] != a[-1] + 1 or left.row_count != right.row_count or left.row_count < _FEW_ROWS:
        return False
    if any(not is_painted(pages[number].reader) for number in (*a, *b)) or any(_is_named(pages, *pair) for pair in zip(a, b, strict=True)):
        return False
    here, there = left.bbox_on(a[0]), right.bbox_on(b[0])
    if here is None or there is None or abs(here.x0 - there.x0) > 2 * _SAME or abs(here.width - there.width) <= _SAME:
        return False
    tops, others = _tops(left), _tops(right)
    return tops is not None and others is not None and all(abs(x - y) <= _SAME for x, y in zip(tops, others, strict=True))


def _all_lines(page: Page) -> list[TextLine]:
    return [line for line in page.lines if any(char.isalpha() for char in line.text)]


def _is_named(pages: dict[int, Page], left: int, right: int) -> bool:
    """Whether the right page has lines that stand beside none of the left one: then it is no other half of it."""
    return any(all(not _beside(line.bbox, other.bbox) for other in pages[left].lines) for line in _all_lines(pages[right]))


def _beside(a: BBox, b: BBox) -> bool:
    return abs(a.center[1] - b.center[1]) <= _SAME


def _tops(table: Table) -> list[float] | None:
    """Where each row begins on its page; None where that shows nowhere."""
    tops: list[float | None] = [None] * table.row_count
    for cell in table.cells:
        if cell.bbox is not None:
            tops[cell.rows.start] = cell.bbox.top
    known = [top for top in tops if top is not None]
    return known if len(known) == table.row_count else None


def _side_by_side(left: Table, right: Table, pages: dict[int, Page]) -> Table:
    cells = list(left.cells)
    for cell in right.cells:
        beside = next((other for other in cells if other.rows == cell.rows and other.cols.stop == left.col_count), None)
        if beside is not None and len(cell.cols) == right.col_count and right.col_count > 1:
            cells[cells.index(beside)] = _one_cell(beside, cell, left.col_count + right.col_count)
        else:
            cells.append(moved(cell, col_by=left.col_count))
    for a, b in zip(left.pages, right.pages, strict=True):
        _join_lines(pages[a], pages[b])
        told = f"the tables of pages {a} and {b} are halves of one sheet and were put side by side"
        _show_over_cut(pages[a], pages[b], cells)
        for page in (pages[a], pages[b]):
            page.note("table.side-by-side", "review", told)
    return Table(cells, left.row_count, left.col_count + right.col_count)


def _one_cell(cell: Cell, rest: Cell, col_count: int) -> Cell:
    """A cell that is cut between the two halves of a sheet."""
    text = _joined(cell.text, rest.text)
    marks = tuple(mark for mark in dict.fromkeys((*cell.marks, *rest.marks)) if mark != "clipped")
    return replace(cell, cols=range(cell.cols.start, col_count), text=text, marks=marks)


def _joined(text: str, rest: str) -> str:
    """Two parts of one text; a character that is cut in two is in both."""
    return text + (rest[1:] if text and rest and text[-1] == rest[0] else rest)


def _show_over_cut(page: Page, next_page: Page, cells: Sequence[Cell]) -> None:
    """What the edge of one page cuts off and the other shows is hidden from nobody."""
    shown = "\n".join("".join(text.split()) for text in [*(cell.text for cell in cells), *(line.text for line in page.lines)])
    for each in (page, next_page):
        hidden = each.hidden_text
        each.hidden_text = [text for text in hidden if text.reason != "clipped" or "".join(text.text.split()) not in shown]


def _join_lines(page: Page, next_page: Page) -> None:
    """Lines at the same height are one, such as a title in the middle of the sheet."""
    for line in _all_lines(next_page):
        beside = next((other for other in page.lines if _beside(line.bbox, other.bbox)), None)
        if beside is not None:
            page.lines[page.lines.index(beside)] = replace(beside, text=_joined(beside.text, line.text), words=(*beside.words, *line.words))
            next_page.lines.remove(line)
