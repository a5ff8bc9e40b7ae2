"""Doubtful parts of a line: where they are cut, and how what was read goes back in."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.decode import KEPT, LineProbs
from extractors.ocr.line_regions import Part, Scale, line_to_parts, with_part
from extractors.ocr.recognizer import LineReading
from extractors.ocr.textlines import Span

# Characters 24 pixels wide, of which 20 are ink, three steps each.
WIDTH, INK, STEPS = 24, 20, 3
# The last three characters of a line of six, of which the first two are company.
END = Part(3, 5, 2, 0, Span(72, 0, 144, 30))


def reading(text: str, prob: float = 1.0, first: int = 1) -> LineReading:
    steps = tuple(first + STEPS * n for n in range(len(text)))
    empty = np.zeros(STEPS * len(text) + 1, np.float32)
    probs = LineProbs(text, (prob,) * len(text), steps, empty, np.zeros((len(empty), len(KEPT)), np.float32))
    return LineReading(text, prob, probs)


def cell(text: str) -> tuple[np.ndarray, Span, Scale]:
    ink = np.zeros((30, WIDTH * len(text)), np.bool_)
    for n in range(len(text)):
        ink[4:26, n * WIDTH + 2 : n * WIDTH + 2 + INK] = True
    return ink, Span(0, 4, ink.shape[1], 26), Scale(0.0, ink.shape[1], STEPS * len(text))


def test_a_part_is_cut_in_white_with_two_sure_characters_at_each_side() -> None:
    text = "对已建成的高标准农田开展日常管护"
    ink, span, scale = cell(text)
    (part,) = line_to_parts(reading(text), [7], ink, span, scale)
    assert text[part.first : part.last + 1] == "高标准农田"
    assert (part.before, part.after) == (2, 2)
    assert not ink[:, part.span.x0].any() and not ink[:, part.span.x1 - 1].any()


def test_a_number_is_not_parted() -> None:
    text = "完成高标准农田建设12.5万亩以上的任务和全部的验收"
    ink, span, scale = cell(text)
    (part,) = line_to_parts(reading(text), [text.index("5")], ink, span, scale)
    assert "12.5" in text[part.first : part.last + 1]


def test_characters_that_touch_are_not_parted() -> None:
    text = "对已建成的高标准农田开展日常管护"
    ink, span, scale = cell(text)
    ink[10] = True
    assert line_to_parts(reading(text), [7], ink, span, scale) == []


def test_a_line_that_is_doubtful_all_over_is_read_whole() -> None:
    text = "对已建成的高标准农"
    ink, span, scale = cell(text)
    assert line_to_parts(reading(text), [1, 4, 7], ink, span, scale) == []


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        ("管护，维修", "日常管护，维修沟渠"),
        ("管护维修", "日常管护维修沟渠"),
        ("!管护，维修i", "日常管护，维修沟渠"),  # slivers of what stands beside it
        ("养护，维修", None),
        ("管护，维", None),
    ],
)
def test_a_part_goes_back_where_it_came_from_or_not_at_all(read: str, whole: str | None) -> None:
    line = reading("日常管护.维修沟渠", 0.5)
    scale = Scale(0.0, 216.0, 27.0)
    new = with_part(line, Part(2, 6, 2, 2, Span(48, 0, 168, 30)), reading(read, 0.98), scale, Scale(48.0, 120.0, 15.0), True)
    assert (new.text if new else None) == whole
    if new is not None:
        assert len(new.probs.char_steps) == len(new.probs.char_probs) == len(new.text)
        assert list(new.probs.char_steps) == sorted(new.probs.char_steps)


def test_a_character_read_in_two_ways_is_doubted() -> None:
    """修缮 with broken strokes: 缮 with 0.49 first, then 绪 with 0.97."""
    line = reading("周转宿舍修缮", 0.49)
    new = with_part(line, END, reading("舍修绪", 0.97), Scale(0.0, 144.0, 18.0), Scale(72.0, 72.0, 9.0), False)
    assert new is not None and new.text == "周转宿舍修绪"
    assert new.probs.char_probs[-1] == pytest.approx(0.51)


def test_what_two_models_read_alike_is_surer() -> None:
    line = reading("周转宿舍修缮", 0.8)
    new = with_part(line, END, reading("舍修缮", 0.8), Scale(0.0, 144.0, 18.0), Scale(72.0, 72.0, 9.0), True)
    assert new is not None
    assert new.probs.char_probs[-1] == pytest.approx(0.96)
