"""Which lines, colours and white stripes of a page are tables."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.geometry.page_ink import PageInk
from extractors.model import BBox
from extractors.tables.cells import Places
from extractors.tables.drawings import CharIndex, chart_areas, is_drawing
from extractors.tables.grid import Grid, rulings_to_tables
from extractors.tables.rulings.fill_rulings import PaintedPage
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.text_tables import rule_groups
from extractors.tables.white.grids import white_grids
from extractors.tables.white.open_cells import open_up

# Lines closer than this many points are one line.
TOLERANCE = 2.5
# Between coloured cells the white gaps are wider than lines.
COLOR_TOLERANCE = 4.0


class TableFinder:
    """Finds the grids of one upright page: first what lines draw, then what colours draw, then what white parts."""

    def __init__(self, ink: PageInk) -> None:
        self.ink = ink
        self.index = CharIndex(ink.chars)
        self.drawings: list[BBox] = []
        self._places: Places | None = None

    def find(self) -> tuple[list[Grid], int]:
        """The grids from top to bottom, and how many of them have no column lines."""
        grids = self._ruled()
        grids += self._colored(grids)
        by_text = self._by_white(grids)
        opened = [open_up(grid, by_cell) for grid, by_cell in zip(grids, self.places(grids).held, strict=True)]
        by_text += [new for new, grid in zip(opened, grids, strict=True) if new is not grid]
        grids = [new for new, grid in zip(opened, grids, strict=True) if new is grid]
        return sorted(grids + by_text, key=lambda grid: (grid.bbox.top, grid.bbox.x0)), len(by_text)

    def places(self, grids: Sequence[Grid]) -> Places:
        """Where the glyphs of the page belong; kept until other grids, or other glyphs, are asked about."""
        known = self._places
        if known is None or known.chars is not self.ink.chars or list(map(id, known.grids)) != list(map(id, grids)):
            known = self._places = Places(list(grids), self.ink.chars)
        return known

    def _ruled(self) -> list[Grid]:
        return self._real(rulings_to_tables(self.ink.rulings, TOLERANCE))

    def _colored(self, ruled: list[Grid]) -> list[Grid]:
        """Grids that coloured areas draw; ``ruled`` is refined in place by white lines on colour."""
        painted = PaintedPage(self.ink.fills)
        if not painted.xs:
            return []
        pale = [line for line in painted.pale_lines(self.ink.fills) if any(_is_inside(line, grid.bbox) for grid in ruled)]
        if pale:
            ruled[:] = self._real(rulings_to_tables(self.ink.rulings + pale, TOLERANCE))
        borders = [r for r in [*self.ink.rulings, *painted.borders()] if not any(_is_inside(r, grid.bbox) for grid in ruled)]
        grids = [grid for grid in rulings_to_tables(borders, COLOR_TOLERANCE) if min(grid.row_count, grid.col_count) > 1]
        return [grid for grid in self._real(grids, 0.5) if not any(grid.bbox.overlap(other.bbox) > 0 for other in ruled)]

    def _by_white(self, grids: Sequence[Grid]) -> list[Grid]:
        taken = [grid.bbox for grid in grids]
        groups = rule_groups(self.ink.rulings, taken)
        if not groups and (taken or self.drawings):
            return []
        return white_grids(self.ink, taken, [*self.drawings, *chart_areas(self.ink, self.index)])

    def _real(self, grids: Sequence[Grid], least_filled: float = 0.0) -> list[Grid]:
        """Without grids off the sheet or without text, and without charts and frames, whose places are kept."""
        sheet = BBox(0, 0, self.ink.width, self.ink.height)
        real = []
        for grid, by_cell in zip(grids, self.places(grids).held, strict=True):
            filled = {k for k, chars in by_cell.items() if any(not char.text.isspace() for char in chars)}
            if not filled or grid.bbox.overlap(sheet) <= 0 or len(filled) < least_filled * len(grid.cells):
                continue
            if is_drawing(grid, filled, self.ink, self.index):
                self.drawings.append(grid.bbox)
            else:
                real.append(grid)
        return real


def _is_inside(ruling: Ruling, box: BBox) -> bool:
    middle = (ruling.start + ruling.end) / 2
    return box.contains(middle, ruling.at) if ruling.orientation == "h" else box.contains(ruling.at, middle)
