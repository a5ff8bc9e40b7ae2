"""A workbook as a source of pages, one for each sheet that is shown."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from extractors.errors import BrokenFileError, EmptyFileError, ReadError
from extractors.messages import tell
from extractors.model import BBox, HiddenText, Page, Table
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage, Read
from extractors.spreadsheets.archive import SheetFacts, look_through
from extractors.spreadsheets.areas import Area, SheetAreas, areas_of, shown_of
from extractors.spreadsheets.blocks import Layout
from extractors.spreadsheets.notes import hidden_texts, note_cells

# So many characters of a sheet that is not shown are kept.
_KEPT = 20_000


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
            areas = areas_of(sheet, self._workbook.epoch)
            page.width, page.height = float(sheet.max_column), float(sheet.max_row)
            tables, page.lines = Layout(areas, page.page_no).read()
            page.hidden_text = hidden_texts(areas)
            page.hidden_text += self._covered(sheet, areas)
            self._note(page, sheet, areas)
        if page_index == 0:
            page.hidden_text += [self._sheet_apart(sheet) for sheet in self._apart if self._facts_of(sheet).filled]
            for text in self._facts.drawn:
                short = " ".join(text.split())[:60]
                page.note("spreadsheet.drawing", "review", f"a text box or shape of the workbook holds text that was not read: {short}")
        return page, tables

    def _facts_of(self, sheet: Any) -> SheetFacts:
        return self._facts.sheets.get(self._parts.get(sheet.title, ""), SheetFacts())

    def _note(self, page: Page, sheet: Any, areas: SheetAreas) -> None:
        note_cells(page, areas, self._facts_of(sheet).without_value)
        if sheet._images:
            page.note("spreadsheet.picture", "review", f"the sheet {sheet.title} holds pictures, which were not read")

    def _covered(self, sheet: Any, areas: SheetAreas) -> list[HiddenText]:
        """Values left under a merged range, which nobody sees; openpyxl gives them only where it knows of no range."""
        under = {
            (row, col)
            for each in sheet.merged_cells.ranges
            for row in range(each.min_row, each.max_row + 1)
            for col in range(each.min_col, each.max_col + 1)
            if (row, col) != (each.min_row, each.min_col)
        } & self._facts_of(sheet).filled
        if not under:
            return []
        plain, _ = _load(self._path, read_only=True)
        rows = plain[sheet.title].iter_rows(max_row=max(under)[0])
        found = [cell for row in rows for cell in row if cell.value is not None and (cell.row, cell.column) in under]
        plain.close()
        return [HiddenText(str(cell.value), Area((cell.row, cell.column) * 2, "").bbox, "covered") for cell in found]

    def _sheet_apart(self, sheet: Any) -> HiddenText:
        """All of a sheet that is not shown, in one: lists behind drop-down fields have thousands of cells."""
        cells = (sheet._cells[place] for place in sorted(sheet._cells))
        texts = (shown_of(cell, self._workbook.epoch).text.strip() for cell in cells)
        text = "\n".join([sheet.title, *(each for each in texts if each)])
        return HiddenText(text[:_KEPT], BBox(0.0, 0.0, float(sheet.max_column), float(sheet.max_row)), "not-shown")


def _load(path: Path, read_only: bool = False) -> tuple[Any, dict[str, str]]:
    """The workbook of openpyxl with the stored results of formulas, and the part of each sheet by its name."""
    from openpyxl.reader.excel import ExcelReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(path, read_only=read_only, data_only=True, keep_links=False, rich_text=not read_only)
            reader.read()
            return reader.wb, {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises what its parsers happen to meet
        raise BrokenFileError(*tell("workbook.unreadable", name=path.name, kind=type(error).__name__, error=error)) from error
