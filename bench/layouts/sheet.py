"""A form as lines and a grid of cells on narrow units, with the truth of what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

UNITS = 24


@dataclass(frozen=True)
class Span:
    """A cell: its text, and how many rows and units it covers."""

    text: str
    units: int
    rows: int = 1


@dataclass(frozen=True)
class Expected:
    """The value of a field; ``word`` is the printed label or head if it is a synonym that may not be known."""

    value: Any
    word: str = ""


@dataclass
class Sheet:
    """One form. ``rows`` hold the cells that begin in each row, left to right; paths of ``truth`` begin at the document."""

    above: list[str] = field(default_factory=list)
    rows: list[list[Span]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    truth: dict[str, Expected] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    landscape: bool = False
    parts: list[str] = field(default_factory=list)

    def row(self, *cells: Span) -> None:
        self.rows.append(list(cells))

    def expect(self, path: str, value: Any, word: str = "") -> None:
        self.truth[path] = Expected(value, word if word in self.unseen else "")
