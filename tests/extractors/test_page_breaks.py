"""Rows and labels that a page break cuts: put together, or marked where nothing tells."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Document, Table
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf

XS = [30.0, 80.0, 180.0, 220.0, 270.0, 380.0]
HEAD = ["二级", "三级指标", "类型", "值", "解释"]
WHOLE = [["数量", "管理人数", "≥", "8770", "接受管理的人数"], ["数量", "更新设备", "=", "13", "购置的设备台数"]]
LAST = ["时效", "完成及时", "=", "95", "按时完成"]


def sheet(top: float, rows: list[list[str]], height: float = 20) -> PdfPage:
    """A page with a table whose rows are equally high, text on their middle."""
    page = PdfPage().grid(XS, [top + height * k for k in range(len(rows) + 1)])
    for k, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            if text:
                page.text(x + 3, top + height * (k + 0.5) + 3.5, text)
    return page


def read(tmp_path: Path, *pages: PdfPage) -> Document:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf(list(pages)))
    return read_file(path, ReadOptions())


def rows(table: Table) -> list[list[str]]:
    return [["".join(cell.text.split()) for cell in row] for row in table.rows()]


def marked(table: Table) -> list[str]:
    return [cell.text for cell in table.cells if "page-break" in cell.marks]


def test_a_row_goes_on_where_a_mark_says_so(tmp_path: Path) -> None:
    upper = ["质量", "设备验收", "=", "100", "验收合格，"]
    document = read(tmp_path, sheet(200, [HEAD, *WHOLE, upper]), sheet(20, [["", "合格率", "", "", "否则不得分"], LAST]))
    (table,) = document.tables
    assert rows(table)[3:] == [["质量", "设备验收合格率", "=", "100", "验收合格，否则不得分"], LAST]
    assert marked(table) == []


def test_a_row_without_the_figures_that_all_others_have_goes_on_and_is_marked(tmp_path: Path) -> None:
    upper = ["质量", "设备验收", "=", "100", "验收合格设备占"]
    document = read(tmp_path, sheet(200, [HEAD, *WHOLE, upper]), sheet(20, [["", "合格率", "", "", "购置设备比例"], LAST]))
    (table,) = document.tables
    assert rows(table)[3:] == [["质量", "设备验收合格率", "=", "100", "验收合格设备占购置设备比例"], LAST]
    assert marked(table) == ["设备验收\n合格率", "验收合格设备占\n购置设备比例"]


def test_figures_in_the_middle_of_a_high_row_may_stand_behind_the_break(tmp_path: Path) -> None:
    upper, lower = ["质量", "设备验收", "", "", "验收合格，"], ["", "合格率", "=", "100", "否则不得分"]
    (table,) = read(tmp_path, sheet(200, [HEAD, *WHOLE, upper]), sheet(20, [lower, LAST])).tables
    assert rows(table)[3:] == [["质量", "设备验收合格率", "=", "100", "验收合格，否则不得分"], LAST]


def test_a_row_with_a_name_and_figures_of_its_own_stays_one(tmp_path: Path) -> None:
    upper, lower = ["质量", "设备验收", "=", "100", "验收合格"], ["", "设备完好", "=", "90", "完好的设备"]
    (table,) = read(tmp_path, sheet(200, [HEAD, *WHOLE, upper]), sheet(20, [lower, LAST])).tables
    assert rows(table)[3:] == [upper, lower, LAST]
    assert marked(table) == []


def test_the_rest_of_a_row_goes_on_below_a_line_of_names(tmp_path: Path) -> None:
    upper = sheet(120, [HEAD, *WHOLE, ["质量", "设备验收", "=", "100", "验收合格，"]]).text(30, 215, "填表人：秦云帆")
    (table,) = read(tmp_path, upper, sheet(20, [["", "合格率", "", "", "否则不得分"], LAST])).tables
    assert rows(table)[3][1] == "设备验收合格率"


def test_a_table_with_the_same_columns_behind_a_line_of_names_is_for_a_person(tmp_path: Path) -> None:
    upper = sheet(120, [HEAD, *WHOLE]).text(30, 195, "填表人：秦云帆").text(150, 100, "项目绩效目标表")
    document = read(tmp_path, upper, sheet(20, [["质量", "设备完好", "=", "90", "完好的设备"], LAST]))
    assert len(document.tables) == 2
    assert [[note.severity for note in page.notes if note.code == "table.may-go-on"] for page in document.pages] == [["review"], ["review"]]


def test_a_table_under_a_title_of_its_own_is_none_that_goes_on(tmp_path: Path) -> None:
    upper = sheet(120, [HEAD, *WHOLE]).text(30, 195, "填表人：秦云帆")
    document = read(tmp_path, upper, sheet(60, [HEAD, LAST]).text(150, 40, "项目绩效目标表"))
    assert len(document.tables) == 2
    assert not any(note.code == "table.may-go-on" for page in document.pages for note in page.notes)


def test_a_running_foot_parts_nothing(tmp_path: Path) -> None:
    upper = sheet(120, [HEAD, *WHOLE]).text(30, 250, "某县卫生健康局 第1页")
    lower = sheet(20, [["质量", "设备完好", "=", "90", "完好的设备"], LAST]).text(30, 250, "某县卫生健康局 第2页")
    assert len(read(tmp_path, upper, lower).tables) == 1


def label_sheet(top: float, bottom: float, label: str | None, base: float, row: list[str]) -> PdfPage:
    """A page whose last or first row is ``row``, with a label to the left on the base line ``base``."""
    page = PdfPage().grid(XS, [top, bottom])
    for x, text in zip(XS[1:], row, strict=False):
        page.text(x + 3, (top + bottom) / 2 + 3.5, text)
    return page.text(XS[0] + 3, base, label) if label else page


def test_a_label_of_which_each_page_shows_a_line_is_one(tmp_path: Path) -> None:
    upper = label_sheet(240, 280, "服务对象", 277, ["甲", "=", "1", "丙"])
    lower = label_sheet(20, 60, "满意", 31, ["乙", "=", "2", "丁"])
    (table,) = read(tmp_path, upper, lower).tables
    assert rows(table) == [["服务对象满意", "甲", "=", "1", "丙"], ["乙", "=", "2", "丁"]]


def test_a_label_drawn_again_through_the_break_is_one(tmp_path: Path) -> None:
    upper = label_sheet(240, 280, "满意度", 284, ["甲", "=", "1", "丙"])
    lower = label_sheet(20, 60, "满意度", 24, ["乙", "=", "2", "丁"])
    (table,) = read(tmp_path, upper, lower).tables
    assert rows(table) == [["满意度", "甲", "=", "1", "丙"], ["乙", "=", "2", "丁"]]


def test_two_labels_in_the_middle_of_their_rows_stay_two(tmp_path: Path) -> None:
    upper = label_sheet(240, 280, "满意度", 263.5, ["甲", "=", "1", "丙"])
    lower = label_sheet(20, 60, "满意度", 43.5, ["乙", "=", "2", "丁"])
    (table,) = read(tmp_path, upper, lower).tables
    assert rows(table) == [["满意度", "甲", "=", "1", "丙"], ["满意度", "乙", "=", "2", "丁"]]


def test_rows_that_run_over_the_edge_of_the_page_end_there(tmp_path: Path) -> None:
    """A browser that draws all of a row on both pages: what is beyond the edge is no cell."""
    page = sheet(220, [HEAD, *WHOLE, *[["", "", "", "", ""]] * 4])
    below = PdfPage().grid(XS, [-60.0, -40.0, 4.0, 24.0])
    for x, text in zip(XS, LAST, strict=False):
        below.text(x + 3, 18, text)
    (table,) = read(tmp_path, page, below).tables
    assert [row for row in rows(table) if any(row)] == [HEAD, *WHOLE, LAST]
    assert table.row_count <= 5


def test_a_label_that_stands_wholly_on_the_next_page_names_the_rows_before(tmp_path: Path) -> None:
    upper = label_sheet(240, 280, None, 0, ["甲", "=", "1", "丙"])
    lower = PdfPage().grid(XS, [20, 100]).line(XS[1], 60, XS[-1], 60).text(XS[0] + 3, 45, "满意度")
    for base, row in ((43, ["乙", "=", "2", "丁"]), (83, ["戊", "=", "3", "己"])):
        for x, text in zip(XS[1:], row, strict=False):
            lower.text(x + 3, base, text)
    (table,) = read(tmp_path, upper, lower).tables
    label = table.at(0, 0)
    assert label is not None and (label.text, label.rows) == ("满意度", range(3))


def sides(second: list[list[str]], title: str = "", left: float = 30.0) -> list[PdfPage]:
    """A sheet of six columns on two pages, its names on the first, and what the second page holds."""
    names = [["一级指标", "三级指标"], ["产出指标", "管理人数"], ["产出指标", "合格率"], ["效益指标", "健康水平"]]
    found = []
    for xs, rows_of in (([30.0, 120.0, 380.0], names), ([left, 90.0, 150.0, 300.0], second)):
        page = PdfPage().grid(xs, [60 + 20.0 * k for k in range(len(rows_of) + 1)])
        for k, row in enumerate(rows_of):
            for x, text in zip(xs, row, strict=False):
                page.text(x + 3, 73.5 + 20 * k, text)
        found.append(page)
    found[0].text(150, 40, "项目绩效目标表")
    if title:
        found[1].text(40, 25, title)
    return found


FIGURES = [["类型", "指标值", "评分标准"], ["≥", "8770", "完成得满分"], ["=", "100", "合格得满分"], ["≥", "25.5", "达到得满分"]]


def test_the_right_columns_of_a_sheet_stand_beside_the_left_ones(tmp_path: Path) -> None:
    document = read(tmp_path, *sides(FIGURES))
    (table,) = document.tables
    assert rows(table)[1] == ["产出指标", "管理人数", "≥", "8770", "完成得满分"]
    assert [[note.code for note in page.notes] for page in document.pages] == [["table.side-by-side"]] * 2


def test_a_table_with_a_title_of_its_own_or_other_rows_is_no_half(tmp_path: Path) -> None:
    assert len(read(tmp_path, *sides(FIGURES, title="资金明细")).tables) == 2
    assert len(read(tmp_path, *sides(FIGURES[:3])).tables) == 2
    assert len(read(tmp_path, *sides(FIGURES, left=40.0)).tables) == 2


def test_an_operator_above_another_one_is_no_half_of_it(tmp_path: Path) -> None:
    upper, lower = ["质量", "设备验收", "≥", "100", "验收合格的设备"], ["效益", "就医条件", "定性", "", "患者就医方便"]
    blank = ["", *lower[1:]]
    for first in (lower, blank):
        (table,) = read(tmp_path, sheet(200, [HEAD, *WHOLE, upper]), sheet(20, [first, LAST])).tables
        assert rows(table)[3:5] == [upper, first]
