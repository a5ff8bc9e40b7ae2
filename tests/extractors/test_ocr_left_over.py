"""Ink that no character of a reading stands on, and strokes that are too pale or too near to a ruling to be seen as text."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.ocr.decode import LineProbs
from extractors.ocr.faint_strokes import with_faint_strokes
from extractors.ocr.left_over import has_left_over, is_cut_at_edge, read_left_over
from extractors.ocr.line_regions import Scale
from extractors.ocr.open_cells import OpenCell
from extractors.ocr.recognizer import HEIGHT, LineReading
from extractors.ocr.residue import without_residue
from extractors.ocr.textlines import Span, gray_to_ink

SQUARE, TOP, LINE = 25, 8, 23
# One step of the recogniser is five pixels here.
STEP = 5


def cell(squares: tuple[float, ...], half: tuple[float, ...] = ()) -> OpenCell:
    """A cell with a line of type: characters at these squares, a low mark at those of ``half``."""
    ink = np.zeros((40, 400), np.bool_)
    for at in squares:
        x = round(20 + at * SQUARE)
        ink[TOP : TOP + LINE : 4, x + 1 : x + SQUARE - 1] = True
        ink[TOP : TOP + LINE, x + 12 : x + 14] = True
    for at in half:
        x = round(20 + at * SQUARE)
        ink[TOP + 18 : TOP + LINE, x + 2 : x + 7] = True
    columns = np.flatnonzero(ink.any(axis=0))
    picture = np.where(ink[..., None], 20, 240).repeat(3, axis=2).astype(np.uint8)
    return OpenCell((0, 0, 400, 40), picture, ink, 0.0, None, [Span(int(columns[0]), TOP, int(columns[-1]) + 1, TOP + LINE)])


def reading(text: str, squares: tuple[float, ...], confidence: float = 1.0) -> LineReading:
    """A line read with its characters in the middle of these squares."""
    steps = tuple(round((20 + (at + 0.5) * SQUARE) / STEP - 0.5) for at in squares)
    size = max(steps, default=0) + 4
    probs = LineProbs(text, (confidence,) * len(text), steps, np.ones(size, np.float32), np.zeros((size, 1), np.float32))
    return LineReading(text, confidence, probs)


SCALE = Scale(0.0, 400.0, 400 / STEP)


@pytest.mark.parametrize(
    ("text", "stood", "read", "lost"),
    [
        ("一级指标", (0, 1, 2, 3), (0, 1, 2, 3), False),
        ("级指标", (0, 1, 2, 3), (1, 2, 3), True),
        ("工程之", (0, 1, 2, 3), (0, 1, 2), True),
        ("按类标准", (0, 1, 2, 3, 4), (0, 2, 3, 4), True),
        ("按类标准", (0, 2, 3, 4), (0, 2, 3, 4), False),  # wide set, with white between
        ("城乡", (0, 4), (0, 4), False),
        ("城", (0, 4), (0,), True),
    ],
)
def test_ink_without_a_character_is_left_over(text: str, stood: tuple[float, ...], read: tuple[float, ...], lost: bool) -> None:
    assert has_left_over(cell(stood), 0, reading(text, read), SCALE, LINE) is lost


@pytest.mark.parametrize(("off", "lost"), [(0.3, False), (0.7, True)])
def test_steps_are_coarse_and_a_character_is_not(off: float, lost: bool) -> None:
    assert has_left_over(cell((0, 1, 2)), 0, reading("保障乡", (0 + off, 1, 2)), SCALE, LINE) is lost


@pytest.mark.parametrize(
    ("apart", "sign", "high", "lost"),
    [
        (1.5, (27, 35), LINE, True),  # a narrow ⩾ or ⩽, clear of both
        (1.5, (26, 30), LINE, True),
        (1.5, (26, 28), LINE, False),  # with the first it is no wider than one character
        (1.5, (27, 35), 5, False),  # too low for a sign; marks of punctuation are sought elsewhere
        (1.2, (26, 29), LINE, False),  # no further apart than coarse steps make neighbours
        (1.5, (0, 0), LINE, False),
    ],
)
def test_a_narrow_sign_between_two_characters(apart: float, sign: tuple[int, int], high: int, lost: bool) -> None:
    opened = cell((0, apart, apart + 1))
    opened.ink[TOP + LINE - high : TOP + LINE, 20 + sign[0] : 20 + sign[1]] = True
    assert has_left_over(opened, 0, reading("按类标", (0, apart, apart + 1)), SCALE, LINE) is lost
    assert not has_left_over(opened, 0, reading("按1标", (0, apart, apart + 1)), SCALE, LINE)  # how wide a figure is nobody knows


def test_what_a_ruling_left_at_the_side_and_strokes_of_a_black_seal_are_not_asked() -> None:
    opened = cell((0, 1, 2, 6))
    assert has_left_over(opened, 0, reading("保障城", (0, 1, 2)), SCALE, LINE)
    opened.covered = True
    assert not has_left_over(opened, 0, reading("保障城", (0, 1, 2)), SCALE, LINE)
    beside = cell((0, 1, 2))
    beside.ink[TOP : TOP + LINE, -3:] = True
    beside.lines = [Span(beside.lines[0].x0, TOP, 400, TOP + LINE)]
    assert not has_left_over(beside, 0, reading("保障城", (0, 1, 2)), SCALE, LINE)


class Larger:
    """An engine that reads every line as one text, for the second look."""

    name, threads, efforts = "larger", 1, ("full",)

    def __init__(self, text: str, confidence: float) -> None:
        self.text, self.confidence = text, confidence

    def recognize(self, crops: list[NDArray[np.uint8]], effort: str = "full") -> list[LineReading]:
        found, count = [], len(self.text)
        for crop in crops:
            # Twice the scale, with white of half a line at both sides.
            wide, side = crop.shape[1] / 2, 12
            steps = crop.shape[1] * HEIGHT / crop.shape[0] / 8
            at = tuple(round((side + (k + 0.5) * (wide - 2 * side) / count) * steps / wide - 0.5) for k in range(count))
            probs = LineProbs(self.text, (self.confidence,) * len(at), at, np.ones(99, np.float32), np.zeros((99, 1), np.float32))
            found.append(LineReading(self.text, self.confidence, probs))
        return found


@pytest.mark.parametrize(
    ("text", "confidence", "taken"),
    [("工程之一", 0.98, True), ("工程之一", 0.7, False), ("土程之一", 0.98, False), ("工程之", 0.98, False)],
)
def test_a_larger_reading_is_taken_when_it_is_sure_holds_the_first_and_leaves_nothing(text: str, confidence: float, taken: bool) -> None:
    opened = cell((0, 1, 2, 3))
    # The crop of the first reading: 7 pixels of white around the line.
    opened.crops, opened.heights = [np.full((LINE + 14, opened.lines[0].width + 14, 3), 240, np.uint8)], [HEIGHT]
    first = [[reading("工程之", (0, 1, 2))]]
    left = read_left_over([opened], first, Larger(text, confidence), LINE)  # type: ignore[arg-type]
    assert (first[0][0].text == "工程之一") is taken
    assert left == (set() if taken else {(0, 0)})


def pale_bar(level: int, gap: int = 0) -> NDArray[np.uint8]:
    """一 with serifs: a thin bar of one pixel in grey with a dark end, apart by a gap, behind a character."""
    gray = np.full((40, 120), 240, np.uint8)
    gray[8:32:4, 10:32] = gray[8:32, 20:22] = 60
    gray[20, 40 : 58 - gap] = level
    gray[18:21, 58:62] = 60
    return gray


@pytest.mark.parametrize(("level", "gap", "seen"), [(170, 0, True), (232, 0, False), (170, 8, False)])
def test_a_pale_bar_that_touches_ink_is_ink(level: int, gap: int, seen: bool) -> None:
    gray = pale_bar(level, gap)
    ink = gray_to_ink(gray)
    assert not ink[20, 44:50].any()
    assert bool(with_faint_strokes(gray, ink)[20, 44:50].all()) is seen


def test_thick_strokes_and_the_grey_of_a_ruling_grow_by_nothing() -> None:
    gray = np.full((40, 120), 240, np.uint8)
    gray[10:20, 20:80] = 40
    gray[0] = 150
    soft = cv2.GaussianBlur(gray, (0, 0), 1.0)
    ink = gray_to_ink(soft)
    assert (with_faint_strokes(soft, ink) == ink).all()


def beside_ruling(top: int, bottom: int) -> NDArray[np.uint8]:
    """A stroke at the left edge of a cell, and a glyph behind it."""
    gray = np.full((40, 120), 240, np.uint8)
    gray[top:bottom, 2:5] = 40
    gray[10:30, 10:22] = 40
    return gray


@pytest.mark.parametrize(("top", "bottom", "text"), [(10, 30, True), (0, 40, False), (0, 22, False)])
def test_a_stroke_on_the_line_beside_a_ruling_is_kept_and_doubted(top: int, bottom: int, text: bool) -> None:
    ink, residue, _ = without_residue(gray_to_ink(beside_ruling(top, bottom)))
    assert bool(ink[15, 3]) is text
    line = Span(2 if text else 10, 10, 22, 30)
    opened = OpenCell((0, 0, 120, 40), np.zeros((40, 120, 3), np.uint8), ink, 0.0, None, [line], residue=residue if residue.any() else None)
    assert is_cut_at_edge(opened, 20.0) is text
