"""Which readings are believed less: characters of few pixels, and what stands under a streak."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.imaging.streak_mend import FAINT, LOST
from extractors.ocr.cells import CellReading
from extractors.ocr.under_streak import read_under_streaks
from extractors.tables.picture_cells import _less_sure_when_small

LINE = (10, 10, 210, 34)


def reading(text: str, confidence: float = 0.99, line: tuple[int, int, int, int] = LINE) -> CellReading:
    return CellReading(text, confidence, (), True, (line,))


@pytest.mark.parametrize(("height", "expected"), [(12, 0.94), (24, 1.0)])
def test_small_text_is_believed_less(height: int, expected: float) -> None:
    found = _less_sure_when_small([reading("年度资金总额", 1.0, (0, 0, 90, height)), reading("5", 1.0, (0, 0, 8, height))])
    assert [each.confidence for each in found] == [expected, expected]


@pytest.mark.parametrize(
    ("left", "right", "kind", "without", "with_it", "doubtful"),
    [
        ((10, 98), (104, 210), LOST, "完成改造数量", "完成改造数量", False),
        ((10, 98), (104, 210), LOST, "完成改造数量", "完成攻造数量", True),
        ((10, 98), (104, 210), LOST, "1286", "1286", True),
        ((10, 98), (104, 210), FAINT, "1286", "1286", False),
        ((10, 98), (104, 210), FAINT, "1286", "126", True),
        ((10, 60), (104, 210), LOST, "批次组织采样", "批次组织采样", True),
    ],
    ids=["word", "word that differs", "figures", "figures brought back", "figures that differ", "a ruling may lie under it"],
)
def test_doubt_under_a_streak(left: tuple[int, int], right: tuple[int, int], kind: int, without: str, with_it: str, doubtful: bool) -> None:
    streaks, ink = np.zeros((50, 220), np.uint8), np.zeros((50, 220), np.uint8)
    streaks[:, 100:103] = kind
    ink[14:30, left[0] : left[1]] = ink[14:30, right[0] : right[1]] = 255
    found = read_under_streaks([(0, 0, 220, 50)], [reading(without)], streaks, ink, lambda boxes: [reading(with_it) for _ in boxes])
    assert found[0][0].how == "streak-kept"
    assert found[0][1] is doubtful


def test_cell_that_no_streak_touches_is_not_read_again() -> None:
    streaks = np.zeros((50, 220), np.uint8)
    assert read_under_streaks([(0, 0, 220, 50)], [reading("8")], streaks, streaks, lambda boxes: []) == {}
