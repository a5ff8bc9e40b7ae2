"""The real engine on pages drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.ocr.cells import CellReading, read_cells
from extractors.ocr.detect import joined, read_lines
from extractors.ocr.engine import Effort, Engine, load_engine
from extractors.ocr.recognizer import LineReading
from extractors.ocr.selftest import self_test
from extractors.options import ReadOptions

BOX = (200, 60)


@lru_cache(maxsize=1)
def engine() -> Engine:
    return load_engine(ReadOptions(threads=1, device="cpu"))


def page(*texts: str) -> tuple[Any, list[tuple[int, int, int, int]]]:
    """A column of cells, their lines separated by line feeds."""
    picture = np.full((BOX[1] * len(texts) + 20, BOX[0] + 20, 3), 250, np.uint8)
    boxes = []
    for row, text in enumerate(texts):
        top = 10 + row * BOX[1]
        cv2.rectangle(picture, (10, top), (10 + BOX[0], top + BOX[1]), (0, 0, 0), 2)
        boxes.append((13, top + 3, 8 + BOX[0], top + BOX[1] - 2))
        for index, line in enumerate(text.split("\n")):
            cv2.putText(picture, line, (24, top + 26 + 24 * index), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (20, 20, 20), 2, cv2.LINE_AA)
    return picture, boxes


def how(reading: CellReading, kind: str) -> str:
    return next(r.text for r in reading.readings if r.how == kind)


def test_cells_come_back_in_order_with_blank_ones_blank() -> None:
    picture, boxes = page("716.3", "", "2024", "1", "95.5%")
    readings = read_cells(picture, boxes, engine())
    assert [r.text for r in readings] == ["716.3", "", "2024", "1", "95.5%"]
    assert [r.ink for r in readings] == [True, False, True, True, True]
    assert readings[1].confidence == 1.0


def test_two_lines_keep_their_line_feed() -> None:
    picture, boxes = page("12 34\n56 78")
    (reading,) = read_cells(picture, boxes, engine())
    assert reading.text.replace(" ", "") == "1234\n5678"
    assert len(reading.lines) == 2
    assert reading.lines[0][3] <= reading.lines[1][1]
    assert reading.readings == ()


def test_short_cells_are_read_twice_under_both_vocabularies() -> None:
    picture, boxes = page("350", "<", "=", "86")
    readings = read_cells(picture, boxes, engine())
    assert how(readings[0], "number") == how(readings[0], "second-number") == "350"
    assert how(readings[1], "operator") == how(readings[1], "second-operator") == "<"
    assert how(readings[2], "operator") == how(readings[2], "second-operator") == "="


def test_a_page_with_a_seal_still_in_it_is_read_both_ways() -> None:
    picture, boxes = page("716.3", "42")
    sealed = picture.copy()
    cv2.putText(sealed, "9", (50, 36), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (20, 20, 200), 2, cv2.LINE_AA)
    readings = read_cells(picture, boxes, engine(), second=sealed)
    assert how(readings[0], "seal-kept") != "716.3"
    assert "seal-kept" not in [r.how for r in readings[1].readings]


def test_boxes_without_pixels_are_blank() -> None:
    picture, _ = page("1")
    readings = read_cells(picture, [(50, 50, 50, 60), (500, 10, 600, 40)], engine())
    assert [r.ink for r in readings] == [False, False]
    assert read_cells(picture, [], engine()) == []


def test_words_outside_tables_and_nothing_on_blank_paper() -> None:
    picture = np.full((300, 700, 3), 255, np.uint8)
    assert read_lines(picture, engine()) == []
    cv2.putText(picture, "2024 TITLE", (200, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2, cv2.LINE_AA)
    cv2.putText(picture, "hidden", (200, 260), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2, cv2.LINE_AA)
    mask = np.zeros((300, 700), np.bool_)
    mask[:150] = True
    ((box, text, confidence),) = read_lines(picture, engine(), mask)
    assert text.replace(" ", "") == "2024TITLE"
    assert box[1] < 60 < box[3]
    assert confidence > 0.5


def test_fragments_join_only_when_close() -> None:
    assert joined([(0, 0, 100, 20), (110, 1, 200, 21), (400, 0, 500, 20)]) == [(0, 0, 200, 21), (400, 0, 500, 20)]
    assert joined([(0, 30, 100, 50), (0, 0, 100, 20)]) == [(0, 0, 100, 20), (0, 30, 100, 50)]


def test_the_built_in_picture_is_read() -> None:
    assert "2024" in self_test(engine())


def test_a_long_number_outside_the_tables_keeps_all_its_noughts() -> None:
    """At the width of print two noughts in a row become one; 130004519 is no telephone number."""
    picture = np.full((60, 420, 3), 245, np.uint8)
    cv2.putText(picture, "phone 13300004519", (20, 34), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (90, 90, 90), 1, cv2.LINE_AA)
    squeezed = cv2.resize(picture, None, fx=0.72, fy=1.0, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(squeezed, (0, 0), 0.9)
    ((_, text, _),) = read_lines(blurred, engine())
    assert text.replace(" ", "").endswith("13300004519")


class Watched:
    """The engine, and how many lines it was given to read small and large."""

    def __init__(self) -> None:
        self.name, self.threads, self.efforts = engine().name, 1, engine().efforts
        self.small, self.large = 0, 0

    def recognize(self, crops: Sequence[Any], effort: Effort = "full") -> list[LineReading]:
        self.small, self.large = self.small + (effort != "full") * len(crops), self.large + (effort == "full") * len(crops)
        return engine().recognize(crops, effort)

    def detect(self, picture: Any) -> list[Any]:
        return engine().detect(picture)


@pytest.mark.parametrize("text", ["1300 0006 4351", "annual target"])
def test_figures_and_words_of_letters_are_read_large_after_all(text: str) -> None:
    picture, boxes = page(text)
    watched = Watched()
    (reading,) = read_cells(picture, boxes, watched)
    assert reading.text.replace(" ", "") == text.replace(" ", "")
    assert watched.small >= 1 <= watched.large


class Cheap(Watched):
    """The engine, whose cheap readings lose all but the last character."""

    def recognize(self, crops: Sequence[Any], effort: Effort = "full") -> list[LineReading]:
        readings = super().recognize(crops, effort)
        return readings if effort == "full" else [replace(line, text=line.text[-1:], confidence=0.95) for line in readings]


@pytest.mark.skipif("quick" not in engine().efforts, reason="without the quick model nothing is taken from cheap readings")
@pytest.mark.parametrize("text", ["<=", "11", "350"])
def test_a_lost_stroke_or_figure_that_two_cheap_readings_agree_on_is_read_with_full_effort(text: str) -> None:
    picture, boxes = page(text)
    (reading,) = read_cells(picture, boxes, Cheap())
    assert reading.text.replace(" ", "") == text


@pytest.mark.parametrize(
    ("watched", "large"),
    [
        pytest.param(Watched, 1, marks=pytest.mark.skipif("quick" not in engine().efforts, reason="the quick model is the witness")),
        (Cheap, 2),
    ],
)
def test_a_long_number_has_a_cheap_witness_that_must_know_all_its_figures(watched: type[Watched], large: int) -> None:
    picture = np.full((60, 460, 3), 245, np.uint8)
    cv2.putText(picture, "13300004519", (20, 38), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2, cv2.LINE_AA)
    reader = watched()
    ((_, text, confidence),) = read_lines(picture, reader)
    assert (text, reader.large) == ("13300004519", large)
    assert confidence > 0.9
