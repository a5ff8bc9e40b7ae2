"""Grids on a picture -> tables with text: each cell is cut out and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture
from extractors.imaging.sheet import Box, Sheet, seal_reach
from extractors.model import BBox, Cell, Reading, Table
from extractors.tables.grid import Grid, GridCell

if TYPE_CHECKING:
    from extractors.ocr.cells import CellReading

# (picture, boxes, second preparation) -> one reading a box.
CellReader = Callable[[Picture, list[Box], Picture | None], "Sequence[CellReading]"]

# Inches from the middle of a ruling to the first pixel of the cell's inside.
_INSET = 0.014
# Seal ink inside a cell below this many square inches is the blur of its edge.
_TOUCH = 0.0004
# A cell that a seal touches is never believed more than this where the seal cannot be lifted off, and where it can.
_DISTRUST, _CAUTION = 0.5, 0.97
# Inches from the edge of the picture within which a cell is taken for cut off.
_EDGE = 0.03


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
    found = list(read(sheet.clean, boxes, second_preparation(sheet.clean)))
    touched = _touched(boxes, sheet)
    kept = _read_with_seal(boxes, touched, sheet, read)
    made = []
    for k, (cell, box, reading) in enumerate(zip(cells, boxes, found, strict=True)):
        made.append(_make_cell(cell, box, reading, touched.get(k), kept.get(k), sheet, page_no, engine_name))
    tables, start = [], 0
    for grid in grids:
        tables.append(Table(made[start : start + len(grid.cells)], grid.row_count, grid.col_count))
        start += len(grid.cells)
    return tables


def inner_box(bbox: BBox, sheet: Sheet) -> Box:
    """Pixels (x0, y0, x1, y1) inside the rulings around a cell; at least one pixel."""
    scale, inset = sheet.dpi / 72.0, _INSET * sheet.dpi
    height, width = sheet.ink.shape[:2]
    x0, y0 = max(0, round(bbox.x0 * scale + inset)), max(0, round(bbox.top * scale + inset))
    x1, y1 = min(width, round(bbox.x1 * scale - inset)), min(height, round(bbox.bottom * scale - inset))
    return min(x0, width - 1), min(y0, height - 1), max(x1, min(x0, width - 1) + 1), max(y1, min(y0, height - 1) + 1)


def second_preparation(picture: Picture) -> Picture:
    """The same page prepared in another way: grey, smoothed, contrast stretched."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (0, 0), 0.7)
    stretched = cv2.convertScaleAbs(grey, alpha=1.25, beta=-45.0)
    return cv2.cvtColor(stretched, cv2.COLOR_GRAY2BGR)


def _touched(boxes: Sequence[Box], sheet: Sheet) -> dict[int, bool]:
    """Cells with seal ink in them, by index; True where that ink could be lifted off."""
    if not sheet.seals:
        return {}
    reach = seal_reach(sheet)
    least = max(6.0, _TOUCH * sheet.dpi**2)
    touched = {}
    for k, (x0, y0, x1, y1) in enumerate(boxes):
        if cv2.countNonZero(reach[y0:y1, x0:x1]) >= least:
            touched[k] = not any(not seal.lifted and _meet(seal.box, boxes[k]) for seal in sheet.seals)
    return touched


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _read_with_seal(boxes: Sequence[Box], touched: dict[int, bool], sheet: Sheet, read: CellReader) -> dict[int, Reading]:
    """A second reading with the seal left in, of the cells where it was taken off."""
    order = [k for k, lifted in touched.items() if lifted]
    if not order:
        return {}
    readings = read(sheet.kept, [boxes[k] for k in order], None)
    return {k: Reading(reading.text, reading.confidence, "seal-kept") for k, reading in zip(order, readings, strict=True)}


def _make_cell(
    cell: GridCell, box: Box, reading: CellReading, lifted: bool | None, kept: Reading | None, sheet: Sheet, page_no: int, engine: str
) -> Cell:
    marks: list[str] = []
    confidence = reading.confidence
    if lifted is not None:
        marks.append("seal")
        confidence = min(confidence, _CAUTION if lifted else _DISTRUST)
    if not reading.text and reading.ink and has_ink(sheet, box):
        marks.append("ink-without-text")
    if _at_edge(box, sheet.ink, sheet.dpi):
        marks.append("cut")
    made = Cell(cell.rows, cell.cols, reading.text, page_no, cell.bbox, confidence, engine, tuple(reading.readings), tuple(marks))
    return made if kept is None else replace(made, readings=(*made.readings, kept))


def has_ink(sheet: Sheet, box: Box) -> bool:
    """True when more than specks of dirt and remains of rulings stand in a box."""
    x0, y0, x1, y1 = box
    ink = cv2.subtract(sheet.ink[y0:y1, x0:x1], cv2.dilate(sheet.lines[y0:y1, x0:x1], np.ones((3, 3), np.uint8)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = 0.03 * sheet.dpi
    return any(max(w, h) >= least and area >= 0.5 * least * 2 for _, _, w, h, area in stats[1:count].tolist())


def _at_edge(box: Box, ink: Mask, dpi: float) -> bool:
    height, width = ink.shape[:2]
    reach = _EDGE * dpi
    return box[0] <= reach or box[1] <= reach or box[2] >= width - reach or box[3] >= height - reach


def engine_label(engine: Any) -> str:
    """The name of the engine and model, as it stands in each cell."""
    return str(getattr(engine, "name", "ocr"))
