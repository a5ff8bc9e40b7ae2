"""A story to the page and the tables that everybody works on: y counts lines and rows from the top, x the columns of a table."""

from __future__ import annotations

from typing import Literal

from extractors.model import BBox, Cell, HiddenText, Mark, Page, PageMark, Place, Table, TextLine
from extractors.word_processor.grid import Grid, Slot, table_to_grid
from extractors.word_processor.limits import MOST_CELL_CHARACTERS, MOST_NESTED, check_places, too_large
from extractors.word_processor.seen import Seen, seen_of
from extractors.word_processor.tree import Block, Paragraph, Story, TableNode

_MARKS: tuple[Mark, ...] = ("ink-without-text", "struck-out", "raised-figure", "note-mark")


class Layout:
    """Lays out one story; ``tables`` and ``page`` hold the result."""

    def __init__(self, story: Story, origin: Literal["word-processor", "web"] = "word-processor") -> None:
        self.page = Page(1, 0.0, 0.0, origin)
        self._origin = origin
        self.tables: list[Table] = []
        self._y = self._count = self._places = 0
        for blocks in _paragraphs_together(_unwrapped(story.blocks)):
            if isinstance(blocks, TableNode):
                self._table(blocks)
            else:
                self._lines(seen_of(blocks))
        self._finish(story)

    def _lines(self, seen: Seen) -> None:
        """Paragraphs outside tables: each line is one."""
        self._hide(seen, self._y)
        for text in seen.text.split("\n") if seen.text else []:
            box = BBox(0.0, float(self._y), float(len(text)), float(self._y + 1))
            self.page.lines.append(TextLine(text, 1, box))
            self.page.width = max(self.page.width, box.x1)
            self._y += 1
        if "struck-out" in seen.marks:
            self.page.marks.append(PageMark(seen.text, BBox(0.0, float(self._y - 1), 1.0, float(self._y)), "struck-out"))

    def _table(self, table: TableNode) -> None:
        self._count += 1
        grid = table_to_grid(table)
        self._places += grid.row_count * grid.col_count
        check_places(self._places)
        if not grid.slots:
            return
        cells = [self._cell(rows, cols, slot) for rows, cols, slot in grid.slots]
        self.tables.append(Table(cells + self._padding(grid), grid.row_count, grid.col_count))
        whole = self._box(range(grid.row_count), range(grid.col_count))
        self.page.hidden_text += [HiddenText(text, whole, "covered") for text in grid.covered]
        self._y += grid.row_count
        self.page.width = max(self.page.width, float(grid.col_count))

    def _cell(self, rows: range, cols: range, slot: Slot) -> Cell:
        seen = seen_of(slot.paragraphs)
        if len(seen.text) > MOST_CELL_CHARACTERS:
            raise too_large("cell-text", most=MOST_CELL_CHARACTERS)
        self._hide(seen, self._y + rows.start)
        marks = tuple(mark for mark in _MARKS if mark in seen.marks)
        place = Place(table=self._count, row=slot.row, cell=slot.cell)
        return Cell(rows, cols, seen.text, 1, self._box(rows, cols), 1.0, self._origin, marks=marks, origin=self._origin, place=place)

    def _padding(self, grid: Grid) -> list[Cell]:
        """Empty cells where rows are shorter than others."""
        places = [(range(row, row + 1), range(col, col + 1)) for row, col in grid.free]
        return [Cell(rows, cols, "", 1, self._box(rows, cols), 1.0, self._origin, origin=self._origin) for rows, cols in places]

    def _box(self, rows: range, cols: range) -> BBox:
        return BBox(float(cols.start), float(self._y + rows.start), float(cols.stop), float(self._y + rows.stop))

    def _hide(self, seen: Seen, y: int) -> None:
        self.page.hidden_text += [HiddenText(text, BBox(0.0, float(y), 1.0, float(y + 1)), reason) for text, reason in seen.hidden]

    def _finish(self, story: Story) -> None:
        whole = BBox(0.0, 0.0, max(self.page.width, 1.0), float(max(self._y, 1)))
        self.page.width, self.page.height = whole.x1, whole.bottom
        self.page.hidden_text += [HiddenText(text, whole, reason) for text, reason in story.hidden]
        self.page.marks += [PageMark(text, whole, "watermark") for text in dict.fromkeys(story.marks)]
        for code, severity, message in story.notes:
            self.page.note(code, severity, message)


def _unwrapped(blocks: list[Block]) -> list[Block]:
    """A table of one cell that holds a table is there for the layout: what stands in it follows each other."""
    for _ in range(MOST_NESTED):
        out: list[Block] = []
        for block in blocks:
            cells = list(block.cells()) if isinstance(block, TableNode) else []
            is_frame = len(cells) == 1 and any(isinstance(inner, TableNode) for inner in cells[0].blocks)
            out += cells[0].blocks if is_frame else [block]
        if len(out) == len(blocks):
            break
        blocks = out
    return blocks


def _paragraphs_together(blocks: list[Block]) -> list[TableNode | list[Paragraph]]:
    """Each table, and each paragraph with those that follow on its line."""
    out: list[TableNode | list[Paragraph]] = []
    goes_on = False
    for block in blocks:
        if isinstance(block, TableNode):
            out.append(block)
            goes_on = False
            continue
        last = out[-1] if out else None
        if goes_on and isinstance(last, list):
            last.append(block)
        else:
            out.append([block])
        goes_on = block.joins_next
    return out
