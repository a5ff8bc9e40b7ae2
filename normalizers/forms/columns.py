"""Which cell is which column: by content, with the header's position as a hint.

The cells of a row are aligned to the columns in order. A cell gains for text
that the column can hold and for standing where the header says; a row whose
cells slipped by one is found because its operator, its second level and its
scoring phrase all fit better one place on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import affinity, is_nature
from normalizers.forms.column_heads import affinities_at
from normalizers.forms.segments import Row
from normalizers.vocabulary.labels import Labels

SIDE = "side"
SECOND = "@annual"
# Columns that a monitoring form splits into choices with a tick.
TICKED = ("deviation", "likelihood")
# A cell that fits no column costs more than any column left blank: nothing may vanish.
_SKIP_CELL = -8.0
# In a drawn grid the place of a cell is a fact; in a transcript rows slip.
_AT_PLACE_DRAWN = 12.0
_AT_PLACE_TRANSCRIPT = 1.5
_NEXT_PLACE = 0.25
_OWN_SIDE, _OWN_NATURE = 6.0, 4.0
# Heads over words that say what sort of indicator it is.
_NATURE_HEAD = re.compile(r"属性|性质|类别|类型|分类|方向")
# What a text says against the head that it stands under.
_CONTRADICTS = -1.0
# Left of all cells: a column whose place is not known.
_NOWHERE = (-9.0, -8.0)
# Places of two rows this close, as a share of the grid's width, are one; rows of fewer cells are no indicators.
_STEP, _FEWEST_PLACES = 0.04, 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the indicator block: its name and where its header stands."""

    name: str
    place: tuple[float, float]
    header: str = ""
    guessed: bool = False


@dataclass(slots=True)
class AlignedRow:
    """Cells by column name; ``expected`` is what stands under the header by position."""

    cells: dict[str, Cell]
    expected: dict[str, Cell]
    unplaced: list[Cell]
    row: Row

    @property
    def shifted(self) -> bool:
        return any(self.expected.get(name) is not cell for name, cell in self.cells.items())


def content_to_columns(names: Sequence[str], rows: Sequence[Row], labels: Labels) -> list[Column]:
    """Columns where no head can be read: by content; in a drawn grid, all that stands at one place is one column.

    Args:
        names: of the columns in the form's order.
        rows: of the indicators.
    """
    places = _common_places(rows)
    if not places:
        return [Column(name, _NOWHERE) for name in names]
    scores = [[sum(affinities_at(place, name, rows, labels)) for name in names] for place in places]
    # As many places as the form has columns, with a label beside them or without: the order names them.
    beside = len(names) - len(places)
    in_order = {index: index + beside for index in range(len(places))}
    if beside in (0, 1) and sum(scores[index][col] for index, col in in_order.items()) > 0:
        taken = in_order
    else:
        taken = _best_alignment(scores, len(names))
    return [Column(names[col], places[index], guessed=True) for index, col in sorted(taken.items())]


def _common_places(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the cells of most drawn rows stand; nothing in a transcript, or where rows differ too much to tell."""
    drawn = [[row.place(cell) for cell in row.cells] for row in rows if row.frame is not None]
    alike = Counter(tuple(round(left / _STEP) for left, _ in places) for places in drawn if len(places) >= _FEWEST_PLACES)
    if not alike:
        return []
    usual, count = max(alike.items(), key=lambda item: (item[1], len(item[0])))
    if count < max(2, len(drawn) / 3):
        return []
    return next(places for places in drawn if tuple(round(left / _STEP) for left, _ in places) == usual)


def align_row(row: Row, columns: list[Column], labels: Labels, sides: frozenset[str] = frozenset()) -> AlignedRow:
    """Give every cell of a row its column.

    Order is kept; a cell with text that no column takes is returned as unplaced.

    Args:
        sides: texts of the labels beside the list, known by their place.
    """
    expected = _expected(row, columns)
    texts = [unwrap(cell.text) for cell in row.cells]
    filled = [index for index, text in enumerate(texts) if text]
    at_place = _AT_PLACE_DRAWN if row.frame else _AT_PLACE_TRANSCRIPT
    fits = [
        [_fit(column, texts[i], texts[i] in sides or labels.is_side(texts[i]), texts[i] in sides) for column in columns] for i in filled
    ]
    near = [[_nearness(row, row.cells[i], column, expected, at_place) for column in columns] for i in filled]
    scores = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(near, fits, strict=True)]
    taken = _as_headed([row.cells[i] for i in filled], columns, expected, fits) or _best_alignment(scores, len(columns))
    cells = {columns[col].name: row.cells[filled[k]] for k, col in taken.items()}
    unplaced = [row.cells[i] for k, i in enumerate(filled) if k not in taken]
    for name, cell in expected.items():
        if name not in cells and not unwrap(cell.text):
            cells[name] = cell
    return AlignedRow(cells, expected, unplaced, row)


def _as_headed(
    cells: Sequence[Cell], columns: Sequence[Column], expected: dict[str, Cell], fits: list[list[float]]
) -> dict[int, int] | None:
    """Every cell to the head that it stands under: cell -> column; None where one stands under none, or cannot be what its head says.

    A row slips as a whole: while nothing in it contradicts its heads, no neighbour may draw a text to itself.
    """
    taken = {}
    for index, cell in enumerate(cells):
        under = [col for col, column in enumerate(columns) if expected.get(column.name) is cell and column.place != _NOWHERE]
        if len(under) != 1 or fits[index][under[0]] <= _CONTRADICTS:
            return None
        taken[index] = under[0]
    return taken


def _fit(column: Column, text: str, side: bool, of_list: bool) -> float:
    """How well a text suits a column; a label beside the list belongs into the column that keeps its goal's number."""
    if of_list and column.header and column.name.startswith("column:") and column.place[0] == 0:
        return _OWN_SIDE
    if column.name.startswith("column:") and is_nature(text) and _NATURE_HEAD.search(column.header):
        return _OWN_NATURE
    return affinity(column.name.removesuffix(SECOND), text, side)


def _expected(row: Row, columns: list[Column]) -> dict[str, Cell]:
    """The cell under each header, by the larger overlap."""
    places = [row.place(cell) for cell in row.cells]
    found: dict[str, Cell] = {}
    for column in columns:
        overlaps = [overlap(place, column.place) for place in places]
        best = max(overlaps, default=0)
        if best > 0:
            found[column.name] = row.cells[overlaps.index(best)]
    return found


def overlap(left: tuple[float, float], right: tuple[float, float]) -> float:
    """How much two places share; zero or less when apart."""
    return min(left[1], right[1]) - max(left[0], right[0])


def _nearness(row: Row, cell: Cell, column: Column, expected: dict[str, Cell], at_place: float) -> float:
    if expected.get(column.name) is cell:
        return at_place
    return _NEXT_PLACE if row.frame is None and abs(row.place(cell)[0] - column.place[0]) <= 1 else 0.0


def _best_alignment(scores: list[list[float]], width: int) -> dict[int, int]:
    """Monotone assignment of cells to columns with the largest sum: cell -> column."""
    height = len(scores)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        best[i][width] = best[i + 1][width] + _SKIP_CELL
        for j in range(width - 1, -1, -1):
            best[i][j] = max(best[i + 1][j + 1] + scores[i][j], best[i][j + 1], best[i + 1][j] + _SKIP_CELL)
    taken: dict[int, int] = {}
    i = j = 0
    while i < height and j < width:
        if best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            taken[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return taken
