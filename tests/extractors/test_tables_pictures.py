"""Lines and white of pictures: thick bars, double lines, columns that no line draws."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging.arrays import Mask
from extractors.imaging.sheet import Sheet
from extractors.tables.picture_text import with_text_grids
from extractors.tables.rulings.picture_rulings import ink_to_rulings


@pytest.mark.parametrize("rows", [(40, 52), (40, 43, 49, 52)])
def test_a_thick_bar_and_a_double_line_are_rulings(rows: tuple[int, ...]) -> None:
    ink: Mask = np.zeros((200, 600), np.uint8)
    for top, bottom in zip(rows[::2], rows[1::2], strict=True):
        ink[top:bottom, 50:550] = 255
    assert any(r.orientation == "h" and r.length > 170 for r in ink_to_rulings(ink, 150))


def test_a_row_of_letters_is_no_ruling() -> None:
    ink: Mask = np.zeros((200, 900), np.uint8)
    cv2.putText(ink, "MEHTINVOLATILE ORGANIC COMPOUND", (20, 100), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255,), 2)
    assert not [r for r in ink_to_rulings(ink, 150) if r.orientation == "h" and r.length > 36]


def test_white_parts_columns_between_level_rules() -> None:
    picture = np.full((600, 1200, 3), 255, np.uint8)
    for y in (100, 160, 400):
        cv2.line(picture, (100, y), (1100, y), (0, 0, 0), 2)
    for k in range(5):
        for x, text in ((110, "Finland"), (500, "12 345"), (900, "67.8")):
            cv2.putText(picture, text, (x, 140 + 55 * k), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
    ink: Mask = np.where(picture[:, :, 0] < 128, 255, 0).astype(np.uint8)
    rulings = ink_to_rulings(ink, 200)
    lines: Mask = np.zeros_like(ink)
    lines[[99, 100, 101, 159, 160, 161, 399, 400, 401], 100:1101] = 255
    grids = with_text_grids([], Sheet(picture, picture, 200.0, ink, rulings, lines, None, []))
    assert [(grid.row_count, grid.col_count) for grid in grids] == [(5, 3)]
