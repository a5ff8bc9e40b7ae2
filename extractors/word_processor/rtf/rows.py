"""Tables of RTF: paragraphs fill cells, and a row says behind them or before them where its borders are."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.borders import snapped
from extractors.word_processor.limits import MOST_COLUMNS, check_nested, check_places
from extractors.word_processor.tree import Block, CellNode, Paragraph, RowNode, TableNode, Vertical, plain_text

# A width for cells of which the file says none, in twentieths of a point.
_WIDTH = 1440


@dataclass(slots=True)
class CellFormat:
    """How a row describes one of its cells: its right border in twentieths of a point, and how it is merged."""

    right: int = 0
    joins_left: bool = False
    joins_above: bool = False
    begins_down: bool = False
    deleted: bool = False
    painted: bool = False


@dataclass(slots=True)
class RowFormat:
    """What stands between ``\\trowd`` and the row; ``next`` is the cell that is described now."""

    left: int = 0
    cells: list[CellFormat] = field(default_factory=list)
    next: CellFormat = field(default_factory=CellFormat)

    def end_cell(self, right: int) -> None:
        check_places(0, len(self.cells) + 1)
        self.next.right = right
        self.cells.append(self.next)
        self.next = CellFormat()


@dataclass(slots=True)
class _Level:
    """The table at one depth: its rows, the cells of the row that is open, and the blocks of the cell that is open."""

    rows: list[RowNode] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


class Assembly:
    """Takes paragraphs, ends of cells and ends of rows, and builds the blocks of one story of them.

    Attributes:
        covered: texts in cells that another one lies over.
        deleted: texts of cells that tracked changes took out.
        unfinished: how many rows had cells and no end.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.covered: list[str] = []
        self.deleted: list[str] = []
        self.unfinished = 0
        self._levels: list[_Level] = []
        self._places = 0

    def add(self, block: Block, level: int) -> None:
        """A paragraph that ends here, or a table of a text box, in a table at a depth or outside of tables."""
        self._reach(level)
        (self._levels[-1].blocks if level else self.blocks).append(block)

    def end_cell(self, paragraph: Paragraph, level: int) -> None:
        """The cell ends, with the paragraph that has no end of its own."""
        self._reach(level)
        open_level = self._levels[-1]
        open_level.blocks.append(paragraph)
        open_level.cells.append(open_level.blocks)
        open_level.blocks = []
        check_places(0, len(open_level.cells))

    def end_row(self, row: RowFormat, level: int) -> None:
        self._reach(level)
        open_level = self._levels[-1]
        cells, open_level.cells = open_level.cells, []
        self._places += len(cells)
        check_places(self._places)
        if cells:
            open_level.rows.append(RowNode(len(open_level.rows) + 1, self._placed(cells, row)))

    @property
    def open_cell(self) -> int:
        """How many cells of the row that is open have ended."""
        return len(self._levels[0].cells) if self._levels else 0

    def finish(self) -> list[Block]:
        """All blocks; what stood in cells of a row that has no end is kept as a row."""
        self._reach(0)
        return self.blocks

    def _reach(self, level: int) -> None:
        """Close the tables deeper than a level, and open those up to it."""
        check_nested(level)
        while len(self._levels) > level:
            closed = self._levels.pop()
            if closed.cells or closed.blocks:
                self.unfinished += 1
                closed.rows.append(RowNode(len(closed.rows) + 1, self._placed([*closed.cells, closed.blocks], RowFormat())))
            if closed.rows:
                _snap(closed.rows)
                (self._levels[-1].blocks if self._levels else self.blocks).append(TableNode(closed.rows))
        while len(self._levels) < level:
            self._levels.append(_Level())

    def _placed(self, cells: list[list[Block]], row: RowFormat) -> list[CellNode]:
        """Cells between the borders that the row gives; those that go on with the one to the left are part of it."""
        placed: list[CellNode] = []
        left = row.left
        for index, blocks in enumerate(cells[:MOST_COLUMNS]):
            given = row.cells[index] if index < len(row.cells) else CellFormat(left + _WIDTH)
            right = max(given.right, left + 1)
            if given.deleted:
                self.deleted.append(plain_text(blocks))
                blocks = []
            if given.joins_left and placed:
                placed[-1].right = right
                self.covered.append(plain_text(blocks))
            else:
                vertical: Vertical = "goes-on" if given.joins_above else "begins" if given.begins_down else ""
                placed.append(CellNode(left, right, index + 1, blocks, vertical=vertical))
            left = right
        return placed


def _snap(rows: list[RowNode]) -> None:
    """Borders that nearly meet are one."""
    cells = [cell for row in rows for cell in row.cells]
    place = snapped([edge for cell in cells for edge in (cell.left, cell.right)])
    for cell in cells:
        cell.left, cell.right = place[cell.left], place[cell.right]
