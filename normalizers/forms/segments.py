"""A document cut into forms: the lines above, the rows, the lines below.

A form may begin on one page and go on over others; a file may hold many forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import BBox, Cell, Document, Table, TextLine
from extractors.origin import has_places, origin_of_page
from extractors.tables.wrap import unwrap
from normalizers.vocabulary.heads import OWN
from normalizers.vocabulary.labels import Labels

_LEVELS = {"level1", "level2", "level3"}
# What no head holds but a year or a number of months: a target, a share.
_FIGURE = re.compile(r"[≥≤%％]|^\d")


@dataclass(frozen=True, slots=True)
class Frame:
    """Extent of a grid on its page, so that cells of grids of different scale compare."""

    x0: float
    x1: float

    def place(self, box: BBox) -> tuple[float, float]:
        """Left and right of a box as shares of the grid's width."""
        width = max(self.x1 - self.x0, 1.0)
        return (box.x0 - self.x0) / width, (box.x1 - self.x0) / width


@dataclass(slots=True)
class Row:
    """One row of a grid: every cell that covers it, left to right."""

    cells: list[Cell]
    index: int
    frame: Frame | None
    table: int
    col_count: int

    def place(self, cell: Cell) -> tuple[float, float]:
        """Where the cell stands: shares of the width, or column numbers in a transcript."""
        if self.frame is not None and cell.bbox is not None:
            return self.frame.place(cell.bbox)
        return float(cell.cols.start), float(cell.cols.stop)

    def texts(self) -> list[str]:
        return [unwrap(cell.text) for cell in self.cells]

    def begins(self, cell: Cell) -> bool:
        """True when the cell starts in this row, not above it."""
        return cell.rows.start == self.index

    @property
    def page_no(self) -> int:
        own = [cell.page_no for cell in self.cells if self.begins(cell)] or [cell.page_no for cell in self.cells]
        return own[0] if own else 1


@dataclass(slots=True)
class Segment:
    """One form, or grids that are none; ``above`` has the lines between each table, by its number, and the one before it."""

    head: list[TextLine] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    foot: list[TextLine] = field(default_factory=list)
    above: dict[int, list[TextLine]] = field(default_factory=dict)




def is_header_row(texts: list[str], labels: Labels) -> bool:
    """The row that names the columns of the indicators: three of them, or two levels among words that nobody knows."""
    named = {labels.column_of(text) for text in texts if text} - {None, OWN}
    if not named & {"level2", "level3"}:
        return False
    return len(named) >= 3 or (len(named & _LEVELS) >= 2 and not any(_FIGURE.search(text) for text in texts))


def reading_order(document: Document) -> list[TextLine | list[Row]]:
    """Lines and the rows of tables as they follow each other on the pages."""
    items: list[tuple[int, bool, float, float, TextLine | list[Row]]] = []
    gutters = {page.page_no: page.gutter for page in document.pages}
    for page in document.pages:
        items += [(page.page_no, _is_right(line.bbox, page.gutter), line.bbox.top, line.bbox.x0, line) for line in page.lines]
    for index, table in enumerate(document.tables):
        geometric = _has_places(document, table)
        box = table.bbox_on(table.pages[0]) if table.cells else None
        top, left = (box.top, box.x0) if box else (0.0, 0.0)
        if not geometric and table.cells:
            # Characters and lines: a table that begins in the middle of a line stands behind what that line says before it.
            first = table.pages[0]
            begins = [(cell.bbox.top, cell.bbox.x0) for cell in table.cells if cell.bbox is not None and cell.page_no == first]
            top, left = min(begins, default=(top, left))
        if table.cells:
            right = _is_right(box, gutters.get(table.pages[0]))
            items.append((table.pages[0], right, top, left, table_to_rows(table, index, geometric)))
    items.sort(key=lambda item: item[:4])
    return [item[4] for item in items]


def _is_right(box: BBox | None, gutter: float | None) -> bool:
    """True on the right one of two sheets on one page, which comes after the left one."""
    return gutter is not None and box is not None and box.center[0] > gutter


def _has_places(document: Document, table: Table) -> bool:
    readers = {page.page_no: page.reader for page in document.pages}
    return any(has_places(origin_of_page(readers[number])) for number in table.pages)


def table_to_rows(table: Table, index: int, geometric: bool) -> list[Row]:
    """Rows of one grid, each with all the cells that cover it."""
    covering: list[list[Cell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        for row in cell.rows:
            covering[row].append(cell)
    frames = {number: _frame(table, number) for number in table.pages} if geometric else {}
    rows = []
    for number, cells in enumerate(covering):
        cells.sort(key=lambda cell: cell.cols.start)
        page_no = next((cell.page_no for cell in cells if cell.rows.start == number), cells[0].page_no if cells else 0)
        rows.append(Row(cells, number, frames.get(page_no), index, table.col_count))
    return rows


def _frame(table: Table, page_no: int) -> Frame | None:
    """Extent of the table on a page.

    Where cells of the page before go on over the outer columns, the cells of the
    page itself begin further in: its borders are as far out as on the other page.
    """
    box = table.bbox_on(page_no)
    own = [cell for cell in table.cells if cell.page_no == page_no and cell.bbox is not None]
    if box is None or not own:
        return None if box is None else Frame(box.x0, box.x1)
    first, last = min(cell.cols.start for cell in own), max(cell.cols.stop for cell in own)
    whole = next((edges for number in table.pages if (edges := _edges(table, number)).keys() >= {0, first, last, table.col_count}), None)
    if whole is None or (first == 0 and last == table.col_count) or whole[last] <= whole[first]:
        return Frame(box.x0, box.x1)
    scale = box.width / (whole[last] - whole[first])
    return Frame(box.x0 - (whole[first] - whole[0]) * scale, box.x1 + (whole[table.col_count] - whole[last]) * scale)


def _edges(table: Table, page_no: int) -> dict[int, float]:
    """Where each column border stands on a page, as far as its cells show it."""
    edges: dict[int, float] = {}
    for cell in table.cells:
        if cell.page_no == page_no and cell.bbox is not None:
            edges.setdefault(cell.cols.start, cell.bbox.x0)
            edges.setdefault(cell.cols.stop, cell.bbox.x1)
    return edges
