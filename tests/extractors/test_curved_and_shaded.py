"""Curved paper is laid flat; the shadow in the gutter of a book is part of the page, a desk is not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.arrays import brightest
from extractors.imaging.paper import find_surroundings
from extractors.imaging.rectify import segments_to_matrix
from extractors.imaging.sheet import take_apart
from extractors.imaging.upright import make_upright
from extractors.tables.grid import rulings_to_tables
from tests.extractors.drawn_form import DPI, ROWS, draw_form, photographed, turned

Picture = np.ndarray[Any, Any]


def curved(picture: Picture, depth: float) -> Picture:
    """Level lines rise by ``depth`` pixels in the middle of the page."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bend = depth * np.sin(np.pi * x / width) * (0.5 + y / height)
    return cv2.remap(picture, x, (y + bend).astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


@pytest.mark.parametrize("depth", [12.0, -16.0])
@pytest.mark.parametrize("degrees", [0.0, 1.5])
def test_curved_page_is_laid_flat(depth: float, degrees: float) -> None:
    upright = make_upright(turned(curved(draw_form(), depth), degrees), DPI, None)
    assert upright.flattened
    grids = rulings_to_tables(take_apart(upright.picture, upright.dpi).rulings, 2.5)
    assert [(grid.row_count, grid.col_count, len(grid.cells)) for grid in grids] == [(6, 5, 26)]
    assert max(cell.bbox.top for cell in grids[0].cells) < (ROWS[-1] + 20) * 72 / DPI


@pytest.mark.parametrize(
    "picture", [draw_form(), turned(draw_form(), 3.0), photographed(draw_form())], ids=["flat", "skewed", "photograph"]
)
def test_flat_page_stays_as_it_is(picture: Picture) -> None:
    assert not make_upright(picture, DPI, None).flattened


def test_shadow_of_a_book_is_part_of_the_page() -> None:
    picture = draw_form()
    away = np.arange(picture.shape[1])[::-1] / picture.shape[1]
    shaded = (picture * (1 - 0.75 * np.exp(-((away / 0.06) ** 2)))[None, :, None]).astype(np.uint8)
    assert find_surroundings(brightest(shaded), DPI) is None
    upright = make_upright(shaded, DPI, None)
    assert upright.picture[ROWS[2] + 5 : ROWS[3] - 5, 1141:].min() < 200


def test_desk_is_no_part_of_the_page() -> None:
    outside = find_surroundings(brightest(photographed(draw_form())), DPI)
    assert outside is not None and 0.05 < (outside > 0).mean() < 0.2


def test_a_few_stems_make_no_photograph() -> None:
    """Level lines nearly parallel, four short plumb strokes that lean by a pixel: no perspective to take out."""
    level = [[20, y, 620, y + (y % 3) * 0.1] for y in range(20, 360, 9)]
    plumb = [[30, 30, 30, 330], [330, 40, 330, 340], [400, 50, 401, 62], [520, 50, 519, 62], [560, 52, 561, 64], [590, 50, 591, 61]]
    segments = np.array([*level, *plumb], np.float32)
    assert abs(segments_to_matrix(segments, 660, 380, 0.0)[2, :2]).max() < 1e-4
