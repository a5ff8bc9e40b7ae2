"""Nothing vanishes: a lone stroke in a cell ends as text or as a mark, on clean, worn and black-and-white pages."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.ocr.engine import Engine, load_engine
from extractors.options import ReadOptions
from extractors.pictures.scan import read_picture

DPI = 200.0
CELL = (180, 70)
# Strokes as they look in 9 point type at 200 dpi: 1 一 - 、 and a 。
STROKES: dict[str, list[tuple[tuple[int, int], tuple[int, int]]]] = {
    "one": [((0, -9), (0, 9))],
    "han one": [((-11, 0), (11, 0))],
    "dash": [((-4, 0), (4, 0))],
    "enumeration comma": [((-3, 3), (3, 9))],
}


@lru_cache(maxsize=1)
def engine() -> Engine:
    return load_engine(ReadOptions(threads=1, device="cpu"))


def form() -> tuple[Any, set[tuple[int, int]]]:
    """Four rows and six columns; a stroke in every second cell, the last column blank."""
    picture = np.full((600, 1300, 3), 255, np.uint8)
    left, top = 90, 100
    for row in range(len(STROKES) + 1):
        cv2.line(picture, (left, top + row * CELL[1]), (left + 6 * CELL[0], top + row * CELL[1]), (0, 0, 0), 2)
    for col in range(7):
        cv2.line(picture, (left + col * CELL[0], top), (left + col * CELL[0], top + len(STROKES) * CELL[1]), (0, 0, 0), 2)
    drawn = set()
    for row, strokes in enumerate(STROKES.values()):
        for col in range(5):
            x, y = left + col * CELL[0] + CELL[0] // 2, top + row * CELL[1] + CELL[1] // 2
            if (row + col) % 2:
                cv2.putText(picture, f"No {row}{col}", (x - 40, y + 8), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2, cv2.LINE_AA)
                continue
            for (x0, y0), (x1, y1) in strokes:
                cv2.line(picture, (x + x0, y + y0), (x + x1, y + y1), (0, 0, 0), 3, cv2.LINE_AA)
            drawn.add((row, col))
    return picture, drawn


def worn(picture: Any, blur: float, noise: float, black_white: bool) -> Any:
    rng = np.random.default_rng(7)
    soft = cv2.GaussianBlur(picture, (0, 0), blur).astype(np.float32) * 0.9 + 12 + rng.normal(0, noise, picture.shape[:2])[:, :, None]
    page = np.clip(soft, 0, 255).astype(np.uint8)
    return cv2.cvtColor(cv2.threshold(page[:, :, 0], 160, 255, cv2.THRESH_BINARY)[1], cv2.COLOR_GRAY2BGR) if black_white else page


@pytest.mark.parametrize(("blur", "noise", "black_white"), [(0.4, 0, False), (0.9, 5, False), (1.0, 12, True)])
def test_a_lone_stroke_is_text_or_a_mark(blur: float, noise: float, black_white: bool) -> None:
    picture, drawn = form()
    _, tables = read_picture(worn(picture, blur, noise, black_white), 1, DPI, engine(), ReadOptions(threads=1, device="cpu"))
    (table,) = tables
    assert (table.row_count, table.col_count) == (len(STROKES), 6)
    told = {(cell.rows.start, cell.cols.start) for cell in table.cells if cell.text or "ink-without-text" in cell.marks}
    assert drawn <= told
    assert not {place for place in told if place[1] == 5}, "a blank cell stays blank"
