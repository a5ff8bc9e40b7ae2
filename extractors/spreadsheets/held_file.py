"""Workbooks as sources of pages, one for each sheet that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.errors import BrokenFileError, EmptyFileError
from extractors.messages import tell
from extractors.model import BBox, HiddenText, Page, Table
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage, Read
from extractors.spreadsheets.areas import Area, areas_of
from extractors.spreadsheets.blocks import Layout
from extractors.spreadsheets.held import HeldSheet
from extractors.spreadsheets.notes import hidden_texts, note_cells, note_drawn, note_pictures

# So many characters of a sheet that is not shown are kept.
_KEPT = 20_000


class HeldFile:
    """A workbook that was read whole.

    Raises:
        BrokenFileError, EmptyFileError, TooLargeError: no sheets, nothing in them, or more than are read.
    """

    def __init__(self, sheets: list[HeldSheet], name: str) -> None:
        if not sheets:
            raise BrokenFileError(*tell("workbook.no-sheet", name=name))
        if not any(sheet.is_filled or sheet.without_value or sheet.drawn for sheet in sheets):
            raise EmptyFileError(*tell("workbook.empty", name=name))
        self._shown = [sheet for sheet in sheets if sheet.is_shown]
        self._apart = [sheet for sheet in sheets if not sheet.is_shown]
        self.page_count = max(len(self._shown), 1)
        check_pages(self.page_count, name)

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``."""
        return OpenPage(0, lambda: self._read(page_index))

    def _read(self, page_index: int) -> Read:
        tables: list[Table] = []
        page = Page(page_index + 1, 0.0, 0.0, "spreadsheet")
        if page_index < len(self._shown):
            sheet = self._shown[page_index]
            page.width, page.height = _extent(sheet)
            tables = read_sheet(sheet, page)
            note_drawn(page, sheet.drawn)
            note_pictures(page, sheet)
        if page_index == 0:
            page.hidden_text += [_whole(sheet) for sheet in self._apart if sheet.is_filled]
        return page, tables


def read_sheet(sheet: HeldSheet, page: Page) -> list[Table]:
    """The tables of a sheet; its lines, what is hidden in it, and what is to be said of its cells are added to the page."""
    areas = areas_of(sheet)
    tables, page.lines = Layout(areas, page.page_no).read()
    page.hidden_text += hidden_texts(areas) + [
        HiddenText(text, Area((*place, *place), "").bbox, "covered")
        for place in sorted(areas.covered & sheet.cells.keys())
        if (text := sheet.cells[place].text or sheet.cells[place].stored)
    ]
    note_cells(page, areas, sheet.without_value)
    return tables


def sheet_apart(title: str, texts: Iterable[str], extent: tuple[float, float]) -> HiddenText:
    """All of a sheet that is not shown, in one: lists behind drop-down fields have thousands of cells."""
    text = "\n".join([title, *(stripped for each in texts if (stripped := each.strip()))])
    return HiddenText(text[:_KEPT], BBox(0.0, 0.0, *extent), "not-shown")


def _extent(sheet: HeldSheet) -> tuple[float, float]:
    """Columns and rows, to the last that hold anything."""
    ends = [*sheet.cells, *(bounds[2:] for bounds in sheet.merged)]
    return float(max((col for _, col in ends), default=0)), float(max((row for row, _ in ends), default=0))


def _whole(sheet: HeldSheet) -> HiddenText:
    return sheet_apart(sheet.title, (sheet.cells[place].text for place in sorted(sheet.cells)), _extent(sheet))
