"""A table that is none of the known forms: delivered as it stands on the page, each cell with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Cell
from normalizers.record import Field, Finding


@dataclass(slots=True)
class GridCell:
    """One cell as it is delivered; rows and columns count from 1.

    ``text`` keeps the line breaks of the page. ``number`` is None where the text is no
    single figure; ``unit`` says what the number counts, or is empty where the page does not say.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    read: Field
    number: float | None = None
    unit: str = ""
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Grid:
    """One table: the line that names it, the unit that stands over it, its cells row by row.

    ``office`` is who files it, by the line over it. ``findings`` have the number
    of a cell, from 0, as their path; the empty path is the table.
    """

    title: str
    unit: str
    pages: list[int]
    row_count: int
    column_count: int
    cells: list[GridCell]
    source: list[Cell]
    findings: list[Finding] = field(default_factory=list)
    office: str = ""

    @property
    def page_no(self) -> int:
        return self.pages[0] if self.pages else 0

    def rows(self) -> list[list[str]]:
        """Texts of the cells by the row that they begin in, left to right."""
        rows: list[list[str]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row - 1].append(cell.read.text)
        return rows
