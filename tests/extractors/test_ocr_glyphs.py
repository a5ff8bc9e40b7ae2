"""Operators by their shape, drawn here stroke by stroke, small and blurred like a scan."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.glyphs import picture_to_operator

ARMS = {">": [((20, 20), (80, 42)), ((80, 42), (20, 64))], "<": [((80, 20), (20, 42)), ((20, 42), (80, 64))]}
FLAT_BAR = [((20, 82), (80, 82))]
STROKES = {
    ">": ARMS[">"],
    "<": ARMS["<"],
    "≥": ARMS[">"] + FLAT_BAR,
    "≤": ARMS["<"] + FLAT_BAR,
    "⩾": ARMS[">"] + [((80, 58), (20, 80))],
    "⩽": ARMS["<"] + [((20, 58), (80, 80))],
    "≧": ARMS[">"] + FLAT_BAR + [((20, 97), (80, 97))],
    "=": [((20, 40), (80, 40)), ((20, 62), (80, 62))],
    "＝": [((8, 45), (112, 45)), ((8, 69), (112, 69))],
}
SAME = {"⩾": "≥", "⩽": "≤", "≧": "≥", "＝": "="}


def drawn(strokes: list[tuple[tuple[int, int], tuple[int, int]]], height: int, blur: float) -> NDArray[np.uint8]:
    """Strokes on paper, ``height`` pixels high in the end."""
    paper = np.full((120, 120), 245, np.uint8)
    for start, stop in strokes:
        cv2.line(paper, start, stop, 20, 6, cv2.LINE_AA)
    scale = height / 120
    soft = cv2.GaussianBlur(paper, (0, 0), blur / scale)
    small: NDArray[np.uint8] = cv2.resize(soft, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small


@pytest.mark.parametrize("height", [22, 30, 44])
@pytest.mark.parametrize("blur", [0.4, 0.7])
@pytest.mark.parametrize("sign", STROKES)
def test_a_sign_is_read_by_its_strokes(sign: str, height: int, blur: float) -> None:
    shape = picture_to_operator(drawn(STROKES[sign], height, blur))
    # The two bars of ≧ run together when small: then it says nothing.
    may_be_silent = sign == "≧" and height < 40
    assert (shape is None and may_be_silent) or (shape is not None and shape.text == SAME.get(sign, sign))


@pytest.mark.parametrize("height", [14, 16, 18])
@pytest.mark.parametrize("sign", ["≥", "≤", ">", "<"])
def test_too_small_to_tell_is_never_told_wrong(sign: str, height: int) -> None:
    shape = picture_to_operator(drawn(STROKES[sign], height, 0.8))
    assert shape is None or shape.text == sign


def test_blank_paper_and_a_lone_stroke_are_no_operator() -> None:
    assert picture_to_operator(np.full((30, 30), 245, np.uint8)) is None
    assert picture_to_operator(drawn([((50, 20), (50, 90))], 30, 0.4)) is None
    assert picture_to_operator(np.zeros((0, 0), np.uint8)) is None


def test_two_bars_wider_than_a_full_width_sign_and_a_wide_wedge_are_no_operator() -> None:
    assert picture_to_operator(drawn([((4, 54), (116, 54)), ((4, 70), (116, 70))], 44, 0.4)) is None
    assert picture_to_operator(drawn([((4, 46), (116, 60)), ((116, 60), (4, 74))], 44, 0.4)) is None
