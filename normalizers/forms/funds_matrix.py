"""Blocks above the indicators whose values stand under heads: the funds matrix, the two goals, the list of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.segments import Row
from normalizers.forms.templates import Template
from normalizers.vocabulary.label_keys import head_key

Place = tuple[float, float]
Heads = tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Heads with the places of their columns. ``block`` says whose they are, ``printed`` what stands in them."""

    block: Literal["funds", "goal", "tasks"]
    heads: Heads
    printed: Heads

    @property
    def left(self) -> float:
        """Where the first head begins: what stands left of it is a label."""
        return min(left for _, (left, _) in self.heads)

    def head_at(self, place: Place) -> str | None:
        """The head above a place, by the larger overlap."""
        return _at(self.heads, place)

    def printed_at(self, place: Place) -> str | None:
        """The words of the head above a place."""
        return _at(self.printed, place)


def _at(heads: Heads, place: Place) -> str | None:
    scored = [(overlap(place, head), name) for name, head in heads]
    shared, name = max(scored, default=(0.0, ""))
    return name if shared > 0 else None


def row_to_matrix(row: Row, template: Template | None) -> Matrix | None:
    """The matrix that a row of heads opens; None for any other row."""
    if template is None:
        return None
    funds = _heads(row, template.funds_columns)
    if len({name for name, _ in funds}) >= 2:
        return Matrix("funds", funds, _printed(row, funds))
    goals = _heads(row, template.goal_columns)
    if len({name for name, _ in goals}) >= 2 and _nothing_between(row, goals):
        return Matrix("goal", goals, _printed(row, goals))
    tasks = _heads(row, template.task_columns)
    if len({name for name, _ in tasks}) >= 2 and any(name == "task" for name, _ in tasks):
        return Matrix("tasks", tasks, _printed(row, tasks))
    return None


def with_task_subheads(matrix: Matrix, row: Row, template: Template) -> Matrix | None:
    """The list of tasks with a second row of heads below the first; None for any other row."""
    own = [cell for cell in row.cells if row.begins(cell) and unwrap(cell.text)]
    heads = _heads(row, template.task_columns)
    if not own or len(heads) != len(own):
        return None
    printed = []
    for words, place in _printed(row, heads):
        above = matrix.printed_at(place)
        printed.append((f"{above} {words}" if above else words, place))
    return Matrix("tasks", _replaced(matrix.heads, heads), _replaced(matrix.printed, tuple(printed)))


def _replaced(heads: Heads, below: Heads) -> Heads:
    return tuple(head for head in heads if all(overlap(head[1], place) <= 0 for _, place in below)) + below


def _nothing_between(row: Row, heads: Heads) -> bool:
    """True when no text stands right of the first head but heads: else the heads are labels with their values beside them."""
    places = [place for _, place in heads]
    right = [cell for cell in row.cells if row.begins(cell) and unwrap(cell.text) and row.place(cell)[0] >= min(places)[0]]
    return all(row.place(cell) in places for cell in right)


def _printed(row: Row, heads: Heads) -> Heads:
    """The words of every head from the first known one on, those without a meaning of ours included."""
    left = min(place[0] for _, place in heads)
    cells = [cell for cell in row.cells if row.begins(cell) and unwrap(cell.text) and row.place(cell)[0] >= left]
    return tuple((unwrap(cell.text), row.place(cell)) for cell in cells)


def _heads(row: Row, names: dict[str, str]) -> Heads:
    found = []
    for cell in row.cells:
        name = names.get(head_key(unwrap(cell.text))) if row.begins(cell) else None
        if name:
            found.append((name, row.place(cell)))
    return tuple(found)


def overlap(left: Place, right: Place) -> float:
    """How much two places share; zero or less when apart."""
    return min(left[1], right[1]) - max(left[0], right[0])


def cells_under(matrix: Matrix, row: Row, cells: list[Cell]) -> tuple[list[tuple[str, Cell]], list[Cell]]:
    """Cells of a row by the head above each, and those with text that stand right of the first head under none that is known."""
    found = [(matrix.head_at(row.place(cell)), cell) for cell in cells]
    under = [(name, cell) for name, cell in found if name is not None]
    homeless = [cell for name, cell in found if name is None and unwrap(cell.text) and row.place(cell)[0] >= matrix.left]
    return under, homeless
