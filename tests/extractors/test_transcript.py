"""Transcripts: every way in which an OCR writes a table down, and what is no table."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import EmptyFileError, NoTableError, UnknownFormatError
from extractors.model import Document
from extractors.transcripts.transcript import read_transcript

TSV = "某局绩效目标表\n\n(2024)年度\n\n项目名称\t道路养护\t\n指标\t≥\t95\n\n填表人: 甲某\n"


def read(tmp_path: Path, content: str | bytes) -> Document:
    path = tmp_path / "transcript.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_transcript(path)


def grid(document: Document, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[index].rows()]


def test_tsv_rows_are_a_table_and_the_lines_around_it_are_kept(tmp_path: Path) -> None:
    document = read(tmp_path, TSV)
    assert grid(document) == [["项目名称", "道路养护", ""], ["指标", "≥", "95"]]
    assert [line.text for line in document.pages[0].lines] == ["某局绩效目标表", "(2024)年度", "填表人: 甲某"]


def test_a_cell_knows_its_line_and_its_characters(tmp_path: Path) -> None:
    cell = read(tmp_path, TSV).tables[0].at(1, 2)
    assert cell is not None and cell.bbox is not None
    assert cell.bbox.as_list() == [5.0, 5.0, 7.0, 6.0]


def test_ragged_rows_are_padded_so_that_every_position_is_covered(tmp_path: Path) -> None:
    document = read(tmp_path, "a\tb\tc\nd\te\n")
    table = document.tables[0]
    assert (table.row_count, table.col_count) == (2, 3)
    assert all(table.at(r, c) is not None for r in range(2) for c in range(3))


def test_gb18030_is_read(tmp_path: Path) -> None:
    assert grid(read(tmp_path, TSV.encode("gb18030")))[0][1] == "道路养护"


def test_utf16_with_a_mark_is_read(tmp_path: Path) -> None:
    assert grid(read(tmp_path, TSV.encode("utf-16")))[0][1] == "道路养护"


def test_markdown_table_loses_its_bars_and_separator(tmp_path: Path) -> None:
    document = read(tmp_path, "## 标题\n\n| 一 | 二 |\n|:---|---:|\n| a\\|b | x<br>y |\n\n尾\n")
    assert grid(document) == [["一", "二"], ["a|b", "x\ny"]]
    assert [line.text for line in document.pages[0].lines] == ["标题", "尾"]


def test_html_spans_become_spans_of_the_grid(tmp_path: Path) -> None:
    html = "标题\n<table><tr><td rowspan=2>a</td><td colspan='2'>b</td></tr>\n<tr><td>c</td><td>d<br/>e</td></tr></table>\n尾"
    document = read(tmp_path, html)
    table = document.tables[0]
    assert (table.row_count, table.col_count) == (2, 3)
    spanning = table.at(1, 0)
    assert spanning is not None and spanning.text == "a" and spanning.rows == range(2)
    last = table.at(1, 2)
    assert last is not None and last.text == "d\ne"
    assert [line.text for line in document.pages[0].lines] == ["标题", "尾"]


@pytest.mark.parametrize("span", ["0", "x", "-3", "99999"])
def test_a_wrong_span_does_not_lose_the_cell(tmp_path: Path, span: str) -> None:
    document = read(tmp_path, f"<table><tr><td rowspan={span}>a</td><td>b</td></tr></table>")
    assert [cell.text for cell in document.tables[0].cells] == ["a", "b"]


def test_unclosed_html_still_delivers_its_cells(tmp_path: Path) -> None:
    assert grid(read(tmp_path, "<table><tr><td>a<td>b<tr><td>c<td>d")) == [["a", "b"], ["c", "d"]]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        read(tmp_path, " \n\n")


def test_text_without_a_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoTableError) as caught:
        read(tmp_path, "只有一段文字，没有表格。\n")
    assert caught.value.way_out


def test_bytes_that_are_no_text_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError):
        read(tmp_path, b"\xff\xff\x00\x80\xff\xfe\xff")


@pytest.mark.parametrize("row", ["| 率 | &ge; | 95&nbsp;% |", "率\t&#8805;\t95&nbsp;%"])
def test_entities_of_a_reader_that_thinks_in_html_are_characters(tmp_path: Path, row: str) -> None:
    document = read(tmp_path, f"{row}\n")
    assert grid(document) == [["率", "≥", "95\xa0%"]]
    assert grid(read(tmp_path, "A&B\t&copy\t&lt;=\n")) == [["A&B", "&copy", "<="]], "no entity without its end"


def test_lines_beside_a_table_on_one_line_of_html_stand_where_they_are(tmp_path: Path) -> None:
    document = read(tmp_path, "<h1>标题</h1><table><caption>题注</caption><tr><td>a</td></tr></table><p>甲：<b>乙</b></p><p>尾</p>")
    table = document.tables[0].bbox_on(1)
    assert table is not None and grid(document) == [["a"]]
    placed = [(line.text, line.bbox.x0 < table.x0) for line in document.pages[0].lines]
    assert placed == [("标题", True), ("题注", True), ("甲：乙", False), ("尾", False)]


PAGE = "<!DOCTYPE html>\n<html><head><title>导出</title><style>\ntd{border:1px}\n</style></head>\n<body><p>自评表</p><p>(2031年度)</p>\n"


def test_a_page_of_html_is_read_without_its_marks_and_its_style(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE + "<table><tr><td>a\tb</td></tr></table>\n<p>填表人：<b>甲某</b></p>\n</body></html>\n")
    assert grid(document) == [["a\tb"]]
    assert [line.text for line in document.pages[0].lines] == ["自评表", "(2031年度)", "填表人：甲某"]


def test_marks_around_single_lines_are_no_text(tmp_path: Path) -> None:
    lines = '<div style="text-align: center;">自评表</div>\n\n达标率<5% 的<p>\n项目\t<b>\n'
    document = read(tmp_path, lines + "<html><body><table><tr><td>a</td></tr></table></body></html>\n| 甲 | 乙 |\n")
    assert [line.text for line in document.pages[0].lines] == ["自评表", "达标率<5% 的"]
    assert [grid(document, index) for index in range(3)] == [[["项目", ""]], [["a"]], [["甲", "乙"]]]
