"""A mark of punctuation between two characters that the recogniser took for neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.decode import LineProbs
from extractors.ocr.missing_marks import has_doubtful_sign, has_lost_mark, may_be_seven
from extractors.ocr.recognizer import HEIGHT, LineReading
from extractors.ocr.textlines import Span

STEP = 8


def reading(text: str, steps: tuple[int, ...], sure: bool = True) -> LineReading:
    size = max(steps) + 4
    blank = np.ones(size, np.float32) if sure else np.full(size, 0.9, np.float32)
    probs = LineProbs(text, (1.0,) * len(text), steps, blank, np.zeros((size, 1), np.float32))
    return LineReading(text, 1.0, probs)


def line(inked: tuple[int, ...], width: int = 400) -> NDArray[np.uint8]:
    """A line of paper with a character at each of these steps, or a small mark at the foot for a negative one."""
    crop = np.full((HEIGHT, width, 3), 240, np.uint8)
    for step in inked:
        x = int((abs(step) + 0.5) * STEP)
        if step < 0:
            crop[36:41, x - 3 : x + 3] = 20
        else:
            crop[8:40, x - 14 : x + 14 : 4] = 20
    return crop


def test_ink_in_a_gap_of_two_squares_is_a_lost_mark() -> None:
    assert has_lost_mark(line((2, 8, 14, 20, -26, 32, 38)), reading("高龄老人独居", (2, 8, 14, 20, 32, 38)), HEIGHT)


@pytest.mark.parametrize(
    ("text", "steps"),
    [("高龄老人独居", (2, 8, 14, 20, 32, 38)), ("高龄老人", (2, 8, 14, 20)), ("≥95%", (2, 8, 14, 32)), ("高", (2,))],
)
def test_a_gap_without_ink_or_without_neighbours_is_none(text: str, steps: tuple[int, ...]) -> None:
    assert not has_lost_mark(line(steps), reading(text, steps), HEIGHT)


def test_a_mark_that_was_read_is_not_lost() -> None:
    steps = (2, 8, 14, 20, 26, 32, 38)
    assert not has_lost_mark(line((2, 8, 14, 20, -26, 32, 38)), reading("高龄老人、独居", steps), HEIGHT)


def test_a_faint_character_at_the_front_is_lost_and_white_is_not() -> None:
    steps = (8, 14, 20, 26, 32, 38)
    assert has_lost_mark(line((-2, *steps)), reading("次验收合格的", steps), HEIGHT)
    assert not has_lost_mark(line(steps), reading("次验收合格的", steps), HEIGHT)


@pytest.mark.parametrize("quantised", [-1, 0, 1])
def test_a_mark_at_the_end_is_lost_and_the_last_character_is_none(quantised: int) -> None:
    """The steps are coarse: the last character may stand a step off."""
    steps = (2, 8, 14, 20, 26 + quantised)
    assert has_lost_mark(line((2, 8, 14, 20, 26, -32)), reading("春防五月底", steps), HEIGHT)
    assert not has_lost_mark(line((2, 8, 14, 20, 26)), reading("春防五月底", steps), HEIGHT)
    assert not has_lost_mark(line((2, 8, 14, 20, 26, -32)), reading("春防五月底、", (*steps, 32)), HEIGHT)


def test_squares_of_two_and_a_half_steps_leave_no_room_at_the_front() -> None:
    """Read small, characters are two or three steps apart; half of them two says nothing of the first."""
    crop = np.full((32, 120, 3), 240, np.uint8)
    for k in range(6):
        crop[6:26, 6 + 19 * k : 22 + 19 * k : 3] = 20
    assert not has_lost_mark(crop, reading("年度总体目标", (1, 3, 6, 8, 10, 13)), 32)
    assert not has_lost_mark(crop, reading("年度总体目标", (2, 4, 6, 9, 11, 14)), 32)


def test_a_speck_at_the_front_counts_where_the_reader_is_not_sure_of_nothing() -> None:
    """All that was left of 二 before 十个工作日."""
    crop = line((8, 14, 20, 26, 32))
    crop[20:26, 30:34] = 20
    assert has_lost_mark(crop, reading("十个工作日", (8, 14, 20, 26, 32), sure=False), HEIGHT)
    assert not has_lost_mark(crop, reading("十个工作日", (8, 14, 20, 26, 32)), HEIGHT)


@pytest.mark.parametrize(("text", "width", "doubtful"), [("1", 14, True), ("1", 9, False), ("7", 14, False), ("11", 18, False)])
def test_a_one_as_wide_as_a_seven_is_doubted(text: str, width: int, doubtful: bool) -> None:
    """A heavy 7 of a black and white scan, read as 1 with 0.99, 0.97 and 0.85 in three preparations by two models."""
    assert may_be_seven(text, Span(100, 40, 100 + width, 60)) == doubtful


@pytest.mark.parametrize(
    ("sign", "prob", "doubtful"), [("；", 0.94, True), (";", 0.94, True), ("；", 0.99, False), ("，", 0.94, False), ("1", 0.9, True)]
)
def test_a_sign_that_is_not_sure_may_be_dirt_or_a_piece_of_a_character(sign: str, prob: float, doubtful: bool) -> None:
    """A comma with a fleck above it; 扣 whose right half broke off, so that 扣2分 reads 扣12分."""
    read = reading(f"分批实施{sign}年底", (2, 8, 14, 20, 26, 32, 38))
    probs = replace(read.probs, char_probs=(1.0,) * 4 + (prob,) + (1.0,) * 2)
    assert has_doubtful_sign(replace(read, probs=probs)) == doubtful
    bare = replace(read, text="2024" + sign + "12", probs=probs)
    assert not has_doubtful_sign(bare)
