"""Maps from glyphs to characters that lie: suspected by the text, proved by the picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.geometry.page_ink import Char
from extractors.model import Document
from extractors.options import ReadOptions
from extractors.pdf.maps.lying import lying, suspects
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf


def read(tmp_path: Path, page: PdfPage) -> Document:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([page]))
    return read_file(path, ReadOptions())


def form(codes: tuple[str, str], honest: bool) -> PdfPage:
    page = PdfPage(600, 300).grid([50, 200, 350, 500], [60, 110, 160])
    for x, y, text in ((60, 90, "No"), (210, 90, "Item"), (360, 90, "Sum"), (60, 142, "1"), (360, 142, "3798.18")):
        page.text(x, y, text, 14)
    return page.bars(210, 142, codes[0], honest=honest).bars(60, 210, codes[1], honest=honest)


def test_a_page_whose_letters_are_drawn_as_chinese_characters_is_read_as_a_picture(tmp_path: Path) -> None:
    document = read(tmp_path, form(("dba", "badc"), honest=False))
    (page,) = document.pages
    assert [note.code for note in page.notes] == ["text.map-lies"]
    assert page.reader == "ocr"
    texts = [cell.text for cell in document.tables[0].cells]
    assert "3798.18" in texts and "二十三" in texts


def test_the_same_page_with_a_map_that_is_right_is_read_by_its_text(tmp_path: Path) -> None:
    document = read(tmp_path, form(("dba", "badc"), honest=True))
    assert document.pages[0].reader == "text-layer"
    assert [cell.text for cell in document.tables[0].cells][4] == "二十三"


def glyphs(text: str, width: float = 1.0) -> list[Char]:
    return [Char(char, 10 * k, 0, 10 * k + 10 * (width if char.isascii() else 1.0), 10, 10) for k, char in enumerate(text)]


@pytest.mark.parametrize(
    ("text", "width", "found"),
    [
        ("第O季度", 1.0, "O"),
        ("第O季度", 0.94, ""),
        ("温度25°C以上", 0.5, ""),
        ("合格率æ护", 0.5, "æ"),
        ("Café及餐饮", 0.5, ""),
        ("单位\x80度", 0.5, "\x80"),
        ("Mm%W宽字母", 1.0, ""),
    ],
)
def test_which_characters_are_suspected(text: str, width: float, found: str) -> None:
    chars = glyphs(text, width)
    assert "".join(chars[k].text for k in suspects(chars)) == found


def test_a_page_of_rare_characters_is_suspected() -> None:
    usual, shifted = "按规定时间拨付到位的资金比例完成值大于等于目标值得满分", "挊覐宛旷閕拦仚刱佐盅赅釓毕侌宍戓偽夨亐筊争盯栈偾徘溢剐"
    assert suspects(glyphs(usual)) == []
    assert len(suspects(glyphs(shifted))) > 10
    assert suspects(glyphs(usual + shifted[:5])) == []


def test_what_the_picture_shows_as_well_is_no_lie() -> None:
    chars = glyphs("第O季度按时完成", 1.0)
    found = suspects(chars)
    assert lying(chars, found, lambda boxes: ["第三季度按时完"] * len(boxes)) == ("第O季度按时完", "第三季度按时完")
    assert lying(chars, found, lambda boxes: ["第O季度按时完"] * len(boxes)) is None
    assert lying(chars, found, lambda boxes: ["第0季度按时完"] * len(boxes)) is None
    assert lying(chars, found, lambda boxes: [""] * len(boxes)) is None
