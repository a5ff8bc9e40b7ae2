"""What makes a table a form, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

import jixiao
from extractors.model import BBox, Cell, Document, Page, Table, TextLine
from jixiao import CleanedDocument

HEADS = ["一级指标", "二级指标", "三级指标", "指标值", "分值", "备注"]
ROWS = [
    ["产出指标", "数量指标", "养护里程", "≥118公里", "20", ""],
    ["产出指标", "质量指标", "验收合格率", "≥95%", "20", ""],
    ["效益指标", "社会效益指标", "出行便利", "明显改善", "20", ""],
]
LABELS = [["项目名称", "县道日常养护", "", "", "", ""], ["主管部门", "交通运输局", "", "", "", ""]]


def clean(rows: list[list[str]], *lines: str, reader: Any = "text-layer") -> CleanedDocument:
    return clean_tables([rows], [lines], reader)


def clean_tables(tables: list[list[list[str]]], above: list[tuple[str, ...]], reader: Any = "text-layer") -> CleanedDocument:
    """Tables of 20 points a row, each with its lines above, on one page."""
    origin: Any = "picture" if reader == "ocr" else reader
    top, made, lines = 40.0, [], []
    for rows, texts in zip(tables, above, strict=True):
        for text in texts:
            lines.append(TextLine(text, 1, BBox(50, top, 400, top + 12)))
            top += 15
        cells = [
            Cell(range(i, i + 1), range(j, j + 1), text, 1, BBox(50 + 90 * j, top + 20 * i, 140 + 90 * j, top + 20 + 20 * i), 0.999,
                 "ocr" if reader == "ocr" else "pdfium", origin=origin)
            for i, row in enumerate(rows) for j, text in enumerate(row)
        ]  # fmt: skip
        made.append(Table(cells, len(rows), len(rows[0])))
        top += 20 * len(rows) + 10
    document = Document("a.pdf", "0" * 64, "application/pdf", [Page(1, 600, 1800, reader, lines=lines)], made)
    return jixiao.clean(document)


def codes(document: CleanedDocument) -> list[str]:
    """What is said of its grids, but for that each is none of the known forms."""
    return [each.code for each in document.findings if each.path.startswith("/grids/") and each.code != "table.not-a-form"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([*LABELS, HEADS, *ROWS], ("项目支出绩效目标表",)),
        ([*LABELS, HEADS, *ROWS], ()),
        ([HEADS, *ROWS], ("项目情况",)),
        (LABELS, ("项目支出绩效目标表",)),
        ([["头一", "头二", "头三", "头四", "头五", "头六"], *ROWS], ("项目支出绩效自评表",)),
    ],
)
def test_a_form_by_its_title_or_by_heads_and_levels(rows: list[list[str]], lines: tuple[str, ...]) -> None:
    document = clean(rows, *lines)
    assert len(document.tables) == 1 and not document.json.get("grids", [])


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["科目名称", "预算数"], ["工资福利支出", "12.5"]], ("支出预算表",)),
        ([["栏目名称", "点击数"], ["政务公开", "12"]], ()),
        ([["项目名称", "金额"], ["县道养护", "12.5"]], ("项目支出表",)),
        ([["单位名称", "合计"], ["云田县档案馆", "1"], ["岭北县水利局", "2"]], ("三公经费表",)),
        ([HEADS, ["办学方向", "德育工作", "有计划", "好", "10", ""], ["师资队伍", "教师结构", "齐", "好", "9", ""]], ("办学评估表",)),
        ([["姓名", "部门", "得分"], ["考核内容", "权重", "10"]], ("员工绩效考核表",)),
        ([["项目名称", "古籍修复"], ["经济效益", "良"], ["社会效益", "优"]], ("科技项目验收评价表",)),
        ([["序号", "数量", "质量"], ["1", "3", "好"]], ("采购清单",)),
    ],
)
def test_one_label_makes_no_form(rows: list[list[str]], lines: tuple[str, ...]) -> None:
    document = clean(rows, *lines)
    assert not document.tables and len(document.json.get("grids", [])) == 1 and not codes(document)


@pytest.mark.parametrize(("reader", "forms"), [("text-layer", 0), ("ocr", 1)])
def test_a_head_is_forgiven_a_character_only_where_it_was_recognised(reader: Any, forms: int) -> None:
    spoilt = ["一级指柘", "二级指柘", "三级指柘", "指标值", "分值", "备注"]
    levels = [["办学方向", "社会效益指标", "有计划", "好", "10", ""], ["办学方向", "德育工作", "有计划", "好", "10", ""]]
    assert len(clean([spoilt, *levels], "某某评估表", reader=reader).tables) == forms


def test_what_has_something_of_a_form_is_a_question() -> None:
    document = clean([["甲", "乙"], ["丙", "丁"]], "项目支出绩效目标表")
    assert not document.tables and codes(document) == ["table.may-be-a-form"]


def test_a_form_and_the_tables_around_it_stay_apart() -> None:
    budget = [["科目名称", "预算数", "备注"], ["工资福利支出", "12.5", ""]]
    listed = [["项目名称", "金额", "备注"], ["县道养护", "8", ""]]
    form = [*LABELS, HEADS, *ROWS]
    document = clean_tables([budget, form, listed], [("支出预算表", "单位：万元"), ("项目支出绩效目标表",), ("项目支出表", "单位：元")])
    assert [table.project_name for table in document.tables] == ["县道日常养护"]
    grids = document.json.get("grids", [])
    assert [(grid["title"], grid["unit"], grid["row_count"]) for grid in grids] == [("支出预算表", "万元", 2), ("项目支出表", "元", 2)]
    assert len(document.tables[0].rows) == 3


def test_a_form_in_two_tables_is_one() -> None:
    document = clean_tables([LABELS, [HEADS, *ROWS]], [("项目支出绩效目标表",), ()])
    assert len(document.tables) == 1 and not document.json.get("grids", []) and len(document.tables[0].rows) == 3
