"""A worksheet as areas: each cell, or merged range, that holds or borders something, with what is seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.model import BBox, HiddenReason
from extractors.spreadsheets.shown import Shown, shown

_MOST_COLUMNS = 16_384

Bounds = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


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
    """All areas of a sheet, by row and column; which rows and columns are not shown."""

    areas: list[Area]
    hidden_rows: set[int]
    hidden_cols: set[int]


def areas_of(sheet: Any, epoch: datetime) -> SheetAreas:
    """The areas of a worksheet of openpyxl."""
    hidden_rows = {number for number, dim in sheet.row_dimensions.items() if dim.hidden or dim.height == 0}
    hidden_cols = _hidden_cols(sheet)
    merged = {(each.min_row, each.min_col): (each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges}
    within = [place for bounds in merged.values() for place in places_of(bounds)]
    if len(within) != len(set(within)):
        raise BrokenFileError(*tell("workbook.merged-twice", sheet=sheet.title))
    covered = set(within) - set(merged)
    # Only what the file holds: a walk over all rows and columns would make each cell between two far ones.
    held = sheet._cells
    areas = []
    for place in sorted(set(held) | set(merged)):
        if place not in covered:
            area = _area(held, merged.get(place, (*place, *place)), epoch)
            hide(area, hidden_rows, hidden_cols)
            if area.text or area.hidden or area.ruled or place in merged:
                areas.append(area)
    return SheetAreas(areas, hidden_rows, hidden_cols)


def _hidden_cols(sheet: Any) -> set[int]:
    hidden = bytearray(_MOST_COLUMNS + 1)
    for dim in sheet.column_dimensions.values():
        if dim.hidden or dim.width == 0:
            first, last = max(dim.min or 1, 1), min(dim.max or dim.min or 1, _MOST_COLUMNS)
            hidden[first : last + 1] = b"\x01" * max(last + 1 - first, 0)
    return {number for number, is_hidden in enumerate(hidden) if is_hidden}


def places_of(bounds: Bounds) -> list[tuple[int, int]]:
    return [(row, col) for row in range(bounds[0], bounds[2] + 1) for col in range(bounds[1], bounds[3] + 1)]


def hide(area: Area, rows: set[int], cols: set[int]) -> None:
    top, left, bottom, right = area.bounds
    if all(row in rows for row in range(top, bottom + 1)) or all(col in cols for col in range(left, right + 1)):
        area.hidden = (area.text, "not-shown") if area.text else area.hidden
        area.text = ""


def _area(held: Any, bounds: Bounds, epoch: datetime) -> Area:
    cell = held.get(bounds[:2])
    area = Area(bounds, "")
    if cell is not None:
        seen, value = shown_of(cell, epoch), cell.value
        area.text, area.known = lines_of(seen.text), seen.known
        area.error = cell.data_type == "e"
        area.struck = bool(area.text) and (bool(cell.font.strike) or _has_struck_run(value))
        if not area.text and value is not None and str(value).strip():
            area.hidden = (str(value), "invisible")
        elif area.text and _is_white_on_white(cell):
            area.hidden, area.text = (area.text, "paper-colour"), ""
    _rule(area, held)
    return area


def shown_of(cell: Any, epoch: datetime) -> Shown:
    """What is seen of a cell of openpyxl."""
    return shown(cell.value, cell.number_format or "General", cell._style.numFmtId, epoch)


def lines_of(text: str) -> str:
    """Without the blanks around its lines, and without empty ones."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(part for part in (each.strip() for each in text.split("\n")) if part)


def _has_struck_run(value: Any) -> bool:
    return isinstance(value, list) and any(getattr(getattr(run, "font", None), "strike", False) for run in value)


def _is_white_on_white(cell: Any) -> bool:
    return _is_white(cell.font.color) and (cell.fill.fill_type is None or (cell.fill.fill_type == "solid" and _is_white(cell.fill.fgColor)))


def _is_white(color: Any) -> bool:
    if color is None:
        return False
    if color.type == "theme":
        return bool(color.theme == 0 and not color.tint)
    return bool(color.type == "rgb" and str(color.rgb).upper().endswith("FFFFFF")) or (color.type == "indexed" and color.indexed in (1, 9))


def _rule(area: Area, held: Any) -> None:
    """The borders around an area, by those of the cells at its edge."""
    top, left, bottom, right = area.bounds
    edges = {(row, col) for row in range(top, bottom + 1) for col in (left, right)}
    edges |= {(row, col) for row in (top, bottom) for col in range(left, right + 1)}
    for place in edges:
        border = held[place].border if place in held else None
        if border is not None:
            area.ruled_side |= (place[1] == left and _is_drawn(border.left)) or (place[1] == right and _is_drawn(border.right))
            area.ruled |= (place[0] == top and _is_drawn(border.top)) or (place[0] == bottom and _is_drawn(border.bottom))
    area.ruled |= area.ruled_side


def _is_drawn(side: Any) -> bool:
    return side is not None and side.style not in (None, "none")
