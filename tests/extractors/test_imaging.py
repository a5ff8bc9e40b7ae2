"""Pages are brought upright and taken apart, whatever way they lay."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.orientation import find_quarter_turns
from extractors.imaging.seal_code import text_to_code
from extractors.imaging.sheet import Sheet, take_apart
from extractors.imaging.upright import Upright, make_upright
from extractors.imaging.warp import warp
from extractors.tables.grid import rulings_to_tables
from tests.extractors.drawn_form import COLS, DPI, ROWS, draw_form, photographed, stamp, turned

Picture = np.ndarray[Any, Any]


def read_grid(picture: Picture, dpi: float | None = DPI) -> tuple[Upright, Sheet, list[tuple[int, int, int]]]:
    upright = make_upright(picture, dpi, None)
    sheet = take_apart(upright.picture, upright.dpi)
    grids = rulings_to_tables(sheet.rulings, 2.5)
    return upright, sheet, [(grid.row_count, grid.col_count, len(grid.cells)) for grid in grids]


WHOLE = [(6, 5, 26)]


@pytest.mark.parametrize("degrees", [-5.0, -1.3, 0.0, 0.4, 3.0, 5.0])
def test_skew_is_found_and_taken_out(degrees: float) -> None:
    upright, _, grids = read_grid(turned(draw_form(), degrees))
    assert upright.skew == pytest.approx(degrees, abs=0.1)
    assert not upright.photographed
    assert grids == WHOLE


def test_text_direction_needs_no_recogniser() -> None:
    upright = make_upright(np.ascontiguousarray(np.rot90(draw_form(), -1)), DPI, None)
    assert upright.rotation in (90, 270)


def test_transform_leads_back_to_the_original_pixel() -> None:
    upright, _, _ = read_grid(turned(draw_form(), 3.0))
    matrix = np.array(upright.points_to_original()).reshape(3, 3)
    grid = rulings_to_tables(take_apart(upright.picture, upright.dpi).rulings, 2.5)[0]
    x, y, w = matrix @ np.array([grid.bbox.x0, grid.bbox.top, 1.0])
    turn = cv2.getRotationMatrix2D((620, 877), -3.0, 1.0)
    assert np.hypot(*(np.array([x / w, y / w]) - turn @ np.array([COLS[0], ROWS[0], 1.0]))) < 3


def test_photograph_is_rectified_and_the_desk_left_out() -> None:
    upright, _, grids = read_grid(photographed(draw_form()), None)
    assert upright.photographed
    assert grids == WHOLE
    assert upright.picture.min(axis=2)[:, :20].mean() > 200


@pytest.mark.parametrize(
    ("line", "shade", "noise"), [(1, 0, 0.0), (1, 150, 4.0), (3, 0, 12.0), (2, 175, 4.0)], ids=["thin", "thin grey", "noisy", "pale"]
)
def test_lines_of_all_kinds(line: int, shade: int, noise: float) -> None:
    picture = turned(draw_form(line, shade), 0.6)
    rough = np.clip(picture + np.random.default_rng(5).normal(0, noise, picture.shape), 0, 255).astype(np.uint8)
    assert read_grid(rough)[2] == WHOLE


def test_black_border_and_punch_holes_do_no_harm() -> None:
    picture = turned(draw_form(), 1.0)
    picture[:, :24] = 15
    picture[-20:] = 20
    cv2.circle(picture, (60, 600), 20, (25, 25, 25), -1)
    assert read_grid(picture)[2] == WHOLE


def test_short_breaks_in_lines_are_closed() -> None:
    picture = draw_form()
    for x in range(130, 1140, 90):
        picture[:, x : x + 4] = 255
    assert read_grid(picture)[2] == WHOLE


def test_table_cut_by_the_end_of_the_picture() -> None:
    assert read_grid(draw_form()[: ROWS[-1] - 40])[2] == [(6, 5, 26)]


def test_red_seal_is_lifted_and_black_ink_below_it_stays() -> None:
    picture = draw_form()
    stamp(picture, (620, 400), 130, (60, 50, 215))
    _, sheet, grids = read_grid(picture)
    assert grids == WHOLE
    assert len(sheet.seals) == 1 and sheet.seals[0].lifted
    plain = take_apart(make_upright(draw_form(), DPI, None).picture, DPI)
    assert cv2.countNonZero(cv2.absdiff(sheet.ink, plain.ink)) < 0.02 * cv2.countNonZero(plain.ink)


def test_red_rulings_and_fills_are_no_seal() -> None:
    picture = draw_form()
    black = picture.max(axis=2) < 120
    picture[black] = (0, 0, 160)
    picture[ROWS[1] : ROWS[2]][~black[ROWS[1] : ROWS[2]]] = (150, 200, 255)
    assert not any(seal.lifted for seal in read_grid(picture)[1].seals)


def test_red_text_outside_a_seal_is_not_lifted() -> None:
    picture = draw_form()
    stamp(picture, (620, 1300), 130, (60, 50, 215))
    cv2.putText(picture, "12.5", (540, 380), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (40, 40, 200), 2)
    _, sheet, _ = read_grid(picture)
    assert cv2.countNonZero(sheet.ink[350:395, 530:640]) > 100


def test_black_seal_is_found_by_its_ring_and_makes_no_cells() -> None:
    picture = draw_form()
    stamp(picture, (640, 410), 120, (0, 0, 0))
    _, sheet, grids = read_grid(turned(picture, 0.8))
    assert grids == WHOLE
    assert len(sheet.seals) == 1
    seal = sheet.seals[0]
    assert not seal.lifted and seal.ring is not None
    assert seal.ring.radius == pytest.approx(120, abs=4)


def test_a_star_that_ties_two_lines_together_hides_neither() -> None:
    picture = draw_form()
    cv2.circle(picture, (880, 365), 40, (0, 0, 0), -1)
    assert read_grid(picture)[2] == WHOLE


@pytest.mark.parametrize("seed", [1, 3])
def test_worn_ring_that_the_end_of_the_page_cuts_is_found_among_dense_text(seed: int) -> None:
    rng = np.random.default_rng(seed)
    picture = draw_form()
    for k in range(44):
        line = "".join(rng.choice(list("O80CQG69@#8B%&"), 48))
        cv2.putText(picture, line, (100, 1000 + 17 * k), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 2)
    layer = np.full_like(picture, 255)
    cv2.circle(layer, (1150, 1250), 115, (0, 0, 0), 3)
    layer[rng.random(picture.shape[:2]) < 0.2] = 255
    (seal,) = take_apart(np.minimum(picture, layer), DPI).seals
    assert seal.ring is not None
    assert (seal.ring.x, seal.ring.y, seal.ring.radius) == pytest.approx((1150, 1250, 115), abs=4)


def test_page_without_seal_has_none() -> None:
    assert read_grid(draw_form())[1].seals == []


def test_fine_picture_is_brought_to_working_size() -> None:
    fine = cv2.resize(draw_form(), None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    upright, _, grids = read_grid(fine, DPI * 4)
    assert upright.dpi == pytest.approx(200)
    assert grids == WHOLE


def test_serial_number_of_a_seal_must_be_whole_and_clear() -> None:
    assert text_to_code("县4312991018055", [0.3] + [0.99] * 13) == "4312991018055"
    assert text_to_code("4312991018055", [0.99] * 12 + [0.5]) is None
    assert text_to_code("431299101805", [0.99] * 12) is None


@pytest.mark.parametrize("lean", [0.0, 2e-6])
@pytest.mark.parametrize("coloured", [False, True])
def test_a_warped_page_keeps_the_detail_of_all_three_channels(coloured: bool, lean: float) -> None:
    page = np.full((300, 400, 3), 240, np.uint8)
    for left in range(20, 380, 30):
        cv2.putText(page, "8", (left, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 2)
        cv2.circle(page, (left, 220), 9, (60, 40, 220) if coloured else (90, 90, 90), 3)
    matrix = np.array([[1.0, -0.01, 5.0], [0.01, 1.0, -4.0], [lean, lean, 1.0]])
    finely = cv2.warpPerspective(page, matrix, (410, 310), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(240,) * 3)
    coarsely = cv2.warpPerspective(page, matrix, (410, 310), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(240,) * 3)
    off = np.abs(warp(page, matrix, (410, 310)).astype(int) - finely)
    assert off[:180].max() <= 20 and off[:180].mean() < 0.1  # black print: as from sixteen pixels
    assert off.mean() < 0.35 * np.abs(coarsely.astype(int) - finely).mean()


@pytest.mark.parametrize(
    ("as_it_lies", "on_its_head", "turns"),
    [
        ([0.0, 0.1, 1.0, 0.98], [0.53, 0.38, 0.76, 0.91], 0),  # a table of nine numbers: dashes at its edge are read as lines, too
        ([0.53, 0.38, 0.76, 0.91], [0.0, 0.1, 1.0, 0.98], 2),
        ([0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], 0),
    ],
)
def test_what_is_no_text_either_way_does_not_turn_a_page(as_it_lies: list[float], on_its_head: list[float], turns: int) -> None:
    page = np.full((400, 600, 3), 250, np.uint8)
    for row in range(4):
        cv2.putText(page, "Finland and Sweden 15", (60, 60 + 90 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 2)
    marks = iter([*as_it_lies, *on_its_head])
    ink = cv2.threshold(page[:, :, 0], 128, 255, cv2.THRESH_BINARY_INV)[1]
    assert find_quarter_turns(page, ink, DPI, lambda crops: [next(marks) for _ in crops]) == turns
