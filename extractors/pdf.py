"""Born-digital pages: the ink of the text layer becomes tables and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.ink import PageInk, turn_upright
from extractors.model import BBox, Page, Table
from extractors.tables.cells import fill_grids
from extractors.tables.grid import Grid, rulings_to_tables
from extractors.tables.outside import chars_to_text_lines

# Lines closer than this many points are one line.
TOLERANCE = 2.5
# Ink outside the sheet by more than this many points is not on the page.
_MARGIN = 2.0


def read_ink(ink: PageInk, page_no: int, engine: str, rotation: int = 0, notes: Sequence[str] = ()) -> tuple[Page, list[Table]]:
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
    tables, outside = fill_grids(ink_to_grids(upright), upright.chars, page_no, engine)
    page = Page(page_no, upright.width, upright.height, "text-layer", rotation=(rotation - angle) % 360, notes=list(notes))
    page.lines = chars_to_text_lines(outside, page_no)
    return page, tables


def ink_to_grids(ink: PageInk) -> list[Grid]:
    sheet = BBox(-_MARGIN, -_MARGIN, ink.width + _MARGIN, ink.height + _MARGIN)
    return [grid for grid in rulings_to_tables(ink.rulings, TOLERANCE) if grid.bbox.overlap(sheet) > 0]


def main_angle(ink: PageInk) -> int:
    """The direction of most of the text: 0 unless more than half runs otherwise."""
    counts = Counter(char.angle for char in ink.chars if not char.text.isspace())
    if not counts:
        return 0
    angle, count = counts.most_common(1)[0]
    return angle if count > counts.total() / 2 else 0
