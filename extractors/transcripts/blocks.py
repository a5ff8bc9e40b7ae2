"""A transcript is a sequence of blocks: lines of text, and rows of tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one cell with its place: characters ``x0`` to ``x1`` of line ``line`` (from 1)."""

    text: str
    line: int
    x0: int
    x1: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class TextBlock:
    """One line outside the tables."""

    piece: Piece


@dataclass(slots=True)
class TableBlock:
    """Rows of pieces, ragged as they were written."""

    rows: list[list[Piece]] = field(default_factory=list)


Block = TextBlock | TableBlock
