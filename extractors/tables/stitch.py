"""Tables that go on over a page become one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from extractors.model import BBox, Cell, Page, Table, TextLine, moved
from extractors.origin import is_painted
from extractors.tables.columns import fit_edges, match_edges, merge_edges, table_to_edges
from extractors.tables.page_break import heal_page_break
from extractors.tables.side_by_side import join_sides
from extractors.tables.stubs import without_stubs

# How far two borders may be apart and still be one column border: points, and share of the table's width (scans differ in scale).
_EDGE_POINTS, _EDGE_SHARE = 3.0, 0.012
# Share of the page height: a table that ends below the one or begins above the other may go on.
_LOW, _HIGH = 0.8, 0.2
# Running heads and page numbers stand in this outer share of the page.
_MARGIN = 0.09
# No title and no sign-off line has so few letters; what OCR makes of specks has.
_SPECK = 3
# A row of at least so many different words is a header.
_HEADER = 5
# How alike two labels are that differ by a slip of the OCR.
_SLIP = 0.8
_PAGE_NUMBER = re.compile(r"^[\s\-–—·./|第页共0-9０-９ivxIVXPpage]*$")
_TITLE = re.compile(r"^.{0,40}表([(（].{0,20}[)）])?$|^(Table|TABLE)\d")
_GOES_ON = re.compile(r"续\s*表|[(（]\s*续[一二三四五六七八九十\d]?\s*[)）]|[接续]\s*上\s*页|转\s*下\s*页|continued", re.IGNORECASE)


@dataclass(slots=True)
class _Joined:
    """A table under construction and its column borders, in points of its first page."""

    table: Table
    edges: list[float] | None


def stitch(pages: Sequence[Page], tables: Sequence[Table]) -> list[Table]:
    """Join each table to its continuation on the next page.

    A table is taken for a continuation when nothing but page numbers stands
    between the two, the outer borders agree, the columns of the one are among
    those of the other (or both touch the page break), and it does not begin
    like the first one did (then it is the next form of the same template).
    Header rows that the next page repeats word for word are left out. What was
    done is recorded in ``Page.notes``.

    Args:
        pages: all pages of the document.
        tables: in reading order; each on one page.
    """
    by_no = {page.page_no: page for page in pages}
    joined: list[_Joined] = []
    for k, table in enumerate(tables):
        edges = table_to_edges(table)
        if joined and _last_on_page(tables, k - 1) and _goes_on(joined[-1], table, edges, by_no):
            _join(joined[-1], table, edges, by_no)
        else:
            if joined and _last_on_page(tables, k - 1) and _may_go_on(joined[-1], table, edges, by_no):
                _ask(by_no[joined[-1].table.pages[-1]], by_no[table.pages[0]])
            joined.append(_Joined(table, edges))
    return join_sides(pages, [item.table for item in joined], _begins_anew)


def _last_on_page(tables: Sequence[Table], k: int) -> bool:
    return tables[k].pages != tables[k + 1].pages


def _goes_on(first: _Joined, second: Table, edges: list[float] | None, pages: dict[int, Page]) -> bool:
    before, after = first.table.pages[-1:], second.pages[:1]
    if not before or not after or after[0] != before[0] + 1 or first.edges is None or edges is None:
        return False
    upper, lower = first.table.bbox_on(before[0]), second.bbox_on(after[0])
    if upper is None or lower is None:
        return False
    if not _nothing_between(pages[before[0]], upper, pages[after[0]], lower) and not _begins_with_rest(second, pages[before[0]], upper):
        return False
    at_end = upper.bottom >= _LOW * pages[before[0]].height
    at_start = lower.top <= _HIGH * pages[after[0]].height
    if not (at_end or at_start) or not _same_outer_borders(first.edges, edges, pages[before[0]], pages[after[0]]):
        return False
    matched = match_edges(first.edges, fit_edges(edges, first.edges), _tolerance(first.edges))
    shared = len(matched) == min(len(edges), len(first.edges))
    return (shared or (at_end and at_start)) and not _begins_anew(first.table, second)


def _may_go_on(first: _Joined, second: Table, edges: list[float] | None, pages: dict[int, Page]) -> bool:
    """The second stands at the top of the next page under nothing, with the columns of the first and no head of its own."""
    before, after = first.table.pages[-1:], second.pages[:1]
    if not before or not after or after[0] != before[0] + 1 or first.edges is None or edges is None:
        return False
    page, next_page, lower = pages[before[0]], pages[after[0]], second.bbox_on(after[0])
    if lower is None or lower.top > _HIGH * next_page.height or not _same_outer_borders(first.edges, edges, page, next_page):
        return False
    matched = match_edges(first.edges, fit_edges(edges, first.edges), _tolerance(first.edges))
    if len(matched) != len(edges) or len(edges) <= _HEADER or _begins_anew(first.table, second) or repeated_rows(first.table, second):
        return False
    named = any(_names_a_table(line.text) for line in pages[first.table.pages[0]].lines)
    return named and all(_says_nothing(line, next_page) for line in next_page.lines if line.bbox.center[1] < lower.top)


def _ask(page: Page, next_page: Page) -> None:
    """The last table of one page may go on at the top of the next: a note on both."""
    for each in (page, next_page):
        message = f"the table at the top of page {next_page.page_no} has the columns of the last one on page {page.page_no}"
        each.note("table.may-go-on", "review", f"{message} and may belong to it")


def _begins_with_rest(second: Table, page: Page, upper: BBox) -> bool:
    """The first row lacks its first words, so it is the rest of another, whatever stands between; titles part them all the same."""
    row = next(second.rows())
    if any(_names_a_table(line.text) for line in page.lines if line.bbox.center[1] > upper.bottom):
        return False
    return len(row) >= _HEADER and not row[0].text and 0 < len(_texts(row)) <= len(row) // 2


def _begins_anew(first: Table, second: Table) -> bool:
    return _begins_alike(first, second) or _begins_with_title(first, second) or _has_header_of_its_own(first, second)


def _tolerance(edges: Sequence[float]) -> float:
    return max(_EDGE_POINTS, _EDGE_SHARE * (edges[-1] - edges[0]))


def _same_outer_borders(first: Sequence[float], second: Sequence[float], page: Page, next_page: Page) -> bool:
    """Left and right borders agree; two scans may be shifted against each other, so there the width counts."""
    tolerance = _tolerance(first)
    if is_painted(page.reader) and is_painted(next_page.reader):
        return abs(first[0] - second[0]) <= tolerance and abs(first[-1] - second[-1]) <= tolerance
    scale = page.width / next_page.width if next_page.width else 1.0
    width, next_width = first[-1] - first[0], (second[-1] - second[0]) * scale
    return abs(width - next_width) <= 0.05 * width and abs(first[0] - second[0] * scale) <= 0.08 * page.width


def _nothing_between(page: Page, upper: BBox, next_page: Page, lower: BBox) -> bool:
    below = [line for line in page.lines if line.bbox.center[1] > upper.bottom]
    above = [line for line in next_page.lines if line.bbox.center[1] < lower.top]
    running = {_without_figures(line.text) for line in next_page.lines if line.bbox.center[1] > lower.bottom}
    for line in below:
        if _is_title(line, next_page):
            return False
        at_foot = line.bbox.top > (1 - _MARGIN) * page.height or _without_figures(line.text) in running
        if not (at_foot or _says_nothing(line, page)):
            return False
    heads = {line.text for line in page.lines if line.bbox.bottom < _MARGIN * page.height}
    return all(line.text in heads or _says_nothing(line, next_page) for line in above)


def _without_figures(text: str) -> str:
    """The text of a running line, whatever page it counts."""
    return re.sub(r"[\s\d]", "", text)


def _is_title(line: TextLine, next_page: Page) -> bool:
    """The name of the next table, which the page break parted from it; a running foot is on the next page, too."""
    return _names_a_table(line.text) and all("".join(other.text.split()) != "".join(line.text.split()) for other in next_page.lines)


def _names_a_table(text: str) -> bool:
    return bool(_TITLE.search("".join(text.split()))) and not says_it_goes_on(text)


def says_it_goes_on(text: str) -> bool:
    """True for what is printed where a table goes on over a page: 续表, 绩效自评表（续）, （接上页）."""
    return bool(_GOES_ON.search(text))


def _says_nothing(line: TextLine, page: Page) -> bool:
    """A page number, a word that the table goes on, or what OCR makes of specks and of the letters of a seal."""
    if _PAGE_NUMBER.match(line.text) or says_it_goes_on(line.text):
        return True
    if page.reader != "ocr":
        return False
    x, y = line.bbox.center
    return len(re.sub(r"[\W_]", "", line.text)) <= _SPECK or any(seal.bbox.contains(x, y) for seal in page.seals)


def _begins_alike(first: Table, second: Table) -> bool:
    """The second is another form of the same template: same labels in front, other content behind."""
    skipped = repeated_rows(first, second)
    old, new = list(first.rows())[skipped:], list(second.rows())[skipped:]
    labels = set()
    for a, b in zip(old[:4], new[:4], strict=False):
        if a and b and a[0].cols.start == 0 == b[0].cols.start and _alike(a[0].text, b[0].text):
            labels.add("".join(a[0].text.split()))
    return len(labels) >= 2


def _begins_with_title(first: Table, second: Table) -> bool:
    """A first row that is one cell with the name of a table begins a new one, unless the first table repeats it."""
    row = next(second.rows())
    if repeated_rows(first, second) or len(row) != 1 or len(row[0].cols) < second.col_count:
        return False
    return _names_a_table(row[0].text)


def _has_header_of_its_own(first: Table, second: Table) -> bool:
    """The header of the first comes again in the second, below rows that are built in another way: those begin a form.

    Where a table goes on, the header is repeated above its rows, if at all.
    """
    headers = [texts for texts in map(_texts, first.rows()) if len(texts) >= _HEADER]
    rows = list(second.rows())
    for row in rows[1:]:
        texts = _texts(row)
        if len(texts) >= _HEADER and any(_same_row(texts, header) for header in headers):
            return 2 * len(rows[0]) <= len(texts)
    return False


def _texts(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if (text := "".join(cell.text.split()))]


def _same_row(a: Sequence[str], b: Sequence[str]) -> bool:
    """Different words, and nearly all of them on both sides; one side may have a label more at its edge."""
    found = [word for word in a if any(_alike(word, other) for other in b)]
    return len(set(found)) >= max(_HEADER, 0.8 * min(len(a), len(b)))


@lru_cache(maxsize=8192)
def _alike(a: str, b: str) -> bool:
    """The same label, a slip of the OCR apart; dates and numbers are no labels."""
    a, b = _letters(a), _letters(b)
    if len(a) <= 1 or len(b) <= 1 or a == b:
        return len(a) > 1 and a == b
    # What is in one alone matches nothing: most pairs need no closer look.
    most = min(sum(char in b for char in a), sum(char in a for char in b))
    enough = _SLIP * (len(a) + len(b)) / 2
    return most >= enough and SequenceMatcher(None, a, b).ratio() >= _SLIP


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text)


def repeated_rows(first: Table, second: Table) -> int:
    """How many rows at the top of the second say word for word what the first begins with."""
    count = 0
    for a, b in zip(first.rows(), second.rows(), strict=False):
        texts = ["".join(cell.text.split()) for cell in a]
        if not any(texts) or texts != ["".join(cell.text.split()) for cell in b]:
            break
        count += 1
    # A header may not be cut through a cell that spans rows, and may not be all there is.
    while count and (count >= second.row_count or any(c.rows.start < count < c.rows.stop for c in second.cells)):
        count -= 1
    return count


def _join(first: _Joined, second: Table, edges: list[float] | None, pages: dict[int, Page]) -> None:
    assert first.edges is not None and edges is not None
    head, second = without_stubs(first.table, at_end=True), without_stubs(second, at_end=False)
    page = pages[second.pages[0]]
    dropped = repeated_rows(head, second)
    fitted = fit_edges(edges, first.edges)
    first.edges, of_first, of_second = merge_edges(first.edges, fitted, match_edges(first.edges, fitted, _tolerance(first.edges)))
    cells = [_on_columns(cell, of_first) for cell in head.cells]
    rest = [_on_columns(cell, of_second) for cell in second.cells if cell.rows.start >= dropped]
    seam = head.row_count
    cells += [moved(cell, row_by=seam - dropped) for cell in rest]
    table = Table(cells, seam + second.row_count - dropped, len(first.edges) - 1)
    page.note("table.goes-on", "info", f"the first table goes on from page {head.pages[-1]}")
    if dropped:
        page.note("table.repeated-header", "info", f"{dropped} repeated header rows are left out")
    healed, note = heal_page_break(table, seam)
    _show_over_break(pages[head.pages[-1]], page, healed, seam)
    if note:
        page.note("table.row-joined", "info", note)
    first.table = healed


def _show_over_break(page: Page, next_page: Page, table: Table, seam: int) -> None:
    """What is clipped on one page and stands whole in a cell at the break is seen on the other page: nobody hid it."""
    shown = ["".join(cell.text.split()) for cell in table.cells if seam - 1 in cell.rows or seam in cell.rows]
    for each in (page, next_page):
        each.hidden_text = [hidden for hidden in each.hidden_text if hidden.reason != "clipped" or not _is_in(hidden.text, shown)]


def _is_in(text: str, shown: Sequence[str]) -> bool:
    return any("".join(text.split()) in each for each in shown)


def _on_columns(cell: Cell, places: Sequence[int]) -> Cell:
    return replace(cell, cols=range(places[cell.cols.start], places[cell.cols.stop]))
