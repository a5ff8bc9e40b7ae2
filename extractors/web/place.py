"""Where the cells of a web table stand: each at the next column that no cell from above covers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from extractors.word_processor.limits import check_places
from extractors.word_processor.tree import Block, CellNode, RowNode, TableNode

# As browsers hold it.
_MOST_ROWS = 65_534
_MOST_COLUMNS = 1_000


def span_of(value: str | None, most: int = _MOST_COLUMNS) -> int:
    """A span as browsers take it: 1 where it is no number."""
    text = (value or "").strip()
    digits = text[: next((index for index, char in enumerate(text) if not ("0" <= char <= "9")), len(text))][:9]
    return min(int(digits), most) if digits else 1


def row_span_of(value: str | None) -> int:
    """Rows; 0 stands for all rows to the end of the table."""
    rows = span_of(value, _MOST_ROWS)
    return rows if rows else _MOST_ROWS


@dataclass(slots=True)
class OpenTable:
    """A table while it is read.

    Attributes:
        spans: left, right and how many rows more they cover, of cells that reach over the rows below.
        hidden_cols: columns that are not shown.
    """

    node: TableNode = field(default_factory=TableNode)
    row: RowNode | None = None
    cell: CellNode | None = None
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    hidden_cols: set[int] = field(default_factory=set)
    columns: int = 0
    rows: int = 0
    row_hidden: bool = False
    cells: int = 0
    _before: list[tuple[int, int, int]] = field(default_factory=list)

    def begin_row(self, hidden: bool, counted: bool) -> None:
        """A new row; a hidden one is none of the table's, but cells from above may count it."""
        self.rows += 1
        check_places(self.rows)
        self.cell, self.row_hidden = None, hidden
        self.row = RowNode(self.rows)
        if not hidden:
            self.node.rows.append(self.row)
        if not hidden or counted:
            self.spans = [(left, right, rows - 1) for left, right, rows in self.spans if rows > 1]
        self._before = list(self.spans)

    def begin_cell(self, rows: int, cols: int) -> None:
        """A cell at the next free place of the row."""
        if self.row is None:
            self.begin_row(False, False)
        assert self.row is not None
        left = self._free(self.row.cells[-1].right if self.row.cells else 0)
        right = left + cols
        for start, _, _ in self._before:
            if left < start < right:
                right = start
        self.cells += 1
        check_places(self.cells)
        number = len(self.row.cells) + 1
        self.cell = CellNode(left, max(right, left + 1), number, row_span=rows)
        self.row.cells.append(self.cell)
        if rows > 1 and not self.row_hidden:
            self.spans.append((left, self.cell.right, rows))

    def begin_hidden_cell(self) -> None:
        """A cell that is not shown takes no place: the next ones move up."""
        if self.row is None:
            self.begin_row(False, False)
        self.cell = CellNode(0, 1, 0)

    def _free(self, col: int) -> int:
        for left, right, _ in sorted(self._before):
            if left <= col < right:
                col = right
        return col

    def without_hidden_columns(self) -> list[list[Block]]:
        """Takes the cells out that stand in hidden columns only, closes the gaps, and gives what the cells held."""
        taken: list[list[Block]] = []
        hidden = sorted(self.hidden_cols)
        for row in self.node.rows:
            for cell in row.cells:
                cell.left -= bisect_left(hidden, cell.left)
                cell.right -= bisect_left(hidden, cell.right)
            taken += [cell.blocks for cell in row.cells if cell.left == cell.right]
            row.cells = [cell for cell in row.cells if cell.left < cell.right]
        return taken

    def hide_columns(self, count: int) -> None:
        """The next columns, as a ``<col>`` says it, are not shown."""
        self.hidden_cols |= set(range(self.columns, self.columns + min(count, _MOST_COLUMNS)))
