"""Light print on dark areas is laid open; dark print, photographs and plain pages stay as they are."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.fills import lay_fills_open
from extractors.imaging.ink import grey_to_ink, pale_lines, picture_to_grey
from extractors.imaging.sheet import take_apart
from extractors.imaging.upright import make_upright
from extractors.tables.grid import rulings_to_tables
from tests.extractors.drawn_form import draw_form

DPI = 200
BLUE, WHITE, BLACK = (190, 130, 80), (255, 255, 255), (0, 0, 0)


def filled(fill: tuple[int, int, int], print_colour: tuple[int, int, int]) -> Any:
    """Three rows and two columns of areas, parted by white gaps of three pixels, with a word in each."""
    picture = np.full((500, 900, 3), 255, np.uint8)
    for row in range(3):
        for col in range(2):
            x, y = 60 + 380 * col, 60 + 120 * row
            cv2.rectangle(picture, (x, y), (x + 376, y + 116), fill, -1)
            cv2.putText(picture, "Total 12.5", (x + 30, y + 70), cv2.FONT_HERSHEY_SIMPLEX, 1.0, print_colour, 2, cv2.LINE_AA)
    return picture


@pytest.mark.parametrize("noise", [0, 6])
def test_white_gaps_between_dark_areas_are_rulings(noise: float) -> None:
    picture = filled(BLUE, WHITE)
    grainy = np.clip(picture + np.random.default_rng(1).normal(0, noise, picture.shape), 0, 255).astype(np.uint8)
    upright = make_upright(grainy, DPI, None)
    sheet = take_apart(upright.picture, upright.dpi)
    (grid,) = rulings_to_tables(sheet.rulings, 2.5)
    assert (grid.row_count, grid.col_count, len(grid.cells)) == (3, 2, 6)


def test_light_print_becomes_dark() -> None:
    before = filled(BLUE, WHITE)
    after = lay_fills_open(before, DPI)
    letters = cv2.erode((before[70:170, 70:430].min(axis=2) > 250).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert after[70:170, 70:430][letters].max() < 120
    assert np.median(after[70:170, 70:430]) > 240


def test_dark_print_on_a_tint_stays() -> None:
    picture = filled((200, 225, 255), BLACK)
    assert lay_fills_open(picture, DPI) is picture


def test_a_page_without_areas_stays() -> None:
    picture = draw_form()
    assert lay_fills_open(picture, DPI) is picture


def test_a_pale_ruling_is_seen_beside_letters() -> None:
    picture = np.full((200, 600, 3), 240, np.uint8)
    picture[100:102] = (220, 210, 205)
    for x in range(20, 560, 40):
        cv2.putText(picture, "H", (x, 93), cv2.FONT_HERSHEY_SIMPLEX, 1.0, BLACK, 3, cv2.LINE_AA)
    grey = picture_to_grey(picture)
    seen = grey_to_ink(grey, DPI)[100:102] | pale_lines(grey, DPI)[100:102]
    assert (seen.max(axis=0)[30:-30] > 0).mean() > 0.9


def test_letters_in_a_column_are_no_pale_ruling() -> None:
    picture = np.full((400, 200, 3), 240, np.uint8)
    for y in range(30, 390, 24):
        cv2.putText(picture, "(1)", (60, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, BLACK, 2, cv2.LINE_AA)
    grey = picture_to_grey(cv2.GaussianBlur(picture, (0, 0), 1.0))
    assert not pale_lines(grey, DPI).any()
