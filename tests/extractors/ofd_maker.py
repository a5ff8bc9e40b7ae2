"""Small OFDs with a ruled grid, written after the standard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.ofd.package import Ofd, OfdPage, line_object, text_object
from extractors.model import Document
from tests.extractors.workbooks import read

# Millimetres: the corner of the grid, the size of its cells and of the type.
LEFT, TOP, WIDE, HIGH, TYPE = 20.0, 30.0, 40.0, 10.0, 4.0


def rulings(rows: int, cols: int, left: float = LEFT, top: float = TOP) -> list[str]:
    """The lines of a grid."""
    level = [line_object(left, top + k * HIGH, left + cols * WIDE, top + k * HIGH) for k in range(rows + 1)]
    return level + [line_object(left + k * WIDE, top, left + k * WIDE, top + rows * HIGH) for k in range(cols + 1)]


def place(row: int, col: int, left: float = LEFT, top: float = TOP) -> tuple[float, float]:
    """Where the text of a cell begins: x and the base line."""
    return left + col * WIDE + 2, top + row * HIGH + 7


def cell_text(row: int, col: int, text: str, **more: str) -> str:
    """A text in a cell, its characters set with steps."""
    steps = [TYPE if ord(char) > 0x2000 else TYPE / 2 for char in text[:-1]]
    return text_object(*place(row, col), text, TYPE, steps, **more)  # type: ignore[arg-type]


def page_of(rows: Sequence[Sequence[str]]) -> OfdPage:
    """A page with a ruled table."""
    page = OfdPage()
    page.add(*rulings(len(rows), len(rows[0])))
    page.add(*(cell_text(i, j, text) for i, row in enumerate(rows) for j, text in enumerate(row) if text))
    return page


def read_ofd(ofd: Ofd, folder: Path) -> Document:
    return read(ofd.save(folder / "form.ofd"))
