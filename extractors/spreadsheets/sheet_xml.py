"""SpreadsheetML 2003: one XML, often with the name .xls, as web systems write it; its number formats are shown as for XLSX."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import TooLargeError
from extractors.messages import tell
from extractors.safe_xml import local
from extractors.spreadsheets.archive import MOST_PLACES
from extractors.spreadsheets.held import MOST_COLUMNS, MOST_ROWS, Budget, HeldCell, HeldSheet, size_of
from extractors.spreadsheets.sheet_xml_styles import Style, styles_of, value
from extractors.spreadsheets.shown import shown
from extractors.spreadsheets.xml_parts import count_of, parse, whole_file

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_sheet_xml(path: Path) -> list[HeldSheet]:
    """All sheets.

    Raises:
        BrokenFileError, TooLargeError: it cannot be read, or has more cells than are read.
    """
    root = parse(whole_file(path), path.name)
    styles, budget = styles_of(root), Budget()
    return [_Sheet(each, styles, budget).held for each in root if local(each) == "Worksheet"]


class _Sheet:
    """One worksheet, walked; ``held`` is what came of it."""

    def __init__(self, sheet: _Element, styles: dict[str, Style], budget: Budget) -> None:
        self.held = HeldSheet(value(sheet, "Name") or "")
        self._styles, self._budget = styles, budget
        self._row = self._col = 0
        self._hidden: list[range] = []
        for each in sheet:
            if local(each) == "Table":
                self._read_table(each)
            elif local(each) == "WorksheetOptions":
                shows = [str(option.text or "") for option in each if local(option) == "Visible"]
                self.held.is_shown = not any(text in ("SheetHidden", "SheetVeryHidden") for text in shows)
        self.held.hide_rows(self._hidden, budget)

    def _read_table(self, table: _Element) -> None:
        column_styles: dict[int, str] = {}
        for each in table:
            if local(each) == "Column":
                first = _number(each, "Index") or self._col + 1
                self._col = min(first + _number(each, "Span"), MOST_COLUMNS)
                cols = range(min(first, MOST_COLUMNS), self._col + 1)
                column_styles.update(dict.fromkeys(cols, value(each, "StyleID") or ""))
                if _is_hidden(each, "Width"):
                    self.held.hidden_cols.update(cols)
            elif local(each) == "Row":
                self._read_row(each, column_styles, value(table, "StyleID") or "")

    def _read_row(self, row: _Element, column_styles: dict[int, str], default: str) -> None:
        first = _number(row, "Index") or self._row + 1
        self._row = min(first + _number(row, "Span"), MOST_ROWS)
        self._budget.take(1)
        if _is_hidden(row, "Height"):
            self._hidden.append(range(first, self._row + 1))
        col, own = 0, value(row, "StyleID") or ""
        for cell in row:
            if local(cell) == "Cell":
                col = _number(cell, "Index") or col + 1
                style = value(cell, "StyleID") or own or column_styles.get(col, "") or default or "Default"
                col = self._read_cell(cell, (first, col), self._styles.get(style) or self._styles.get("Default") or Style())

    def _read_cell(self, cell: _Element, place: tuple[int, int], style: Style) -> int:
        """The last column that the cell takes."""
        bounds = (*place, place[0] + _number(cell, "MergeDown"), place[1] + _number(cell, "MergeAcross"))
        if bounds[2] > MOST_ROWS or bounds[3] > MOST_COLUMNS:
            raise TooLargeError(*tell("workbook.cells", most=MOST_PLACES))
        self._budget.take(size_of(bounds))
        if size_of(bounds) > 1:
            self.held.merged.append(bounds)
        new = HeldCell(sides=style.sides, struck=style.struck, white=style.white)
        data = next((each for each in cell if local(each) == "Data"), None)
        if data is not None:
            _fill(new, data, style.code)
        elif value(cell, "Formula"):
            self.held.without_value.append(place)
        # A border of a merged cell is that of all of it.
        self.held.cells[place] = new
        if size_of(bounds) > 1 and style.sides:
            for row in range(bounds[0], bounds[2] + 1):
                for col in range(bounds[1], bounds[3] + 1):
                    self.held.cells.setdefault((row, col), HeldCell(sides=style.sides))
        return bounds[3]


def _fill(new: HeldCell, data: _Element, code: str) -> None:
    text = "".join(map(str, data.itertext()))
    kind = value(data, "Type") or "String"
    new.stored, new.error = text, kind == "Error"
    if kind in ("Number", "DateTime"):
        try:
            stored = float(text) if kind == "Number" else _moment(text)
        except ValueError:
            new.text, new.known = text, False
            return
        new.text, new.known = shown(stored, code)
    elif kind == "Boolean":
        new.text = {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text)
    else:
        new.text = text if new.error else shown(text, code).text


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.strip().rstrip("Z").partition(".")[0])


def _number(element: _Element, name: str) -> int:
    return count_of(value(element, name))


def _is_hidden(element: _Element, size: str) -> bool:
    said = value(element, size)
    return value(element, "Hidden") == "1" or (said is not None and said.strip() in ("0", "0.0"))
