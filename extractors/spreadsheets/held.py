"""Sheets as the readers of all kinds of workbooks hold them."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.errors import TooLargeError
from extractors.messages import tell
from extractors.spreadsheets.archive import MOST_PLACES, Place

# What the programs' own sheets end at.
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
SIDES = ("left", "right", "top", "bottom")

Bounds = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


class Budget:
    """How many places all sheets of a workbook may have together."""

    def __init__(self) -> None:
        self._left = MOST_PLACES

    def take(self, places: int) -> None:
        """Raises TooLargeError where it is used up."""
        self._left -= places
        if self._left < 0:
            raise TooLargeError(*tell("workbook.cells", most=MOST_PLACES))


@dataclass(slots=True)
class HeldCell:
    """A cell: the text that is seen, and what is known of it.

    Attributes:
        stored: what stands in the file; it is hidden text where ``text`` is empty.
        sides: the borders that are drawn, of ``SIDES``.
        known: whether ``text`` is for certain what is shown.
        white: in the colour of the paper.
    """

    text: str = ""
    stored: str = ""
    sides: frozenset[str] = frozenset()
    known: bool = True
    error: bool = False
    struck: bool = False
    white: bool = False


@dataclass(slots=True)
class HeldSheet:
    """A sheet; rows and columns from 1. ``drawn`` are texts of shapes that were not read."""

    title: str
    is_shown: bool = True
    cells: dict[Place, HeldCell] = field(default_factory=dict)
    merged: list[Bounds] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    without_value: list[Place] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    pictures: bool = False

    def hide_rows(self, runs: list[range], budget: Budget) -> None:
        """Rows that are not shown, as far as cells go: the rest of a sheet is often hidden to its last row."""
        last = max((row for row, _ in self.cells), default=0)
        for run in runs:
            kept = range(run.start, min(run.stop, last + 1))
            budget.take(len(kept))
            self.hidden_rows.update(kept)

    @property
    def is_filled(self) -> bool:
        return any(cell.text or cell.stored for cell in self.cells.values())


def size_of(bounds: Bounds) -> int:
    """How many cells a range has."""
    return (bounds[2] - bounds[0] + 1) * (bounds[3] - bounds[1] + 1)


def places_of(bounds: Bounds) -> list[Place]:
    """The cells of a range, row by row."""
    return [(row, col) for row in range(bounds[0], bounds[2] + 1) for col in range(bounds[1], bounds[3] + 1)]
