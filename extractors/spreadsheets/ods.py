"""ODS: the text of a cell is what its program showed; the XML is walked here, since repeats and hidden rows are lost otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError, EncryptedFileError
from extractors.messages import tell
from extractors.safe_xml import local
from extractors.spreadsheets.held import MOST_COLUMNS, MOST_ROWS, Budget, HeldCell, HeldSheet, size_of
from extractors.spreadsheets.ods_styles import CellStyles, hidden_tables, value
from extractors.spreadsheets.ods_text import shown_text
from extractors.spreadsheets.shown import general_text
from extractors.spreadsheets.xml_parts import count_of, parse, parts_of, whole_file

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBERS = ("float", "percentage", "currency")
_GROUPS = ("table-rows", "table-header-rows", "table-row-group", "table-columns", "table-header-columns", "table-column-group")


def read_ods(path: Path) -> list[HeldSheet]:
    """All sheets.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be read, or has more cells than are read.
    """
    roots = _roots(path)
    styles = CellStyles(roots)
    hidden = hidden_tables(roots)
    budget = Budget()
    body = next((each for each in roots[-1].iter() if local(each) == "spreadsheet"), None)
    tables = [each for each in body if local(each) == "table"] if body is not None else []
    return [_Sheet(table, styles, budget, (value(table, "style-name") or "") not in hidden).held for table in tables]


def _roots(path: Path) -> list[_Element]:
    """The parts that styles may stand in, the content last."""
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if not packed:
        return [parse(whole_file(path), path.name)]
    parts = parts_of(path, ("META-INF/manifest.xml", "styles.xml", "content.xml"))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise EncryptedFileError(*tell("workbook.password", name=path.name))
    if "content.xml" not in parts:
        raise BrokenFileError(*tell("workbook.no-sheet", name=path.name))
    return [parse(parts[name], path.name) for name in ("styles.xml", "content.xml") if name in parts]


class _Sheet:
    """One table of the file, walked; ``held`` is what came of it."""

    def __init__(self, table: _Element, styles: CellStyles, budget: Budget, is_shown: bool) -> None:
        self.held = HeldSheet(value(table, "name") or "", is_shown)
        self._styles, self._budget = styles, budget
        self._row = self._col = 0
        self._columns: list[tuple[int, str]] = []
        self._hidden: list[range] = []
        self._walk(table, False)
        self.held.hide_rows(self._hidden, budget)

    def _walk(self, parent: _Element, is_hidden: bool) -> None:
        for each in parent:
            name = local(each)
            if name in _GROUPS:
                self._walk(each, is_hidden or value(each, "display") == "false")
            elif name == "table-column":
                self._read_column(each, is_hidden)
            elif name == "table-row":
                self._read_row(each, is_hidden)
            elif name == "shapes":
                self._see_drawings(each)

    def _read_column(self, column: _Element, is_hidden: bool) -> None:
        first, count = self._col + 1, min(_count(column, "number-columns-repeated"), MOST_COLUMNS - self._col)
        self._col += count
        self._columns.append((self._col, value(column, "default-cell-style-name") or ""))
        if is_hidden or value(column, "visibility") in ("collapse", "filter"):
            self.held.hidden_cols.update(range(first, self._col + 1))

    def _read_row(self, row: _Element, is_hidden: bool) -> None:
        first, count = self._row + 1, min(_count(row, "number-rows-repeated"), MOST_ROWS - self._row)
        self._row += count
        if is_hidden or value(row, "visibility") in ("collapse", "filter"):
            self._hidden.append(range(first, self._row + 1))
        col, default = 1, value(row, "default-cell-style-name") or ""
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell"):
                repeated = min(_count(cell, "number-columns-repeated"), MOST_COLUMNS + 1 - col)
                self._read_cell(cell, range(first, first + count), range(col, col + repeated), default)
                col += repeated

    def _read_cell(self, cell: _Element, rows: range, cols: range, default: str) -> None:
        self._see_drawings(cell)
        style = value(cell, "style-name") or default or self._column_style(cols.start)
        sides, struck, white = self._styles.of(style)
        new = HeldCell(sides=sides, struck=struck, white=white)
        _fill(cell, new)
        without = value(cell, "formula") is not None and not new.text and value(cell, "value-type", "office") is None
        bottom, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        # Rows and columns to the end of the sheet that have nothing but a style are no part of any form.
        is_plain = not (new.text or new.stored or without or bottom * right > 1)
        if is_plain and (not sides or len(rows) > 1000 or len(cols) > 1000):
            return
        for row in rows:
            self._budget.take(len(cols))
            for col in cols:
                self.held.cells[row, col] = new
                if without:
                    self.held.without_value.append((row, col))
                if bottom * right > 1:
                    bounds = (row, col, row + bottom - 1, col + right - 1)
                    self._budget.take(size_of(bounds))
                    self.held.merged.append(bounds)

    def _column_style(self, col: int) -> str:
        return next((style for last, style in self._columns if col <= last), "")

    def _see_drawings(self, holder: _Element) -> None:
        for each in holder.iter():
            if not str(each.tag).startswith("{urn:oasis:names:tc:opendocument:xmlns:drawing"):
                continue
            if local(each) == "image":
                self.held.pictures = True
            elif not any(local(above) == "annotation" for above in each.iterancestors()) and len(self.held.drawn) < 20:
                text = "".join(map(str, each.itertext())).strip() if local(each) in ("text-box", "custom-shape", "rect") else ""
                self.held.drawn += [text] if text else []


def _fill(cell: _Element, new: HeldCell) -> None:
    kind = value(cell, "value-type", "office") or ""
    new.text = shown_text(cell)
    new.stored = _stored(cell, kind)
    has_text = any(local(each) == "p" for each in cell)
    # A cell of a program that writes no text of it: what is stored is all there is.
    if not has_text and new.stored:
        new.text, new.known = new.stored, kind == "string"
        if kind in _NUMBERS:
            new.text = _number(new.stored)
    error = cell.get("{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type") == "error"
    new.error = error or (value(cell, "formula") is not None and new.text.startswith(("#", "Err:")))


def _stored(cell: _Element, kind: str) -> str:
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}.get(kind, "value")
    return value(cell, name, "office") or ""


def _number(stored: str) -> str:
    try:
        return general_text(float(stored))
    except (ValueError, ArithmeticError):
        return stored


def _count(element: _Element, name: str) -> int:
    """A number of repeats or of cells spanned; 1 where it is none."""
    return max(count_of(value(element, name)), 1)
