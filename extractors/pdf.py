"""Born-digital pages: the ink of the text layer becomes tables and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.ink import PageInk, turn_upright
from extractors.model import BBox, Page, Table
from extractors.tables.captions import split_captions
from extractors.tables.cells import fill_grids
from extractors.tables.drawings import filled_share, is_drawing
from extractors.tables.fill_rulings import PaintedPage
from extractors.tables.grid import Grid, rulings_to_tables
from extractors.tables.outside import chars_to_text_lines, sort_lines
from extractors.tables.ruling import Ruling

# Lines closer than this many points are one line.
TOLERANCE = 2.5
# Between coloured cells the white gaps are wider than lines.
COLOR_TOLERANCE = 4.0
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
    grids = ink_to_grids(upright, page_no)
    tables, outside = fill_grids(grids, upright.chars, page_no, engine)
    page = Page(page_no, upright.width, upright.height, "text-layer", rotation=(rotation - angle) % 360, notes=list(notes))
    page.lines = chars_to_text_lines(outside, page_no)
    kept = []
    for table in tables:
        rest, lines = split_captions(table, page_no)
        page.lines = sort_lines([*page.lines, *lines])
        kept.append(rest)
    return page, kept


def ink_to_grids(ink: PageInk, page_no: int = 1) -> list[Grid]:
    """The tables of a page: those that lines draw, then those that only colours draw."""
    sheet = BBox(-_MARGIN, -_MARGIN, ink.width + _MARGIN, ink.height + _MARGIN)
    ruled = [grid for grid in _real_grids(rulings_to_tables(ink.rulings, TOLERANCE), ink, page_no) if grid.bbox.overlap(sheet) > 0]
    painted = PaintedPage(ink.fills)
    if not painted.xs:
        return ruled
    pale = [line for line in painted.pale_lines(ink.fills) if any(_is_inside(line, grid.bbox) for grid in ruled)]
    if pale:
        # White lines on colour part cells as well as dark ones do.
        ruled = _real_grids(rulings_to_tables(ink.rulings + pale, TOLERANCE), ink, page_no)
    borders = [r for r in [*ink.rulings, *painted.borders()] if not any(_is_inside(r, grid.bbox) for grid in ruled)]
    colored = [grid for grid in rulings_to_tables(borders, COLOR_TOLERANCE) if min(grid.row_count, grid.col_count) > 1]
    colored = [grid for grid in _real_grids(colored, ink, page_no, 0.5) if not any(grid.bbox.overlap(r.bbox) > 0 for r in ruled)]
    return sorted(ruled + colored, key=lambda grid: (grid.bbox.top, grid.bbox.x0))


def _real_grids(grids: Sequence[Grid], ink: PageInk, page_no: int, least_filled: float = 0.0) -> list[Grid]:
    """Without grids that hold no text, and without charts and frames."""
    tables, _ = fill_grids(grids, ink.chars, page_no, "")
    real = []
    for grid, table in zip(grids, tables, strict=True):
        share = filled_share(table)
        if share > 0 and share >= least_filled and not is_drawing(grid, table, ink):
            real.append(grid)
    return real


def _is_inside(ruling: Ruling, box: BBox) -> bool:
    middle = (ruling.start + ruling.end) / 2
    return box.contains(middle, ruling.at) if ruling.orientation == "h" else box.contains(ruling.at, middle)


def main_angle(ink: PageInk) -> int:
    """The direction of most of the text: 0 unless more than half runs otherwise."""
    counts = Counter(char.angle for char in ink.chars if not char.text.isspace())
    if not counts:
        return 0
    angle, count = counts.most_common(1)[0]
    return angle if count > counts.total() / 2 else 0
