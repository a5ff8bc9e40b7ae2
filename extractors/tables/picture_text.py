"""Tables on a picture whose columns no line draws: found by the white between their words, as on born-digital pages."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.geometry.page_ink import Char, PageInk
from extractors.imaging.arrays import Mask
from extractors.imaging.sheet import Sheet
from extractors.model import BBox
from extractors.tables.grid import Grid
from extractors.tables.text_tables import rule_groups, text_grids

# Inches: letters of a word stand closer than this; lowest and tallest word, least length of anything that counts.
_LETTERS = 0.035
_LOW, _TALL, _LEAST = 0.05, 0.4, 0.012
# More words than this are no page of text.
_MOST_WORDS = 6000


def with_text_grids(grids: Sequence[Grid], sheet: Sheet) -> list[Grid]:
    """The grids that lines draw, and those that white draws beside them, from top to bottom.

    On a page with a drawn table white counts only between level rules of their
    own; see ``text_grids``.
    """
    taken = [grid.bbox for grid in grids]
    groups = rule_groups(sheet.rulings, taken)
    if taken and not groups:
        return list(grids)
    ink = sheet_to_ink(sheet)
    found = [grid for grid in text_grids(ink, groups, taken, []) if _mostly_filled(grid, ink)]
    return sorted([*grids, *found], key=lambda grid: (grid.bbox.top, grid.bbox.x0))


def sheet_to_ink(sheet: Sheet) -> PageInk:
    """The words of a sheet as glyphs without a name, in points; what they say is not known yet."""
    scale = 72.0 / sheet.dpi
    height, width = sheet.ink.shape[:2]
    chars = []
    for x, y, w, h in _words(cv2.subtract(sheet.ink, cv2.dilate(sheet.lines, np.ones((3, 3), np.uint8))), sheet.dpi):
        chars.append(Char("x", x * scale, y * scale, (x + w) * scale, (y + h) * scale, max(h * scale, 6.0)))
    return PageInk(width * scale, height * scale, chars, sheet.rulings)


def _words(ink: Mask, dpi: float) -> list[tuple[int, int, int, int]]:
    """(x, y, width, height) in pixels; low marks such as dashes and points are kept with the height of a line."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(2, round(_LETTERS * dpi))), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    if count > _MOST_WORDS:
        return []
    words = []
    for x, y, w, h, _ in stats[1:count].tolist():
        if max(w, h) < _LEAST * dpi or h > _TALL * dpi:
            continue
        lack = max(0, round(_LOW * dpi) - h)
        words.append((x, max(0, y - lack // 2), w, h + lack))
    return words


def _mostly_filled(grid: Grid, ink: PageInk) -> bool:
    """False for grids most of whose cells hold nothing: scattered dirt lines up by chance."""
    held = sum(any(_holds(cell.bbox, char) for char in ink.chars) for cell in grid.cells)
    return held >= 0.5 * len(grid.cells)


def _holds(box: BBox, char: Char) -> bool:
    return box.contains(*char.center)
