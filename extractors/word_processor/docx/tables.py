"""A ``w:tbl``: its rows and cells, whatever stands around them, and where their borders are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.word_processor.blocks import ReadCell
from extractors.word_processor.borders import snapped
from extractors.word_processor.docx.context import Context
from extractors.word_processor.docx.styles import is_shaded
from extractors.word_processor.names import child, children, is_on, number, tag, value
from extractors.word_processor.tree import CellNode, RowNode, TableNode, Vertical, plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_ROWS = {"w:tblPr", "w:tblGrid", "w:tblPrEx", "w:trPr", "w:tcPr"}
# Where the rows of a table are as wide as each other by their cells, to this share of it, their widths say where borders are.
_SAME_WIDTH = 0.05


@dataclass(slots=True)
class _Cell:
    """A cell as it is written: ``width`` in twentieths of a point, 0 where it is not said."""

    node: CellNode
    span: int
    width: int
    goes_on: bool


@dataclass(slots=True)
class _Row:
    node: RowNode
    cells: list[_Cell]
    before: int
    before_width: int

    @property
    def columns(self) -> int:
        return self.before + sum(cell.span for cell in self.cells)

    @property
    def width(self) -> int:
        return self.before_width + sum(cell.width for cell in self.cells)


def table_of(element: _Element, context: Context, read_cell: ReadCell) -> TableNode:
    """A table; rows that are deleted or hidden are left out, with what they hold told."""
    grid = [number(column, "w:w") for column in children(element, "w:tblGrid") for column in children(column, "w:gridCol")]
    style = value(child(element, "w:tblPr", "w:tblStyle"))
    outer, context.table_style = (context.table_style, context.painted), style
    paints = context.styles.paints(style)
    rows: list[_Row] = []
    for index, row in enumerate(_inside(element, "w:tr")):
        read = _row(row, index + 1, context, read_cell, paints)
        properties = child(row, "w:trPr")
        texts = plain_text([block for cell in read.cells for block in cell.node.blocks])
        if child(properties, "w:del") is not None:
            context.changes.deleted.append(texts)
        elif is_on(child(properties, "w:hidden")):
            context.story.hide(texts)
        elif read.cells:
            rows.append(read)
            context.changes.inserted += [texts] if child(properties, "w:ins") is not None else []
    context.table_style, context.painted = outer
    _place(rows, grid)
    for each in rows:
        each.node.cells = _merged(each.cells, context)
    return TableNode([each.node for each in rows])


def _inside(element: _Element, wanted: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, through whatever programs put around them."""
    waiting = list(reversed(element))
    while waiting:
        each = waiting.pop()
        name = tag(each)
        if name == wanted:
            yield each
        elif name and name not in _NOT_ROWS:
            waiting += list(reversed(each))


def _row(element: _Element, index: int, context: Context, read_cell: ReadCell, paints: bool) -> _Row:
    properties = child(element, "w:trPr")
    cells = []
    for place, each in enumerate(_inside(element, "w:tc")):
        settings = child(each, "w:tcPr")
        merge = child(settings, "w:vMerge")
        merge = merge if merge is not None else child(settings, "w:vmerge")
        across = child(settings, "w:hMerge")
        across = across if across is not None else child(settings, "w:hmerge")
        blocks = read_cell(each, paints or is_shaded(child(settings, "w:shd")))
        if child(settings, "w:cellDel") is not None:
            context.changes.deleted.append(plain_text(blocks))
            blocks = []
        node = CellNode(0, 0, place + 1, blocks, vertical=_vertical(merge))
        cells.append(_Cell(node, max(number(child(settings, "w:gridSpan"), default=1), 1), _width(child(settings, "w:tcW")),
                           across is not None and value(across) != "restart"))  # fmt: skip
    before_columns = max(number(child(properties, "w:gridBefore")), 0)
    return _Row(RowNode(index), cells, before_columns, _width(child(properties, "w:wBefore")) if before_columns else 0)


def _vertical(merge: _Element | None) -> Vertical:
    if merge is None:
        return ""
    return "begins" if value(merge) == "restart" else "goes-on"


def _width(element: _Element | None) -> int:
    return number(element, "w:w") if value(element, "w:type") in ("dxa", None) else 0


def _place(rows: list[_Row], grid: list[int]) -> None:
    """The borders of all cells: by the columns that each spans; by widths where the counts of the rows contradict each other."""
    if len({row.columns for row in rows}) > 1 and _widths_agree(rows):
        _place_by_width(rows)
        return
    for row in rows:
        left = row.before
        for cell in row.cells:
            cell.node.left, cell.node.right = left, left + cell.span
            left += cell.span
    most = len(grid)
    if most and all(cell.node.left < most for row in rows for cell in row.cells):
        for row in rows:
            for cell in row.cells:
                cell.node.right = min(cell.node.right, most)


def _widths_agree(rows: list[_Row]) -> bool:
    """True where each cell says its width, no cell spans columns, and the rows come out as wide as each other."""
    known = all(cell.width > 0 for row in rows for cell in row.cells) and all(row.before_width > 0 for row in rows if row.before)
    widths = [row.width for row in rows]
    return known and max(widths) - min(widths) <= _SAME_WIDTH * max(widths)


def _place_by_width(rows: list[_Row]) -> None:
    edges: list[int] = []
    for row in rows:
        left = row.before_width
        for cell in row.cells:
            cell.node.left, cell.node.right = left, left + cell.width
            left += cell.width
            edges += [cell.node.left, cell.node.right]
    place = snapped(edges)
    for row in rows:
        for cell in row.cells:
            cell.node.left, cell.node.right = place[cell.node.left], place[cell.node.right]


def _merged(cells: list[_Cell], context: Context) -> list[CellNode]:
    """The cells of a row, those that go on with the one before it (the old ``hMerge``) joined to it."""
    out: list[CellNode] = []
    for cell in cells:
        if cell.goes_on and out:
            out[-1].right = cell.node.right
            context.story.hide(plain_text(cell.node.blocks), "covered")
        else:
            out.append(cell.node)
    return out
