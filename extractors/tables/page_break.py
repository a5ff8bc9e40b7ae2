"""Cells and rows that a page break cut in two are put together, where that is clear, and marked where it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from extractors.model import Cell, Table
from extractors.tables.labels_over_breaks import merge_labels
from extractors.tables.wrap import unwrap

# What the rows at a seam are: halves of one row for certain, most likely, perhaps, or rows of their own.
Verdict = Literal["halves", "likely", "perhaps", "rows"]
Pairs = list[tuple[Cell, Cell]]

# A text that ends so goes on, and one that begins so has something before it.
_OPEN_END = tuple("，、：（(《“‘〔【＋+－—～~≥≤")
_OPEN_START = tuple("，。、；：）)》”’〕】％%！？")
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("‘", "’"), ("〔", "〕"), ("【", "】"))
# So many rows beside those at the seam tell which columns have text in every row.
_FEW_ROWS = 2
# A row that lacks so many texts that all others have is none, where as many others of its texts may be the rest of those above.
_FEW_LACKING = 2


def heal_page_break(table: Table, seam: int) -> tuple[Table, str]:
    """Join what the page break before row ``seam`` cut; returns a sentence for the page, or ''.

    A label that spans rows goes on over the break when the cell below it is
    empty, or holds the rest of its lines. A row goes on when the rows on both
    sides have the same columns and the lower one is no row of its own; its
    texts tell, and the columns that have text in every row.
    """
    pairs = _above_and_below(table, seam)
    verdict = _verdict(table, seam, pairs)
    if verdict in ("halves", "likely"):
        cut = [(upper, lower) for upper, lower in pairs if lower.text] if verdict == "likely" else []
        return _merge_rows(_marked(table, cut), seam), f"row {seam} is cut by the page break and was put together"
    if verdict == "perhaps":
        table = _marked(table, [(upper, lower) for upper, lower in pairs if lower.text])
    return merge_labels(table, _above_and_below(table, seam)), ""


def _above_and_below(table: Table, seam: int) -> Pairs:
    """Cells that meet at the seam over the same columns."""
    above = {cell.cols: cell for cell in table.cells if cell.rows.stop == seam}
    return [(above[cell.cols], cell) for cell in table.cells if cell.rows.start == seam and cell.cols in above]


def _marked(table: Table, pairs: Pairs) -> Table:
    """The table with a mark on each cell of these pairs that has text."""
    doubtful = {id(cell) for pair in pairs for cell in pair if cell.text}
    cells = [replace(cell, marks=(*cell.marks, "page-break")) if id(cell) in doubtful else cell for cell in table.cells]
    return Table(cells, table.row_count, table.col_count)


def _verdict(table: Table, seam: int, pairs: Pairs) -> Verdict:
    """See ``Verdict``. Cells of the table are compared as they stand on both sides of the seam."""
    lower_row = [cell for cell in table.cells if cell.rows.start == seam]
    filled = [(upper, lower) for upper, lower in pairs if upper.text and len(upper.rows) == 1]
    below = [(upper, lower) for upper, lower in pairs if lower.text]
    if len(pairs) != len(lower_row) or any(len(cell.rows) > 1 and cell.text for cell in lower_row) or not filled or not below:
        return "rows"
    if any(len(upper.rows) > 1 and upper.text for upper, _ in below):
        return "rows"
    # A word in the first column that has a cell a row begins a new row, such as a category that is left blank.
    first = min(filled, key=lambda pair: pair[1].cols.start)[1]
    needed = {cols for cols in _always_filled(table, seam, pairs) if cols.start > first.cols.start}
    lacking = _lacking(needed, pairs)
    if needed and not lacking[1]:
        return _figures_below(first, lacking[0], below)
    if len(first.text) > 1 and (len(below) == 1 or not needed):
        return "rows"
    if any(not upper.text for upper, _ in below):
        return _complementary(lacking, below)
    if not needed and 2 * len(below) > len(filled):
        return "rows"
    pitch = _points_per_unit(table)
    if any(_connected(upper, lower) for upper, lower in below) or (pitch and all(_line_is_full(upper, pitch) for upper, _ in below)):
        return "halves"
    return "likely" if min(len(lacking[1]), len(below)) >= _FEW_LACKING else "perhaps"


def _lacking(needed: set[range], pairs: Pairs) -> tuple[set[range], set[range]]:
    """The columns that every row fills and the upper row, and the lower row, does not."""
    return {u.cols for u, _ in pairs if u.cols in needed and not u.text}, {w.cols for _, w in pairs if w.cols in needed and not w.text}


def _figures_below(first: Cell, lacking: set[range], below: Pairs) -> Verdict:
    """What a row without figures and the one below with some are: those in the middle of a high row may stand behind the cut."""
    if first.text or len(lacking) < _FEW_LACKING:
        return "rows"
    return "halves" if any(_connected(upper, lower) for upper, lower in below) else "perhaps"


def _complementary(lacking: tuple[set[range], set[range]], below: Pairs) -> Verdict:
    """What two rows are, neither of which is whole, where one has what the other lacks."""
    if not lacking[0] or not lacking[1] or lacking[0] & lacking[1]:
        return "rows"
    return "halves" if any(_connected(upper, lower) for upper, lower in below) else "likely"


def _always_filled(table: Table, seam: int, pairs: Pairs) -> set[range]:
    """The columns that have text in each row that is mostly filled, those at the seam apart; none where such rows are few."""
    columns = {lower.cols for _, lower in pairs}
    rows = [{cell.cols for cell in row if cell.text and cell.cols in columns and len(cell.rows) == 1} for row in table.rows()]
    whole = [row for number, row in enumerate(rows) if number not in (seam - 1, seam) and 2 * len(row) > len(columns)]
    return set.intersection(*whole) if len(whole) >= _FEW_ROWS else set()


def _connected(upper: Cell, lower: Cell) -> bool:
    """Whether marks tell that one text is the beginning of the other."""
    if not upper.text or not lower.text:
        return False
    above, below = unwrap(upper.text), unwrap(lower.text)
    if not any(char.isalnum() for char in above):
        # A sign that stands alone is whole: ≥ above 定性 are operators of two rows.
        return False
    if above.endswith(_OPEN_END) or below.startswith(_OPEN_START):
        return True
    return any(above.count(a) > above.count(b) and below.count(b) > below.count(a) for a, b in _BRACKETS)


def _units(line: str) -> float:
    """Width of a line in Chinese characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in line)


