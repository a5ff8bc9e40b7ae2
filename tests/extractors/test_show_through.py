"""Print from behind is taken off; faint print of the page itself stays."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.ink import grey_to_ink, picture_to_grey
from extractors.imaging.sheet import take_apart
from extractors.imaging.show_through import find_print, without_ghost
from extractors.imaging.upright import make_upright
from extractors.pictures.scan import TOLERANCE
from extractors.tables.grid import rulings_to_tables
from tests.extractors.drawn_form import DPI, draw_form

Picture = np.ndarray[Any, Any]


def dense_form(shade: int = 0) -> Picture:
    """The drawn form with a second table and text over the whole page."""
    picture = draw_form(shade=shade)
    picture[900:1500] = draw_form(shade=shade)[100:700]
    return picture


def ghost_of(picture: Picture, strength: float = 0.28) -> Picture:
    return 1 - strength * (1 - np.roll(picture[:, ::-1], 25, axis=0).astype(np.float32) / 255)


def test_ghost_goes_and_print_stays() -> None:
    page = (dense_form() * ghost_of(dense_form()) * 0.94).astype(np.uint8)
    cleaned = without_ghost(page, DPI)
    plain = dense_form()
    assert (cleaned[plain.min(axis=2) < 60] < 100).all()
    far = cv2.erode(plain, np.ones((9, 9), np.uint8)).min(axis=2) > 250
    assert cleaned[far].min() > 225 > page[far].min()


@pytest.mark.parametrize("kind", ["plain", "grey rulings", "faint half", "pale"])
def test_one_form_is_left_alone(kind: str) -> None:
    page = dense_form(170 if kind == "grey rulings" else 0)
    if kind == "faint half":
        page[900:] = 255 - ((255 - page[900:].astype(np.float32)) * 0.35).astype(np.uint8)
    if kind == "pale":
        page = 255 - ((255 - page.astype(np.float32)) * 0.35).astype(np.uint8)
    page = (page * 0.94).astype(np.uint8)
    assert without_ghost(page, DPI) is page


def test_page_with_a_ghost_comes_upright_clean() -> None:
    upright = make_upright((dense_form() * ghost_of(dense_form()) * 0.94).astype(np.uint8), DPI, None)
    assert upright.rotation == 0 and abs(upright.skew) < 0.1


def test_letters_of_the_other_side_are_told_from_specks_and_from_grey_print() -> None:
    """Noise keeps ``without_ghost`` from parting the two kinds of ink; the letters can still be told."""
    noise = np.random.default_rng(3).normal(0, 7, dense_form().shape)
    shining = np.clip(dense_form() * ghost_of(dense_form()) * 0.94 + noise, 0, 255).astype(np.uint8)
    grey_print = np.clip(dense_form(170) * 0.94 + noise, 0, 255).astype(np.uint8)
    for page, expected in ((shining, True), (grey_print, False)):
        grey = picture_to_grey(cv2.GaussianBlur(page, (3, 3), 0.8))
        assert (find_print(grey, grey_to_ink(grey, DPI), DPI) is not None) is expected


def test_faint_rulings_of_the_other_side_are_none_of_the_page() -> None:
    noise = np.random.default_rng(3).normal(0, 3, dense_form().shape)
    shining = np.clip(dense_form() * ghost_of(dense_form(), 0.1) * 0.94 + noise, 0, 255).astype(np.uint8)
    plain, seen = (
        {(cell.rows, cell.cols) for grid in rulings_to_tables(take_apart(page, DPI).rulings, TOLERANCE) for cell in grid.cells}
        for page in (dense_form(), cv2.GaussianBlur(shining, (3, 3), 0.8))
    )
    assert seen == plain
