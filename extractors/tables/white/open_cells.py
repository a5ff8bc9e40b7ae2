"""Wide-open cells of a drawn grid: several rows of figures, or several columns of them, with no line between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.characters import is_common_han
from extractors.geometry.page_ink import Char, is_cjk
from extractors.model import BBox
from extractors.tables.grid import Grid, GridCell
from extractors.tables.white.columns import column_at, column_borders, columns_of, cut_at_borders
from extractors.tables.white.heads import head_cells, head_levels, head_spans
from extractors.tables.white.layout import column_extents, row_cells
from extractors.tables.white.pieces import Line, Piece, chars_to_piece_lines
from extractors.tables.white.rows import lines_to_rows

Held = Mapping[int, Sequence[Char]]
# So many figures below each other are rows whatever stands beside them; two are where two columns have them.
_MANY, _SOME = 3, 2
# Base lines of one row, in heights of type; the share of lines of figures that have a line beside them.
_SAME_LINE, _BESIDE = 0.45, 0.8
# The share of lines with two pieces that makes two columns of one drawn one, and the share of their pieces that are figures.
_PARTED, _FIGURES = 0.6, 0.5
# Columns that a wide-open cell spans at least; the height of one line of type, in font sizes.
_WIDE, _ONE_LINE = 3, 1.3


def open_up(grid: Grid, held: Held) -> Grid:
    """The grid with its wide-open cells cut into rows by base lines and into columns by white; the same grid where there are none.

    Args:
        grid: as the lines draw it.
        held: index of a cell -> its glyphs.
    """
    if not _may_be_open(grid, held):
        return grid
    lines = _LinesOfCells(held)
    open_bands = [row for row in range(grid.row_count) if _is_stacked(_band(grid, row), lines)]
    open_bands += _wide_bands(grid, lines)
    if not open_bands:
        return grid
    return _Opened(grid, {k: lines[k] for k, chars in held.items() if chars}, sorted(set(open_bands))).grid()


class _LinesOfCells:
    """The lines of each cell that has glyphs, made when they are asked for: most are not."""

    def __init__(self, held: Held) -> None:
        self.held = {k: chars for k, chars in held.items() if chars}
        self._made: dict[int, list[Line]] = {}

    def __contains__(self, k: int) -> bool:
        return k in self.held

    def __getitem__(self, k: int) -> list[Line]:
        lines = self._made.get(k)
        if lines is None:
            lines = self._made[k] = chars_to_piece_lines(self.held[k])
        return lines

    def may_be_figures(self, k: int) -> bool:
        """False where a cell holds Chinese characters, or no digit at all."""
        chars = self.held[k]
        return any(char.text.isdigit() for char in chars) and not any(is_common_han(char.text) for char in chars)


def _may_be_open(grid: Grid, held: Held) -> bool:
    """False for nearly every form, at a fraction of the cost of its lines: no cell has figures alone on more lines
    than one, and no two wide cells have figures.
    """
    wide = 0
    for k, chars in held.items():
        cell = grid.cells[k]
        if len(cell.rows) > 1 or not any(char.text.isdigit() for char in chars):
            continue
        wide += len(cell.cols) >= _WIDE
        if wide >= _SOME or (_is_tall(chars) and not any(is_cjk(char.text) for char in chars)):
            return True
    return False


def _is_tall(chars: Sequence[Char]) -> bool:
    """More than one line, by the glyphs' extent."""
    return max(char.bottom for char in chars) - min(char.top for char in chars) > _ONE_LINE * max(char.size for char in chars)


def _band(grid: Grid, row: int) -> list[int]:
    """Indices of the cells that have this row and no other."""
    return [k for k, cell in enumerate(grid.cells) if cell.rows == range(row, row + 1)]


def _is_stacked(band: Sequence[int], lines: _LinesOfCells) -> bool:
    """Columns of figures below each other, each with something beside it."""
    filled = [k for k in band if k in lines]
    stacks = {k: lines[k] for k in filled if lines.may_be_figures(k) and len(lines[k]) >= _SOME and _all_figures(lines[k])}
    longest = max((len(each) for each in stacks.values()), default=0)
    if longest < _MANY and len(stacks) < 2:
        return False
    figures = [line for each in stacks.values() for line in each]
    cells = {k: lines[k] for k in filled}
    beside = sum(
        any(_on_one_line(line, other) for j, each in cells.items() for other in each if not _holds(each, line)) for line in figures
    )
    many = sum(len(each) >= _SOME for each in cells.values())
    return many >= 2 and beside >= _BESIDE * len(figures)