def _points_per_unit(table: Table) -> float | None:
    """Width of a Chinese character, from the lines that the cells' borders broke; None where no line was broken."""
    ratios = []
    for cell in table.cells:
        lines = cell.text.split("\n")
        if cell.bbox is not None and len(lines) > 1:
            longest = max(_units(line) for line in lines)
            if longest >= 3:
                ratios.append(cell.bbox.width / longest)
    return sorted(ratios)[len(ratios) // 2] if ratios else None


def _line_is_full(cell: Cell, pitch: float) -> bool:
    if not cell.text or cell.bbox is None or unwrap(cell.text)[-1] in "。！？.!?;；":
        return False
    lines = cell.text.split("\n")
    if len(lines) > 1:
        return _units(lines[-1]) >= max(_units(line) for line in lines) - 1.5
    return _units(lines[-1]) * pitch >= cell.bbox.width - 1.3 * pitch


def _merge_rows(table: Table, seam: int) -> Table:
    cells: list[Cell] = []
    below = {cell.cols: cell for cell in table.cells if cell.rows.start == seam}
    for cell in table.cells:
        if cell.rows.stop == seam and cell.cols in below:
            lower = below[cell.cols]
            text = "\n".join(part for part in (cell.text, lower.text) if part)
            rows = range(cell.rows.start, lower.rows.stop - 1)
            marks = tuple(dict.fromkeys((*cell.marks, *lower.marks)))
            cells.append(replace(cell, rows=rows, text=text, confidence=min(cell.confidence, lower.confidence), marks=marks))
        elif cell.rows.start > seam:
            cells.append(replace(cell, rows=range(cell.rows.start - 1, cell.rows.stop - 1)))
        elif cell.rows.start < seam:
            stop = cell.rows.stop - 1 if cell.rows.stop > seam else cell.rows.stop
            cells.append(replace(cell, rows=range(cell.rows.start, stop)))
    return Table(cells, table.row_count - 1, table.col_count)
