"""Lists in which every project is a row: one form a project comes of each. All made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jixiao
from tests.normalizers.forms import document_of
from tests.normalizers.test_rich_forms import Drawn, table

TITLE = "2031年部门预算项目绩效目标申报表"
HEADS: list[Drawn] = [
    "单位名称",
    "项目名称",
    "预算数",
    "年度目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "指标值",
    "度量单位",
    "权重",
]
ROADS: list[list[Drawn]] = [
    ["产出指标", "数量指标", "养护里程", "≥", "118", "公里", "30"],
    ["产出指标", "质量指标", "养护合格率", "≥", "98", "%", "30"],
    ["效益指标", "社会效益指标", "群众出行条件", "定性", "改善", "", "20"],
]
LAMPS: list[list[Drawn]] = [
    ["产出指标", "数量指标", "更换路灯", "=", "64", "盏", "40"],
    ["效益指标", "社会效益指标", "夜间出行条件", "定性", "改善", "", "20"],
]


def read(text: str, folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    value = jixiao.clean(document_of(text, folder)).json
    assert not value.get("grids")
    return value["tables"], [f"{each['path']} {each['code']}" for each in value["findings"] if each["severity"] == "review"]


def spanned(name: str, amount: str, goal: str, rows: list[list[Drawn]]) -> list[list[Drawn]]:
    lead: list[Drawn] = [(text, len(rows), 1) for text in (name, amount, goal)]
    return [[*lead, *rows[0]], *rows[1:]]


def drawn(*rows: list[Drawn], title: str = TITLE, foot: str = "") -> str:
    return f"<h2>{title}</h2>{table(*rows)}<p>{foot}</p>"


def names(tables: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(each["unit_name"], each["project_name"], each["funds"]["total"], len(each["indicators"])) for each in tables]


def test_spans_over_the_rows_of_each_project(tmp_path: Path) -> None:
    roads, lamps = spanned("县道养护", "365,000.00", "保障畅通。", ROADS), spanned("路灯更换", "48,000.00", "照亮街道。", LAMPS)
    text = drawn(
        [("金额单位：元", 1, 11)],
        HEADS,
        ["交通局部门", "", "413,000.00", *[""] * 8],
        [("东阳县交通运输局", 5, 1), *roads[0]],
        *roads[1:],
        *lamps,
        foot="填表人：甲乙丙 联系电话：13900000001 填表日期：2030年12月3日",
    )
    tables, reviews = read(text, tmp_path)
    assert names(tables) == [("东阳县交通运输局", "县道养护", 36.5, 3), ("东阳县交通运输局", "路灯更换", 4.8, 2)]
    assert [each["overall_goal"] for each in tables] == ["保障畅通。", "照亮街道。"]
    assert [each["title"] for each in tables] == [TITLE, TITLE] and {each["fiscal_year"] for each in tables} == {2031}
    assert {each["signoff"]["filled_by"] for each in tables} == {"甲乙丙"}
    assert [row["level3"] for row in tables[0]["indicators"]] == ["养护里程", "养护合格率", "群众出行条件"]
    assert [row["points"] for row in tables[1]["indicators"]] == ["40", "20"]
    assert not reviews


def test_values_printed_again_in_every_row_and_a_total_below(tmp_path: Path) -> None:
    heads: list[Drawn] = ["序号", "项目名称", "项目金额（万元）", "绩效目标", *HEADS[4:]]
    text = drawn(
        heads,
        *[["1", "县道养护", "36.5", "保障畅通。", *row] for row in ROADS],
        *[["2", "路灯更换", "4.8", "照亮街道。", *row] for row in LAMPS],
        ["合计", "", "41.3", *[""] * 8],
    )
    tables, reviews = read(text, tmp_path)
    assert [each["project_name"] for each in tables] == ["县道养护", "路灯更换"]
    assert [each["funds"]["total"] for each in tables] == [36.5, 4.8] and [len(each["indicators"]) for each in tables] == [3, 2]
    assert [each["other_fields"] for each in tables] == [{"序号": "1"}, {"序号": "2"}]
    assert not reviews


def test_sources_of_money_in_columns_below_a_common_head(tmp_path: Path) -> None:
    upper: list[Drawn] = [
        *((head, 2, 1) for head in ("预算单位", "项目名称")), ("项目资金（万元）", 1, 3), ("年度绩效目标", 2, 1), ("绩效指标", 1, 5),
    ]  # fmt: skip
    lower: list[Drawn] = ["资金总额", "财政拨款", "其他资金", "一级指标", "二级指标", "三级指标", "指标值", "备注"]
    text = drawn(
        upper,
        lower,
        ["道路养护站", "县道养护", "36.5", "30", "6.5", "保障畅通。", "产出指标", "数量指标", "养护里程", "≥118公里", ""],
        ["", "", "", "", "", "", "效益指标", "经济效益指标", "带动运输", "≥90车次", "抽样"],
        ["", "路灯更换", "4.8", "4.8", "", "照亮街道。", "产出指标", "数量指标", "更换路灯", "64盏", ""],
    )
    tables, reviews = read(text, tmp_path)
    assert [each["funds"] for each in tables] == [
        {"total": 36.5, "fiscal_appropriation": 30, "carry_over": None, "other": 6.5},
        {"total": 4.8, "fiscal_appropriation": 4.8, "carry_over": None, "other": None},
    ]
    assert [each["overall_goal"] for each in tables] == ["保障畅通。", "照亮街道。"]
    assert [(row["value"], row["unit"], row["remark"]) for row in tables[0]["indicators"]] == [
        ("118", "公里", None),
        ("90", "车次", "抽样"),
    ]
    assert [each["unit_name"] for each in tables] == ["道路养护站", "道路养护站"]
    assert not [review for review in reviews if "coverage" not in review]


def test_a_project_of_the_same_name_of_another_unit_is_another_project(tmp_path: Path) -> None:
    text = drawn(
        [("金额单位：万元", 1, 11)],
        HEADS,
        ["养护一站", "县道养护", "36.5", "保障畅通。", *ROADS[0]],
        ["养护二站", "县道养护", "12", "保障畅通。", *ROADS[0]],
    )
    tables, _ = read(text, tmp_path)
    assert names(tables) == [("养护一站", "县道养护", 36.5, 1), ("养护二站", "县道养护", 12, 1)]


def test_one_project_above_a_list_of_indicators_is_no_list(tmp_path: Path) -> None:
    text = drawn([("项目名称", 1, 2), ("县道养护", 1, 5)], [("年度目标", 1, 2), ("保障畅通。", 1, 5)], HEADS[4:], *ROADS)
    tables, _ = read(text, tmp_path)
    assert [(each["project_name"], len(each["indicators"])) for each in tables] == [("县道养护", 3)]
