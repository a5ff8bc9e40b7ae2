"""Sheets as the readers of XLS, ODS and SpreadsheetML hold them, and such a workbook as a source of pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.errors import BrokenFileError, EmptyFileError, TooLargeError
from extractors.messages import tell
from extractors.model import BBox, HiddenText, Page, Table
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage, Read
from extractors.spreadsheets.archive import MOST_PLACES, Place
from extractors.spreadsheets.areas import Area, Bounds, SheetAreas, hide, lines_of, places_of
from extractors.spreadsheets.blocks import Layout
from extractors.spreadsheets.notes import hidden_texts, note_cells

_KEPT = 20_000


class Budget:
    """How many places all sheets of a workbook may have together."""

    def __init__(self) -> None:
        self._left = MOST_PLACES

    def take(self, places: int) -> None:
        """Raises TooLargeError where it is used up."""
        self._left -= places
        if self._left < 0:
            raise TooLargeError(*tell("workbook.cells", most=MOST_PLACES))


@dataclass(slots=True)
class HeldCell:
    """A cell: the text that is seen, and what is known of it.

    Attributes:
        stored: what stands in the file; it is hidden text where ``text`` is empty.
        sides: the borders that are drawn, of ``left right top bottom``.
        known: whether ``text`` is for certain what is shown.
        white: in the colour of the paper.
    """

    text: str = ""
    stored: str = ""
    sides: frozenset[str] = frozenset()
    known: bool = True
    error: bool = False
    struck: bool = False
    white: bool = False


@dataclass(slots=True)
class HeldSheet:
    """A sheet; rows and columns from 1. ``drawn`` are texts of shapes that were not read."""

    title: str
    is_shown: bool = True
    cells: dict[Place, HeldCell] = field(default_factory=dict)
    merged: list[Bounds] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    without_value: list[Place] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    pictures: bool = False

    def hide_rows(self, runs: list[range], budget: Budget) -> None:
        """Rows that are not shown, as far as cells go: the rest of a sheet is often hidden to its last row."""
        last = max((row for row, _ in self.cells), default=0)
        for run in runs:
            kept = range(run.start, min(run.stop, last + 1))
            budget.take(len(kept))
            self.hidden_rows.update(kept)

    @property
    def is_filled(self) -> bool:
        return any(cell.text or cell.stored for cell in self.cells.values())


def size_of(bounds: Bounds) -> int:
    """How many cells a range has."""
    return (bounds[2] - bounds[0] + 1) * (bounds[3] - bounds[1] + 1)


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
            areas, covered = _areas_of(sheet)
            page.width, page.height = _extent(sheet)
            tables, page.lines = Layout(areas, page.page_no).read()
            page.hidden_text = hidden_texts(areas) + covered
            note_cells(page, areas, sheet.without_value)
            _note_drawn(page, sheet)
        if page_index == 0:
            page.hidden_text += [_whole(sheet) for sheet in self._apart if sheet.is_filled]
        return page, tables


def _areas_of(sheet: HeldSheet) -> tuple[SheetAreas, list[HiddenText]]:
    merged = {bounds[:2]: bounds for bounds in sheet.merged if size_of(bounds) > 1}
    within = [place for bounds in merged.values() for place in places_of(bounds)]
    if len(within) != len(set(within)):
        raise BrokenFileError(*tell("workbook.merged-twice", sheet=sheet.title))
    covered = set(within) - set(merged)
    areas, under = [], []
    for place in sorted(set(sheet.cells) | set(merged)):
        if place in covered:
            cell = sheet.cells[place]
            if cell.text or cell.stored:
                under.append(HiddenText(cell.text or cell.stored, Area((*place, *place), "").bbox, "covered"))
            continue
        area = _area(sheet, merged.get(place, (*place, *place)))
        hide(area, sheet.hidden_rows, sheet.hidden_cols)
        if area.text or area.hidden or area.ruled or place in merged:
            areas.append(area)
    return SheetAreas(areas, sheet.hidden_rows, sheet.hidden_cols), under


def _area(sheet: HeldSheet, bounds: Bounds) -> Area:
    cell = sheet.cells.get(bounds[:2], HeldCell())
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


def _extent(sheet: HeldSheet) -> tuple[float, float]:
    """Columns and rows, to the last that hold anything."""
    ends = [*sheet.cells, *(bounds[2:] for bounds in sheet.merged)]
    return float(max((col for _, col in ends), default=0)), float(max((row for row, _ in ends), default=0))


def _note_drawn(page: Page, sheet: HeldSheet) -> None:
    for text in sheet.drawn:
        short = " ".join(text.split())[:60]
        page.note("spreadsheet.drawing", "review", f"a text box or shape of the workbook holds text that was not read: {short}")
    if sheet.pictures:
        page.note("spreadsheet.picture", "review", f"the sheet {sheet.title} holds pictures, which were not read")


def _whole(sheet: HeldSheet) -> HiddenText:
    """All of a sheet that is not shown, in one."""
    texts = (cell.text.strip() for _, cell in sorted(sheet.cells.items(), key=lambda item: item[0]))
    text = "\n".join([sheet.title, *(each for each in texts if each)])
    return HiddenText(text[:_KEPT], BBox(0.0, 0.0, *_extent(sheet)), "not-shown")
