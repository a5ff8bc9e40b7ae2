"""Where the tables of a sheet stand: runs of rows with borders, or on a sheet without any, runs of rows of several cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.errors import TooLargeError
from extractors.messages import tell
from extractors.model import Cell, Mark, Table, TextLine, Word, union_of
from extractors.spreadsheets.archive import MOST_PLACES
from extractors.spreadsheets.areas import Area, SheetAreas

ENGINE = "spreadsheet"
_COLONS = ("：", ":")
# So many cells in a row below a table, none of them a label with its colon, are a row of it that nobody bordered.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of a sheet: rows and columns that are shown, ascending."""

    rows: list[int]
    cols: list[int]


class Layout:
    """Tables and lines of one sheet."""

    def __init__(self, sheet: SheetAreas, page_no: int) -> None:
        self._sheet, self._page_no = sheet, page_no
        self._rows: dict[int, list[Area]] = {}
        for area in sheet.areas:
            for row in range(area.bounds[0], area.bounds[2] + 1):
                if row not in sheet.hidden_rows and any(col not in sheet.hidden_cols for col in _cols(area)):
                    self._rows.setdefault(row, []).append(area)

    def read(self) -> tuple[list[Table], list[TextLine]]:
        """The tables, top to bottom, and the lines around them.

        Raises:
            TooLargeError: the grids have more places than are read.
        """
        blocks = list(self._bordered() if any(area.ruled_side for area in self._sheet.areas) else self._bare())
        if sum(len(block.rows) * len(block.cols) for block in blocks) > MOST_PLACES:
            raise TooLargeError(*tell("workbook.table-cells", most=MOST_PLACES))
        taken: set[int] = set()
        tables = [self._table(block, taken) for block in blocks]
        return tables, self._lines(taken)

    def _runs(self, wanted: dict[int, bool]) -> Iterator[list[int]]:
        """Rows that follow each other as shown and are wanted."""
        run: list[int] = []
        for row in sorted(self._rows):
            follows = bool(run) and all(between in self._sheet.hidden_rows for between in range(run[-1] + 1, row))
            if run and not (wanted[row] and follows):
                yield run
                run = []
            if wanted[row]:
                run.append(row)
        if run:
            yield run

    def _bordered(self) -> Iterator[Block]:
        wanted = {row: _is_bordered(areas) for row, areas in self._rows.items()}
        for row in sorted(self._rows):
            if not wanted[row] and wanted.get(self._row_above(row), False) and _is_open_row(self._rows[row]):
                wanted[row] = True
        for run in self._runs(wanted):
            for cols in self._col_runs(run):
                if any(area.ruled for row in run for area in self._rows[row] if cols[0] <= area.bounds[1] <= cols[-1]):
                    yield Block(run, cols)

    def _row_above(self, row: int) -> int:
        row -= 1
        while row in self._sheet.hidden_rows:
            row -= 1
        return row

    def _bare(self) -> Iterator[Block]:
        """Rows without a blank one between them, from the first of several cells to the last such."""
        held = {row: any(area.text for area in areas) for row, areas in self._rows.items()}
        for run in self._runs(held):
            several = [row for row in run if _has_several(self._rows[row])]
            if several:
                rows = [row for row in run if several[0] <= row <= several[-1]]
                cols = [col for row in rows for area in self._rows[row] if area.text for col in _cols(area)]
                yield Block(rows, self._shown(range(min(cols), max(cols) + 1)))

    def _col_runs(self, rows: list[int]) -> Iterator[list[int]]:
        """Columns side by side that hold or border anything in these rows."""
        held = sorted({col for row in rows for area in self._rows[row] if area.text or area.ruled for col in _cols(area)})
        run: list[int] = []
        for col in self._shown(held):
            if run and not all(between in self._sheet.hidden_cols for between in range(run[-1] + 1, col)):
                yield run
                run = []
            run.append(col)
        if run:
            yield run

    def _shown(self, cols: range | list[int]) -> list[int]:
        return [col for col in cols if col not in self._sheet.hidden_cols]

    def _table(self, block: Block, taken: set[int]) -> Table:
        """The grid of a block; the areas in it are added to ``taken``, by their identity."""
        row_at = {row: index for index, row in enumerate(block.rows)}
        col_at = {col: index for index, col in enumerate(block.cols)}
        free = {(row, col) for row in range(len(block.rows)) for col in range(len(block.cols))}
        cells = []
        for area in {id(area): area for row in block.rows for area in self._rows[row]}.values():
            rows = [row_at[row] for row in range(area.bounds[0], area.bounds[2] + 1) if row in row_at]
            cols = [col_at[col] for col in _cols(area) if col in col_at]
            if rows and cols and id(area) not in taken:
                taken.add(id(area))
                free -= {(row, col) for row in rows for col in cols}
                cells.append(self._cell(area, range(rows[0], rows[-1] + 1), range(cols[0], cols[-1] + 1)))
        for row, col in sorted(free):
            place = (block.rows[row], block.cols[col])
            cells.append(self._cell(Area((*place, *place), ""), range(row, row + 1), range(col, col + 1)))
        return Table(cells, len(block.rows), len(block.cols))

    def _cell(self, area: Area, rows: range, cols: range) -> Cell:
        marks: tuple[Mark, ...] = ("struck-out",) if area.struck else ()
        return Cell(rows, cols, area.text, self._page_no, area.bbox, 1.0, ENGINE, marks=marks, origin="spreadsheet")

    def _lines(self, taken: set[int]) -> list[TextLine]:
        lines = []
        for row in sorted(self._rows):
            group: list[Area] = []
            for area in sorted(self._rows[row], key=lambda area: area.bounds[1]):
                if not area.text or id(area) in taken:
                    continue
                taken.add(id(area))
                if group and not group[-1].text.endswith(_COLONS):
                    lines += self._text_lines(group)
                    group = []
                group.append(area)
            lines += self._text_lines(group)
        return lines

    def _text_lines(self, group: list[Area]) -> list[TextLine]:
        """A label and what stands in the cell behind it are one line; the lines of one cell are several."""
        if len(group) > 1:
            words = tuple(Word(" ".join(area.text.split("\n")), area.bbox) for area in group)
            box = union_of(area.bbox for area in group)
            return [] if box is None else [TextLine("".join(word.text for word in words), self._page_no, box, words=words)]
        return [TextLine(part, self._page_no, area.bbox) for area in group for part in area.text.split("\n")]


def _cols(area: Area) -> range:
    return range(area.bounds[1], area.bounds[3] + 1)


def _is_bordered(areas: list[Area]) -> bool:
    """A line below a title is no table; lines between several texts are."""
    return any(area.ruled_side for area in areas) or (any(area.ruled for area in areas) and sum(1 for area in areas if area.text) > 1)


def _has_several(areas: list[Area]) -> bool:
    """Several texts that are not labels with their colons and what stands behind each, as of those who sign."""
    texts = [area.text for area in sorted(areas, key=lambda area: area.bounds[1]) if area.text]
    pairs = zip(["", *texts], texts, strict=False)
    labelled = (before.endswith(_COLONS) or any(colon in text for colon in _COLONS) for before, text in pairs)
    return len(texts) > 1 and not all(labelled)


def _is_open_row(areas: list[Area]) -> bool:
    texts = [area.text for area in areas if area.text]
    return len(texts) >= _FEW and not any(colon in text for text in texts for colon in _COLONS)
