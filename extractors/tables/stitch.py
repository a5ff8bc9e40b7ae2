"""Tables that go on over a page become one table."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Page, Table, moved


def stitch(pages: Sequence[Page], tables: Sequence[Table]) -> list[Table]:
    """Join each table to its continuation on the next page."""
    result: list[Table] = []
    by_no = {page.page_no: page for page in pages}
    for table in tables:
        if result and _goes_on(result[-1], table, by_no):
            last = result[-1]
            last.cells.extend(moved(cell, row_by=last.row_count) for cell in table.cells)
            last.row_count += table.row_count
        else:
            result.append(table)
    return result


def _goes_on(first: Table, second: Table, pages: dict[int, Page]) -> bool:
    return False
