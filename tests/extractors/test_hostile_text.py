"""Texts that are small and would take hours or gigabytes, texts with a spoilt byte, and tags where people see none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractors.errors import ReadError, TooLargeError, UnknownFormatError
from extractors.identify import identify
from extractors.transcripts.decode import bytes_to_text
from extractors.transcripts.limits import MOST_CELL_CHARACTERS, MOST_COLUMNS
from extractors.transcripts.stray import STROKE, tame_strokes
from extractors.transcripts.transcript import read_transcript

_N = 30_000
_TABLE = "<table><tr><td>甲</td><td>乙</td></tr></table>"
_STROKES = ["<!--", "<![CDATA[", "<!", "<a ", "<a a=", "<a x='", "<?", "&", "</", "</a ", "<script></s", "<table", "<td <"]
_LINES = [" " * _N + "x", "--" + " " * _N + "x", "-" * _N + "x", "**" * _N, "<p " * _N, "|" + "\\" * _N + "|", "&lt" * _N, "# " * _N]


def read(tmp_path: Path, text: str | bytes, name: str = "a.txt") -> tuple[list[list[str]], list[str], list[str]]:
    """Texts of the first table's cells by row, lines outside, and codes of notes."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    document = read_transcript(path)
    page = document.pages[0]
    rows = [[cell.text for cell in row] for row in document.tables[0].rows()]
    return rows, [line.text for line in page.lines], [note.code for note in page.notes]


@pytest.mark.parametrize("stroke", _STROKES)
@pytest.mark.parametrize("head", ["<html>", ""])
def test_strokes_that_begin_no_tag_take_no_time(stroke: str, head: str, tmp_path: Path) -> None:
    started = time.process_time()
    rows, _, _ = read(tmp_path, head + _TABLE + stroke * _N)
    assert rows == [["甲", "乙"]] and time.process_time() - started < 5


@pytest.mark.parametrize("line", _LINES)
def test_long_lines_take_no_time(line: str, tmp_path: Path) -> None:
    started = time.process_time()
    rows, _, _ = read(tmp_path, f"甲\t乙\n{line}\n")
    assert rows[0] == ["甲", "乙"] and time.process_time() - started < 5


def test_spans_take_no_gigabytes(tmp_path: Path) -> None:
    text = "<table>" + "<tr><td rowspan=500 colspan=500>x</td></tr>" * 400 + "</table>"
    with pytest.raises(TooLargeError):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("fits", "text"),
    [
        (True, "a" + "\t" * (MOST_COLUMNS - 1)), (False, "a" + "\t" * MOST_COLUMNS),
        (True, "a\t" + "字" * MOST_CELL_CHARACTERS), (False, "a\t" + "字" * (MOST_CELL_CHARACTERS + 1)),
        (True, "\t" * 99 + "\n" + "a\t\n" * 4_999), (False, "\t" * 99 + "\n" + "a\t\n" * 5_000),
    ],
)  # fmt: skip
def test_limits_have_two_sides(fits: bool, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    if fits:
        assert read_transcript(tmp_path / "a.txt").tables
        return
    with pytest.raises(TooLargeError):
        read_transcript(tmp_path / "a.txt")


def test_strokes_are_text_and_tags_stay() -> None:
    text = 'a<5%<b title="x<y>z">c</b><!-- <i> --><td colspan=2><'
    assert tame_strokes(text) == f'a{STROKE}5%<b title="x<y>z">c</b><!-- <i> --><td colspan=2>{STROKE}'
    picture = '<img src="data:' + "A" * 5000 + '">'
    assert tame_strokes(picture) == picture


def test_a_stroke_in_a_cell_is_a_character_of_it(tmp_path: Path) -> None:
    rows, _, _ = read(tmp_path, "<html><table><tr><td>差错率<5%</td><td>1<2</td></tr></table>")
    assert rows == [["差错率<5%", "1<2"]]


def test_tags_outside_tables_leave_no_trace(tmp_path: Path) -> None:
    text = "<p>项目支出绩效目标表</p>\n<div>填报人：<b>李四</b></div><p>联系电话：0740-0000000</p>\n"
    text += "<table><tr><td>甲</td></tr></table>\n<span>完成率<5%</span>"
    assert read(tmp_path, text)[1] == ["项目支出绩效目标表", "填报人：李四", "联系电话：0740-0000000", "完成率<5%"]


def test_tags_in_cells_of_markdown_and_tsv_leave_no_trace(tmp_path: Path) -> None:
    rows, _, _ = read(tmp_path, "| 单位 | <b>数量</b><br>（个） |\n|---|:--:|\n| 李四</p> | ≥<sup>5</sup> |\n")
    assert rows == [["单位", "数量\n（个）"], ["李四", "≥5"]]
    assert read(tmp_path, "单位\t<p>李四</p>\n")[0] == [["单位", "李四"]]


def test_a_document_of_html_breaks_lines_where_its_tags_do(tmp_path: Path) -> None:
    text = "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>项目支出\n  绩效目标表</p><p>Annual\nplan</p>"
    text += "<table><tr><td>甲\n乙</td></tr></table>"
    rows, lines, _ = read(tmp_path, text)
    assert lines == ["项目支出绩效目标表", "Annual plan"] and rows == [["甲乙"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_spoilt_byte_costs_one_character(encoding: str, tmp_path: Path) -> None:
    text = "项目支出绩效目标表\n项目名称\t道路养护\n年度资金总额\t36.5\n主管部门\t县交通运输局、县财政局、县审计局、县发展和改革局\n" * 3
    data = bytearray(text.encode(encoding))
    data[-1:] = b"\xff\n"
    rows, _, notes = read(tmp_path, bytes(data))
    assert rows[0] == ["项目名称", "道路养护"] and notes == ["transcript.undecodable"]
    assert identify(tmp_path / "a.txt") == "text/plain"
    assert read(tmp_path, text.encode(encoding))[2] == []


def test_a_spoilt_byte_does_not_make_utf8_pass_for_gb18030(tmp_path: Path) -> None:
    text = "项目名称\t道路养护和桥梁养护以及其他设施的维护费用支出项目合计\n".encode() * 4
    spoilt = text[:-3] + text[-2:]
    assert bytes_to_text(spoilt)[0].startswith("项目名称\t道路养护")


def test_noise_is_still_no_text() -> None:
    with pytest.raises(UnknownFormatError):
        bytes_to_text(bytes(range(128, 256)) * 20)


def test_what_is_no_character_is_replaced_and_told(tmp_path: Path) -> None:
    rows, _, notes = read(tmp_path, "甲\t乙\ufffe\uffff丙丁" + "字" * 200 + "\n")
    assert rows[0][1].startswith("乙\ufffd\ufffd丙丁") and notes == ["transcript.undecodable"]


def test_an_empty_text_has_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<html>", encoding="utf-8")
    with pytest.raises(ReadError):
        read_transcript(tmp_path / "a.txt")
