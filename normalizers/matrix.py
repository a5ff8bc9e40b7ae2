"""Blocks above the indicators whose values stand under heads: the funds matrix, the two goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.segments import Row
from normalizers.templates import Template, head_key

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Heads with the places of their columns. ``block`` says whose they are."""

    block: Literal["funds", "goal"]
    heads: tuple[tuple[str, Place], ...]

    def head_at(self, place: Place) -> str | None:
        """The head above a place, by the larger overlap."""
        scored = [(min(place[1], right) - max(place[0], left), name) for name, (left, right) in self.heads]
        overlap, name = max(scored, default=(0.0, ""))
        return name if overlap > 0 else None


def row_to_matrix(row: Row, template: Template | None) -> Matrix | None:
    """The matrix that a row of heads opens; None for any other row."""
    if template is None:
        return None
    funds = _heads(row, template.funds_columns)
    if len({name for name, _ in funds}) >= 2:
        return Matrix("funds", funds)
    goals = _heads(row, template.goal_columns)
    if len({name for name, _ in goals}) >= 2:
        return Matrix("goal", goals)
    return None


def _heads(row: Row, names: dict[str, str]) -> tuple[tuple[str, Place], ...]:
    found = []
    for cell in row.cells:
        name = names.get(head_key(unwrap(cell.text))) if row.begins(cell) else None
        if name:
            found.append((name, row.place(cell)))
    return tuple(found)


def overlap(left: Place, right: Place) -> float:
    """How much two places share; zero or less when apart."""
    return min(left[1], right[1]) - max(left[0], right[0])


def cells_under(matrix: Matrix, row: Row, cells: list[Cell]) -> list[tuple[str, Cell]]:
    """Cells of a row by the head above each; a cell under no head is left out."""
    found = [(matrix.head_at(row.place(cell)), cell) for cell in cells]
    return [(name, cell) for name, cell in found if name is not None]
