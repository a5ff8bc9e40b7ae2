"""Grids + glyphs -> tables with text; the glyphs left over are handed back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from math import inf

from extractors.geometry.page_ink import Char, CutText, FilledField
from extractors.model import BBox, Cell, Mark, Origin, Reading, Table, union_of
from extractors.pdf.text_layer import is_garbled
from extractors.tables.grid import Grid, GridCell
from extractors.tables.raised import take_raised
from extractors.tables.runs import cut_at_borders, fills_to_the_edge, home, part_at_clips, runs
from extractors.tables.split_cells import split_headings
from extractors.tables.textlines import chars_to_lines

# Share of the height of a line that an edge of the table cuts off where it runs through the ink.
_STRUCK = 0.25
# In shares of the size of type: how far from the text of a cell that is cut off its rest may begin.
_NEXT_LINE = 0.8
# In shares of the size of type: how far a clip around the text of a cell may reach over the cell's edges.
_CLIP_MARGIN = 0.25


def fill_grids(
    grids: Sequence[Grid],
    chars: Sequence[Char],
    page_no: int,
    engine: str,
    fields: Sequence[FilledField] = (),
    cut: Sequence[CutText] = (),
    struck: Set[int] = frozenset(),
    places: Places | None = None,
) -> tuple[list[Table], list[Char]]:
    """A table for each grid, in the same order, and the glyphs that are in none.

    Args:
        fields: where the page is filled in.
        cut: lines of text that the file holds and clips leave out.
        struck: ids of the glyphs that are struck out.
        places: where the glyphs belong, if that is known and nothing is cut.
    """
    if places is None or cut:
        places = Places(grids, chars, cut)
    tables = [_grid_to_table(grid, places, k, page_no, engine, fields, cut, struck) for k, grid in enumerate(grids)]
    return tables, places.outside


class Places:
    """Where each run of glyphs belongs; a grid inside a cell of another is the smaller one and wins.

    Attributes:
        held: for each grid, index of a cell -> its glyphs.
        outside: glyphs that are in no grid.
        uncertain: (grid, cell) of which text lies over a border so that nothing tells whose it is.
    """

    def __init__(self, grids: Sequence[Grid], chars: Sequence[Char], cut: Sequence[CutText] = ()) -> None:
        self.grids, self.chars = grids, chars
        self.held: list[dict[int, list[Char]]] = [{} for _ in grids]
        self.outside: list[Char] = []
        self.uncertain: set[tuple[int, int]] = set()
        self._indexes = [_CellIndex(grid) for grid in grids]
        self._order = sorted(range(len(grids)), key=lambda k: grids[k].bbox.width * grids[k].bbox.height)
        if not grids:
            self.outside = list(chars)
            return
        for run in runs(chars):
            for part in part_at_clips(run, cut) if cut else [run]:
                self._place(part)

    def _place(self, run: list[Char]) -> None:
        first = self._cell_at(run[0])
        if len(run) == 1 or self._cell_at(run[-1]) == first:
            self._put(run, first)
            return
        at = [self._cell_at(char) for char in run]
        numbers = {cell: k for k, cell in enumerate(dict.fromkeys(at))}
        where = [numbers[cell] for cell in at]
        lefts = [inf if cell is None else self.grids[cell[0]].cells[cell[1]].bbox.x0 for cell in at]
        for part in cut_at_borders(run, where, lefts):
            self._put_part(run[part], at[part])

    def _put_part(self, part: list[Char], at: list[tuple[int, int] | None]) -> None:
        """One part of a run; text that begins outside of all grids is put glyph by glyph."""
        first = at[0]
        if first is None:
            for char, cell in zip(part, at, strict=True):
                self._put([char], cell)
            return
        # Beyond the table there is no other cell that could claim the text.
        inside = [first if cell is None or cell[0] != first[0] else cell for cell in at]
        if all(cell == first for cell in inside):
            self._put(part, first)
            return
        boxes = [cell.bbox for cell in self.grids[first[0]].cells]
        owner, certain = home(part, [k for _, k in inside], boxes)
        self._put(part, (first[0], owner))
        if not certain:
            self.uncertain.add((first[0], owner))

    def _put(self, chars: list[Char], cell: tuple[int, int] | None) -> None:
        if cell is None:
            self.outside.extend(chars)
        else:
            self.held[cell[0]].setdefault(cell[1], []).extend(chars)

    def _cell_at(self, char: Char) -> tuple[int, int] | None:
        x, y = char.center
        for k in self._order:
            if self.grids[k].bbox.contains(x, y):
                return k, self._indexes[k].find(x, y)
        for k in self._order:
            if _struck_by_edge(char, self.grids[k].bbox):
                return k, self._indexes[k].find(x, y)
        return None


def _grid_to_table(
    drawn: Grid,
    places: Places,
    number: int,
    page_no: int,
    engine: str,
    fields: Sequence[FilledField],
    cut: Sequence[CutText],
    struck: Set[int],
) -> Table:
    cells = []
    grid, by_cell = split_headings(drawn, places.held[number])
    uncertain = {drawn.cells[k].bbox for grid_no, k in places.uncertain if grid_no == number}
    for k, cell in enumerate(grid.cells):
        raised = take_raised(by_cell.get(k, []))
        chars = raised.chars
        lines = chars_to_lines(chars)
        text = "\n".join(line.text for line in lines)
        ink = union_of(line.bbox for line in lines)
        inked = [char.text for char in chars if not char.text.isspace()]
        garbled = sum(1 for glyph in inked if is_garbled(glyph))
        # A glyph that no one can name is ink without text: the cell must not pass for read.
        seen: dict[Mark, bool] = {
            "ink-without-text": garbled > 0,
            "over-border": cell.bbox in uncertain,
            "clipped": fills_to_the_edge(chars, cell.bbox) or (ink is not None and _is_cut(cell.bbox, ink, chars[0].size, cut)),
            "struck-out": bool(struck) and any(id(char) in struck for char in chars),
            "note-mark": bool(raised.notes),
            "raised-figure": bool(raised.doubtful),
        }
        filled = _filled(chars, fields) if fields else []
        seen["field-differs"] = any(each.differs for each in filled)
        readings = tuple(Reading(each.value, 1.0, "form-field") for each in filled if each.differs)
        marks = tuple(mark for mark, is_there in seen.items() if is_there)
        confidence = 1.0 - garbled / max(len(inked), 1)
        origin: Origin = "form-field" if filled else "text-layer"
        placed = Cell(cell.rows, cell.cols, text, page_no, cell.bbox, confidence, engine, readings, marks, origin=origin, ink=ink)
        cells.append(placed)
    return Table(cells, grid.row_count, grid.col_count)


def _filled(chars: Sequence[Char], fields: Sequence[FilledField]) -> list[FilledField]:
    """The fields in which glyphs of a cell stand."""
    return [each for each in fields if any(each.box.contains(*char.center) for char in chars)]


def _is_cut(cell: BBox, ink: BBox, size: float, cut: Sequence[CutText]) -> bool:
    """Whether some of the text of a cell is left out by the clip under which it is painted.

    A clip inside one cell is that cell's own, and tells of no other; under a
    wider one the rest has to go on where the text ends.
    """
    return any(_is_rest(each, cell, ink, size) for each in cut)


def _is_rest(cut: CutText, cell: BBox, ink: BBox, size: float) -> bool:
    margin = _CLIP_MARGIN * size
    if cell.grown(-margin).overlap(cut.clip) <= 0:
        return False
    return cell.grown(margin).overlap(cut.clip) >= 0.999 * cut.clip.width * cut.clip.height or _goes_on_in(cut.box, ink, size)


def _goes_on_in(rest: BBox, ink: BBox, size: float) -> bool:
    """Whether text that is cut off goes on where the text of a cell ends, on its last line or below it, or stands before its first."""
    reach = _NEXT_LINE * size
    beside = min(rest.bottom, ink.bottom) - max(rest.top, ink.top) > size / 2
    across = min(rest.x1, ink.x1) - max(rest.x0, ink.x0) > 0
    if beside:
        return abs(rest.x0 - ink.x1) <= reach or abs(ink.x0 - rest.x1) <= reach
    return across and (abs(rest.top - ink.bottom) <= reach or abs(ink.top - rest.bottom) <= reach)


def _struck_by_edge(char: Char, grid: BBox) -> bool:
    """Whether the upper or the lower edge of a grid runs through a glyph: a page break cut it, and more of it stands on the other page."""
    if not grid.x0 <= char.center[0] <= grid.x1:
        return False
    inside = min(char.bottom, grid.bottom) - max(char.top, grid.top)
    return inside >= _STRUCK * (char.bottom - char.top) > 0


class _CellIndex:
    """Finds the cell at a point: by grid line first, then by the cell's own box."""

    def __init__(self, grid: Grid) -> None:
        self.cells: list[GridCell] = grid.cells
        self.tops = sorted({cell.bbox.top for cell in grid.cells})
        self.by_top: dict[float, list[int]] = {}
        for k, cell in enumerate(grid.cells):
            for top in self.tops[bisect_right(self.tops, cell.bbox.top) - 1 :]:
                if top >= cell.bbox.bottom:
                    break
                self.by_top.setdefault(top, []).append(k)

    def find(self, x: float, y: float) -> int:
        i = max(bisect_right(self.tops, y) - 1, 0)
        candidates = self.by_top.get(self.tops[i], range(len(self.cells)))
        for k in candidates:
            box = self.cells[k].bbox
            if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                return k
        return min(range(len(self.cells)), key=lambda k: _distance(self.cells[k], x, y))


def _distance(cell: GridCell, x: float, y: float) -> float:
    box = cell.bbox
    dx = max(box.x0 - x, 0.0, x - box.x1)
    dy = max(box.top - y, 0.0, y - box.bottom)
    return dx * dx + dy * dy
