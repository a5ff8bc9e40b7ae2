"""Grids on a picture -> tables with text: each cell is cut out and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture
from extractors.imaging.sheet import Box, Sheet
from extractors.imaging.streak_mend import LOST
from extractors.model import BBox, Cell, Mark, Reading, Table
from extractors.ocr.under_streak import worst_on
from extractors.tables.dashes import bar_to_text, ink_to_dash, without_lines
from extractors.tables.grid import Grid, GridCell

if TYPE_CHECKING:
    from extractors.ocr.cells import CellReading


class CellReader(Protocol):
    """Reads boxes of a picture; the page with its seals and the boxes that black ones cover may be given."""

    def __call__(self, picture: Picture, boxes: list[Box], kept: Picture | None, covered: Sequence[bool] = ()) -> Sequence[CellReading]: ...


# Inches from the middle of a ruling to the first pixel of the cell's inside.
_INSET = 0.014
# Seal ink inside a cell below this many square inches is the blur of its edge.
_TOUCH = 0.0004
# A cell that a seal touches is never believed more than this where the seal cannot be lifted off, and where it can.
_DISTRUST, _CAUTION = 0.5, 0.985
# Lines of text lower than this many pixels (100 to 130 dpi) hide differences; what their confidence is worth; what counts as text.
_SMALL_TEXT, _SMALL_TRUST, _WORDS = 16.0, 0.94, 4
# Share of the ink of a word that must lie inside a seal for the word to be the seal's.
_SEALS_OWN = 0.97
# Inches from the edge of the picture within which a cell is taken for cut off.
_CUT_OFF_REACH = 0.03


def read_grids(grids: Sequence[Grid], sheet: Sheet, page_no: int, engine_name: str, read: CellReader) -> list[Table]:
    """Text, other readings and marks for every cell of every grid.

    Args:
        grids: in points of the sheet.
        sheet: the page's layers.
        page_no: from 1.
        engine_name: stands in each cell.
        read: reads boxes of a picture, in pixels.
    """
    cells = [cell for grid in grids for cell in grid.cells]
    boxes = [inner_box(cell.bbox, sheet) for cell in cells]
    found = _less_sure_when_small(_read_boxes(boxes, sheet, read))
    made = [_make_cell(cell, box, reading, sheet, page_no, engine_name) for cell, box, reading in zip(cells, boxes, found, strict=True)]
    made = _read_under_streaks(made, boxes, found, sheet, read)
    tables, start = [], 0
    for grid in grids:
        tables.append(Table(made[start : start + len(grid.cells)], grid.row_count, grid.col_count))
        start += len(grid.cells)
    return tables


def _read_boxes(boxes: list[Box], sheet: Sheet, read: CellReader) -> list[CellReading]:
    """Readings of all boxes. Lines are always looked for without the seals.

    A red seal comes off before reading. The ring of a black one stays on the
    crop where text stands under it: a letter with a stroke too many is read
    better than one with a stroke cut out. There the reading without the ring
    is the second one.
    """
    if not boxes:
        return []
    covered = [_touched(box, sheet) and not _liftable(box, sheet) for box in boxes] if sheet.seals else []
    found = list(read(sheet.clean, boxes, sheet.kept if sheet.seals else None, covered))
    return [
        _ring_left_in(reading) if any(covered) and covered[i] and has_ink(sheet, boxes[i]) else reading for i, reading in enumerate(found)
    ]


def _read_under_streaks(made: list[Cell], boxes: list[Box], found: Sequence[CellReading], sheet: Sheet, read: CellReader) -> list[Cell]:
    """The cells with what was read there with streaks still on the page, and a mark where that leaves a doubt."""
    from extractors.ocr.under_streak import read_under_streaks

    streaked = sheet.streaked
    if sheet.streaks is None or streaked is None:
        return made
    result = list(made)
    twice = read_under_streaks(boxes, found, sheet.streaks, sheet.ink, lambda some: read(streaked, some, None))
    for i, (reading, doubtful) in twice.items():
        marks = (*made[i].marks, "streak") if doubtful else made[i].marks
        result[i] = replace(made[i], readings=(*made[i].readings, reading), marks=marks)
    return result


def _less_sure_when_small(found: list[CellReading]) -> list[CellReading]:
    """Characters of few pixels are taken for their neighbours (并 and 开) with more confidence than they deserve."""
    heights = [line[3] - line[1] for reading in found if len(reading.text) >= _WORDS for line in reading.lines]
    if not heights or float(np.median(heights)) >= _SMALL_TEXT:
        return found
    return [replace(reading, confidence=_SMALL_TRUST * reading.confidence) if reading.text else reading for reading in found]


def _ring_left_in(reading: CellReading) -> CellReading:
    kept = next((other for other in reading.readings if other.how == "seal-kept"), None)
    if kept is None or not kept.text:
        return reading
    others = [other for other in reading.readings if other is not kept]
    others.append(Reading(reading.text, reading.confidence, "second"))
    return replace(reading, text=kept.text, confidence=kept.confidence, readings=tuple(others))


def inner_box(bbox: BBox, sheet: Sheet) -> Box:
    """Pixels (x0, y0, x1, y1) inside the rulings around a cell; at least one pixel."""
    scale, inset = sheet.dpi / 72.0, _INSET * sheet.dpi
    height, width = sheet.ink.shape[:2]
    x0, y0 = max(0, round(bbox.x0 * scale + inset)), max(0, round(bbox.top * scale + inset))
    x1, y1 = min(width, round(bbox.x1 * scale - inset)), min(height, round(bbox.bottom * scale - inset))
    return min(x0, width - 1), min(y0, height - 1), max(x1, min(x0, width - 1) + 1), max(y1, min(y0, height - 1) + 1)


def _make_cell(cell: GridCell, box: Box, reading: CellReading, sheet: Sheet, page_no: int, engine: str) -> Cell:
    marks: list[Mark] = []
    confidence = reading.confidence
    inked = bool(reading.text) or has_ink(sheet, box)
    # A cell that is blank once the seal is off was blank before the seal came.
    if inked and _touched(box, sheet):
        marks.append("seal")
        confidence = min(confidence, _trust_under_seals(box, sheet))
    text = reading.text
    if inked and len(text) <= 1:
        x0, y0, x1, y1 = box
        dash = ink_to_dash(without_lines(sheet.ink[y0:y1, x0:x1], sheet.lines[y0:y1, x0:x1]), sheet.dpi)
        text, confidence = bar_to_text(dash, text, confidence, _trust_under_seals(box, sheet))
    if inked and not text:
        marks.append("ink-without-text")
    if reading.left_out:
        marks.append("seal-lines")
    if reading.lost_mark:
        marks.append("lost-mark")
    if _at_edge(box, sheet.ink, sheet.dpi):
        marks.append("cut")
    return Cell(cell.rows, cell.cols, text, page_no, cell.bbox, confidence, engine, tuple(reading.readings), tuple(marks), origin="picture")


def trust(box: Box, sheet: Sheet) -> float:
    """The most that a reading in a box is believed, by the seals that touch it and the streaks that hide some of it."""
    if sheet.streaks is not None and worst_on(box, sheet.streaks) == LOST:
        return _DISTRUST
    return _trust_under_seals(box, sheet)


def _trust_under_seals(box: Box, sheet: Sheet) -> float:
    if not _touched(box, sheet):
        return 1.0
    return _CAUTION if _liftable(box, sheet) else _DISTRUST


def is_seal_text(box: Box, sheet: Sheet) -> bool:
    """True when all ink of a box lies inside a black seal: what stands there is the seal's own."""
    x0, y0, x1, y1 = box
    ys, xs = np.nonzero(sheet.ink[y0:y1, x0:x1])
    for ring in (seal.ring for seal in sheet.seals if seal.ring is not None and not seal.lifted):
        inside = np.hypot(xs + x0 - ring.x, ys + y0 - ring.y) <= ring.radius + ring.thickness
        if len(xs) and inside.mean() >= _SEALS_OWN:
            return True
    return False


def _touched(box: Box, sheet: Sheet) -> bool:
    x0, y0, x1, y1 = box
    if sheet.seal_reach is None:
        return False
    return cv2.countNonZero(sheet.seal_reach[y0:y1, x0:x1]) >= max(6.0, _TOUCH * sheet.dpi**2)


def _liftable(box: Box, sheet: Sheet) -> bool:
    """True when only seals whose colour tells them from text touch the cell."""
    return not any(not seal.lifted and _meet(seal.box, box) for seal in sheet.seals)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def has_ink(sheet: Sheet, box: Box) -> bool:
    """True when more than specks of dirt and remains of rulings stand in a box."""
    x0, y0, x1, y1 = box
    ink = without_lines(sheet.ink[y0:y1, x0:x1], sheet.lines[y0:y1, x0:x1])
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = 0.03 * sheet.dpi
    return any(max(w, h) >= least and area >= 0.5 * least * 2 for _, _, w, h, area in stats[1:count].tolist())


def _at_edge(box: Box, ink: Mask, dpi: float) -> bool:
    height, width = ink.shape[:2]
    reach = _CUT_OFF_REACH * dpi
    return box[0] <= reach or box[1] <= reach or box[2] >= width - reach or box[3] >= height - reach
