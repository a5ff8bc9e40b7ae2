"""What is read does not depend on the fonts of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf
from tests.extractors.without_fonts import read_without_fonts

CELLS = [["绩效指标", "甲\n数量指标"], ["乙", "12公里"]]
LINES = ["项目绩效目标表"]


def spread_form(rotate: int) -> PdfPage:
    """Lone characters, words that run up the page, a letter-spaced title; no font is in the file."""
    page = PdfPage(rotate=rotate).grid([50, 80, 350], [60, 160, 200]).text(70, 130, "绩效指标", up=True)
    page.text(100, 80, "甲").text(100, 110, "数量指标").text(60, 180, "乙").text(100, 180, "12").text(112, 180, "公里")
    for k, char in enumerate("项目绩效目标表"):
        page.text(50 + 28 * k, 40, char, 12)
    return page


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_reads_alike_with_and_without_fonts(tmp_path: Path, rotate: int) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([spread_form(rotate)]))
    assert read_without_fonts(path) == {"cells": CELLS, "lines": LINES, "hidden": [[]]}
    document = read_file(path, ReadOptions())
    assert [[cell.text for cell in row] for row in document.tables[0].rows()] == CELLS
    assert [line.text for line in document.pages[0].lines] == LINES
