"""Streaks of feeders and printers are told from rulings, taken off, and what they hid is marked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.imaging.sheet import take_apart
from extractors.imaging.streak_mend import FAINT, LOST, take_off_streaks
from extractors.imaging.streaks import find_streaks
from extractors.imaging.upright import make_upright
from extractors.model import Cell, Table
from extractors.ocr.engine import load_engine
from extractors.options import ReadOptions
from extractors.pictures.scan import read_picture
from extractors.tables.grid import rulings_to_tables
from tests.extractors.drawn_form import COLS, DPI, ROWS, draw_form, turned

Picture = np.ndarray[Any, Any]


def streaked(x: int, width: int = 3, shade: int = 40, strength: float = 1.0, degrees: float = 0.6) -> Picture:
    picture = turned(draw_form(), degrees)
    part = picture[:, x : x + width].astype(np.float32)
    picture[:, x : x + width] = (part + (shade - part) * strength).astype(np.uint8)
    return picture


def grey(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


@pytest.mark.parametrize("width", [1, 2, 4])
@pytest.mark.parametrize("degrees", [0.0, 0.6, -4.0])
def test_streak_is_found_however_the_page_lies(width: int, degrees: float) -> None:
    found = find_streaks(grey(streaked(340, width, degrees=degrees)), DPI)
    assert [(streak.x0, streak.x1, streak.dark) for streak in found] == [(340, 340 + width, True)]


@pytest.mark.parametrize("degrees", [0.0, 0.3, 2.0])
def test_rulings_are_no_streaks(degrees: float) -> None:
    whole = turned(draw_form(), degrees)
    close = whole[ROWS[1] + 20 : ROWS[-1] - 20, COLS[0] - 30 : COLS[-1] + 30]
    for picture in (whole, whole[:, COLS[0] + 20 :], close):
        assert find_streaks(grey(picture), DPI) == []
        assert find_streaks(np.ascontiguousarray(grey(picture).T), DPI) == []


def test_light_streak_is_found_by_the_lines_that_it_breaks() -> None:
    found = find_streaks(grey(streaked(420, 2, 255)), DPI)
    assert [streak.dark for streak in found] == [False]
    assert abs(found[0].x0 - 420) <= 1 and abs(found[0].x1 - 422) <= 1


@pytest.mark.parametrize("across", [False, True])
def test_grid_is_the_same_without_the_streak(across: bool) -> None:
    picture = streaked(640)
    picture = np.ascontiguousarray(np.rot90(picture)) if across else picture
    upright = make_upright(picture, DPI, None)
    sheet = take_apart(upright.picture, upright.dpi, upright.streaks, upright.streaked)
    grids = rulings_to_tables(sheet.rulings, 2.5)
    assert sorted((grid.row_count, grid.col_count)[:: -1 if upright.rotation % 180 == 0 and across else 1] for grid in grids) == [(6, 5)]
    assert upright.streaks is not None and sheet.streaked is not None


def test_print_that_shows_through_is_brought_back() -> None:
    plain = turned(draw_form(), 0.6)
    mended, mask = take_off_streaks(streaked(340, 3, 60, 0.5), DPI)
    assert mask is not None and set(np.unique(mask)) == {0, FAINT}
    assert np.abs(mended.astype(int) - plain).mean() < 0.1
    mask_of_opaque = take_off_streaks(streaked(340, 3, 60, 1.0), DPI)[1]
    assert mask_of_opaque is not None and mask_of_opaque.max() == LOST


def test_page_without_streaks_is_not_copied() -> None:
    picture = draw_form()
    mended, mask = take_off_streaks(picture, DPI)
    assert mended is picture and mask is None


@lru_cache(maxsize=1)
def engine() -> Any:
    return load_engine(ReadOptions(threads=1))


def test_text_under_a_streak_is_read_twice_and_marked_where_a_figure_may_hide() -> None:
    picture = streaked(345, 4, 30)
    page, tables = read_picture(picture, 1, DPI, engine(), ReadOptions(threads=1))
    assert any(note.code == "picture.streaks" for note in page.notes)
    crossed = [cell for cell in tables[0].cells if _crossed(tables[0], cell)]
    assert len(crossed) == 5
    assert all("streak" in cell.marks for cell in crossed)
    assert all(any(reading.how == "streak-kept" for reading in cell.readings) for cell in crossed)
    assert not any("streak" in cell.marks for cell in tables[0].cells if cell not in crossed)


def _crossed(table: Table, cell: Cell) -> bool:
    return cell.cols == range(1, 2)
