"""Whatever way a page lay, each cell's place leads back to its own spot on the original picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.sheet import take_apart
from extractors.imaging.upright import make_upright
from extractors.model import BBox
from extractors.tables.grid import rulings_to_tables
from tests.extractors.drawn_form import COLS, DPI, ROWS, draw_form, photographed, turned

Picture = np.ndarray[Any, Any]


def spotted_form() -> Picture:
    """The drawn form with a spot in the middle of each cell, of a colour that tells its row and column."""
    picture = draw_form()
    for i in range(6):
        for j in range(5 if i else 1):
            x = (COLS[j] + COLS[j + 1]) // 2 if i else (COLS[0] + COLS[-1]) // 2
            cv2.circle(picture, (x, (ROWS[i] + ROWS[i + 1]) // 2), 15, spot(i, j), -1)
    return picture


def spot(row: int, col: int) -> tuple[int, int, int]:
    # Green over blue over red: never taken for the red of a seal.
    return 60 + 24 * row, 235, 24 * col


def curved(picture: Picture, depth: float) -> Picture:
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(
        picture, x, (y + depth * np.sin(np.pi * x / width)).astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def streaked(picture: Picture) -> Picture:
    picture = picture.copy()
    picture[:, 345:348] = 30
    return picture


def quarter(picture: Picture, turns: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, turns))


CASES = {
    "as it is": spotted_form(),
    "skewed 5": turned(spotted_form(), 5.0),
    "skewed -4.3": turned(spotted_form(), -4.3),
    "left": quarter(spotted_form(), 1),
    "upside down": quarter(spotted_form(), 2),
    "right and skewed": turned(quarter(spotted_form(), 3), 2.2),
    "photograph": photographed(spotted_form()),
    "photograph on its side": quarter(photographed(spotted_form()), 1),
    "curved": curved(spotted_form(), 14.0),
    "streaked and skewed": streaked(turned(spotted_form(), -1.5)),
    "fine": cv2.resize(turned(spotted_form(), 1.0), None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC),
}


@pytest.mark.parametrize("name", CASES)
def test_middle_of_each_cell_leads_to_its_spot(name: str) -> None:
    picture = CASES[name]
    upright = make_upright(picture, DPI * 3 if name == "fine" else DPI, None)
    sheet = take_apart(upright.picture, upright.dpi, upright.streaks, upright.streaked)
    (grid,) = rulings_to_tables(sheet.rulings, 2.5)
    matrix = np.array(upright.points_to_original()).reshape(3, 3)
    found = [cell_of_colour(pixel_at(picture, matrix, cell.bbox)) for cell in grid.cells]
    # Without a recogniser nobody knows which end is up: then cells count from the other end.
    upright_order = [(0, 0)] + [(i, j) for i in range(1, 6) for j in range(5)]
    assert found in (upright_order, upright_order[::-1])


def pixel_at(picture: Picture, matrix: Picture, box: BBox) -> Picture:
    x, y, w = matrix @ np.array([*box.center, 1.0])
    return picture[round(y / w), round(x / w)]


def cell_of_colour(pixel: Picture) -> tuple[int, int]:
    # Light falls off over a photograph; green tells how much.
    blue, red = (float(value) * 235.0 / max(1.0, float(pixel[1])) for value in (pixel[0], pixel[2]))
    return round((blue - 60) / 24), round(red / 24)
