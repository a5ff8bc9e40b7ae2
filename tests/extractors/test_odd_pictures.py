"""Pictures that are white on black, transparent, or too thin for text."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.errors import PictureSizeError
from extractors.imaging.streaks import find_streaks
from extractors.options import ReadOptions
from extractors.pictures.file import read_image
from extractors.pictures.frames import FEWEST_PIXELS, check_holds_a_line, read_frame
from extractors.pictures.negatives import is_negative, with_dark_ink
from extractors.reading import read_file
from tests.extractors.drawn_form import DPI, draw_form, photographed


def test_a_negative_is_told_and_turned_back() -> None:
    form = draw_form()
    assert is_negative(255 - form)
    picture, inverted = with_dark_ink(255 - form)
    assert inverted and (picture == form).all()


@pytest.mark.parametrize("paper", ["plain", "dark desk", "black", "white", "dark head", "white sheet on black"])
def test_what_is_dark_but_no_negative_is_left(paper: str) -> None:
    form = draw_form()
    if paper == "dark desk":
        form = photographed(form)
    elif paper in ("black", "white"):
        form = np.full_like(form, 0 if paper == "black" else 255)
    elif paper == "dark head":
        form[:600] = 255 - form[:600]
    elif paper == "white sheet on black":
        form = cv2.copyMakeBorder(form, 900, 900, 900, 900, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    assert not is_negative(form)


def test_a_negative_is_read_as_its_positive() -> None:
    page, (table,) = read_image(255 - draw_form(), 1, DPI, ReadOptions(threads=1))
    assert (table.row_count, table.col_count) == (6, 5)
    assert sum("Item" in cell.text for cell in table.cells) >= 24
    assert [note.code for note in page.notes] == ["picture.inverted"]


def test_black_from_end_to_end_has_no_streaks() -> None:
    black = np.zeros((900, 900), np.uint8)
    black[:, 450] = 255
    assert find_streaks(black, 100, broken_lines=False) == []


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_white_ink_on_nothing_is_laid_over_black(tmp_path: Path, mode: str) -> None:
    ink = 255 - draw_form()[:, :, 0]
    white = np.full_like(ink, 255)
    Image.fromarray(np.dstack([white] * (len(mode) - 1) + [ink]), mode).save(tmp_path / "form.png")
    image, _ = read_frame(tmp_path / "form.png", 0)
    assert (with_dark_ink(image)[0] == draw_form()).all()


def test_dark_ink_on_nothing_stays_over_white(tmp_path: Path) -> None:
    ink = 255 - draw_form()[:, :, 0]
    Image.fromarray(np.dstack([np.zeros_like(ink)] * 3 + [ink]), "RGBA").save(tmp_path / "form.png")
    assert (read_frame(tmp_path / "form.png", 0)[0] == draw_form()).all()


@pytest.mark.parametrize("size", [(1, 1), (2, 5000), (6000, 3)])
def test_a_strip_too_thin_for_text_is_refused_with_a_reason(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("L", size, 255).save(tmp_path / "strip.png")
    with pytest.raises(PictureSizeError, match="no line of text"):
        read_file(tmp_path / "strip.png", ReadOptions(threads=1))


def test_a_strip_that_may_hold_a_line_is_not_refused() -> None:
    check_holds_a_line(5000, FEWEST_PIXELS)
    with pytest.raises(PictureSizeError):
        check_holds_a_line(5000, FEWEST_PIXELS - 1)
