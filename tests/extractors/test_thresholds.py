"""Numbers that decide, each from both sides: gaps of glyphs, preparations of crops, strokes that go on, captions, two models."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.geometry.page_ink import Char
from extractors.model import BBox, Cell, Table
from extractors.ocr.crops import crop_line, crop_line_again, crop_line_small, crop_symbol, margin_of, paper_of
from extractors.ocr.recognizer import crop_to_line, surer
from extractors.ocr.textlines import Span
from extractors.tables.captions import split_captions
from extractors.tables.rulings.joining import positions_to_groups
from extractors.tables.rulings.line_segments import Stroke, bridge_strokes, is_drawn
from extractors.tables.textlines import chars_to_text, gap_between, is_letter_spaced

DPI = 100.0


def glyphs(gaps: list[float], text: str = "项目名称", size: float = 10.0) -> list[Char]:
    """Glyphs side by side, each as wide as its size, with these gaps between."""
    x, chars = 0.0, []
    for char, gap in zip(text, [*gaps, 0.0], strict=False):
        chars.append(Char(char, x, 0.0, x + size, size, size))
        x += size + gap
    return chars


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [([5.1, 5.1, 5.1], True), ([5.0, 5.0, 5.0], False), ([6.0, 9.5, 6.0], True), ([6.0, 9.6, 6.0], False)],
)
def test_a_stretched_word_has_wide_and_even_gaps(gaps: list[float], expected: bool) -> None:
    assert is_letter_spaced(glyphs(gaps)) is expected


def test_one_glyph_or_a_latin_one_is_no_stretched_word() -> None:
    assert not is_letter_spaced(glyphs([], "项"))
    assert not is_letter_spaced(glyphs([6.0, 6.0], "项a目")) and not is_letter_spaced(glyphs([6.0, 6.0], "a项目"))


@pytest.mark.parametrize(("angle", "expected"), [(0, 20.0), (180, -40.0), (90, 20.0), (270, -40.0)])
def test_white_is_measured_along_the_text(angle: int, expected: float) -> None:
    left, right = (Char("项", at, at, at + 10.0, at + 10.0, 10.0, angle) for at in (0.0, 30.0))
    assert gap_between(left, right) == expected


@pytest.mark.parametrize(
    ("text", "gap", "expected"),
    [
        ("项目", 10.0, "项目"), ("项目", 10.1, "项 目"), ("ab", 1.7, "ab"), ("ab", 1.8, "a b"),
        ("项a", 5.0, "项a"), ("项a", 5.1, "项 a"), ("１２", 5.0, "１２"), ("１２", 5.1, "１ ２"),
    ],
)  # fmt: skip
def test_a_gap_that_parts_words(text: str, gap: float, expected: str) -> None:
    # A third glyph close behind, so that two alone are not a stretched word.
    assert chars_to_text(glyphs([gap, 0.0], text + text[-1])) == expected + text[-1]


def page(height: int = 60, width: int = 200) -> np.ndarray:
    """Grey paper with one dark line of text, rows 20 to 39, columns 50 to 149."""
    picture = np.full((height, width, 3), 220, np.uint8)
    picture[20:40, 50:150] = 30
    return picture


WHOLE = (0, 0, 200, 60)
LINE = Span(50, 20, 150, 40)


@pytest.mark.parametrize(
    ("height", "small", "expected"), [(10, False, 6), (20, False, 6), (40, False, 12), (10, True, 5), (20, True, 5), (40, True, 10)]
)
def test_white_around_a_line(height: float, small: bool, expected: int) -> None:
    assert margin_of(height, small) == expected


def test_a_line_is_cut_out_with_its_white() -> None:
    assert crop_line(page(), LINE, WHOLE, 20.0).shape == (32, 112, 3)
    assert crop_line(page(), LINE, WHOLE, 30.0).shape == (48, 118, 3), "as high as usual text"


@pytest.mark.parametrize(("height", "expected"), [(40.0, 96), (20.0, 94), (17.0, 110), (10.0, 110)])
def test_a_line_is_squeezed_while_it_has_pixels_to_spare(height: float, expected: int) -> None:
    assert crop_line_small(page(), LINE, WHOLE, height).shape[1] == expected


def test_the_second_preparation_is_twice_as_large_and_stretched_from_black_to_white() -> None:
    again = crop_line_again(page(), LINE, WHOLE, 20.0)
    assert again.shape == (2 * (20 + 2 * 10), 2 * (100 + 2 * 10), 3)
    middle, paper = again[40, 120, 0], again[2, 2, 0]
    assert middle <= 60 and paper >= 240
    # Sharpened: the edge of the ink is darker than its middle.
    assert int(again[40, 2 * 10 + 2, 0]) <= int(middle) - 15


def test_a_lone_glyph_fills_seven_tenths_of_the_height_and_stands_free_at_its_sides() -> None:
    crop = crop_symbol(page(), Span(90, 20, 110, 40), WHOLE)
    assert crop.shape == (20 + 2 * 4, 20 + 2 * 14, 3)
    # Two pixels above and eight beside at least.
    assert crop_symbol(page(), Span(95, 25, 101, 31), WHOLE).shape == (6 + 2 * 2, 6 + 2 * 8, 3)


def test_paper_is_what_three_quarters_of_the_pixels_do_not_exceed() -> None:
    picture = np.zeros((4, 4, 3), np.uint8)
    picture[3, :] = 200
    assert paper_of(picture) == (200.0, 200.0, 200.0)
    picture[3, 0] = 0
    assert paper_of(picture) == (0.0, 0.0, 0.0) or paper_of(picture) == (200.0, 200.0, 200.0)
    assert paper_of(picture[:0]) == (255.0, 255.0, 255.0)


def test_two_models_that_agree_are_surer_and_less_so_of_a_mark() -> None:
    assert surer("县", 0.9, 0.8) == pytest.approx(0.98) == surer("县", 0.8, 0.9)
    assert surer("，", 0.9, 0.64) == pytest.approx(0.94)
    assert surer("县", 1.0, 0.1) == 1.0


def test_a_crop_is_scaled_to_the_height_of_the_recogniser() -> None:
    assert crop_to_line(np.zeros((24, 48), np.uint8)).shape == (48, 96, 3)
    assert crop_to_line(np.zeros((48, 4, 3), np.uint8)).shape == (48, 24, 3), "no narrower than half its height"


def stroke(start: float, end: float, at: float = 10.0) -> Stroke:
    columns = np.arange(round(start), round(end))
    return Stroke(((at, start, end),), columns, np.full(len(columns), at), 2.0)


@pytest.mark.parametrize(("gap", "step", "pieces"), [(7, 0.0, 1), (8, 0.0, 2), (7, 2.0, 1), (7, 2.1, 2)])
def test_a_line_goes_on_over_a_short_white_gap(gap: int, step: float, pieces: int) -> None:
    found = bridge_strokes([stroke(0, 100), stroke(100 + gap, 200 + gap, 10.0 + step)], np.zeros((30, 400), np.uint8), DPI)
    assert len(found) == pieces


@pytest.mark.parametrize(("inked", "gap", "pieces"), [(17, 20, 1), (16, 20, 2), (130, 130, 1), (131, 131, 2)])
def test_a_line_goes_on_behind_ink_that_hides_it(inked: int, gap: int, pieces: int) -> None:
    ink = np.zeros((30, 400), np.uint8)
    ink[10, 100 : 100 + inked] = 255
    assert len(bridge_strokes([stroke(0, 100), stroke(100 + gap, 380)], ink, DPI)) == pieces


def test_a_stroke_of_an_inch_needs_no_closer_look() -> None:
    solid = np.full((30, 400), 255, np.uint8)
    assert is_drawn(stroke(0, 100), solid, DPI) and not is_drawn(stroke(0, 99), solid, DPI)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 2.0, 4.0], [[0, 1, 2]]),
        ([0.0, 2.0, 4.1], [[0, 1], [2]]),
        ([0.0, 2.1], [[0], [1]]),
        ([0.0, 2.0, 4.0, 6.0], [[0, 1, 2], [3]]),
    ],
)
def test_a_ladder_of_lines_never_melts(values: list[float], expected: list[list[int]]) -> None:
    assert positions_to_groups(values, 2.0) == expected


def table(*rows: tuple[str, ...]) -> Table:
    cells = []
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            wide = range(j, 3) if len(row) == 1 else range(j, j + 1)
            cells.append(Cell(range(i, i + 1), wide, text, 1, BBox(0, 10 * i, 30, 10 * i + 10), origin="text-layer"))
    return Table(cells, len(rows), 3)


BODY = (("甲", "乙", "丙"), ("1", "2", "3"))


@pytest.mark.parametrize(
    ("rows", "kept", "lines"),
    [
        ((("表1 收支",), *BODY, ("注：单位万元",)), 2, ["表1 收支", "注：单位万元"]),
        ((("收支",), *BODY), 3, []),
        ((*BODY, ("合计",)), 3, []),
        ((*BODY, ("注：一",), ("说明：二",)), 2, ["注：一", "说明：二"]),
        ((("表1 收支",), ("表2 支出",)), 1, ["表1 收支"]),
        ((("注：一",), ("注：二",)), 1, ["注：二"]),
    ],
)
def test_captions_and_notes_inside_the_frame_are_text(rows: tuple[tuple[str, ...], ...], kept: int, lines: list[str]) -> None:
    left, text = split_captions(table(*rows), 1)
    assert (left.row_count, [each.text for each in text]) == (kept, lines)
    assert all(each.bbox.height == 10 for each in text)
