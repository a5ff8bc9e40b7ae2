"""A ``table:table`` of ODF: its borders by the widths of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.word_processor.blocks import ReadCell
from extractors.word_processor.limits import MOST_COLUMNS, check_places
from extractors.word_processor.names import number, tag, value
from extractors.word_processor.odt.context import Context, length
from extractors.word_processor.tree import CellNode, RowNode, TableNode, plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_AROUND = {"table:table-header-rows", "table:table-rows", "table:table-row-group", "table:table-columns", "table:table-header-columns",
           "table:table-column-group"}  # fmt: skip


def table_of(element: _Element, context: Context, read_cell: ReadCell) -> TableNode:
    """A table; rows and columns that are not shown are left out, with what they hold told."""
    edges, hidden_cols, measured = _edges(element, context)
    table = TableNode(measured=measured)
    count = places = 0
    for row in _inside(element, "table:table-row"):
        repeated = max(number(row, "table:number-rows-repeated", 1), 1)
        hidden = value(row, "table:visibility") in ("collapse", "filter")
        for _ in range(repeated):
            count += 1
            node = _row(row, count, edges, context, read_cell)
            places += len(node.cells)
            check_places(max(places, count))
            if hidden:
                _hide(node.cells, context)
                continue
            _hide([cell for cell in node.cells if _all_hidden(cell, edges, hidden_cols)], context)
            node.cells = [cell for cell in node.cells if not _all_hidden(cell, edges, hidden_cols)]
            if node.cells:
                table.rows.append(node)
            if not any(cell.blocks for cell in node.cells):
                break  # rows that repeat nothing
    return table


def _hide(cells: list[CellNode], context: Context) -> None:
    context.story.hide(plain_text([block for cell in cells for block in cell.blocks]))


def _all_hidden(cell: CellNode, edges: list[int], hidden: set[int]) -> bool:
    if not hidden:
        return False
    first, last = edges.index(cell.left), edges.index(cell.right)
    return all(column in hidden for column in range(first, last))


def _inside(element: _Element, *wanted: str) -> Iterator[_Element]:
    waiting = list(reversed(element))
    while waiting:
        each = waiting.pop()
        if tag(each) in wanted:
            yield each
        elif tag(each) in _AROUND:
            waiting += list(reversed(each))


def _edges(element: _Element, context: Context) -> tuple[list[int], set[int], bool]:
    """Where the columns begin and end, which are not shown, and whether by their widths: in hundredths of a millimetre."""
    widths: list[int] = []
    hidden: set[int] = set()
    for column in _inside(element, "table:table-column"):
        style = value(column, "table:style-name")
        width = round(100 * length(context.styles.found("table-column", style, "style:table-column-properties", "style:column-width")))
        for _ in range(min(max(number(column, "table:number-columns-repeated", 1), 1), MOST_COLUMNS)):
            if value(column, "table:visibility") in ("collapse", "filter"):
                hidden.add(len(widths))
            widths.append(width)
            check_places(0, columns=len(widths))
    measured = bool(widths) and all(width > 0 for width in widths)
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + (width if measured else 1))
    return edges, hidden, measured


def _row(row: _Element, count: int, edges: list[int], context: Context, read_cell: ReadCell) -> RowNode:
    node, column, step = RowNode(count), 0, max(edges[-1] // max(len(edges) - 1, 1), 1)
    for each in _inside(row, "table:table-cell", "table:covered-table-cell"):
        repeated = min(max(number(each, "table:number-columns-repeated", 1), 1), MOST_COLUMNS)
        span = min(max(number(each, "table:number-columns-spanned", 1), 1), MOST_COLUMNS)
        for _ in range(repeated):
            while len(edges) <= column + span and len(edges) <= MOST_COLUMNS:
                edges.append(edges[-1] + step)
            check_places(0, columns=column + 1)
            if tag(each) == "table:table-cell":
                node.cells.append(_cell(each, len(node.cells) + 1, column, edges, context, read_cell))
            else:
                context.story.hide("".join(each.itertext()).strip(), "covered")
            column += 1
    return node


def _cell(element: _Element, place: int, column: int, edges: list[int], context: Context, read_cell: ReadCell) -> CellNode:
    last = min(column + max(number(element, "table:number-columns-spanned", 1), 1), len(edges) - 1)
    rows = max(number(element, "table:number-rows-spanned", 1), 1)
    style = value(element, "table:style-name")
    colour = context.styles.found("table-cell", style, "style:table-cell-properties", "fo:background-color")
    blocks = read_cell(element, context.painted or colour not in (None, "transparent", "#ffffff"))
    return CellNode(edges[column], edges[max(last, column + 1)], place, blocks, row_span=rows)
