"""Rulings from filled paths with holes: even-odd frames, a table painted as a box less its cells."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Table
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf

TEXTS = [["甲", "乙"], ["丙", "丁"]]
XS, YS = [50, 150, 350], [60, 90, 120]


def texts(tmp_path: Path, page: PdfPage) -> list[list[list[str]]]:
    page.text(60, 80, "甲").text(160, 80, "乙").text(60, 110, "丙").text(160, 110, "丁")
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([page]))
    return [rows(table) for table in read_file(path, ReadOptions()).tables]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def box(page: PdfPage, x0: float, top: float, x1: float, bottom: float, back: bool = False) -> str:
    """The outline of a box, counter-clockwise, or clockwise with ``back``."""
    a, b = page.height - top, page.height - bottom
    if back:
        return f"{x0} {b} m {x0} {a} l {x1} {a} l {x1} {b} l h"
    return f"{x0} {b} m {x1} {b} l {x1} {a} l {x0} {a} l h"


def frames(paint: str, back: bool, gray: float = 0, gap: float = 0) -> PdfPage:
    """Each cell with a frame of its own, one unit wide."""
    page = PdfPage()
    for left, right in zip(XS, XS[1:], strict=False):
        for top, bottom in zip(YS, YS[1:], strict=False):
            outer = box(page, left + gap, top + gap, right - gap, bottom - gap)
            inner = box(page, left + gap + 1, top + gap + 1, right - gap - 1, bottom - gap - 1, back)
            page.ops.append(f"{gray} g {outer} {inner} {paint} 0 g")
    return page


def test_even_odd_frames_of_cells(tmp_path: Path) -> None:
    assert texts(tmp_path, frames("f*", back=False)) == [TEXTS]


def test_frames_whose_inner_outline_runs_the_other_way(tmp_path: Path) -> None:
    assert texts(tmp_path, frames("f", back=True)) == [TEXTS]


def test_frames_apart_from_each_other(tmp_path: Path) -> None:
    assert texts(tmp_path, frames("f*", back=False, gap=0.5)) == [TEXTS]


def test_two_outlines_that_run_alike_are_one_filled_box_and_no_frame(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([frames("f", back=False, gray=0.9).text(60, 80, "甲").text(160, 110, "丁")]))
    assert read_file(path, ReadOptions()).tables == []


def test_white_frames_are_none(tmp_path: Path) -> None:
    assert texts(tmp_path, frames("f*", back=False, gray=1)) == []


def test_a_box_less_its_cells(tmp_path: Path) -> None:
    page = PdfPage()
    cells = [
        box(page, left + 1, top + 1, right, bottom)
        for left, right in zip(XS, XS[1:], strict=False)
        for top, bottom in zip(YS, YS[1:], strict=False)
    ]
    page.ops.append(f"{box(page, 50, 60, 351, 121)} {' '.join(cells)} f*")
    assert texts(tmp_path, page) == [TEXTS]
