"""A sheet as areas: each cell, or merged range, that holds or borders something, with what is seen of it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.model import BBox, HiddenReason
from extractors.spreadsheets.archive import Place
from extractors.spreadsheets.held import Bounds, HeldCell, HeldSheet, places_of


@dataclass(slots=True)
class Area:
    """One cell or merged range of a sheet, rows and columns from 1.

    Attributes:
        text: what is seen; empty where ``hidden`` says why it is not.
        ruled_side: a border on its left or right.
        ruled: a border anywhere.
    """

    bounds: Bounds
    text: str
    hidden: tuple[str, HiddenReason] | None = None
    ruled_side: bool = False
    ruled: bool = False
    struck: bool = False
    known: bool = True
    error: bool = False

    @property
    def bbox(self) -> BBox:
        """x counts columns and y rows of the sheet, from 0: B3 is 1 2 2 3."""
        top, left, bottom, right = self.bounds
        return BBox(float(left - 1), float(top - 1), float(right), float(bottom))

    @property
    def address(self) -> str:
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self.bounds[1])}{self.bounds[0]}"


@dataclass(slots=True)
class SheetAreas:
    """All areas of a sheet, by row and column; which rows and columns are not shown, and which cells merged ranges cover."""

    areas: list[Area]
    hidden_rows: set[int]
    hidden_cols: set[int]
    covered: set[Place]


def areas_of(sheet: HeldSheet) -> SheetAreas:
    """The areas of a sheet.

    Raises:
        BrokenFileError: merged ranges overlap.
    """
    merged = {bounds[:2]: bounds for bounds in sheet.merged}
    within = [place for bounds in merged.values() for place in places_of(bounds)]
    if len(within) != len(set(within)):
        raise BrokenFileError(*tell("workbook.merged-twice", sheet=sheet.title))
    covered = set(within) - set(merged)
    areas = []
    # Only what the file holds: a walk over all rows and columns would make each cell between two far ones.
    for place in sorted((set(sheet.cells) | set(merged)) - covered):
        area = _area(sheet, merged.get(place, (*place, *place)))
        _hide(area, sheet.hidden_rows, sheet.hidden_cols)
        if area.text or area.hidden or area.ruled or place in merged:
            areas.append(area)
    return SheetAreas(areas, sheet.hidden_rows, sheet.hidden_cols, covered)


def _hide(area: Area, rows: set[int], cols: set[int]) -> None:
    top, left, bottom, right = area.bounds
    if all(row in rows for row in range(top, bottom + 1)) or all(col in cols for col in range(left, right + 1)):
        area.hidden = (area.text, "not-shown") if area.text else area.hidden
        area.text = ""


def _area(sheet: HeldSheet, bounds: Bounds) -> Area:
    cell = sheet.cells.get(bounds[:2]) or HeldCell()
    text = lines_of(cell.text)
    area = Area(bounds, text, known=cell.known, error=cell.error, struck=bool(text) and cell.struck)
    if not text and cell.stored.strip():
        area.hidden = (cell.stored, "invisible")
    elif text and cell.white:
        area.hidden, area.text = (text, "paper-colour"), ""
    top, left, bottom, right = bounds
    for row, col in _edge(bounds):
        sides = sheet.cells[row, col].sides if (row, col) in sheet.cells else frozenset()
        area.ruled_side |= (col == left and "left" in sides) or (col == right and "right" in sides)
        area.ruled |= (row == top and "top" in sides) or (row == bottom and "bottom" in sides)
    area.ruled |= area.ruled_side
    return area


def _edge(bounds: Bounds) -> set[Place]:
    top, left, bottom, right = bounds
    edge = {(row, col) for row in range(top, bottom + 1) for col in (left, right)}
    return edge | {(row, col) for row in (top, bottom) for col in range(left, right + 1)}


def lines_of(text: str) -> str:
    """Without the blanks around its lines, and without empty ones."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(part for part in (each.strip() for each in text.split("\n")) if part)
