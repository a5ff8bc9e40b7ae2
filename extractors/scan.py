"""Page images: made upright, taken apart, read cell by cell. Grid first; detection only where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from extractors.imaging.arrays import Picture
from extractors.imaging.sheet import Box, Sheet, take_apart
from extractors.imaging.upright import Upright, make_upright
from extractors.model import BBox, Page, Seal, Table, TextLine, Word
from extractors.options import ReadOptions
from extractors.tables.grid import Grid, rulings_to_tables
from extractors.tables.outside import words_to_text_lines
from extractors.tables.picture_cells import engine_label, read_grids, second_preparation
from extractors.tables.picture_rulings import ink_to_rulings

# Lines closer than this many points are one line.
TOLERANCE = 2.5


def read_picture(image: Picture, page_no: int, dpi: float | None, engine: Any, options: ReadOptions) -> tuple[Page, list[Table]]:
    """Read one picture of a page.

    Args:
        image: BGR uint8, shape (height, width, 3).
        page_no: from 1.
        dpi: of the image; None when unknown, then the long side is taken for that of A4.
        engine: from ``extractors.ocr.engine.load_engine``.
        options: ``draw_dir`` asks for a picture of what was found.

    Returns:
        the page with the words outside the tables, and its tables, not yet
        stitched. ``Page.rotation`` is the clockwise turn that brought the page
        upright, ``Page.skew_degrees`` how far it lay turned clockwise beyond
        that, ``Page.transform`` takes points of the upright page to pixels of
        ``image``.
    """
    from extractors.ocr.cells import read_cells

    def read(picture: Picture, boxes: list[Box], second: Picture | None) -> Sequence[Any]:
        return read_cells(picture, boxes, engine, second) if boxes else []

    def judge(crops: Sequence[Picture]) -> list[float]:
        return [_clearness(read(crop, [(0, 0, crop.shape[1], crop.shape[0])], None)[0]) for crop in crops]

    upright = make_upright(image, dpi, judge)
    sheet = take_apart(upright.picture, upright.dpi)
    grids = rulings_to_tables(ink_to_rulings(sheet.line_ink, sheet.dpi), TOLERANCE)
    tables = read_grids(grids, sheet, page_no, engine_label(engine), read)
    page = _make_page(upright, sheet, page_no)
    page.lines = _read_outside(sheet, grids, page_no, engine, read)
    if options.draw_dir is not None:
        from extractors.imaging.draw import draw_page

        draw_page(sheet, page, tables, options)
    return page, tables


def _clearness(reading: Any) -> float:
    """How sure the recogniser is; two characters in a long line are noise."""
    return float(reading.confidence) if len(reading.text) >= 3 else 0.0


def _make_page(upright: Upright, sheet: Sheet, page_no: int) -> Page:
    point = 72.0 / sheet.dpi
    height, width = sheet.ink.shape[:2]
    page = Page(page_no, width * point, height * point, "ocr", upright.rotation, upright.skew, upright.points_to_original())
    page.seals = [Seal(BBox(*(v * point for v in seal.box))) for seal in sheet.seals]
    if upright.photographed:
        page.notes.append("the perspective of a photograph was taken out")
    return page


def _read_outside(sheet: Sheet, grids: Sequence[Grid], page_no: int, engine: Any, read: Any) -> list[TextLine]:
    """Words that stand outside the tables, by detection on the page with the tables painted over."""
    from extractors.ocr.detect import detect_lines

    rest = _paint_over(sheet, grids)
    boxes = [_quad_to_box(quad, sheet) for quad in detect_lines(rest, engine)]
    point = 72.0 / sheet.dpi
    words = []
    for box, reading in zip(boxes, read(rest, boxes, second_preparation(rest)), strict=True):
        if reading.text:
            text = " ".join(reading.text.split("\n"))
            words.append(Word(text, BBox(*(v * point for v in box)), reading.confidence))
    return words_to_text_lines(words, page_no)


def _paint_over(sheet: Sheet, grids: Sequence[Grid]) -> Picture:
    rest = sheet.clean.copy()
    scale, margin = sheet.dpi / 72.0, round(0.015 * sheet.dpi)
    for grid in grids:
        corner = (round(grid.bbox.x0 * scale) - margin, round(grid.bbox.top * scale) - margin)
        other = (round(grid.bbox.x1 * scale) + margin, round(grid.bbox.bottom * scale) + margin)
        cv2.rectangle(rest, corner, other, (240, 240, 240), -1)
    return rest


def _quad_to_box(quad: Any, sheet: Sheet) -> Box:
    points = np.asarray(quad, dtype=np.float64).reshape(-1, 2)
    height, width = sheet.ink.shape[:2]
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    left, top = min(max(0, int(x0)), width - 1), min(max(0, int(y0)), height - 1)
    return left, top, max(left + 1, min(width, round(x1) + 1)), max(top + 1, min(height, round(y1) + 1))
