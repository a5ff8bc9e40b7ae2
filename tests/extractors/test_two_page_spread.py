"""Two sheets side by side on one picture are read as two sheets."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from PIL import Image

from extractors.imaging.gutter import find_gutter
from extractors.imaging.sheet import take_apart
from extractors.imaging.upright import make_upright
from extractors.model import BBox, Cell, Page, Table
from extractors.ocr.engine import load_engine
from extractors.options import ReadOptions
from extractors.pictures.frames import read_frame
from extractors.pictures.scan import read_picture
from extractors.tables.grid import rulings_to_tables
from extractors.tables.two_page_spread import stitch_sheets
from tests.extractors.drawn_form import DPI, draw_form


@lru_cache(maxsize=1)
def engine() -> Any:
    return load_engine(ReadOptions(threads=1))


def test_gutter_is_found_and_lines_of_both_sheets_stay_apart() -> None:
    page, tables = read_picture(np.hstack([draw_form(), draw_form()]), 1, DPI, engine(), ReadOptions(threads=1))
    assert page.gutter == pytest.approx(page.width / 2, rel=0.05)
    assert [(table.row_count, table.col_count) for table in tables] == [(6, 5), (6, 5)]
    assert len(page.lines) == 10
    assert [line.bbox.x0 < page.gutter for line in page.lines] == [True] * 5 + [False] * 5


@pytest.mark.parametrize("cut", [0, 900])
def test_page_with_one_sheet_has_no_gutter(cut: int) -> None:
    picture = draw_form()[cut:]
    sheet = take_apart(make_upright(picture, DPI, None).picture, DPI)
    assert find_gutter(sheet.ink, [grid.bbox for grid in rulings_to_tables(sheet.rulings, 2.5)], DPI) is None


def test_table_goes_on_from_the_left_sheet_to_the_right_one() -> None:
    page = Page(1, 1190, 842, "ocr", gutter=595.0)
    left, right = (_table(x, top, rows) for x, top, rows in ((40, 400, 4), (635, 40, 3)))
    joined = stitch_sheets([page], [left, right])
    assert [(table.row_count, table.col_count, table.pages) for table in joined] == [(7, 2, [1])]
    boxes = [cell.bbox for cell in joined[0].cells if cell.bbox is not None]
    assert sum(box.x0 > 595 for box in boxes) == 6
    assert [note.message for note in page.notes] == ["the first table goes on from page 1"]


def _table(x: float, top: float, rows: int) -> Table:
    cells = [
        Cell(
            range(i, i + 1),
            range(j, j + 1),
            f"{x:.0f} {i}{j}",
            1,
            BBox(x + 260 * j, top + 100 * i, x + 260 * (j + 1), top + 100 * (i + 1)),
            origin="picture",
        )
        for i in range(rows)
        for j in range(2)
    ]
    return Table(cells, rows, 2)


def test_fax_pixels_become_square(tmp_path: Any) -> None:
    path = tmp_path / "fax.tiff"
    Image.new("1", (1728, 1146), 1).save(path, dpi=(204, 98), compression="group4")
    pixels, dpi = read_frame(path, 0)
    assert dpi == 204
    assert pixels.shape == (round(1146 * 204 / 98), 1728, 3)
