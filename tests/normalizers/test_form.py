"""Cells find their columns by content; labels find their values; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import jixiao
from extractors.model import BBox, Cell, Document, Page, Table
from normalizers.forms.form import document_to_tables
from normalizers.record import TargetTable
from tests.normalizers.forms import HEADER, PASS, ROWS, document_of, form_text


def only_table(tmp_path: Path, text: str) -> TargetTable:
    tables, grids = document_to_tables(document_of(text, tmp_path))
    assert len(tables) == 1 and not grids
    return tables[0]


def row_texts(table: TargetTable, index: int) -> list[str]:
    names = ("level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard")
    return [table.rows[index].text(name) for name in names]


def test_a_clean_form_needs_no_correction(tmp_path: Path) -> None:
    table = only_table(tmp_path, form_text())
    assert table.kind == "project"
    assert table.text("project_name") == "县道日常养护"
    assert table.text("funds/total") == "36.5" and table.text("funds/carry_over") == "6.5"
    assert table.text("signoff/phone") == "13900000001" and table.text("signoff/responsible") == "丁戊"
    assert row_texts(table, 2) == ROWS[2][1:8]
    assert not [step for _, field in table.all_fields() for step in field.steps]
    assert not table.findings


@pytest.mark.parametrize("shift", [1, 2])
def test_a_row_that_slipped_to_the_right_is_put_back_and_recorded(tmp_path: Path, shift: int) -> None:
    rows = [list(row) for row in ROWS]
    rows[2] = [""] * shift + ROWS[2][:8]
    table = only_table(tmp_path, form_text(rows))
    assert row_texts(table, 2) == ROWS[2][1:8]
    assert [step.rule for step in table.rows[2].fields["value"].steps] == ["layout.align-row"]


def test_the_side_label_before_the_first_level_is_no_level(tmp_path: Path) -> None:
    rows = [["绩效指标", *ROWS[0][:8]], *ROWS[1:]]
    table = only_table(tmp_path, form_text(rows))
    assert table.rows[0].text("level1") == "成本指标"
    assert row_texts(table, 0) == ROWS[0][1:8]


def test_a_missing_unit_does_not_shift_what_follows(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[2] = [*ROWS[2][:5], ROWS[2][6], ROWS[2][7], "", ""]
    table = only_table(tmp_path, form_text(rows))
    assert row_texts(table, 2) == ["数量指标", "养护县道里程", "≥", "118", "", "列入年度计划的县道", PASS]


def test_columns_in_another_order_follow_their_header(tmp_path: Path) -> None:
    order = [0, 1, 2, 6, 3, 4, 5, 7, 8]
    rows = [[row[i] for i in order] for row in ROWS]
    table = only_table(tmp_path, form_text(rows, [HEADER[i] for i in order]))
    assert row_texts(table, 2) == ROWS[2][1:8]


def test_a_merged_second_level_is_filled_down_and_recorded(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows.insert(3, ["", "", "养护桥梁座数", "≥", "7", "座", "列入计划的桥梁", PASS, ""])
    table = only_table(tmp_path, form_text(rows))
    field = table.rows[3].fields["level2"]
    assert (field.text, field.status, field.steps[0].rule) == ("数量指标", "inferred", "layout.fill-down")


def test_a_column_that_nobody_knows_keeps_its_own_name(tmp_path: Path) -> None:
    header = [*HEADER, "审定意见"]
    rows = [[*row, "同意"] for row in ROWS]
    table = only_table(tmp_path, form_text(rows, header))
    assert table.rows[0].text("column:审定意见") == "同意"


def test_two_forms_in_one_file_are_two_tables(tmp_path: Path) -> None:
    tables, _ = document_to_tables(document_of(form_text() + "\n" + form_text(), tmp_path))
    assert [table.text("signoff/phone") for table in tables] == ["13900000001"] * 2


def test_title_and_year_inside_the_grid_are_found(tmp_path: Path) -> None:
    text = form_text().replace("项目绩效目标表\n\n（2031）年度\n\n", "项目绩效目标表\t\n（2031）年度\t\n")
    table = only_table(tmp_path, text)
    assert table.text("title") == "项目绩效目标表" and table.text("fiscal_year") == "（2031）年度"


def test_a_label_whose_value_stands_on_the_next_line(tmp_path: Path) -> None:
    table = only_table(tmp_path, form_text().replace("单位负责人：丁戊", "单位负责人：\n\n丁戊"))
    assert table.text("signoff/responsible") == "丁戊"


def test_text_without_a_label_is_a_finding_not_a_loss(tmp_path: Path) -> None:
    text = form_text().replace("主管部门及代码\t交通股", "主管部门及代码\t交通股\t另批注一句话")
    table = only_table(tmp_path, text)
    assert any("另批注一句话" in found.message for found in table.findings)


def test_a_table_of_other_people_is_delivered_as_a_grid(tmp_path: Path) -> None:
    tables, grids = document_to_tables(document_of("名称\t数量\t金额\n甲\t1\t2\n乙\t3\t4\n", tmp_path))
    assert not tables
    assert grids[0].rows() == [["名称", "数量", "金额"], ["甲", "1", "2"], ["乙", "3", "4"]]


@pytest.mark.parametrize("head", ["", "八指标值", "唐"])
def test_a_head_that_cannot_be_read_does_not_lose_its_column(tmp_path: Path, head: str) -> None:
    header = [*HEADER[:4], head, *HEADER[5:]]
    table = only_table(tmp_path, form_text(header=header))
    assert row_texts(table, 2) == ROWS[2][1:8]
    assert [found.code for found in table.findings] == ["layout.head-by-content"]


def test_three_heads_under_a_seal_are_named_by_order_and_content(tmp_path: Path) -> None:
    header = [*HEADER[:3], "", "心", "", *HEADER[6:]]
    table = only_table(tmp_path, form_text(header=header))
    assert row_texts(table, 2) == ROWS[2][1:8]


def test_a_goal_that_stands_in_two_cells_is_joined_and_marked(tmp_path: Path) -> None:
    text = form_text().replace("完成县道日常养护，保障", "完成县道日常养护，\t保障")
    table = only_table(tmp_path, text)
    assert table.text("overall_goal") == "完成县道日常养护，保障道路畅通。"
    assert [(found.path, found.severity) for found in table.findings] == [("overall_goal", "review")]


def test_funds_under_another_name_of_the_block(tmp_path: Path) -> None:
    table = only_table(tmp_path, form_text().replace("项目资金（万元）", "资金情况（万元）"))
    assert (table.text("funds/total"), table.text("funds/carry_over"), table.funds_unit) == ("36.5", "6.5", "万元")


def test_a_readers_note_of_something_lost_is_for_a_person(tmp_path: Path) -> None:
    document = document_of(form_text(), tmp_path)
    document.pages[0].note("file.end-missing", "review", "the end of the file is missing: 2 pages")
    document.pages[0].note("page.turned", "info", "the page is turned by 90 degrees; no damage, nothing missing")
    found = [each for each in jixiao.clean(document).findings if each.path.startswith("/document/pages/")]
    assert [(each.code, each.severity) for each in found] == [("page.note", "review"), ("page.note", "info")]


def test_rows_of_a_drawn_grid_keep_their_columns_where_no_head_and_few_cells_can_be_read() -> None:
    """Blotted type: names of levels, operators and scoring standards read as nonsense, but every cell stands in its column."""
    rows = [
        ["产出指标", "数量指标", "维修水库", "2", "53", "座", "完成年度维修", "完成值大于等于目标值得满分", "新增"],
        ["产出指标", "数量指特", "这真人培", "2", "", "人次", "参如防只业务培理", "元城值大于享目标值满号", ""],
        ["效益指标", "生态效益指标", "河道流量", "定性", "得到保证", "i", "下泄流量达到核定", "冠成值大子事于标值", ""],
    ]
    cells = [
        Cell(range(i, i + 1), range(j, j + 1), text, 1, BBox(60 * j, 20 * i, 60 * j + 60, 20 * i + 20), 0.5, "ocr", origin="picture")
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    ]
    document = Document("a.tiff", "0" * 64, "image/tiff", [Page(1, 600, 800, "ocr")], [Table(cells, 3, 9)])
    (table,), _ = document_to_tables(document)
    assert [row_texts(table, index) for index in (1, 2)] == [rows[1][1:8], rows[2][1:8]]
    assert not [step for _, field in table.all_fields() for step in field.steps if step.rule == "layout.align-row"]


def test_a_recognised_text_that_leaves_its_drawn_column_is_asked_about() -> None:
    """The ruling between explanation and scoring standard is lost, and both were read as one cell of the wrong column."""
    both = f"每周开放时间{PASS}规定要求的比例"
    rows = [HEADER[:9], *(row[:9] for row in ROWS), ["产出指标", "质量指标", "开放时间达标率", "≥", "100", "%", both]]
    cells = [
        Cell(range(i, i + 1), range(j, j + 1), text, 1, BBox(60 * j, 20 * i, 60 * j + 60, 20 * i + 20), 0.9, "ocr", origin="picture")
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    ]
    cells[-1] = replace(cells[-1], cols=range(6, 8), bbox=BBox(360, 20 * len(rows) - 20, 480, 20 * len(rows)))
    (table,), _ = document_to_tables(Document("a", "0" * 64, "image/tiff", [Page(1, 600, 800, "ocr")], [Table(cells, len(rows), 9)]))
    assert (table.rows[-1].text("explanation"), table.rows[-1].text("scoring_standard")) == ("", both)
    assert [found.path for found in table.findings if found.code == "layout.align-row"] == [f"indicators/{len(ROWS)}/explanation"]


def test_a_head_that_begins_with_a_raised_figure_is_kept_and_named(tmp_path: Path) -> None:
    """² is a digit that no int() takes; the head stands in the path of the field's findings."""
    rows = [[*row, "甲"] for row in ROWS]
    document = jixiao.clean(document_of(form_text(rows, [*HEADER, "²48"]), tmp_path)).json
    assert document["tables"][0]["indicators"][2]["other"]["²48"] == "甲"
    assert [each["path"] for each in document["findings"] if each["path"].endswith("²48")]


def test_what_a_line_says_before_a_table_that_begins_in_it_stands_above_the_table(tmp_path: Path) -> None:
    cells = [["项目名称", "县道日常养护"], HEADER, *ROWS]
    rows = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    text = f"<p>项目绩效目标表</p><p>（2031）年度</p><table>{rows}</table><p>填表人：甲乙丙</p>\n"
    tables, _ = document_to_tables(document_of(text, tmp_path))
    assert [table.text("title") for table in tables] == ["项目绩效目标表"]
    assert tables[0].text("signoff/filled_by") == "甲乙丙"
