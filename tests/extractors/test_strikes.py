"""Lines that are no rulings of a table: struck-out text, underlines, what a clip cuts off."""

from __future__ import annotations

from pathlib import Path

import jixiao
from extractors.model import Document
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf

XS, YS = [30.0, 120.0, 200.0, 380.0], [60.0, 80.0, 100.0]
TEXTS = [["三级指标", "指标值", "说明"], ["管理人数", "8770", "按规定时间完成"]]


def read(tmp_path: Path, page: PdfPage) -> Document:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([page]))
    return read_file(path, ReadOptions())


def form(page: PdfPage | None = None) -> PdfPage:
    page = page or PdfPage(420, 300).grid(XS, YS)
    for y, row in zip(YS, TEXTS, strict=False):
        for x, text in zip(XS, row, strict=False):
            page.text(x + 3, y + 13.5, text)
    return page


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[0].rows()]


def test_struck_out_text_is_kept_and_marked(tmp_path: Path) -> None:
    document = read(tmp_path, form().line(122, 90, 147, 90))
    assert texts(document) == TEXTS
    assert [cell.text for cell in document.tables[0].cells if "struck-out" in cell.marks] == ["8770"]
    assert [(mark.text, mark.kind) for mark in document.pages[0].marks] == [("8770", "struck-out")]


def test_underlines_and_borders_through_text_strike_nothing_out(tmp_path: Path) -> None:
    for line in ((122, 95, 147, 95), (122, 90, 200, 90)):
        document = read(tmp_path, form().line(*line))
        assert texts(document)[1][0] == "管理人数"
        assert not document.pages[0].marks


def test_a_line_outside_its_clip_is_none(tmp_path: Path) -> None:
    page = PdfPage(420, 300).grid(XS, YS)
    page.ops.append("q 0 0 1 1 re W n")
    page.line(160, 60, 160, 100)
    page.ops.append("Q")
    assert texts(read(tmp_path, form(page))) == TEXTS


def test_rulings_end_at_the_edge_of_their_clip(tmp_path: Path) -> None:
    page = PdfPage(420, 300)
    page.ops.append("q 25 200 360 50 re W n")
    page.grid(XS, [*YS, 120.0, 140.0])
    page.ops.append("Q")
    assert texts(read(tmp_path, form(page))) == TEXTS


def test_a_struck_out_cell_of_a_grid_is_delivered_with_its_mark(tmp_path: Path) -> None:
    clean = jixiao.clean(read(tmp_path, form().line(122, 90, 147, 90)))
    assert any("struck-out" in cell["marks"] for grid in clean.json["grids"] for cell in grid["cells"])
