"""What every word processor's file is: paragraphs and tables in a row, tables of cells, cells of paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extractors.model import HiddenReason

RunKind = Literal["text", "raised", "note", "picture"]
Vertical = Literal["", "begins", "goes-on"]
Note = tuple[str, Literal["review", "info"], str]


@dataclass(slots=True)
class Run:
    """Characters of one look.

    Attributes:
        text: a line break is ``\\n``, a tab ``\\t``.
        kind: ``raised`` figures may be the mark of a note, ``note`` is one; ``picture`` is a small picture, without text.
        hidden: why nobody sees it; None where it is seen.
        struck: a line runs through it.
    """

    text: str
    kind: RunKind = "text"
    hidden: HiddenReason | None = None
    struck: bool = False


@dataclass(slots=True)
class Paragraph:
    """Runs of one paragraph; ``joins_next`` where its end is hidden or deleted, so that the next one follows on its line."""

    runs: list[Run] = field(default_factory=list)
    joins_next: bool = False


@dataclass(slots=True)
class CellNode:
    """A cell between two borders, in any unit that its table counts in.

    Attributes:
        number: which cell of its row it is, from 1.
        row_span: rows that it covers, where its file says so; ``vertical`` says it the way of Word, row by row.
    """

    left: int
    right: int
    number: int
    blocks: list[Paragraph | TableNode] = field(default_factory=list)
    row_span: int = 1
    vertical: Vertical = ""


@dataclass(slots=True)
class RowNode:
    """Cells left to right; ``number`` counts the rows of the file, from 1, hidden ones too."""

    number: int
    cells: list[CellNode] = field(default_factory=list)


@dataclass(slots=True)
class TableNode:
    """Rows from top to bottom; ``measured`` where borders are lengths, so that those which nearly meet are one."""

    rows: list[RowNode] = field(default_factory=list)
    measured: bool = False

    def cells(self) -> Iterator[CellNode]:
        for row in self.rows:
            yield from row.cells


Block = Paragraph | TableNode


@dataclass(slots=True)
class Story:
    """All of a document that a page would show, in the order of reading.

    Attributes:
        blocks: header, body, notes and footer.
        hidden: text that is not shown and has no run: of hidden rows, of cells that another one covers.
        marks: watermarks.
        notes: code, severity and message of what a person should know.
        pictures: the bytes of pictures that are pages: scans put into a document.
    """

    blocks: list[Block] = field(default_factory=list)
    hidden: list[tuple[str, HiddenReason]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    def hide(self, text: str, reason: HiddenReason = "not-shown") -> None:
        """Keep a text apart that is not shown, if there is one."""
        if text:
            self.hidden.append((text, reason))


def runs_of(blocks: list[Block]) -> Iterator[Run]:
    """All runs of blocks, those in tables too."""
    waiting: list[Block] = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Paragraph):
            yield from block.runs
        else:
            waiting += [inner for cell in reversed(list(block.cells())) for inner in reversed(cell.blocks)]


def plain_text(blocks: list[Block]) -> str:
    """All their characters, hidden ones too."""
    return " ".join("".join(run.text for run in runs_of([block])) for block in blocks).strip()
