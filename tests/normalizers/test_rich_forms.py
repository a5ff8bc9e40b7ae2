"""Richer forms of the family, drawn with spans: nothing that stands on them may vanish. Every name and number is made up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import jixiao
from tests.normalizers.forms import document_of

Drawn = str | tuple[str, int, int]


def cell(content: Drawn) -> str:
    text, rows, columns = (content, 1, 1) if isinstance(content, str) else content
    return f"<td rowspan={rows} colspan={columns}>{text}</td>"


def table(*rows: list[Drawn]) -> str:
    """A drawn table; a cell is its text, or its text with the rows and columns it spans."""
    return "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>"


# fmt: off
RICH_AS_TEXT = [
    ["部门（单位）名称", "云田县水利局", "", "", "", "", ""],
    ["部门职能概述", "负责全县水资源管理和防汛抗旱。", "", "", "", "", ""],
    ["年度履职目标", "完成灌区改造，保障防汛安全。", "", "", "", "", ""],
    ["年度主要任务", "任务名称", "主要内容", "", "预算金额（万元）", "", ""],
    ["", "", "", "", "总额", "财政拨款", "其他资金"],
    ["", "灌区改造", "改造渠道40公里", "", "300", "280", "20"],
    ["", "防汛抗旱", "修缮水库5座", "", "150", "150", ""],
    ["", "金额合计", "", "", "450", "430", "20"],
    ["预算资金（万元）", "资金总额", "450", "", "", "", ""],
    ["", "按收入性质分", "其中：一般公共预算", "430", "按支出性质分", "其中：基本支出", "200"],
    ["", "", "政府性基金预算拨款", "0", "", "项目支出", "250"],
    ["", "", "其他资金", "20", "", "", ""],
    ["年度总体目标", "保障全县用水安全。", "", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释"],
    ["产出指标", "数量指标", "改造渠道长度", "≥", "40", "公里", "列入年度计划的渠道"],
    ["效益指标", "社会效益指标", "群众用水条件", "定性", "改善", "非数量指标", "灌区群众用水更方便"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", "抽样调查"],
]
RICH = table(
    [("部门（单位）名称", 1, 2), ("云田县水利局", 1, 6)],
    [("部门职能", 1, 2), ("负责全县水资源管理和防汛抗旱。", 1, 6)],
    [("年度主要任务", 5, 1), ("任务名称", 2, 1), ("主要内容", 2, 2), ("预算金额（万元）", 1, 4)],
    [("总额", 1, 2), "财政拨款", "其他资金"],
    ["灌区改造", ("改造渠道40公里", 1, 2), ("300", 1, 2), "280", "20"],
    ["防汛抗旱", ("修缮水库5座", 1, 2), ("150", 1, 2), "150", ""],
    [("金额合计", 1, 3), ("450", 1, 2), "430", "20"],
    [("预算资金（万元）", 4, 1), ("资金总额", 1, 2), ("450", 1, 5)],
    [("按收入性质分", 3, 1), "一般公共预算", ("430", 1, 2), ("按支出性质分", 3, 1), "基本支出", "200"],
    ["政府性基金预算", ("0", 1, 2), "项目支出", "250"],
    ["其他资金", ("20", 1, 2), "", ""],
    [("年度总体目标", 1, 2), ("保障全县用水安全。", 1, 6)],
    ["一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "备注"],
    ["产出指标", "数量指标", "改造渠道长度", "≥", "40", "公里", "列入年度计划的渠道", ""],
    ["效益指标", "社会效益指标", "群众用水条件", "定性", "改善", "非数量指标", "灌区群众用水更方便", ""],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", "抽样调查", ""],
)
WITH_DIRECTION = table(
    [("项目名称", 1, 2), ("河道清障", 1, 8)],
    [("主管部门", 1, 2), ("云田县水利局", 1, 3), ("实施单位", 1, 2), ("河道管理所", 1, 3)],
    [("年度预算数（万元）", 6, 1), "", "年初预算", ("调整后预算数", 1, 2), "预算执行数", "预算执行率", "权重", "得分", "原因"],
    ["总额", "80", ("75", 1, 2), "72", "96%", "10", "9.6", "工程结余"],
    ["其中：财政资金", "80", ("75", 1, 2), "72", "96%", "—", "—", ""],
    ["财政专户管理资金", "0", ("0", 1, 2), "0", "", "—", "—", ""],
    ["单位资金", "0", ("0", 1, 2), "0", "", "—", "—", ""],
    ["其他资金", "0", ("0", 1, 2), "0", "", "—", "—", ""],
    [("年度总体目标", 2, 1), ("预期目标", 1, 5), ("实际完成情况", 1, 4)],
    [("清除河障12处。", 1, 5), ("清除河障12处，河道畅通。", 1, 4)],
    ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"],
    ["产出指标", "数量指标", "清除河障数量", "≥", "12", "处", "12", "50", "50", ""],
    ["效益指标", "社会效益指标", "河道行洪能力", "定性", "优", "", "优", "30", "30", ""],
    ["满意度指标", "服务对象满意度指标", "沿河群众满意度", "≥", "90", "%", "92", "10", "10", ""],
    [("合计", 1, 7), "100", "99.6", ""],
    ["评价结论", ("项目按计划完成，自评99.6分。", 1, 9)],
    ["存在问题", ("拨款进度偏慢。", 1, 9)],
    ["改进措施", ("提前申报用款计划。", 1, 9)],
)
TRANSFER = table(
    [("转移支付（项目）名称", 1, 2), ("农田灌溉补助资金", 1, 6)],
    [("中央主管部门", 1, 2), ("水利部", 1, 6)],
    [("地方主管部门", 1, 2), ("云田县水利局", 1, 2), ("资金使用单位", 1, 2), ("灌区管理所", 1, 2)],
    [("资金投入情况（万元）", 4, 2), "", "全年预算数（A）", ("全年执行数（B）", 1, 2), ("预算执行率（B/A×100%）", 1, 2)],
    ["年度资金总额", "200", ("190", 1, 2), ("95%", 1, 2)],
    ["其中：中央补助", "150", ("150", 1, 2), ("100%", 1, 2)],
    ["地方资金", "50", ("40", 1, 2), ("80%", 1, 2)],
    [("总体目标完成情况", 2, 2), ("总体目标", 1, 3), ("全年实际完成情况", 1, 3)],
    [("建成高效灌溉面积3000亩。", 1, 3), ("建成高效灌溉面积3100亩。", 1, 3)],
    [("绩效指标", 4, 1), "一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", ("未完成原因和改进措施", 1, 2)],
    [("产出指标", 2, 1), "数量指标", "高效灌溉面积", "≥3000亩", "3100亩", ("", 1, 2)],
    ["质量指标", "工程验收合格率", "≥95%", "100%", ("", 1, 2)],
    ["效益指标", "社会效益指标", "受益农户数", "≥800户", "760户", ("两村尚未通水", 1, 2)],
    [("说明", 1, 2), ("无", 1, 6)],
)

WITH_POINTS = table(
    ["项目名称", ("乡镇卫生院改造", 1, 7)],
    ["主管部门", ("云田县卫生健康局", 1, 3), "项目实施单位", ("县医院", 1, 3)],
    ["项目类别", ("部门预算项目", 1, 7)],
    [("预算执行情况（万元）（20分）", 2, 1), "", "预算数（A）", ("执行数（B）", 1, 2), "执行率（B/A）", ("得分（20分*执行率）", 1, 2)],
    ["年度财政资金总额", "60", ("57", 1, 2), "95%", ("19", 1, 2)],
    [("年度绩效目标1（40分）", 3, 1), "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分", ""],
    ["产出指标", "数量指标", "改造卫生院数", "3所", "3所", "20", ""],
    ["产出指标", "质量指标", "验收合格率", "100%", "100%", "20", ""],
    [("年度绩效目标2（40分）", 2, 1), "效益指标", "社会效益指标", "门诊人次", "20000人次", "21000人次", "20", ""],
    ["满意度指标", "服务对象满意度指标", "患者满意度", "90%", "91%", "20", ""],
    ["总分", ("", 1, 5), "99", ""],
    ["偏差大或目标未完成原因分析", ("无", 1, 7)],
    ["改进措施及结果应用方案", ("按季检查。", 1, 7)],
)
OF_ALL_YEARS = table(
    ["项目名称", ("河道养护", 1, 3), "项目类别", ("特定目标类", 1, 3)],
    ["计划开始日期", ("2031-01-01", 1, 3), "计划完成日期", ("2031-12-31", 1, 3)],
    [("项目资金（元）", 3, 1), "项目资金总额", ("3, 600, 000", 1, 2), ("年度资金申请总额", 1, 2), ("1, 200, 000", 1, 2)],
    ["其中：财政资金", ("3, 600, 000", 1, 2), ("其中：当年财政拨款", 1, 2), ("1, 200, 000", 1, 2)],
    ["其他资金", ("0", 1, 2), ("其他资金", 1, 2), ("0", 1, 2)],
    [("项目总目标（2031年-2033年）", 1, 4), ("年度绩效目标", 1, 4)],
    [("三年养护河道36公里。", 1, 4), ("养护河道12公里。", 1, 4)],
    ["一级指标", "二级指标", ("三级指标", 1, 3), ("年度指标值", 1, 3)],
    ["产出指标", "数量指标", ("养护河道长度", 1, 3), ("≥12公里", 1, 3)],
    ["效益指标", "生态效益指标", ("水质达标率", 1, 3), ("≥95%", 1, 3)],
    ["满意度指标", "服务对象满意度指标", ("居民满意度", 1, 3), ("≥90%", 1, 3)],
)
# fmt: on
SIGNED = "填表人：甲乙丙\n\n联系电话：13900000001\n\n填表日期：2030年12月3日\n\n单位负责人：丁戊"


def clean(tmp_path: Path, title: str, body: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    document = document_of(f"{title}\n\n（2031年度）\n\n{body}\n\n{SIGNED}\n", tmp_path)
    value = jixiao.clean(document).json
    assert len(value["tables"]) == 1
    return value["tables"][0], [found for found in value["findings"] if found["severity"] == "review"]


@pytest.mark.parametrize("body", ["\n".join("\t".join(row) for row in RICH_AS_TEXT), RICH], ids=["text", "drawn"])
def test_the_richer_overall_form(tmp_path: Path, body: str) -> None:
    form, reviews = clean(tmp_path, "部门整体支出绩效目标表", body)
    assert (form["kind"], form["unit_name"], form["overall_goal"]) == ("overall", "云田县水利局", "保障全县用水安全。")
    assert (form["funds"]["total"], form["funds"]["other"]) == (450, 20)
    others = form["other_fields"]
    assert others["年度主要任务 1 任务名称"] == "灌区改造" and others["年度主要任务 2 主要内容"] == "修缮水库5座"
    amounts = [text for label, text in others.items() if re.match("年度主要任务 [12] .*(总额|财政拨款|其他资金)$", label)]
    assert amounts == ["300", "280", "20", "150", "150"]
    parts = {label.removeprefix("其中："): text for label, text in others.items()}
    assert (parts["基本支出"], parts["项目支出"]) == ("200", "250")
    assert [text for label, text in parts.items() if label.startswith(("一般公共预算", "政府性基金"))] == ["430", "0"]
    assert len(form["indicators"]) == 3
    assert not reviews


def test_a_self_evaluation_with_direction_and_closing_remarks(tmp_path: Path) -> None:
    form, reviews = clean(tmp_path, "部门预算项目支出绩效自评表", WITH_DIRECTION)
    assert [line["line"] for line in form["funds_execution"]] == ["total", "fiscal_appropriation", "other"]
    assert form["funds_execution"][0] == {
        "line": "total", "initial_budget": 80, "adjusted_budget": 75, "executed": 72, "rate": 96, "points": 10, "score": 9.6,
    }  # fmt: skip
    others = form["other_fields"]
    assert others["财政专户管理资金 预算执行数"] == "0" and others["其他资金 预算执行数"] == "0"
    assert others["总额 原因"] == "工程结余", "a head that we have no field for keeps its own words"
    assert (others["评价结论"], others["存在问题"]) == ("项目按计划完成，自评99.6分。", "拨款进度偏慢。")
    assert (form["overall_goal"], form["actual_outcome"], form["total_score"]) == ("清除河障12处。", "清除河障12处，河道畅通。", 99.6)
    assert [(row["level3"], row["actual_value"], row["score"]) for row in form["indicators"]] == [
        ("清除河障数量", "12", "50"), ("河道行洪能力", "优", "30"), ("沿河群众满意度", "92", "10"),
    ]  # fmt: skip
    assert not reviews


def test_a_transfer_with_its_columns_a_and_b(tmp_path: Path) -> None:
    form, reviews = clean(tmp_path, "转移支付区域（项目）绩效目标自评表", TRANSFER)
    assert (form["kind"], form["project_name"], form["department"]) == ("self_evaluation", "农田灌溉补助资金", "云田县水利局")
    assert form["funds_execution"] == [{"line": "total", "adjusted_budget": 200, "executed": 190, "rate": 95}]
    others = form["other_fields"]
    assert others["其中：中央补助 全年执行数（B）"] == "150" and others["地方资金 全年预算数（A）"] == "50"
    assert (others["中央主管部门"], others["资金使用单位"], others["说明"]) == ("水利部", "灌区管理所", "无")
    assert (form["overall_goal"], form["actual_outcome"]) == ("建成高效灌溉面积3000亩。", "建成高效灌溉面积3100亩。")
    last = form["indicators"][2]
    assert (last["level1"], last["value"], last["actual_value"], last["reason"]) == ("效益指标", "800", "760户", "两村尚未通水")
    assert len(form["indicators"]) == 3
    assert not reviews


def test_points_in_heads_do_not_count(tmp_path: Path) -> None:
    form, reviews = clean(tmp_path, "项目支出绩效自评表", WITH_POINTS)
    assert form["funds_execution"] == [{"line": "total", "adjusted_budget": 60, "executed": 57, "rate": 95, "score": 19}]
    assert form["other_fields"]["改进措施及结果应用方案"] == "按季检查。" and form["total_score"] == 99
    assert [row["actual_value"] for row in form["indicators"]] == ["3所", "100%", "21000人次", "91%"]
    assert not reviews


def test_the_total_of_all_years_is_not_that_of_the_year(tmp_path: Path) -> None:
    form, reviews = clean(tmp_path, "财政项目支出绩效目标申报表", OF_ALL_YEARS)
    assert form["funds"] == {"total": 120, "fiscal_appropriation": 120, "carry_over": None, "other": 0}
    assert form["mid_term_funds"] == {"total": 360, "fiscal_appropriation": 360, "carry_over": None, "other": 0}
    assert (form["mid_term_goal"], form["overall_goal"]) == ("三年养护河道36公里。", "养护河道12公里。")
    assert not reviews


@pytest.mark.parametrize("form", [RICH, WITH_DIRECTION, TRANSFER, WITH_POINTS])
def test_every_figure_of_the_page_is_delivered(tmp_path: Path, form: str) -> None:
    document = document_of(f"部门整体支出绩效自评表\n\n{form}\n", tmp_path)
    value = jixiao.clean(document).json
    delivered = str(value["provenance"]) + str([each["message"] for each in value["findings"]])
    for text in re.findall(r">([^<>]+)</td>", form):
        # The points of the total are the form's own 100.
        if re.search(r"\d|。", text) and not re.search("[AB（]", text) and text != "100":
            assert text in delivered, text


def test_labels_with_values_between_them_are_no_heads(tmp_path: Path) -> None:
    body = table(
        ["项目名称", ("河道清障", 1, 3)],
        ["总体目标", "清除河障12处。", "实际完成情况", "清除河障12处。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "清除河障数量", "≥12处"],
    )
    form, _ = clean(tmp_path, "项目支出绩效自评表", body)
    assert form["overall_goal"].startswith("清除河障12处。")


def test_an_indicator_that_begins_like_a_remark_stays_one(tmp_path: Path) -> None:
    body = table(
        ["项目名称", ("河道清障", 1, 3)],
        ["年度总体目标", ("清除河障。", 1, 3)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        [("产出指标", 2, 1), ("质量指标", 2, 1), "验收合格率", "≥95%"],
        ["存在问题整改率", "≥90%"],
        ["改进措施", ("按季检查。", 1, 3)],
    )
    form, _ = clean(tmp_path, "项目绩效目标表", body)
    assert [row["level3"] for row in form["indicators"]] == ["验收合格率", "存在问题整改率"]
    assert form["other_fields"]["改进措施"] == "按季检查。"
