"""Titles, kinds and the line above the grid. Every name and number is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jixiao
from normalizers.forms.label_line import read_label_line
from normalizers.forms.titles import is_title, is_year_line
from normalizers.vocabulary.labels import load_labels
from tests.normalizers.forms import document_of

LABELS = load_labels().as_filed()
EVALUATED = [
    ["项目名称", "渠道清淤", "", "", "", "", ""],
    ["年度总体目标", "预期目标", "", "", "实际完成情况", "", ""],
    ["", "清淤40公里。", "", "", "清淤38公里。", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值", "分值", "得分"],
    ["产出指标", "数量指标", "清淤长度", "≥40公里", "38公里", "90", "85.5"],
    ["效益指标", "社会效益指标", "灌溉保障", "改善", "改善", "10", "10"],
]
MONITORED = [
    ["项目名称", "河道保洁", "", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "1—7月执行情况", "全年预计完成情况", "备注"],
    ["产出指标", "数量指标", "保洁长度", "≥30公里", "17公里", "30公里", ""],
    ["效益指标", "社会效益指标", "河道环境", "改善", "改善", "改善", ""],
]
PLANNED = [
    ["项目名称", "书屋更新", "", ""],
    ["年度目标", "更新书屋20个。", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "更新书屋数", "≥20个"],
    ["效益指标", "社会效益指标", "阅读人次", "≥3000人次"],
]


def clean(tmp_path: Path, above: str, rows: list[list[str]]) -> dict[str, Any]:
    text = f"{above}\n\n" + "\n".join("\t".join(row) for row in rows) + "\n"
    value = jixiao.clean(document_of(text, tmp_path)).json
    assert len(value["tables"]) == 1
    return {**value["tables"][0], "findings": value["findings"]}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("项目支出绩效自评表（2031年度）", "self_evaluation"),
        ("2031年度部门整体支出绩效自评表（本级）", "self_evaluation"),
        ("（2031年度）项目支出绩效评价表", "self_evaluation"),
        ("项目支出绩效运行监控表（2031年度）", "monitoring"),
        ("项目支出绩效目标审批表\n\n（2031年度）", "application"),
        ("2031年部门预算项目绩效目标批复表", "application"),
        ("中央对地方专项转移支付区域（项目）绩效目标申报表 （2031年度）", "application"),
        ("自评表（2031年度）", "self_evaluation"),
        ("附表3 2031年度绩效监控表", "monitoring"),
        ("附表32031年度绩效监控表", "monitoring"),
        ("２０3１年项目支出绩效自评表", "self_evaluation"),
    ],
)
def test_a_title_says_the_kind_and_the_year(tmp_path: Path, title: str, kind: str) -> None:
    rows = {"self_evaluation": EVALUATED, "monitoring": MONITORED}.get(kind, PLANNED)
    form = clean(tmp_path, title, rows)
    assert (form["kind"], form["fiscal_year"]) == (kind, 2031)
    assert form["title"].replace(" ", "") in title.replace(" ", "")
    inside = clean(tmp_path, "", [[title.split("\n")[0], *[""] * (len(rows[0]) - 1)], *rows])
    assert inside["kind"] == kind and inside["title"]


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：云田县水利局（单位：万元）填报日期：2031.3.5（",
        "填报单位（盖章）：云田县水利局（盖章）（单位：万元）",
        "单位名称（公章）：云田县水利局",
        "申报单位:云田县水利局（公章）",
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_one_label_or_more_with_seals_and_brackets_above_the_grid_or_in_its_first_row(tmp_path: Path, line: str, inside: bool) -> None:
    rows = [[line, *[""] * (len(EVALUATED[0]) - 1)], *EVALUATED] if inside else EVALUATED
    form = clean(tmp_path, "项目支出绩效自评表（2031年度）" + ("" if inside else f"\n\n{line}"), rows)
    assert (form["unit_name"], form["project_name"]) == ("云田县水利局", "渠道清淤")
    assert form["signoff"]["filled_on"] == ("2031-03-05" if "日期" in line else None)


def test_a_label_as_printed_counts_before_one_that_a_mended_character_would_make() -> None:
    line = read_label_line("资金单位：万元申报单位:清河县水利局（盖章）填报时间：2031-03-05", load_labels())
    assert [(part.path, part.value) for part in line.parts] == [
        ("money", "万元"), ("unit_name", "清河县水利局"), ("signoff/filled_on", "2031-03-05"),
    ]  # fmt: skip


@pytest.mark.parametrize(("rows", "kind"), [(EVALUATED, "self_evaluation"), (MONITORED, "monitoring")])
@pytest.mark.parametrize("title", ["", "绩效目标表（2031年度）"])
def test_the_heads_say_the_kind_where_the_title_says_less(tmp_path: Path, title: str, rows: list[list[str]], kind: str) -> None:
    assert clean(tmp_path, title, rows)["kind"] == kind


def test_a_title_and_heads_that_contradict_each_other_are_asked_about(tmp_path: Path) -> None:
    form = clean(tmp_path, "项目支出绩效目标申报表（2031年度）", EVALUATED)
    found = [each for each in form["findings"] if each["code"] == "layout.kind-contradiction"]
    assert [each["path"] for each in found] == ["/tables/0/kind"] and form["kind"] == "application"
    assert not [e for e in clean(tmp_path, "项目支出绩效自评表", EVALUATED)["findings"] if e["code"] == "layout.kind-contradiction"]


@pytest.mark.parametrize("text", ["见附件绩效自评表。", "注：本表为绩效自评表；一式两份", "绩效自评", "项目支出", "合计表"])
def test_a_sentence_is_no_title(text: str) -> None:
    assert not is_title(text, LABELS)


@pytest.mark.parametrize("text", ["（2031年度）", "2031年度", "二〇三一年度", "( 2031 ) 年度"])
def test_a_year_alone(text: str) -> None:
    assert is_year_line(text) and not is_title(text, LABELS)


ABOVE = [
    ("单位名称：清河县水利局 填报日期：2032年3月10日", "2032-03-10", ""),
    ("填报单位（盖章）：清河县水利局 金额单位：万元", None, "万元"),
    ("填报日期：2032年3月10日填报单位：清河县水利局单位：元", "2032-03-10", "元"),
    ("单位：万元 填报人：甲乙丙 填报单位：清河县水利局", None, "万元"),
    ("填报单位 清河县水利局 填报日期 2032年3月10日", "2032-03-10", ""),
    ("编报单位：清河县水利局", None, ""),
]


@pytest.mark.parametrize(("line", "day", "money"), ABOVE)
@pytest.mark.parametrize("place", ["line", "cell"])
def test_no_label_above_the_grid_swallows_the_next(tmp_path: Path, line: str, day: str | None, money: str, place: str) -> None:
    top = [[line, "", "", "", "", "", ""]] if place == "cell" else []
    form = clean(tmp_path, "项目支出绩效自评表\n\n" + (line if place == "line" else ""), [*top, *EVALUATED])
    assert (form["unit_name"], form["signoff"]["filled_on"]) == ("清河县水利局", day)
    assert {part.path: part.value for part in read_label_line(line, LABELS).parts}.get("money", "") == money
    assert not [each for each in form["findings"] if "清河县" in each["message"]]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("单位：清河县财政局", [("unit_name", "单位", "清河县财政局")]),
        ("下属单位：清河县水管所", [("other", "下属单位", "清河县水管所")]),
        ("制表时间：2032-1-2 15:30", [("signoff/filled_on", "制表时间", "2032-1-2 15:30")]),
        ("项目名称：渠道清淤 实施期：2031-2033", [("project_name", "项目名称", "渠道清淤"), ("other", "实施期", "2031-2033")]),
        ("填 表 人：甲乙丙 电 话：139", [("signoff/filled_by", "填表人", "甲乙丙"), ("signoff/phone", "电话", "139")]),
        ("本表一式两份，分别报送", []),
        ("填报单位 (盖章) 清河县水利局（盖章) 金额单位：万元", [("unit_name", "填报单位", "清河县水利局"), ("money", "金额单位", "万元")]),
        ("金额单位：详见附注", [("other", "金额单位", "详见附注")]),
        ("清河县水利局（盖章）", []),
    ],
)
def test_a_line_is_cut_at_its_labels(line: str, parts: list[tuple[str, str, str]]) -> None:
    assert [(part.path, part.label, part.value) for part in read_label_line(line, LABELS).parts] == parts