def _holds(lines: Sequence[Line], line: Line) -> bool:
    return any(each is line for each in lines)


def _all_figures(lines: Sequence[Line]) -> bool:
    return all(piece.is_figure for line in lines for piece in line.pieces) and any(char.isdigit() for char in lines[0].pieces[0].text)


def _on_one_line(first: Line, second: Line) -> bool:
    return abs(first.base - second.base) <= _SAME_LINE * min(first.height, second.height)


def _wide_bands(grid: Grid, lines: _LinesOfCells) -> list[int]:
    """Rows of one cell over columns that other rows have, with figures that stand in these columns; one alone is no proof."""
    xs = grid.column_edges()
    found = []
    for k, cell in enumerate(grid.cells):
        if len(cell.rows) == 1 and len(cell.cols) >= _WIDE and k in lines and all(_stands_in_columns(line, xs) for line in lines[k]):
            found.append(cell.rows.start)
    return found if len(found) >= _SOME else []


def _stands_in_columns(line: Line, xs: Sequence[float]) -> bool:
    places = [columns_of(piece, xs) for piece in line.pieces]
    figures = sum(piece.is_figure for piece in line.pieces[1:])
    apart = all(len(a) == 1 and a.stop <= b.start for a, b in pairwise([*places, range(len(xs), len(xs) + 1)]))
    return len(places) >= 3 and apart and figures >= _FIGURES * (len(places) - 1)


