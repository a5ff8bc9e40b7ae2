"""Born-digital pages: the ink of the text layer becomes tables and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.geometry.page_ink import FilledField, PageInk, turn_upright
from extractors.model import BBox, Page, PageNote, Table
from extractors.tables.captions import split_captions
from extractors.tables.cells import fill_grids
from extractors.tables.finding import TableFinder
from extractors.tables.outside import chars_to_text_lines, sort_lines
from extractors.tables.strikes import find_strikes, strikes_to_marks


def read_ink(ink: PageInk, page_no: int, engine: str, rotation: int = 0, notes: Sequence[PageNote] = ()) -> tuple[Page, list[Table]]:
    """A page and its tables from the ink of its text layer.

    Args:
        ink: what the page shows, in the position in which a viewer shows it.
        page_no: from 1.
        engine: the library that read the ink; it stands in each cell.
        rotation: clockwise turn that the file asks of the viewer, in degrees.
        notes: what to record on the page.
    """
    angle = main_angle(ink)
    upright = turn_upright(ink, angle)
    finder = TableFinder(upright)
    grids, by_text = finder.find()
    strikes = find_strikes(upright.chars, upright.rulings)
    struck = {id(char) for strike in strikes for char in strike}
    tables, outside = fill_grids(grids, upright.chars, page_no, engine, upright.fields, upright.cut, struck, finder.places(grids))
    page = Page(page_no, upright.width, upright.height, "text-layer", rotation=(rotation - angle) % 360, notes=list(notes))
    page.hidden_text, page.marks = list(upright.hidden_text), [*upright.marks, *strikes_to_marks(strikes)]
    _note_differing(page, upright.fields, [grid.bbox for grid in grids])
    if by_text:
        told = f"{by_text} tables without all their lines were read by the white between their columns and the base lines of rows"
        page.note("table.no-column-lines", "review", told)
    page.lines = chars_to_text_lines(outside, page_no)
    kept = []
    for table in tables:
        rest, lines = split_captions(table, page_no)
        page.lines = sort_lines([*page.lines, *lines])
        kept.append(rest)
    return page, kept


def _note_differing(page: Page, fields: Sequence[FilledField], tables: Sequence[BBox]) -> None:
    """A note for the fields outside the tables that hold something else than they show; those in cells are marked there."""
    for each in fields:
        if each.differs and not any(box.contains(*each.box.center) for box in tables):
            page.note("field.differs", "review", f"a form field holds {each.value!r}, and the page shows something else")


def main_angle(ink: PageInk) -> int:
    """The direction of most of the text: 0 unless more than half runs otherwise."""
    counts = Counter(char.angle for char in ink.chars if not char.text.isspace())
    if not counts:
        return 0
    angle, count = counts.most_common(1)[0]
    return angle if count > counts.total() / 2 else 0
