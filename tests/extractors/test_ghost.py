"""Print from behind is taken off; faint print of the page itself stays."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.ghost import without_ghost
from extractors.imaging.upright import make_upright
from tests.extractors.drawn_form import DPI, draw_form

Picture = np.ndarray[Any, Any]


def dense_form(shade: int = 0) -> Picture:
    """The drawn form with a second table and text over the whole page."""
    picture = draw_form(shade=shade)
    picture[900:1500] = draw_form(shade=shade)[100:700]
    return picture


def ghost_of(picture: Picture) -> Picture:
    return 1 - 0.28 * (1 - np.roll(picture[:, ::-1], 25, axis=0).astype(np.float32) / 255)


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
