"""A picture of a form is read cell by cell, with the real engine and its bundled models."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.model import Page, Table
from extractors.ocr.engine import load_engine
from extractors.options import ReadOptions
from extractors.pictures.scan import read_picture
from tests.extractors.drawn_form import DPI, draw_form, stamp


@lru_cache(maxsize=1)
def engine() -> Any:
    return load_engine(ReadOptions(threads=1))


def read(picture: np.ndarray[Any, Any], draw_dir: Path | None = None) -> tuple[Page, list[Table]]:
    return read_picture(np.ascontiguousarray(picture), 1, DPI, engine(), ReadOptions(threads=1, draw_dir=draw_dir, name="form.png"))


def texts(table: Table) -> list[str]:
    return ["".join(cell.text.split()).lower() for cell in table.cells]


WANTED = ["item00ok"] + [f"item{i}{j}ok" for i in range(1, 6) for j in range(5)]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_page_lying_any_way_is_read_the_same(quarter: int) -> None:
    page, tables = read(np.rot90(draw_form(), -quarter))
    assert page.rotation == (-90 * quarter) % 360
    assert [(t.row_count, t.col_count) for t in tables] == [(6, 5)]
    right = sum(a == b for a, b in zip(texts(tables[0]), WANTED, strict=True))
    assert right >= 24


def test_words_outside_the_table_are_lines() -> None:
    page, tables = read(draw_form())
    assert len(page.lines) == 5
    assert all("".join(line.text.split()).startswith("Wordsbelow") for line in page.lines)
    assert all(cell.engine and cell.bbox is not None for cell in tables[0].cells)


def test_cells_under_a_red_seal_are_marked_and_read_twice(tmp_path: Path) -> None:
    picture = draw_form()
    stamp(picture, (640, 400), 130, (60, 50, 215))
    page, tables = read(picture, tmp_path)
    sealed = [cell for cell in tables[0].cells if "seal" in cell.marks]
    assert len(page.seals) == 1
    assert 2 <= len(sealed) <= 9
    assert all(any(reading.how == "seal-kept" for reading in cell.readings) for cell in sealed)
    assert (tmp_path / "form-001.png").stat().st_size > 1000


def test_cells_under_a_black_seal_are_distrusted() -> None:
    picture = draw_form()
    stamp(picture, (640, 400), 110, (0, 0, 0))
    _, tables = read(picture)
    sealed = [cell for cell in tables[0].cells if "seal" in cell.marks]
    assert sealed and all(cell.confidence <= 0.5 for cell in sealed)
    assert any(reading.how == "second" for cell in sealed for reading in cell.readings)
    assert all(cell.confidence > 0.5 for cell in tables[0].cells if cell.cols.start == 0 and cell.rows.start >= 2)


def test_ink_that_is_no_text_is_said_to_be_there() -> None:
    picture = draw_form()
    cv2.rectangle(picture, (310, 205), (512, 245), (255, 255, 255), -1)
    cv2.line(picture, (330, 240), (500, 208), (0, 0, 0), 3)
    _, tables = read(picture)
    cell = tables[0].at(1, 1)
    assert cell is not None and (cell.text or "ink-without-text" in cell.marks)


def test_blank_page_is_a_page_without_words() -> None:
    page, tables = read(np.full((800, 600, 3), 255, np.uint8))
    assert tables == [] and page.lines == [] and page.seals == []
