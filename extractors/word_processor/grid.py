"""A table with its nested tables to one grid, in which every position is covered once: a nested table cuts its cell as its lines do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from extractors.word_processor.limits import check_nested, check_places
from extractors.word_processor.tree import Block, CellNode, Paragraph, TableNode, plain_text

# Of the width of a table: less than a millimetre of a page's.
_APART = Fraction(1, 250)


@dataclass(slots=True)
class Slot:
    """Paragraphs in a rectangle: rows from ``top`` to ``bottom``, and two borders; ``row`` and ``cell`` are those of the file."""

    top: int
    bottom: int
    left: Fraction
    right: Fraction
    row: int
    cell: int
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """Slots in rows and columns from 0; ``free`` are places without one, ``covered`` is text in cells that another one lies over."""

    slots: list[tuple[range, range, Slot]]
    row_count: int
    col_count: int
    free: list[tuple[int, int]]
    covered: list[str]


def table_to_grid(table: TableNode) -> Grid:
    """Rows with spans and nested tables as one grid.

    Raises:
        TooLargeError: it has more places or deeper tables than are read.
    """
    covered: list[str] = []
    slots, row_count = _Placing(covered, 1).place(table)
    edges = sorted({edge for slot in slots for edge in (slot.left, slot.right)})
    columns = _columns(edges, _is_measured(table))
    count = max(columns.values(), default=0)
    check_places(row_count * count, count)
    taken: set[tuple[int, int]] = set()
    placed = []
    for slot in sorted(slots, key=lambda slot: (slot.top, slot.left)):
        rows, cols = _free(range(slot.top, slot.bottom), range(columns[slot.left], columns[slot.right]), taken)
        if rows and cols:
            taken.update((row, col) for row in rows for col in cols)
            placed.append((rows, cols, slot))
        elif text := plain_text(list(slot.paragraphs)):
            covered.append(text)
    free = [(row, col) for row in range(row_count) for col in range(count) if (row, col) not in taken]
    return Grid(placed, row_count, count, free, covered)


def _is_measured(table: TableNode) -> bool:
    return table.measured or any(_is_measured(block) for cell in table.cells() for block in cell.blocks if isinstance(block, TableNode))


def _columns(edges: list[Fraction], measured: bool) -> dict[Fraction, int]:
    """The number of each border, in shares of the width; lengths that nearly meet are one border."""
    columns: dict[Fraction, int] = {}
    first: Fraction | None = None
    count = 0
    for edge in edges:
        if first is None or edge - first > (_APART if measured else 0):
            first = edge
            columns[edge] = count
            count += 1
        else:
            columns[edge] = columns[first]
    return columns


def _free(rows: range, cols: range, taken: set[tuple[int, int]]) -> tuple[range, range]:
    """The part of a rectangle, from its corner, that no other one has."""
    stop = next((col for col in cols if (rows.start, col) in taken), cols.stop)
    cols = range(cols.start, stop)
    bottom = next((row for row in rows if any((row, col) in taken for col in cols)), rows.stop)
    return range(rows.start, bottom), cols


class _Placing:
    """Slots of one table, with those of the tables in its cells."""

    def __init__(self, covered: list[str], depth: int) -> None:
        check_nested(depth)
        self._covered, self._depth = covered, depth

    def place(self, table: TableNode) -> tuple[list[Slot], int]:
        """Slots, and how many rows they have; columns run from 0 to 1."""
        spans = _row_spans(table, self._covered)
        tops, inner = [0], dict[int, tuple[list[Slot], int]]()
        for row in table.rows:
            height = 1
            for cell in row.cells:
                if id(cell) in spans and any(isinstance(block, TableNode) for block in cell.blocks):
                    inner[id(cell)] = self._inside(cell, row.number)
                    height = max(height, inner[id(cell)][1])
            tops.append(tops[-1] + height)
        left, width = _extent(table)
        slots: list[Slot] = []
        for index, row in enumerate(table.rows):
            for cell in row.cells:
                if id(cell) not in spans:
                    continue
                bottom = tops[min(index + spans[id(cell)], len(table.rows))]
                x0, x1 = Fraction(cell.left - left, width), Fraction(cell.right - left, width)
                if id(cell) in inner:
                    slots += _moved(*inner[id(cell)], tops[index], bottom, x0, x1)
                else:
                    paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph)]
                    slots.append(Slot(tops[index], bottom, x0, x1, row.number, cell.number, paragraphs))
        return slots, tops[-1]

    def _inside(self, cell: CellNode, row: int) -> tuple[list[Slot], int]:
        """A cell with tables in it: text above, between and below them has rows of its own."""
        slots: list[Slot] = []
        height = 0
        for group in _groups(cell.blocks):
            if isinstance(group, TableNode):
                found, rows = _Placing(self._covered, self._depth + 1).place(group)
                for slot in found:
                    slot.row, slot.cell = row, cell.number
                    slot.top += height
                    slot.bottom += height
                slots += found
                height += rows
            elif plain_text(list(group)):
                slots.append(Slot(height, height + 1, Fraction(0), Fraction(1), row, cell.number, group))
                height += 1
        return slots, height


def _groups(blocks: list[Block]) -> Iterator[TableNode | list[Paragraph]]:
    """Tables, and the paragraphs between them."""
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
            continue
        yield paragraphs
        paragraphs = []
        yield block
    yield paragraphs


def _moved(slots: list[Slot], height: int, top: int, bottom: int, x0: Fraction, x1: Fraction) -> Iterator[Slot]:
    """Slots of a cell's inside at its place in the table around it; the last ones reach to its lower border."""
    for slot in slots:
        slot.bottom = bottom if slot.bottom == height else slot.bottom + top
        slot.top += top
        slot.left, slot.right = x0 + slot.left * (x1 - x0), x0 + slot.right * (x1 - x0)
        yield slot


def _extent(table: TableNode) -> tuple[int, int]:
    """Where the leftmost cell begins, and how far it is to the end of the rightmost."""
    left = min((cell.left for cell in table.cells()), default=0)
    return left, max(max((cell.right for cell in table.cells()), default=1) - left, 1)


def _row_spans(table: TableNode, covered: list[str]) -> dict[int, int]:
    """How many rows each cell covers, by its identity; cells that go on with the one above are not among them."""
    spans: dict[int, int] = {}
    open_at: dict[tuple[int, int], CellNode] = {}
    for row in table.rows:
        held: dict[tuple[int, int], CellNode] = {}
        for cell in row.cells:
            above = open_at.get((cell.left, cell.right)) if cell.vertical == "goes-on" else None
            if above is not None:
                spans[id(above)] += 1
                held[cell.left, cell.right] = above
                if text := plain_text(cell.blocks):
                    covered.append(text)
                continue
            spans[id(cell)] = cell.row_span
            if cell.vertical:
                held[cell.left, cell.right] = cell
        open_at = held
    return spans
