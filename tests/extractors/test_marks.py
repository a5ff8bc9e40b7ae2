"""Watermarks and stamps are no part of cells; what only looks like them is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.painted_pdf import Sheet, show_text, write_pdf
from extractors.model import Document
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.without_fonts import read_without_fonts

GREY = (0.82, 0.82, 0.82)
RED = (0.85, 0.1, 0.1)
ROWS = [["指标名称", "指标值", "单位"], ["农村公路养护里程", "12.5", "公里"], ["群众满意度", "95", "%"], ["", "", ""]]


def form() -> Sheet:
    page = Sheet(400, 300)
    ys, xs = [60.0, 90, 120, 150, 180], [50.0, 180, 270, 350]
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    page.text(140, 40, "项目绩效目标表", 14)
    for y, row in zip(ys, ROWS, strict=False):
        for x, words in zip(xs, row, strict=False):
            if words:
                page.text(x + 6, y + 19, words)
    return page


def turned() -> Sheet:
    page = form()
    page.text(90, 190, "内部资料", 40, GREY, (0.7, 0.7))
    return page


def turned_black_below() -> Sheet:
    page = Sheet(400, 300)
    page.text(90, 190, "作废", 12, turn=(0.94, 0.34))
    page.ops += form().ops
    return page


def oversized() -> Sheet:
    page = form()
    page.text(100, 150, "样本", 70, (0.9, 0.6, 0.6))
    return page


def letters() -> Sheet:
    page = form()
    for k, letter in enumerate("征求意见稿"):
        page.text(70 + 55 * k, 170 - 20 * k, letter, 30, GREY)
    return page


def small_and_tiled() -> Sheet:
    page = form()
    for k in range(4):
        for j in range(3):
            page.text(55 + 105 * j, 75 + 31 * k, "某某局 张三", 8, GREY)
    return page


def half_clear() -> Sheet:
    page = form()
    page.begin_alpha(0.2)
    page.text(60, 160, "草稿草稿", 60)
    page.end()
    return page


def in_a_form() -> Sheet:
    page = form()
    page.form(show_text(60, 175, "未定稿 2024-05-06 09:30 打印", 11, (0.75, 0.75, 0.75)))
    return page


def red_stamp() -> Sheet:
    page = form()
    page.text(60, 112, "已审核 作废", 22, RED)
    return page


def between_glyphs() -> Sheet:
    page = form()
    page.text(156, 174, "作废", 24, RED)
    return page


MARKED: dict[str, tuple[Callable[[], Sheet], str, str]] = {
    "turned": (turned, "内部资料", "watermark"),
    "turned, black, below": (turned_black_below, "作废", "watermark"),
    "oversized": (oversized, "样本", "stamp"),
    "letter by letter": (letters, "征求意见稿", "watermark"),
    "small and tiled": (small_and_tiled, "某某局 张三", "watermark"),
    "half clear": (half_clear, "草稿草稿", "watermark"),
    "in a form": (in_a_form, "未定稿 2024-05-06 09:30 打印", "watermark"),
    "a ruling between its glyphs": (between_glyphs, "作废", "stamp"),
    "red stamp": (red_stamp, "已审核 作废", "stamp"),
}


def read(folder: Path, *pages: Sheet) -> Document:
    path = folder / "form.pdf"
    path.write_bytes(write_pdf(list(pages)))
    return read_file(path, ReadOptions())


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[0].rows()]


@pytest.mark.parametrize("name", MARKED)
def test_a_mark_is_in_no_cell(tmp_path: Path, name: str) -> None:
    make, words, kind = MARKED[name]
    document = read(tmp_path, make())
    assert cells(document) == ROWS
    assert [(mark.text, mark.kind) for mark in document.pages[0].marks] == [(words, kind)]
    assert [line.text for line in document.pages[0].lines] == ["项目绩效目标表"]
    assert document.pages[0].hidden_text == []


def test_marks_are_in_no_cell_without_fonts_too(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    for make in (letters, small_and_tiled, turned):
        path.write_bytes(write_pdf([make()]))
        assert read_without_fonts(path)["cells"] == ROWS


def test_a_pale_line_in_the_same_place_of_every_page(tmp_path: Path) -> None:
    pages = [form(), form()]
    for page in pages:
        page.text(56, 170, "2024-05-06", 8, GREY)
    document = read(tmp_path, *pages)
    assert all([(mark.text, mark.kind) for mark in page.marks] == [("2024-05-06", "watermark")] for page in document.pages)


def pale_value() -> Sheet:
    page = form()
    page.text(186, 169, "13", 9, GREY)
    return page


def red_value() -> Sheet:
    page = form()
    page.text(186, 169, "13", 9, RED)
    return page


def big_value() -> Sheet:
    page = form()
    page.text(186, 175, "13", 24)
    return page


def upright_value() -> Sheet:
    page = form()
    page.text(200, 175, "13", 9, turn=(0, 1))
    return page


def white_on_dark() -> Sheet:
    page = form()
    page.fill((180.5, 150.5, 269.5, 179.5), (0.1, 0.2, 0.5))
    page.text(186, 169, "13", 9, (1, 1, 1))
    return page


@pytest.mark.parametrize("make", [pale_value, red_value, big_value, upright_value, white_on_dark], ids=lambda make: make.__name__)
def test_what_looks_alike_stays_in_its_cell(tmp_path: Path, make: Callable[[], Sheet]) -> None:
    document = read(tmp_path, make())
    assert cells(document) == [*ROWS[:3], ["", "13", ""]]
    assert document.pages[0].marks == []


def test_a_red_head_and_a_large_title_stay(tmp_path: Path) -> None:
    page = form()
    page.text(100, 25, "某某县财政局", 24, RED)
    document = read(tmp_path, page)
    assert [line.text for line in document.pages[0].lines] == ["某某县财政局", "项目绩效目标表"]
