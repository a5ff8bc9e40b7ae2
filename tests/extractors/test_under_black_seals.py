"""What a black seal does to lines: strokes off the middle of a cell, and print that runs into the ring."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from extractors.imaging.seal_rings import Ring
from extractors.ocr.centred import centred_lines, is_centred_page
from extractors.ocr.engine import Engine
from extractors.ocr.text_under_seals import read_into_seals
from extractors.ocr.textlines import Span

RING = Ring(500, 200, 100, 4)
LABEL = ((40, 190, 160, 210), "填表人：甲乙丙", 0.99)


def line(top: int, bottom: int) -> Span:
    return Span(0, top, 40, bottom)


def test_strokes_above_and_below_the_middle_are_left_out() -> None:
    assert centred_lines([line(2, 14), line(38, 62)], 100, 24) == [line(38, 62)]
    assert centred_lines([line(22, 46), line(52, 76), line(84, 98)], 100, 24) == [line(22, 46), line(52, 76)]


def test_lines_stay_where_none_or_all_stand_in_the_middle() -> None:
    top = [line(2, 26), line(30, 54)]
    assert centred_lines(top, 100, 24) == top
    both = [line(20, 44), line(56, 80)]
    assert centred_lines(both, 100, 24) == both


def test_a_form_set_at_the_top_is_told_by_its_other_cells() -> None:
    assert is_centred_page([([line(38, 62)], 100)] * 6, 24)
    assert not is_centred_page([([line(4, 28)], 100)] * 6, 24)
    assert not is_centred_page([([line(38, 62)], 100)] * 2, 24)


class Reader:
    """Gives the same text for every strip, and keeps how wide they were."""

    def __init__(self, text: str) -> None:
        self.text, self.widths = text, list[int]()

    def recognize(self, crops: list[np.ndarray], effort: str = "full") -> list[Any]:
        self.widths += [crop.shape[1] for crop in crops]
        return [SimpleNamespace(text=self.text, confidence=0.6) for _ in crops]


def read(found: list[Any], text: str) -> tuple[list[Any], list[Any]]:
    page = np.full((400, 800, 3), 240, np.uint8)
    return read_into_seals(found, [RING], (page, page), cast(Engine, Reader(text)))


def test_a_line_that_runs_into_a_seal_is_read_through_it() -> None:
    pieces = [((430, 188, 480, 214), "分责", 0.4), ((500, 180, 560, 216), "乙云", 0.3)]
    rest, anew = read([LABEL, *pieces], "单位负责人：丁戊己")
    assert rest == [LABEL]
    assert [text for _, text, _ in anew] == ["单位负责人：丁戊己"]


def test_where_nothing_was_found_only_a_label_is_print() -> None:
    assert read([LABEL], "东阳县水利")[1] == []
    assert len(read([LABEL], "单位负责人：丁戊己")[1]) == 1


def test_characters_of_the_seal_that_stand_on_no_line_stay_apart() -> None:
    letters = ((450, 120, 480, 150), "县", 0.9)
    rest, anew = read([LABEL, letters], "")
    assert rest == [LABEL, letters] and not anew
