"""Strokes of large and bold characters are no rulings; small tables, frames of one row and pieces of broken rulings stay."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.glyph_ink import ink_to_glyphs
from extractors.tables.rulings.picture_rulings import ink_to_rulings


def block(ink: Any, dpi: float, x: float, y: float, size: float, weight: float, bars: tuple[float, ...] = (0, 0.5, 1)) -> None:
    """A character like 日 (or 目) of straight strokes, ``size`` and ``weight`` in inches, its corner at x, y in inches."""
    left, top, side, pen = (round(each * dpi) for each in (x, y, size, weight))
    for share in bars:
        ink[top + round(share * side) : top + round(share * side) + pen, left : left + side] = 255
    for aside in (0, side - pen):
        ink[top : top + side + pen, left + aside : left + aside + pen] = 255


@pytest.mark.parametrize("dpi", [100, 150, 200, 300, 600])
@pytest.mark.parametrize(("size", "weight"), [(0.16, 0.02), (0.28, 0.03), (0.42, 0.06)])
@pytest.mark.parametrize("gap", [0.02, 0.05])
def test_a_title_of_straight_strokes_gives_no_ruling(dpi: int, size: float, weight: float, gap: float) -> None:
    ink = np.zeros((round(1.2 * dpi), 5 * dpi), np.uint8)
    for k in range(9):
        shift = 0.0 if k % 2 else 0.06 * size  # characters are not of one height
        block(
            ink,
            dpi,
            0.3 + k * (size + gap),
            0.3 + shift,
            size * (0.97 if k % 3 else 1.0),
            weight,
            (0, 0.33, 0.66, 1) if k % 2 else (0, 0.5, 1),
        )
    assert ink_to_rulings(ink, dpi) == []


@pytest.mark.parametrize("dpi", [100, 200, 400])
def test_a_frame_of_one_row_stays(dpi: int) -> None:
    ink = np.zeros((dpi, 6 * dpi), np.uint8)
    pen = max(1, round(0.012 * dpi))
    for x in (0.4, 2.0, 5.4):
        cv2.line(ink, (round(x * dpi), round(0.3 * dpi)), (round(x * dpi), round(0.55 * dpi)), 255, pen)
    for y in (0.3, 0.55):
        cv2.line(ink, (round(0.4 * dpi), round(y * dpi)), (round(5.4 * dpi), round(y * dpi)), 255, pen)
    rulings = ink_to_rulings(ink, dpi)
    assert sorted(ruling.orientation for ruling in rulings) == ["h", "h", "v", "v", "v"]


def test_a_corner_of_a_broken_frame_is_no_character_and_a_box_is() -> None:
    ink = np.zeros((200, 400), np.uint8)
    ink[40:43, 40:110] = ink[40:110, 40:43] = 255
    ink[150:153, 40:110] = 255
    assert not ink_to_glyphs(ink, 200).any()
    block(ink, 200, 1.0, 0.2, 0.35, 0.02)
    assert ink_to_glyphs(ink, 200)[:, 200:].any() and not ink_to_glyphs(ink, 200)[:, :180].any()


def test_a_ruling_runs_on_behind_a_character() -> None:
    ink = np.zeros((200, 1200), np.uint8)
    ink[100:103, 50:560] = ink[100:103, 650:1150] = 255
    block(ink, 200, 2.85, 0.3, 0.35, 0.05)
    cut = ink.copy()
    cut[:, 560:650][100:103] = 255
    (ruling,) = [each for each in ink_to_rulings(cut, 200) if each.orientation == "h" and each.length > 100]
    assert ruling.length > 380
