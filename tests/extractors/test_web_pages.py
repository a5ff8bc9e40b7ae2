"""Web pages: what a browser shows is what is read, whatever the file is called."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from extractors.errors import NoTableError
from extractors.model import Document, Place
from tests.extractors.workbooks import ROWS, SIGNED, grid, read

HEAD = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'


def page(path: Path, body: str, head: str = HEAD, encoding: str = "gb18030") -> Document:
    path.write_bytes(f"{head}{body}</body></html>".encode(encoding))
    return read(path)


def rows(*lines: str) -> str:
    """Lines of cells parted by bars as a table."""
    return "<table>" + "".join("<tr>" + "".join(f"<td>{each}</td>" for each in line.split("|")) + "</tr>" for line in lines) + "</table>"


def form() -> str:
    return f"<p>项目绩效目标表</p><p>（2031）年度</p>{rows(*('|'.join(row) for row in ROWS))}<p>{'&nbsp; '.join(SIGNED)}</p>"


def hidden(document: Document) -> list[str]:
    return [each.text for each in document.pages[0].hidden_text]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_form_under_the_name_of_a_workbook(tmp_path: Path, encoding: str) -> None:
    document = page(tmp_path / "a.xls", form(), encoding=encoding)
    (read_page,), (found,) = document.pages, document.tables
    assert (document.media_type, read_page.reader) == ("text/html", "web")
    assert [line.text for line in read_page.lines] == ["项目绩效目标表", "（2031）年度", " ".join(SIGNED)]
    cell = found.at(7, 4)
    assert cell is not None and (cell.text, cell.origin, cell.place) == ("98.5", "web", Place(table=1, row=8, cell=5))


def test_signs_outside_gb2312_do_not_end_the_table(tmp_path: Path) -> None:
    document = page(tmp_path / "a.doc", rows("负责人|彭玥堃", "地址|㙟家村", "面积|12㎡"))
    assert grid(document) == [["负责人", "彭玥堃"], ["地址", "㙟家村"], ["面积", "12㎡"]]


@pytest.mark.parametrize("how", ["<tr style='display: none'>", "<tr hidden>", "<tr class=gone>", "<tbody style='display:none'><tr>"])
def test_hidden_rows_are_not_shown_and_kept_apart(tmp_path: Path, how: str) -> None:
    style = "<style>/* a */ .gone, .x { display:none } @media print { td { display: none } }</style>"
    body = f"{style}<table><tr><td>甲<td>1</tr>{how}<td>乙<td>999</tr></tbody><tr><td>丙<td>3</table>"
    document = page(tmp_path / "a.html", body)
    assert (grid(document), hidden(document)) == ([["甲", "1"], ["丙", "3"]], ["乙", "999"])


def test_hidden_cells_columns_and_words(tmp_path: Path) -> None:
    body = "<table><col><col width=0 style='display:none'><col><tr><td>甲<td>藏<td>1<span style='display:none'>9</span></tr></table>"
    document = page(tmp_path / "a.html", body)
    assert grid(document) == [["甲", "1"]] and sorted(hidden(document)) == ["9", "藏"]
    shifted = page(tmp_path / "b.html", "<table><tr><td>甲<td style='display:none'>藏<td>1</tr><tr><td>乙<td>2</table>")
    assert grid(shifted) == [["甲", "1"], ["乙", "2"]] and hidden(shifted) == ["藏"]


def test_fields_show_what_they_hold(tmp_path: Path) -> None:
    body = rows(
        "<label>金额</label>|<input type=text value='1,234.5'><input type=hidden value=99>",
        "状态|<select><option value=1>新增<option value=2 selected>延续</select>",
        "单位|<select><option>万元</option><option>元</option></select>",
        "属性|<input type=checkbox checked>新增<input type=checkbox>延续",
        "目标|<textarea>改造公厕6座\n方便群众</textarea><button>保存</button>",
    )
    shown = [row[1] for row in grid(page(tmp_path / "a.html", body))]
    assert shown == ["1,234.5", "延续", "万元", "☑新增□延续", "改造公厕6座\n方便群众"]


def test_spans_and_cells_that_nobody_closed(tmp_path: Path) -> None:
    body = "<table><tr><td rowspan=0>甲<td colspan=2>乙<tr><td>1<td>2<tr><td>3</table>"
    document = page(tmp_path / "a.html", body)
    assert grid(document) == [["甲", "乙"], ["1", "2"], ["3", ""]]
    first = document.tables[0].at(2, 0)
    assert first is not None and first.rows == range(3)


def test_tables_for_the_layout_are_looked_through(tmp_path: Path) -> None:
    document = page(tmp_path / "a.html", f"<table><tr><td>{form()}</table>")
    assert document.pages[0].lines[0].text == "项目绩效目标表" and grid(document)[7] == ROWS[7]


def test_lists_raised_figures_and_struck_words(tmp_path: Path) -> None:
    body = rows("目标|<ol start=3><li>修渠</li><li>清淤</ol>", "面积|1200m<sup>2</sup>", "率|98<sup>1</sup>%", "数|<del>100</del>120")
    document = page(tmp_path / "a.html", body)
    assert [row[1] for row in grid(document)] == ["3. 修渠\n4. 清淤", "1200m2", "98%", "100120"]
    marks = [document.tables[0].at(row, 1) for row in (2, 3)]
    assert [cell.marks for cell in marks if cell is not None] == [("note-mark",), ("struck-out",)]


def test_white_words_are_hidden_where_nothing_is_painted_behind(tmp_path: Path) -> None:
    body = "<table><tr bgcolor=navy><td style='color:#fff'>指标值</td></tr><tr><td>6<font style='color:white'>9</font></td></tr></table>"
    document = page(tmp_path / "a.html", body)
    assert grid(document) == [["指标值"], ["6"]] and hidden(document) == ["9"]


def test_a_workbook_of_excel_as_one_file(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by WebKit>"
    message.set_content("frames")
    message.make_related()
    for each in ("<html><frameset><frame src=a></frameset></html>", f"{HEAD}{form()}</body></html>"):
        message.add_related(each.encode("gb18030"), "text", "html")
    data = message.as_bytes()
    (tmp_path / "a.xls").write_bytes(data)
    document = read(tmp_path / "a.xls")
    assert document.media_type == "multipart/related" and grid(document)[7] == ROWS[7]


def test_what_an_ocr_put_into_tags_stays_a_transcript(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{rows('项目名称|公厕')}</body></html>", encoding="utf-8")
    assert read(tmp_path / "a.html").pages[0].reader == "transcript"


def test_a_page_without_a_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoTableError) as caught:
        page(tmp_path / "a.html", "<script>fill()</script><p>一级指标 三级指标 指标值")
    assert "script" in caught.value.way_out