class _Opened:
    """A grid whose rows and columns are cut finer."""

    def __init__(self, grid: Grid, lines: Mapping[int, Sequence[Line]], open_bands: Sequence[int]) -> None:
        self.drawn, self.lines, self.open_bands = grid, lines, open_bands
        drawn_xs = grid.column_edges()
        self.xs = self._finer(drawn_xs)
        # Of each drawn column border its number among the finer ones.
        self.at = [self.xs.index(x) for x in drawn_xs]
        self.rows: dict[int, list[list[Line]]] = {row: self._rows_of(row) for row in open_bands}
        self.parted = {k: parted for k in range(len(grid.cells)) if (parted := self._part_head(k)) is not None}
        self.ys, self.first = self._row_borders()

    def grid(self) -> Grid:
        cells: list[GridCell] = []
        for k, cell in enumerate(self.drawn.cells):
            rows = range(self.first[cell.rows.start], self.first[cell.rows.stop])
            cols = range(self.at[cell.cols.start], self.at[cell.cols.stop])
            if len(cell.rows) == 1 and cell.rows.start in self.open_bands and not self._stands_for_all(k):
                cells += self._cut(k, rows, cols)
            elif k in self.parted:
                cells += self._parts(k, rows, cols)
            else:
                cells.append(GridCell(rows, cols, cell.bbox))
        cells.sort(key=lambda cell: (cell.rows.start, cell.cols.start))
        return Grid(cells, len(self.ys) - 1, len(self.xs) - 1, self.drawn.bbox)

    def _finer(self, drawn: Sequence[float]) -> list[float]:
        """Column borders with those that white draws inside a column of open cells."""
        xs = list(drawn)
        for left, right in pairwise(drawn):
            inside = [
                Line(pieces)
                for row in self.open_bands
                for k in _band(self.drawn, row)
                for line in self.lines.get(k, ())
                if (pieces := tuple(piece for piece in line.pieces if left <= piece.middle <= right))
            ]
            several = [line for line in inside if len(line.pieces) > 1]
            figures = sum(piece.is_figure for line in several for piece in line.pieces)
            if several and len(several) >= _PARTED * len(inside) and figures >= _FIGURES * sum(len(line.pieces) for line in several):
                xs += column_borders(inside, left, right)[1:-1]
        return sorted(xs)

    def _rows_of(self, row: int) -> list[list[Line]]:
        """Lines of all cells of a band, those on one base line as one, by the row that they make."""
        pieces: list[list[Piece]] = []
        singles = sorted((line for k in _band(self.drawn, row) for line in self.lines.get(k, ())), key=lambda line: line.base)
        heads: list[Line] = []
        for line in singles:
            if heads and _on_one_line(heads[-1], line):
                pieces[-1] += line.pieces
            else:
                heads.append(line)
                pieces.append(list(line.pieces))
        lines = [Line(tuple(sorted(each, key=lambda piece: piece.x0))) for each in pieces]
        return lines_to_rows([cut_at_borders(line, self.xs) for line in lines], self.xs)

    def _part_head(self, k: int) -> tuple[list[list[tuple[range, Piece]]], list[int]] | None:
        """The heads in a cell over a column that is cut finer: their columns, and the level of each line."""
        cell = self.drawn.cells[k]
        cols = range(self.at[cell.cols.start], self.at[cell.cols.stop])
        if cell.rows.start in self.open_bands or len(cols) <= len(cell.cols) or k not in self.lines:
            return None
        xs = self.xs[cols.start : cols.stop + 1]
        body = [line for rows in self.rows.values() for row in rows for line in row]
        extents = column_extents(body, self.xs)[cols.start : cols.stop]
        spans = head_spans(self.lines[k], xs, extents, ())
        if all(len(over) == len(cols) for line in spans for over, _ in line):
            return None
        return spans, head_levels(spans)

    def _row_borders(self) -> tuple[list[float], list[int]]:
        """y of the rows, and of each drawn row border its number among them."""
        ys: list[float] = []
        first: list[int] = []
        for row, (top, bottom) in enumerate(pairwise(self._drawn_ys())):
            first.append(len(ys))
            ys.append(top)
            count = max(
                (parted[1][-1] + 1 for k, parted in self.parted.items() if self.drawn.cells[k].rows == range(row, row + 1)), default=1
            )
            for above, below in pairwise(self.rows.get(row, [])):
                ys.append((max(line.bottom for line in above) + min(line.top for line in below)) / 2)
            if row not in self.rows:
                ys += [top + (bottom - top) * step / count for step in range(1, count)]
        first.append(len(ys))
        return [*ys, self.drawn.bbox.bottom], first

    def _drawn_ys(self) -> list[float]:
        ys = [self.drawn.bbox.top] * (self.drawn.row_count + 1)
        for cell in self.drawn.cells:
            ys[cell.rows.start], ys[cell.rows.stop] = cell.bbox.top, cell.bbox.bottom
        return ys

    def _stands_for_all(self, k: int) -> bool:
        """A label in the middle of the height of several rows, set by itself."""
        cell, lines = self.drawn.cells[k], self.lines.get(k, ())
        rows = self.rows[cell.rows.start]
        if len(lines) != 1 or len(rows) < _MANY or any(piece.is_figure for piece in lines[0].pieces):
            return False
        middle = (rows[0][0].base + rows[-1][-1].base) / 2
        return abs(lines[0].base - middle) < 0.6 * lines[0].height

    def _cut(self, k: int, rows: range, cols: range) -> list[GridCell]:
        """The cells of an open one: a row for each base line of the band, a column for each white stripe."""
        own = {id(piece) for line in self.lines.get(k, ()) for piece in line.pieces}
        cells = []
        for index, row in zip(rows, self.rows[self.drawn.cells[k].rows.start], strict=False):
            mine = [Line(kept) for line in row if (kept := tuple(p for p in line.pieces if id(p) in own or self._is_part(p, k)))]
            cells += [
                cell for cell in row_cells(mine, index, self.ys, self.xs) if cols.start <= cell.cols.start and cell.cols.stop <= cols.stop
            ]
        return cells

    def _is_part(self, piece: Piece, k: int) -> bool:
        cell = self.drawn.cells[k]
        return self.at[cell.cols.start] <= column_at(self.xs, piece.middle) < self.at[cell.cols.stop]

    def _parts(self, k: int, rows: range, cols: range) -> list[GridCell]:
        spans, levels = self.parted[k]
        depth = levels[-1] + 1
        cells = []
        for over, columns in head_cells(spans, levels, len(cols)):
            # The lowest level reaches down to the end of the cell.
            stop = rows.stop if over.stop == depth else rows.start + over.stop
            here, there = range(rows.start + over.start, stop), range(cols.start + columns.start, cols.start + columns.stop)
            box = BBox(self.xs[there.start], self.ys[here.start], self.xs[there.stop], self.ys[here.stop])
            cells.append(GridCell(here, there, box))
        return cells
