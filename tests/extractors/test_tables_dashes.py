"""A lone dash is told by its shape; what may be something else is not."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.imaging.arrays import Mask
from extractors.tables.dashes import bar_to_text, ink_to_dash


def _cell(*bars: tuple[int, int, int, int]) -> Mask:
    ink: Mask = np.zeros((40, 120), np.uint8)
    for x, y, width, height in bars:
        ink[y : y + height, x : x + width] = 255
    return ink


@pytest.mark.parametrize(("bar", "text"), [((56, 19, 8, 3), "-"), ((40, 19, 25, 2), "—")])
def test_a_level_bar_is_a_dash(bar: tuple[int, int, int, int], text: str) -> None:
    assert ink_to_dash(_cell(bar), 200) == text


@pytest.mark.parametrize(
    "bars",
    [
        ((56, 0, 20, 3),),  # what a ruling left
        ((0, 19, 20, 3),),  # at the side of the cell
        ((56, 16, 8, 8),),  # a point
        ((50, 15, 14, 3), (50, 22, 14, 3)),  # =
        ((5, 19, 110, 3),),  # a line through the cell
        ((60, 12, 3, 20),),  # 1
        (),
    ],
)
def test_other_ink_is_no_dash(bars: tuple[tuple[int, int, int, int], ...]) -> None:
    assert ink_to_dash(_cell(*bars), 200) == ""


@pytest.mark.parametrize(
    ("dash", "read", "text", "sure"),
    [
        ("—", "", "—", 0.9), ("—", "、", "—", 0.9), ("-", "7", "-", 0.9),
        ("—", "一", "一", 0.5), ("—", "_", "—", 0.5),  # nobody can tell the two by their ink: a person looks
        ("—", "—", "—", 0.97), ("", "一", "一", 0.97), ("—", "二", "二", 0.97),
    ],
)  # fmt: skip
def test_what_a_bar_is_taken_for(dash: str, read: str, text: str, sure: float) -> None:
    assert bar_to_text(dash, read, 0.97, 1.0) == (text, sure)


def test_a_dash_under_a_seal_is_believed_as_little_as_any_text_there() -> None:
    assert bar_to_text("—", "", 0.97, 0.5) == ("—", 0.5)
