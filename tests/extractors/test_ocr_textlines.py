"""Lines of cells drawn here: what counts is how many there are and that no ink is lost."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.ocr.residue import without_residue
from extractors.ocr.textlines import gray_to_ink, ink_to_runs, slope_of, split_lines, typical_height, without_specks


def paper(height: int = 120, width: int = 400) -> Any:
    return np.full((height, width), 245, np.uint8)


def write(gray: Any, text: str, x: int, y: int) -> None:
    cv2.putText(gray, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)


def ink_of(gray: Any, line_height: float = 20.0) -> Any:
    return without_specks(without_residue(gray_to_ink(gray))[0], line_height)


def test_blank_paper_has_no_ink_even_with_grain() -> None:
    grain = np.random.default_rng(1).normal(0, 9, (120, 400))
    assert not gray_to_ink(paper()).any()
    assert not gray_to_ink(np.clip(paper() + grain, 0, 255).astype(np.uint8)).any()
    assert not gray_to_ink(paper(0, 30)).any()


def test_three_tight_lines_are_three() -> None:
    gray = paper()
    for row in range(3):
        write(gray, "Ap 12.5 xyz", 10, 30 + 24 * row)
    spans = split_lines(ink_of(gray), 20)
    assert len(spans) == 3
    assert all(b.top >= a.bottom for a, b in zip(spans, spans[1:], strict=False))


def test_bars_of_an_equals_sign_are_one_line() -> None:
    gray = paper()
    gray[50:53, 40:58] = 20
    gray[58:61, 40:58] = 20
    assert len(split_lines(ink_of(gray), 20)) == 1


def test_rulings_left_at_the_border_are_no_text() -> None:
    gray = paper()
    gray[0:3] = 30
    gray[:, -3:] = 30
    write(gray, "12", 30, 60)
    spans = split_lines(ink_of(gray), 20)
    assert len(spans) == 1
    assert spans[0].x1 < 100


def test_a_stem_beside_the_border_is_no_ruling() -> None:
    gray = paper(30, 200)
    gray[7:24, 1:6] = 20  # an I right beside the ruling
    gray[7:24, 193:198] = 20  # and a 1
    kept, residue, _ = without_residue(gray_to_ink(gray))
    assert kept[10:20, 2].all() and kept[10:20, 195].all()
    assert not residue.any()


def radical(gray: Any, x: int, top: int, foot: int) -> None:
    """亻, thin, as a program of spreadsheets sets it right beside the border."""
    gray[top:foot, x + 3 : x + 5] = 20
    for step in range(8):
        gray[top + step : top + step + 3, x + 6 - step // 2 : x + 8 - step // 2] = 20


def test_the_first_stroke_of_a_word_at_the_side_and_foot_of_a_tight_cell_is_no_ruling() -> None:
    gray = paper(26, 200)
    radical(gray, 0, 6, 26)
    gray[8:11, 10:24] = gray[15:17, 10:24] = gray[23:26, 10:24] = gray[6:26, 16:18] = 20
    kept, residue, _ = without_residue(gray_to_ink(gray))
    assert kept[14:24, 3].all() and not residue.any()


def test_the_left_side_of_a_closed_character_at_the_foot_of_a_tight_cell_is_no_ruling() -> None:
    gray = paper(26, 200)
    gray[6:26, 2:4] = gray[6:26, 18:20] = 20  # 日, whose feet the cell cuts off
    gray[6:8, 2:20] = gray[14:16, 2:20] = gray[22:24, 2:20] = 20
    assert not without_residue(gray_to_ink(gray))[1].any()


def test_a_ruling_beside_a_word_is_one() -> None:
    gray = paper(26, 200)
    gray[:, 0:2] = 20  # whole
    gray[8:24, 8:24] = 20
    assert without_residue(gray_to_ink(gray))[1][:, 0].all()
    slanted = paper(60, 200)
    slanted[25:60, 0:2] = 20  # leaves the cell half way up
    slanted[8:24, 8:24] = 20
    assert without_residue(gray_to_ink(slanted))[1][30:55, 0].all()


def test_feet_of_bold_letters_are_no_ruling() -> None:
    gray = paper(24, 400)
    for x in range(14, 390, 12):
        gray[5:20, x : x + 9] = 20
    assert not without_residue(gray_to_ink(gray))[1].any()


def test_a_point_stays_where_text_fills_its_cell() -> None:
    gray = paper(20, 60)
    gray[3:18, 10:19] = gray[3:18, 26:35] = 20
    gray[15:18, 21:24] = 20
    assert without_residue(gray_to_ink(gray))[0][16, 22]


def test_specks_are_dropped_and_a_decimal_point_stays() -> None:
    gray = paper()
    write(gray, "8.5", 30, 60)
    for x, y in ((200, 20), (300, 100), (350, 50)):
        gray[y : y + 3, x : x + 2] = 40
    spans = split_lines(ink_of(gray), 20)
    assert len(spans) == 1
    assert spans[0].x1 < 120


def dot(gray: np.ndarray, x: int, y: int) -> None:
    cv2.circle(gray, (x, y), 2, 20, -1)


def test_a_speck_beside_a_number_is_no_point_of_it() -> None:
    for x, y in ((80, 70), (80, 62), (108, 36), (190, 55)):
        gray = paper()
        write(gray, "24", 100, 60)
        dot(gray, x, y)
        (span,) = split_lines(ink_of(gray), 20)
        assert span.x0 >= 98 and span.x1 < 150 and span.bottom <= 64


def test_what_is_left_of_a_thin_stroke_before_a_word_stays() -> None:
    gray = paper()
    write(gray, "24", 100, 60)
    for x in (90, 95):
        dot(gray, x, 54)
    assert split_lines(ink_of(gray), 20)[0].x0 < 90


def test_a_point_inside_or_close_behind_a_number_stays() -> None:
    gray = paper()
    write(gray, "24", 100, 60)
    before = int(ink_of(gray).sum())
    dot(gray, int(np.flatnonzero(ink_of(gray).any(axis=0))[-1]) + 5, 58)
    assert int(ink_of(gray).sum()) > before


def test_a_cell_with_a_speck_alone_is_blank_and_one_with_a_dash_is_not() -> None:
    gray = paper()
    dot(gray, 120, 60)
    assert not split_lines(ink_of(gray), 20)
    gray = paper()
    gray[59:62, 110:120] = 20
    assert split_lines(ink_of(gray), 20)


def test_a_tilted_wide_line_shows_its_slope() -> None:
    gray = paper(100, 1000)
    write(gray, "0123456789 " * 5, 10, 40)
    turned = cv2.warpAffine(gray, np.array([[1, 0, 0], [0.008, 1, 0]]), (1000, 100), borderValue=245)
    assert abs(slope_of(gray_to_ink(gray))) < 0.002
    assert 0.006 < slope_of(gray_to_ink(turned)) < 0.010


def test_typical_height_ignores_bars_and_blocks() -> None:
    assert typical_height([[(0, 22), (30, 53)], [(0, 3)], [(0, 90)], [(5, 28)]]) == 23
    assert typical_height([]) == 24.0
    assert typical_height([[(0, 12), (20, 140)]]) == 12.0
    assert ink_to_runs(np.zeros((5, 5), np.bool_)) == []


def test_a_comma_in_the_middle_of_its_square_ends_a_line_of_words() -> None:
    """Some fonts set it half a character behind the last one; beside a short number a grain there is dirt."""
    for glyphs, gap, stays in ((9, 12, True), (9, 16, True), (9, 20, False), (3, 12, False), (3, 16, False)):
        ink = np.zeros((40, 400), np.bool_)
        for k in range(glyphs):
            ink[8:30, 10 + 24 * k : 30 + 24 * k] = True
        right = 30 + 24 * (glyphs - 1)
        ink[25:31, right + gap : right + gap + 4] = True
        kept = without_specks(ink, 22.0)
        assert kept[25:31, right + gap : right + gap + 4].any() == stays, (glyphs, gap)


def test_a_comma_ends_the_shorter_of_two_lines() -> None:
    ink = np.zeros((80, 400), np.bool_)
    for k in range(9):
        ink[40:62, 10 + 24 * k : 30 + 24 * k] = True
    for k in range(7):
        ink[8:30, 10 + 24 * k : 30 + 24 * k] = True
    right = 30 + 24 * 6
    ink[25:31, right + 15 : right + 19] = True
    assert without_specks(ink, 22.0)[25:31, right + 15 : right + 19].any()


def test_a_comma_hangs_from_the_line_between_digits_and_dirt_below_it_does_not() -> None:
    """Most fonts set a comma half below the feet of the digits: of clean type it is as small as a grain."""
    places = ((29, 27, 3, 6, True), (49, 27, 3, 6, True), (29, 32, 3, 6, False), (29, 28, 5, 5, False), (70, 27, 3, 6, False))
    for left, top, width, height, stays in places:
        ink = np.zeros((60, 200), np.bool_)
        for k in range(2):
            ink[10:30, 15 + 20 * k : 28 + 20 * k] = True
        ink[top : top + height, left : left + width] = True
        kept = without_specks(ink, 20.0)
        assert kept[top + height - 1, left + 1] == stays, (left, top, width, height)


@pytest.mark.parametrize(("gap", "kept"), [(0, True), (2, True), (4, True), (8, False)])
def test_a_figure_raised_above_its_letter_stays_and_dirt_far_above_does_not(gap: int, kept: bool) -> None:
    """㎡ of a serif face: between the m and its figure there is white."""
    ink = np.zeros((60, 90), np.bool_)
    for x in (30, 37, 44):
        ink[34:48, x : x + 3] = True
    ink[34:36, 30:47] = True
    ink[34 - gap - 7 : 34 - gap, 46:50] = True
    assert without_specks(ink, 23.0)[: 34 - gap].any() == kept
