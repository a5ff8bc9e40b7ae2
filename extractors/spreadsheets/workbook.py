"""A workbook as a source of pages, one for each sheet that is shown."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

from extractors.errors import BrokenFileError, EmptyFileError, ReadError
from extractors.messages import tell
from extractors.model import HiddenText, Page, Table
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage, Read
from extractors.spreadsheets.archive import SheetFacts, look_through
from extractors.spreadsheets.areas import Area
from extractors.spreadsheets.held import HeldSheet, places_of
from extractors.spreadsheets.held_file import read_sheet, sheet_apart
from extractors.spreadsheets.notes import note_drawn, note_pictures
from extractors.spreadsheets.xlsx_cells import held_of, shown_of


class WorkbookFile:
    """An XLSX or XLSM file; macros, links and pictures of it are never opened.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError, EmptyFileError: it cannot be read, or holds nothing.
    """

    def __init__(self, path: Path) -> None:
        self._facts = look_through(path)
        self._path = path
        self._workbook, self._parts = _load(path)
        sheets = self._workbook.worksheets
        if not sheets:
            raise BrokenFileError(*tell("workbook.no-sheet", name=path.name))
        if not any(self._facts_of(sheet).filled or self._facts_of(sheet).without_value for sheet in sheets):
            raise EmptyFileError(*tell("workbook.empty", name=path.name))
        self._shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        self._apart = [sheet for sheet in sheets if sheet.sheet_state != "visible"]
        self.page_count = max(len(self._shown), 1)
        check_pages(self.page_count, path.name)

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``."""
        return OpenPage(0, lambda: self._read(page_index))

    def _read(self, page_index: int) -> Read:
        tables: list[Table] = []
        page = Page(page_index + 1, 0.0, 0.0, "spreadsheet")
        if page_index < len(self._shown):
            sheet = self._shown[page_index]
            held = held_of(sheet, self._workbook.epoch, self._facts_of(sheet).without_value)
            page.width, page.height = float(sheet.max_column), float(sheet.max_row)
            tables = read_sheet(held, page)
            page.hidden_text += self._covered(sheet, held)
            note_pictures(page, held)
        if page_index == 0:
            page.hidden_text += [self._sheet_apart(sheet) for sheet in self._apart if self._facts_of(sheet).filled]
            note_drawn(page, self._facts.drawn)
        return page, tables

    def _facts_of(self, sheet: Any) -> SheetFacts:
        return self._facts.sheets.get(self._parts.get(sheet.title, ""), SheetFacts())

    def _covered(self, sheet: Any, held: HeldSheet) -> list[HiddenText]:
        """Values left under a merged range, which nobody sees; openpyxl gives them only where it knows of no range."""
        under = {place for bounds in held.merged for place in places_of(bounds)[1:]} & self._facts_of(sheet).filled
        if not under:
            return []
        plain, _ = _load(self._path, read_only=True)
        rows = plain[sheet.title].iter_rows(max_row=max(under)[0])
        found = [cell for row in rows for cell in row if cell.value is not None and (cell.row, cell.column) in under]
        plain.close()
        return [HiddenText(str(cell.value), Area((cell.row, cell.column) * 2, "").bbox, "covered") for cell in found]

    def _sheet_apart(self, sheet: Any) -> HiddenText:
        texts = (shown_of(sheet._cells[place], self._workbook.epoch).text for place in sorted(sheet._cells))
        return sheet_apart(sheet.title, texts, (float(sheet.max_column), float(sheet.max_row)))


def _load(path: Path, read_only: bool = False) -> tuple[Any, dict[str, str]]:
    """The workbook of openpyxl with the stored results of formulas, and the part of each sheet by its name."""
    from openpyxl.reader.excel import ExcelReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Bytes: of a path the library believes the name, whatever the file is.
            data = io.BytesIO(path.read_bytes())
            reader = ExcelReader(data, read_only=read_only, data_only=True, keep_links=False, rich_text=not read_only)
            reader.read()
            return reader.wb, {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises what its parsers happen to meet
        raise BrokenFileError(*tell("workbook.unreadable", name=path.name, kind=type(error).__name__, error=error)) from error
