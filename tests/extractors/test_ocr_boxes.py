"""Boxes to tick, drawn stroke by stroke: no box comes out as a digit or a letter, and no digit or letter as a box."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.boxes import Box, box_read_as, may_be_tick, picture_to_box
from extractors.ocr.cells import read_cells
from extractors.ocr.engine import load_engine
from extractors.ocr.textlines import Span
from extractors.options import ReadOptions

TICK = [((30, 62), (46, 78)), ((46, 78), (72, 32))]
CROSS = [((20, 20), (80, 80)), ((20, 80), (80, 20))]
INSIDE: dict[str, list[tuple[tuple[int, int], tuple[int, int]]]] = {"□": [], "☑": TICK, "☒": CROSS, "■": []}


def drawn(sign: str, size: int, width: int = 80, corner: int = 0, blur: float = 0.5) -> Any:
    """A sign in a frame of 80 by ``width``, its corners cut off, ``size`` pixels high in the end."""
    paper = np.full((100, 100), 245, np.uint8)
    left, right = 50 - width // 2, 50 + width // 2
    corners = [(left, 10 + corner), (left + corner, 10), (right - corner, 10), (right, 10 + corner),
               (right, 90 - corner), (right - corner, 90), (left + corner, 90), (left, 90 - corner)]  # fmt: skip
    points = np.array(corners, np.int32)
    if sign == "■":
        cv2.fillPoly(paper, [points], 20)
    cv2.polylines(paper, [points], True, 20, 7, cv2.LINE_AA)
    for start, stop in INSIDE[sign]:
        cv2.line(paper, start, stop, 20, 9, cv2.LINE_AA)
    scale = size / 87
    return cv2.resize(cv2.GaussianBlur(paper, (0, 0), blur / scale), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize("size", [18, 26, 40])
@pytest.mark.parametrize("sign", INSIDE)
def test_a_box_is_known_by_its_frame_and_by_what_stands_inside(sign: str, size: int) -> None:
    assert picture_to_box(drawn(sign, size)) == Box(sign, sure=True)


@pytest.mark.parametrize(("corner", "is_box"), [(0, True), (8, True), (10, False), (24, False)])
def test_a_frame_without_corners_is_no_box(corner: int, is_box: bool) -> None:
    assert (picture_to_box(drawn("□", 60, corner=corner, blur=0.2)) is not None) is is_box


@pytest.mark.parametrize(
    ("width", "expected"), [(80, Box("□", True)), (70, Box("□", True)), (56, Box("□", False)), (34, Box("□", False)), (18, None)]
)
def test_an_upright_box_stands_for_a_sign_that_a_font_lacks(width: int, expected: Box | None) -> None:
    assert picture_to_box(drawn("□", 60, width=width)) == expected


def test_a_frame_with_an_open_side_is_no_box() -> None:
    for share, is_box in ((0.2, True), (0.5, False)):
        paper = drawn("□", 60)
        paper[: paper.shape[0] // 4, round(30 - 30 * share) : round(30 + 30 * share)] = 245
        assert (picture_to_box(paper) is not None) is is_box


@pytest.mark.parametrize("size", [16, 20, 28, 44])
@pytest.mark.parametrize("char", "0123456789BDOQRCGUaeo%")
def test_no_digit_and_no_letter_is_a_box(char: str, size: int) -> None:
    picture = Image.new("L", (3 * size, 3 * size), 245)
    ImageDraw.Draw(picture).text((size, size), char, 20, ImageFont.load_default(size))
    assert picture_to_box(np.asarray(picture)) is None


def test_characters_that_are_closed_keep_their_reading() -> None:
    empty, ticked = drawn("□", 30), drawn("☑", 30)
    span = Span(0, 0, empty.shape[1], empty.shape[0])
    for text in ("口", "日", "回", "10", "□□"):
        assert box_read_as(text, empty, span, 30.0) is None
    assert box_read_as("0", empty, span, 30.0) == Box("□", True)
    assert box_read_as("口", ticked, span, 30.0) == box_read_as("冈", ticked, span, 30.0) == Box("☑", True)
    # A full stop is a small square.
    assert box_read_as(".", drawn("■", 30), span, 66.0) == Box("■", True)
    assert box_read_as(".", drawn("■", 30), span, 90.0) is None


def test_blank_paper_is_no_box() -> None:
    assert picture_to_box(np.full((30, 30), 245, np.uint8)) is None
    assert picture_to_box(np.zeros((0, 0), np.uint8)) is None


def test_a_lone_letter_may_be_a_tick() -> None:
    assert [may_be_tick(text) for text in ("J", " V ", "t", "m", "JV", "√", "")] == [True, True, False, False, False, False, False]


@pytest.mark.parametrize(("sign", "width"), [("☑", 80), ("☒", 80), ("■", 80), ("□", 36)])
def test_a_box_in_a_cell_is_no_digit(sign: str, width: int) -> None:
    picture = Image.new("RGB", (260, 220), (245, 245, 245))
    draw = ImageDraw.Draw(picture)
    draw.text((30, 20), "1250", (20, 20, 20), ImageFont.load_default(34))
    draw.text((30, 150), "0", (20, 20, 20), ImageFont.load_default(34))
    box = Image.fromarray(drawn(sign, 26, width=width))
    picture.paste(box.convert("RGB"), (30, 92))
    cells = [(10, 8, 250, 70), (10, 76, 250, 140), (10, 144, 250, 212)]
    number, found, zero = read_cells(np.asarray(picture), cells, load_engine(ReadOptions(threads=1, device="cpu")))
    assert (number.text, zero.text) == ("1250", "0")
    # An upright box may be taken for 口, which is no digit.
    assert found.text == sign or (width < 80 and found.text == "口")
