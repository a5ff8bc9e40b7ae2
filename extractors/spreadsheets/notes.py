"""What a person is asked about a sheet, in whichever format it is kept: the cells by their addresses."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import HiddenText, Page
from extractors.spreadsheets.archive import Place
from extractors.spreadsheets.areas import Area, SheetAreas
from extractors.spreadsheets.held import HeldSheet

# So many addresses are named in a note.
_NAMED = 12


def note_cells(page: Page, areas: SheetAreas, without_value: list[Place]) -> None:
    """Note formulas without a result, errors of formulas and formats that are not known, of cells that are shown."""
    empty = [place for place in without_value if not _is_hidden(place, areas)]
    if empty:
        what = f"formulas without a stored result came as empty cells: {_named(map(_address, empty))}"
        page.note("spreadsheet.formula-without-value", "review", what)
    errors = [area.address for area in areas.areas if area.error and area.text]
    if errors:
        page.note("spreadsheet.error-value", "review", f"cells show an error of a formula: {_named(errors)}")
    unknown = [area.address for area in areas.areas if not area.known and area.text]
    if unknown:
        what = f"the number format of cells is not known, and the stored value came instead: {_named(unknown)}"
        page.note("spreadsheet.format-unknown", "review", what)


def note_drawn(page: Page, texts: Iterable[str]) -> None:
    """Note texts of shapes."""
    for text in texts:
        short = " ".join(text.split())[:60]
        page.note("spreadsheet.drawing", "review", f"a text box or shape of the workbook holds text that was not read: {short}")


def note_pictures(page: Page, sheet: HeldSheet) -> None:
    if sheet.pictures:
        page.note("spreadsheet.picture", "review", f"the sheet {sheet.title} holds pictures, which were not read")


def hidden_texts(areas: SheetAreas) -> list[HiddenText]:
    """What stands in cells and is not seen."""
    return [HiddenText(area.hidden[0], area.bbox, area.hidden[1]) for area in areas.areas if area.hidden]


def _is_hidden(place: Place, areas: SheetAreas) -> bool:
    return place[0] in areas.hidden_rows or place[1] in areas.hidden_cols


def _address(place: Place) -> str:
    return Area((*place, *place), "").address


def _named(addresses: Iterable[str]) -> str:
    named = list(addresses)
    return ", ".join(named[:_NAMED]) + (f" and {len(named) - _NAMED} more" if len(named) > _NAMED else "")
