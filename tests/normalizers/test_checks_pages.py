"""Text that nobody sees and words across a page become findings of the page, one of each sort."""

from __future__ import annotations

import pytest

from extractors.model import BBox, HiddenText, Page, PageMark
from normalizers.checks.pages import check_page, voiding_words

BOX = BBox(10, 10, 60, 20)


def page() -> Page:
    return Page(1, 595, 842, "text-layer")


def test_hidden_text_is_one_finding_a_page_with_its_reasons() -> None:
    sheet = page()
    sheet.hidden_text = [HiddenText("13", BOX, "covered"), HiddenText("27", BOX, "covered"), HiddenText("内部", BOX, "paper-colour")]
    (found,) = check_page("/document/pages/0", sheet)
    assert (found.path, found.code, found.severity) == ("/document/pages/0", "page.hidden-text", "review")
    assert "13; 27 (under what is painted over it), 内部 (in the colour of the paper)" in found.message


@pytest.mark.parametrize(("text", "word"), [("作 废", "作废"), ("征求意见稿", "征求意见"), ("Draft", "DRAFT"), ("样本", "样本")])
def test_a_mark_that_voids_is_a_finding(text: str, word: str) -> None:
    sheet = page()
    sheet.marks = [PageMark(text, BOX, "watermark")]
    (found,) = check_page("/document/pages/0", sheet)
    assert (found.code, found.severity) == ("page.void-or-draft", "review") and word in found.message


def test_other_marks_are_none() -> None:
    sheet = page()
    sheet.marks = [PageMark("内部资料注意保密", BOX, "watermark"), PageMark("样本", BOX, "struck-out"), PageMark("张三", BOX, "signature")]
    assert check_page("/document/pages/0", sheet) == []
    assert voiding_words(["本年作为废物处理"]) == []
