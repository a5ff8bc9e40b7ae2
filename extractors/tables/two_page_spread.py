"""Pages that show two sheets side by side are stitched sheet by sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import BBox, Page, Table, TextLine
from extractors.tables.stitch import stitch


def stitch_sheets(pages: Sequence[Page], tables: Sequence[Table]) -> list[Table]:
    """``stitch`` where a page may hold two sheets: the left one comes first, and a table may go on from it to the right one.

    Cells keep the number of their page and their place on it.
    """
    if all(page.gutter is None for page in pages):
        return stitch(pages, tables)
    sheets = [(page, left) for page in pages for left in ((True, False) if page.gutter is not None else (True,))]
    number = {(page.page_no, left): k + 1 for k, (page, left) in enumerate(sheets)}
    by_no = {page.page_no: page for page in pages}
    cut = [_sheet(page, left, number[page.page_no, left]) for page, left in sheets]
    placed = [_on_sheet(table, by_no, number) for table in tables]
    joined = stitch(cut, sorted(placed, key=lambda table: table.pages[:1]))
    return [_on_page(table, sheets) for table in joined]


def _offset(page: Page, left: bool) -> float:
    return 0.0 if left or page.gutter is None else page.gutter


def _sheet(page: Page, left: bool, number: int) -> Page:
    """One sheet as a page of its own; notes go to the page that it is part of."""
    if page.gutter is None:
        return replace(page, page_no=number)
    offset = _offset(page, left)
    lines = [replace(line, bbox=_shifted(line.bbox, -offset)) for line in page.lines if is_left(line, page) == left]
    return replace(page, page_no=number, width=page.gutter if left else page.width - page.gutter, lines=lines, seals=[], gutter=None)


def is_left(line: TextLine, page: Page) -> bool:
    """Whether a line stands on the left sheet, or on a page of one sheet."""
    return page.gutter is None or line.bbox.center[0] <= page.gutter


def _on_sheet(table: Table, pages: dict[int, Page], number: dict[tuple[int, bool], int]) -> Table:
    page = pages[table.pages[0]] if table.pages else None
    box = table.bbox_on(page.page_no) if page is not None else None
    if page is None or box is None:
        return table
    left = page.gutter is None or box.center[0] <= page.gutter
    return _moved(table, number[page.page_no, left], -_offset(page, left))


def _moved(table: Table, page_no: int, offset: float) -> Table:
    cells = [replace(cell, page_no=page_no, bbox=_shifted(cell.bbox, offset) if cell.bbox else None) for cell in table.cells]
    return Table(cells, table.row_count, table.col_count)


def _on_page(table: Table, sheets: Sequence[tuple[Page, bool]]) -> Table:
    cells = []
    for cell in table.cells:
        page, left = sheets[cell.page_no - 1]
        cells.append(replace(cell, page_no=page.page_no, bbox=_shifted(cell.bbox, _offset(page, left)) if cell.bbox else None))
    return Table(cells, table.row_count, table.col_count)


def _shifted(box: BBox, by: float) -> BBox:
    return BBox(box.x0 + by, box.top, box.x1 + by, box.bottom)
