"""Tables without all their lines: columns by white, rows by base lines, heads by what they stand over; and text that is no table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.model import Table
from extractors.options import ReadOptions
from extractors.pdf.file import PdfFile
from tests.extractors.pdf_maker import PdfPage, make_pdf

Row = list[str]
COLUMNS = [20.0, 150.0, 220.0, 290.0]
ROWS = [
    ["基本支出", "1,204.50", "980.00", "81.4%"],
    ["人员经费", "903.10", "760.25", "84.2%"],
    ["公用经费", "301.40", "219.75", "72.9%"],
    ["项目支出", "556.00", "-", "0.0%"],
    ["合计", "1,760.50", "980.00", "55.7%"],
]


def read(page: PdfPage, folder: Path) -> list[Table]:
    path = folder / "page.pdf"
    path.write_bytes(make_pdf([page]))
    with PdfFile(path, ReadOptions()) as pdf:
        return pdf.read_text_layer(0)[1]


def rows_of(table: Table) -> list[Row]:
    return [[cell.text for cell in table.cells if cell.rows.start == row] for row in range(table.row_count)]


def cell_of(table: Table, text: str) -> tuple[range, range]:
    return next((cell.rows, cell.cols) for cell in table.cells if cell.text == text)


def figures(page: PdfPage, top: float, rows: list[Row] = ROWS, step: float = 16, xs: list[float] = COLUMNS) -> float:
    """Rows from ``top`` down; returns y of the last base line."""
    y = top
    for index, row in enumerate(rows):
        y = top + step * index
        for x, text in zip(xs, row, strict=True):
            if text:
                page.text(x, y, text)
    return y


def test_a_table_of_three_lines_with_a_head_over_two_columns(tmp_path: Path) -> None:
    page = PdfPage()
    page.text(120, 30, "支出情况表")
    page.line(15, 40, 340, 40, width=1)
    page.text(180, 52, "年初预算数").line(145, 56, 280, 56)
    page.text(20, 68, "项目").text(150, 68, "金额").text(220, 68, "已支").text(290, 68, "执行率")
    page.line(15, 74, 340, 74)
    page.line(15, figures(page, 88) + 6, 340, 158, width=1)
    (table,) = read(page, tmp_path)
    assert (table.row_count, table.col_count) == (7, 4)
    assert rows_of(table)[2:] == ROWS
    assert cell_of(table, "年初预算数") == (range(1), range(1, 3))
    assert cell_of(table, "项目") == (range(2), range(1)), "what stands beside two levels of heads reaches over both"
    assert cell_of(table, "已支") == (range(1, 2), range(2, 3))


def test_aligned_figures_without_any_line(tmp_path: Path) -> None:
    page = PdfPage()
    page.text(20, 30, "项目").text(150, 30, "预算数").text(220, 30, "决算数").text(290, 30, "执行率")
    figures(page, 46)
    (table,) = read(page, tmp_path)
    assert rows_of(table) == [["项目", "预算数", "决算数", "执行率"], *ROWS]


def test_a_label_of_two_lines_is_one_and_the_name_of_a_group_is_a_row(tmp_path: Path) -> None:
    page = PdfPage(height=400)
    page.line(15, 40, 340, 40)
    page.text(20, 52, "项目").text(150, 52, "预算数").text(220, 52, "决算数").text(290, 52, "执行率")
    page.line(15, 58, 340, 58)
    figures(page, 72, ROWS[:2])
    page.text(20, 108, "其他各项")
    figures(page, 126, [["对个人和家庭的补助中", "12.00", "12.00", "100%"]])
    page.text(20, 137, "生活补助")
    page.line(15, figures(page, 154, ROWS[2:]) + 6, 340, 192)
    (table,) = read(page, tmp_path)
    assert rows_of(table)[3][0] == "其他各项"
    assert rows_of(table)[4] == ["对个人和家庭的补助中\n生活补助", "12.00", "12.00", "100%"]


def test_wide_open_cells_are_cut_into_rows_and_columns(tmp_path: Path) -> None:
    page = PdfPage()
    page.grid([15, 145, 215, 340], [40, 60, 150, 170])
    page.text(20, 54, "货物名称").text(150, 54, "数量").text(220, 54, "单价").text(290, 54, "金额")
    figures(page, 76, [["纸张", "110", "2.50", "275.00"], ["墨盒", "220", "80.00", "17,600.00"], ["文件夹", "330", "1.20", "396.00"]])
    page.text(20, 164, "合计").text(150, 164, "660")
    (table,) = read(page, tmp_path)
    assert rows_of(table) == [
        ["货物名称", "数量", "单价", "金额"],
        ["纸张", "110", "2.50", "275.00"],
        ["墨盒", "220", "80.00", "17,600.00"],
        ["文件夹", "330", "1.20", "396.00"],
        ["合计", "660", ""],
    ]


def test_cells_of_several_lines_of_words_stay_whole(tmp_path: Path) -> None:
    page = PdfPage()
    page.grid([15, 100, 220, 380], [40, 60, 110])
    page.text(20, 54, "三级指标").text(105, 54, "指标值").text(225, 54, "评分标准")
    page.text(20, 74, "养护里程").text(20, 88, "和质量").text(105, 74, "95").text(225, 74, "达到标准得满分").text(225, 88, "否则不得分")
    (table,) = read(page, tmp_path)
    assert table.row_count == 2
    assert rows_of(table)[1] == ["养护里程\n和质量", "95", "达到标准得满分\n否则不得分"]


@pytest.mark.parametrize(("second", "rows"), [(["3", "4", "5"], 4), (["3", "共4个"], 2)])
def test_only_figures_below_each_other_make_rows(second: Row, rows: int, tmp_path: Path) -> None:
    page = PdfPage()
    page.grid([15, 150, 340], [40, 60, 120])
    page.text(20, 54, "名称").text(155, 54, "数量")
    for index, text in enumerate(second):
        page.text(20, 76 + 14 * index, "甲乙丙丁"[index] + "类设施").text(155, 76 + 14 * index, text)
    (table,) = read(page, tmp_path)
    assert table.row_count == rows


SENTENCE = "本年度完成县乡公路养护工程建设任务并通过验收"


def prose(page: PdfPage) -> None:
    for index in range(12):
        page.text(20, 30 + 16 * index, SENTENCE + "共" if index % 3 else SENTENCE)


def two_columns(page: PdfPage) -> None:
    for index in range(12):
        page.text(20, 30 + 14 * index, SENTENCE[:15], size=9).text(210, 30 + 14 * index, SENTENCE[3:18], size=9)


def contents(page: PdfPage) -> None:
    for index in range(12):
        page.text(20, 30 + 16 * index, f"{SENTENCE[index:index + 6]}").text(90, 30 + 16 * index, "." * 80, size=8)
        page.text(360, 30 + 16 * index, str(2 * index + 1))


def numbered(page: PdfPage) -> None:
    for index in range(12):
        page.text(20, 30 + 16 * index, str(index + 1)).text(60, 30 + 16 * index, SENTENCE[: 8 + index % 4])


def letter(page: PdfPage) -> None:
    page.text(280, 30, "2024-03-05")
    prose(page)
    page.text(20, 240, "0746-1234567").text(150, 240, "425000").text(250, 240, "13900000001")


def signed(page: PdfPage) -> None:
    for index, labels in enumerate((["填表人：", "甲乙", "电话：", "13900000001"], ["负责人：", "丙丁", "日期：", "2024-03-05"])):
        for x, text in zip(COLUMNS, labels, strict=True):
            page.text(x, 60 + 20 * index, text)


@pytest.mark.parametrize("write", [prose, two_columns, contents, numbered, letter, signed], ids=lambda each: each.__name__)
def test_running_text_lists_and_letters_are_no_tables(write: Callable[[PdfPage], None], tmp_path: Path) -> None:
    page = PdfPage()
    write(page)
    assert read(page, tmp_path) == []
