"""Forms of the family as the counties draw them, in each notation of a transcript: the same fields must come of all. All made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jixiao
from pipeline.schema import problems_of
from tests.normalizers.forms import document_of
from tests.normalizers.test_rich_forms import Drawn, table

Form = tuple[str, str, list[list[Drawn]], str]

# fmt: off
SIGNED = "填表人：甲乙丙    联系电话：13900000001    填表日期：2030年12月3日    单位负责人：丁戊"
TWICE: Form = ("项目支出绩效目标申报表", "（2031年度）", [
    [("项目名称", 1, 3), ("城区路灯改造", 1, 6)],
    [("主管部门及代码", 1, 3), ("[319]云田县城市管理局", 1, 2), ("实施单位", 1, 2), ("路灯管理所", 1, 2)],
    [("项目属性", 1, 3), ("延续项目", 1, 2), ("项目期", 1, 2), ("3年", 1, 2)],
    [("项目资金（万元）", 4, 3), "中期资金总额：", ("960", 1, 2), ("年度资金总额：", 1, 2), "320"],
    ["其中：财政拨款", ("900", 1, 2), ("其中：财政拨款", 1, 2), "300"],
    ["其他资金", ("60", 1, 2), ("上年结转资金", 1, 2), "15"],
    ["", ("", 1, 2), ("其他资金", 1, 2), "5"],
    [("总体目标", 2, 1), ("中期目标（2031年—2033年）", 1, 4), ("年度目标", 1, 4)],
    [("三年改造路灯1800盏。", 1, 4), ("改造路灯600盏。", 1, 4)],
    [("绩效指标", 6, 1), "一级指标", "二级指标", "三级指标", "指标值", ("二级指标", 1, 2), "三级指标", "指标值"],
    [("产出指标", 3, 1), "数量指标", "改造路灯数量", "≥1800盏", ("数量指标", 1, 2), "改造路灯数量", "≥600盏"],
    ["时效指标", "项目完成时间", "2033年12月底前", ("时效指标", 1, 2), "项目完成时间", "2031年12月底前"],
    ["成本指标", "单盏改造成本", "≤5300元/盏", ("成本指标", 1, 2), "单盏改造成本", "≤5300元/盏"],
    ["效益指标", "可持续影响指标", "设施使用年限", "≥8年", ("可持续影响指标", 1, 2), "设施使用年限", "≥8年"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", ("服务对象满意度指标", 1, 2), "居民满意度", "≥88%"],
], SIGNED)
TICKED: Form = ("项目支出绩效目标执行监控表", "（2031年度）", [
    [("项目名称", 1, 3), ("城区路灯改造", 1, 14)],
    [("项目资金（万元）", 3, 3), ("", 1, 2), ("年初预算数", 1, 2), ("1-7月执行数", 1, 3), ("1-7月执行率", 1, 3), ("全年预计执行数", 1, 4)],
    [("年度资金总额：", 1, 2), ("320", 1, 2), ("160", 1, 3), ("50%", 1, 3), ("320", 1, 4)],
    [("其中：本年财政拨款", 1, 2), ("320", 1, 2), ("160", 1, 3), ("50%", 1, 3), ("320", 1, 4)],
    [("年度总体目标", 1, 3), ("改造路灯600盏。", 1, 14)],
    [("绩效指标", 5, 1), ("一级指标", 2, 1), ("二级指标", 2, 1), ("三级指标", 2, 1), ("年度指标值", 2, 1), ("1-7月执行情况", 2, 1),
     ("全年预计完成情况", 2, 1), ("偏差原因分析", 1, 6), ("完成目标可能性", 1, 3), ("备注", 2, 1)],
    ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明", "确定能", "有可能", "完全不可能"],
    ["产出指标", "数量指标", "改造路灯数量", "≥600盏", "270盏", "600盏", "", "", "✔", "", "", "两个班组六月才到位", "✔", "", "", ""],
    ["效益指标", "社会效益指标", "夜间出行安全", "有所改善", "有所改善", "有所改善", "", "", "", "", "", "", "", "✔", "", "抽查"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥88%", "—", "≥88%", "", "", "", "", "✔", "年底才做问卷", "", "✔", "", ""],
], SIGNED)
HALF_YEAR: Form = ("2031年项目支出绩效运行监控表", "", [
    [("项目名称", 1, 2), ("中小学午餐补助", 1, 6)],
    [("项目资金（元）", 3, 2), "", "年初预算数", "1—6月执行数", ("1—6月执行率", 1, 2), "全年预计执行数"],
    ["年度资金总额", "8,640,000.00", "4,150,000.00", ("48.03%", 1, 2), "8,640,000.00"],
    ["其中：财政拨款", "8,640,000.00", "4,150,000.00", ("48.03%", 1, 2), "8,640,000.00"],
    [("年度总体目标", 1, 2), ("补助学生2.4万人。", 1, 6)],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "1—6月执行情况", "全年预计完成情况", "偏差原因分析", "完成目标可能性"],
    ["产出指标", "数量指标", "补助学生人数", "≥2.4万人", "2.38万人", "2.4万人", "转学离校", "确定能"],
    ["效益指标", "社会效益指标", "家庭负担", "减轻", "减轻", "减轻", "无", "确定能"],
    ["满意度指标", "服务对象满意度指标", "家长满意度", "≥95%", "96%", "96%", "无", "确定能"],
], SIGNED)
TRANSFER: Form = ("转移支付区域（项目）绩效目标自评表", "（2030年度）", [
    [("转移支付（项目）名称", 1, 3), ("乡村道路补助资金", 1, 6)],
    [("地方主管部门", 1, 3), ("云田县交通运输局", 1, 2), ("资金使用单位", 1, 2), ("公路养护站", 1, 2)],
    [("资金投入情况（万元）", 5, 3), ("", 1, 2), "全年预算数（A）", "全年执行数（B）", ("预算执行率（B/A×100%）", 1, 2)],
    [("年度资金总额：", 1, 2), "500", "475", ("95%", 1, 2)],
    [("其中：中央财政资金", 1, 2), "400", "400", ("100%", 1, 2)],
    [("地方资金", 1, 2), "80", "55", ("68.75%", 1, 2)],
    [("其他资金", 1, 2), "20", "20", ("100%", 1, 2)],
    [("总体目标完成情况", 2, 3), ("总体目标", 1, 3), ("全年实际完成情况", 1, 3)],
    [("新建公路25公里。", 1, 3), ("新建公路26.4公里。", 1, 3)],
    [("绩效指标", 4, 1), "一级指标", "二级指标", ("三级指标", 1, 2), "指标值", "全年实际完成值", ("未完成原因和改进措施", 1, 2)],
    ["产出指标", "数量指标", ("新建公路里程", 1, 2), "≥25公里", "26.4公里", ("", 1, 2)],
    ["效益指标", "社会效益指标", ("群众出行条件", 1, 2), "改善", "改善", ("", 1, 2)],
    ["满意度指标", "服务对象满意度指标", ("沿线群众满意度", 1, 2), "≥90%", "85%", ("汛期断路", 1, 2)],
], SIGNED)
OWN_LABELS: Form = ("2031年部门预算项目支出绩效目标申报表", "", [
    [("项目支出名称", 1, 2), ("基层文化站设备更新", 1, 4)],
    [("预算部门", 1, 2), "云田县文化旅游局", "单位编码", ("208001", 1, 2)],
    [("年度本级预算金额", 1, 2), "56万元", "该项目支出上级资金", ("12万元", 1, 2)],
    [("项目支出实施期", 1, 2), ("2031年1月-2031年12月", 1, 4)],
    [("实施期绩效目标", 1, 2), ("更新14个文化站设备。", 1, 4)],
    [("本年度绩效目标", 1, 2), ("更新6个文化站设备。", 1, 4)],
    [("绩效指标", 4, 1), "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"],
    ["成本指标", "经济成本指标", "项目总成本", "≤68万元", "预算支出标准"],
    ["产出指标", "数量指标", "更新设备文化站数", "≥6个", "计划标准"],
    ["效益指标", "社会效益指标", "群众文化生活", "丰富", "其他标准"],
], SIGNED)
WHOLE: Form = ("部门（单位）整体支出绩效目标申报表", "（2031年度）", [
    [("部门（单位）名称", 1, 2), ("云田县水利局", 1, 7)],
    [("年度主要任务", 4, 1), ("任务名称", 2, 1), ("主要内容", 2, 3), ("预算金额（万元）", 1, 4)],
    [("总额", 1, 2), "财政拨款", "其他资金"],
    ["灌区改造", ("改造渠道40公里", 1, 3), ("300", 1, 2), "280", "20"],
    ["防汛抗旱", ("修缮水库5座", 1, 3), ("150", 1, 2), "150", ""],
    [("年度总体目标", 1, 2), ("保障全县用水安全。", 1, 7)],
    [("年度绩效指标", 4, 1), "一级指标", ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 1, 3)],
    ["产出指标", ("数量指标", 1, 2), ("改造渠道长度", 1, 2), ("≥40公里", 1, 3)],
    ["效益指标", ("社会效益指标", 1, 2), ("群众用水条件", 1, 2), ("有所改善", 1, 3)],
    ["满意度指标", ("服务对象满意度指标", 1, 2), ("群众满意度", 1, 2), ("≥90%", 1, 3)],
], SIGNED)
# fmt: on


def grid(rows: list[list[Drawn]]) -> list[list[str]]:
    """The cells of a drawn table as text has them: a span is its first place, the others are blank."""
    spans = [[each if isinstance(each, tuple) else (each, 1, 1) for each in row] for row in rows]
    width = sum(columns for _, _, columns in spans[0])
    places: list[list[str | None]] = [[None] * width for _ in rows]
    for top, row in enumerate(spans):
        for text, height, columns in row:
            left = places[top].index(None)
            for line in range(top, top + height):
                places[line][left : left + columns] = [text if line == top and column == 0 else "" for column in range(columns)]
    assert all(len(line) == width for line in places)
    return [[text or "" for text in line] for line in places]


def as_text(form: Form) -> str:
    title, year, rows, foot = form
    return "\n\n".join([title, year, "\n".join("\t".join(row) for row in grid(rows)), foot])


def as_markdown(form: Form) -> str:
    title, year, rows, foot = form
    lines = [f"|{'|'.join(row)}|" for row in grid(rows)]
    lines.insert(1, "|" + "---|" * len(grid(rows)[0]))
    return "\n\n".join([title, year, "\n".join(lines), foot])


def as_html(form: Form) -> str:
    """All on one line of the file, as some models write it."""
    title, year, rows, foot = form
    return f"<h2>{title}</h2><p>{year}</p>{table(*rows)}<p>{foot}</p>"


NOTATIONS = pytest.mark.parametrize("notation", [as_text, as_markdown, as_html])


def clean(tmp_path: Path, text: str) -> tuple[dict[str, Any], list[str]]:
    """The one form of a transcript, and what a person is asked."""
    value = jixiao.clean(document_of(text, tmp_path)).json
    assert len(value["tables"]) == 1
    form: dict[str, Any] = value["tables"][0]
    assert (form["signoff"]["filled_by"], form["signoff"]["filled_on"]) == ("甲乙丙", "2030-12-03")
    return form, [f"{each['path']} {each['code']}" for each in value["findings"] if each["severity"] == "review"]


@NOTATIONS
def test_an_application_that_plans_twice(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(TWICE))
    assert form["kind"] == "application" and form["department"] == "[319]云田县城市管理局"
    assert form["mid_term_funds"] == {"total": 960, "fiscal_appropriation": 900, "carry_over": None, "other": 60}
    assert form["funds"] == {"total": 320, "fiscal_appropriation": 300, "carry_over": 15, "other": 5}
    assert (form["mid_term_goal"], form["overall_goal"]) == ("三年改造路灯1800盏。", "改造路灯600盏。")
    assert form["other_fields"] == {"实施单位": "路灯管理所", "项目属性": "延续项目", "项目期": "3年"}
    rows = [(row["horizon"], row["level1"], row["level2"], row["operator"], row["value"], row["unit"]) for row in form["indicators"]]
    assert rows[:6] == [
        ("mid_term", "产出指标", "数量指标", "≥", "1800", "盏"), ("annual", "产出指标", "数量指标", "≥", "600", "盏"),
        ("mid_term", "产出指标", "时效指标", None, "2033年12月底前", None),
        ("annual", "产出指标", "时效指标", None, "2031年12月底前", None),
        ("mid_term", "产出指标", "成本指标", "≤", "5300", "元/盏"), ("annual", "产出指标", "成本指标", "≤", "5300", "元/盏"),
    ]  # fmt: skip
    assert rows[7] == ("annual", "效益指标", "可持续影响指标", "≥", "8", "年"), "a span of years, no calendar year"
    assert not reviews


@NOTATIONS
def test_ticks_under_heads_of_two_rows(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(TICKED))
    assert form["kind"] == "monitoring" and form["funds_execution"][0]["executed"] == 160
    first, second, third = form["indicators"]
    assert (first["interim_value"], first["expected_value"]) == ("270盏", "600盏")
    assert (first["deviation"], first["likelihood"]) == ("人员保障；两个班组六月才到位", "确定能")
    assert (second["likelihood"], second["remark"], second.get("deviation")) == ("有可能", "抽查", None)
    assert (third["deviation"], third["likelihood"]) == ("其他；年底才做问卷", "有可能")
    assert not reviews


@NOTATIONS
def test_a_matrix_in_yuan_is_delivered_in_wan_and_the_year_stands_in_the_title(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(HALF_YEAR))
    assert form["fiscal_year"] == 2031
    line = {"initial_budget": 864, "executed": 415, "rate": 48.03, "expected": 864}
    assert form["funds_execution"] == [{"line": "total", **line}, {"line": "fiscal_appropriation", **line}]
    assert (form["indicators"][0]["unit"], form["indicators"][0]["interim_value"]) == ("万人", "2.38万人")
    assert not reviews


@NOTATIONS
def test_lines_of_the_form_s_own_are_part_of_the_sum(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(TRANSFER))
    assert form["funds_execution"] == [
        {"line": "total", "adjusted_budget": 500, "executed": 475, "rate": 95},
        {"line": "other", "adjusted_budget": 20, "executed": 20, "rate": 100},
    ]
    assert form["other_fields"]["其中：中央财政资金 全年执行数（B）"] == "400"
    assert (form["overall_goal"], form["actual_outcome"]) == ("新建公路25公里。", "新建公路26.4公里。")
    assert form["indicators"][2]["reason"] == "汛期断路"
    assert not reviews


def test_a_sum_with_lines_of_its_own_can_be_wrong(tmp_path: Path) -> None:
    title, year, rows, foot = TRANSFER
    wrong = [[each if each != "55" else "65" for each in row] for row in rows]
    _, reviews = clean(tmp_path, as_text((title, year, wrong, foot)))
    assert "/tables/0/funds_execution/0/executed execution.sum-mismatch" in reviews


@NOTATIONS
def test_labels_of_another_province(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(OWN_LABELS))
    assert (form["kind"], form["unit_name"], form["project_name"]) == ("application", "云田县文化旅游局", "基层文化站设备更新")
    assert (form["mid_term_goal"], form["overall_goal"]) == ("更新14个文化站设备。", "更新6个文化站设备。")
    assert form["other_fields"] == {
        "单位编码": "208001", "年度本级预算金额": "56万元", "该项目支出上级资金": "12万元", "项目支出实施期": "2031年1月-2031年12月",
    }  # fmt: skip
    assert not reviews


@NOTATIONS
def test_the_whole_department_applies(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(WHOLE))
    assert (form["kind"], form["unit_name"], form["overall_goal"]) == ("overall", "云田县水利局", "保障全县用水安全。")
    assert form["other_fields"]["年度主要任务 2 主要内容"] == "修缮水库5座" and len(form["indicators"]) == 3
    assert not reviews


@pytest.mark.parametrize(
    ("label", "amount", "wan"), [("项目资金（千元）", "320", 32), ("项目资金（百万元）", "3.2", 320), ("项目资金（亿元）", "0.032", 320)]
)
def test_other_units_of_money(tmp_path: Path, label: str, amount: str, wan: float) -> None:
    rows: list[list[Drawn]] = [
        ["项目名称", "路灯改造", ""], [label, "年度资金总额：", amount], ["年度总体目标", "改造路灯。", ""],
        ["一级指标", "二级指标", "三级指标"], ["产出指标", "数量指标", "路灯"],
    ]  # fmt: skip
    form, _ = clean(tmp_path, as_text(("项目绩效目标表", "（2031年度）", rows, SIGNED)))
    assert form["funds"]["total"] == wan


def test_a_title_that_names_two_years_names_none(tmp_path: Path) -> None:
    title, _, rows, foot = HALF_YEAR
    form, _ = clean(tmp_path, as_text(("2031年至2033年项目支出绩效监控表", "", rows, foot)))
    assert form["fiscal_year"] is None


def test_a_caption_and_a_line_behind_the_table_stand_where_they_are(tmp_path: Path) -> None:
    _, year, rows, foot = WHOLE
    body = table(*rows).replace("<table>", "<table><caption>部门整体支出绩效目标表</caption>")
    form, _ = clean(tmp_path, f"<p>{year}</p>{body}<p>{foot}</p>")
    assert form["title"] == "部门整体支出绩效目标表" and form["signoff"]["responsible"] == "丁戊"


# fmt: off
OLDER: Form = ("2031年度项目支出绩效目标申报表", "", [
    [("项目名称", 1, 2), ("农村改厕", 1, 4)],
    [("主管部门", 1, 2), ("云田县农业农村局", 1, 4)],
    [("项目资金（万元）", 2, 2), "财政拨款", "150", ("", 1, 2)],
    ["其他", "30", ("", 1, 2)],
    [("项目立项情况", 2, 1), "项目立项的依据", ("县政府会议纪要", 1, 4)],
    ["项目申报的必要性", ("改善人居环境。", 1, 4)],
    [("项目实施进度计划", 2, 1), "项目实施内容", ("开始时间", 1, 2), ("完成时间", 1, 2)],
    ["改厕2000户", ("2031年3月", 1, 2), ("2031年11月", 1, 2)],
    [("项目绩效长期目标", 1, 2), ("无害化厕所普及率95%。", 1, 4)],
    [("项目绩效年度目标", 1, 2), ("改厕2000户。", 1, 4)],
    [("年度绩效指标", 4, 1), "一级指标", "二级指标", "指标内容", "指标值", "备注"],
    ["产出指标", "数量指标", "改厕户数", "≥2000户", ""],
    ["效益指标", "社会效益指标", "人居环境", "改善", ""],
    ["满意度指标", "服务对象满意度指标", "农户满意度", "≥95%", ""],
], SIGNED)
WITH_POINTS: Form = ("2031年项目支出绩效目标审批表", "", [
    [("项目名称", 1, 2), ("云田镇管网改造", 1, 2), "预算单位", "云田县水利局"],
    [("业务主管部门", 1, 2), ("水利科", 1, 2), "项目审批", "已批复"],
    [("年度主要目标和成果", 1, 2), ("改造管网18公里。", 1, 4)],
    [("项目总预算（元）", 1, 2), ("12,000,000", 1, 2), "当年年度预算（元）", "4,800,000"],
    ["一级指标", "二级指标", "三级指标", "指标值", "分值", "指标解释"],
    ["产出指标（40-60分）", "数量指标", "改造管网长度", "≥18公里", "60", "竣工图"],
    ["效益指标（20-40分）", "社会效益指标", "受益人口", "≥1.2万人", "30", "户籍"],
    ["满意度指标（10分）", "服务对象满意度指标", "用户满意度", "≥90%", "10", "问卷"],
], SIGNED)
OTHER_SYSTEM: Form = ("部门整体支出绩效目标表", "（2031年度）", [
    [("单位名称", 1, 2), ("云田县林业局", 1, 5)],
    [("年度总体目标", 1, 2), ("造林绿化1.2万亩。", 1, 5)],
    ["一级指标", "二级指标", "三级指标", "计算符号", "上年指标值", "指标值", "计量单位"],
    ["运行成本", "公用经费控制", "公用经费控制率", "≤", "97", "95", "%"],
    ["管理效率", "预算管理", "预算执行率", "≥", "93", "95", "%"],
    ["履职效能", "造林绿化", "造林面积", "≥", "1.15", "1.2", "万亩"],
    ["服务对象满意度", "服务对象满意度", "林农满意度", "≥", "89", "90", "%"],
], SIGNED)
# fmt: on


@NOTATIONS
def test_an_older_application(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(OLDER))
    assert (form["kind"], form["mid_term_goal"], form["overall_goal"]) == ("application", "无害化厕所普及率95%。", "改厕2000户。")
    assert form["other_fields"]["项目立项的依据"] == "县政府会议纪要"
    assert form["other_fields"]["项目实施进度计划 1 完成时间"] == "2031年11月"
    assert [row["level3"] for row in form["indicators"]] == ["改厕户数", "人居环境", "农户满意度"], "指标内容 names them here"
    assert (form["funds"]["fiscal_appropriation"], form["funds"]["other"]) == (150, 30)
    assert reviews == ["/tables/0/funds/total funds.total-missing"], "a total that is not there is proposed, not filled in"


@NOTATIONS
def test_points_behind_the_levels_and_a_budget_of_all_years(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(WITH_POINTS))
    assert [row["level1"] for row in form["indicators"]] == ["产出指标", "效益指标", "满意度指标"]
    assert (form["mid_term_funds"]["total"], form["funds"]["total"]) == (1200, 480)
    assert form["other_fields"] == {"项目审批": "已批复"}
    assert not reviews


@NOTATIONS
def test_another_indicator_system_is_not_measured_by_ours(tmp_path: Path, notation: Any) -> None:
    form, reviews = clean(tmp_path, notation(OTHER_SYSTEM))
    values = [(row["previous_value"], row["value"]) for row in form["indicators"]]
    assert values == [("97", "95"), ("93", "95"), ("1.15", "1.2"), ("89", "90")]
    assert not reviews


def test_the_unit_of_the_amounts_beside_who_made_the_form(tmp_path: Path) -> None:
    title, year, rows, foot = OTHER_SYSTEM
    text = as_text((title, f"{year}\n\n编制单位：云田县林业局    单位：万元\n\n（内部资料）", rows[1:], foot))
    value = jixiao.clean(document_of(text, tmp_path)).json
    assert value["tables"][0]["unit_name"] == "云田县林业局"
    assert [each["message"] for each in value["findings"] if each["code"] == "layout.unread-line"] == [
        "The line '（内部资料）' above the form (page 1) has no known label and was left out."
    ]


def test_a_unit_in_brackets_behind_a_line_of_funds(tmp_path: Path) -> None:
    rows: list[list[Drawn]] = [
        ["项目名称", "路灯改造"], ["年度资金总额（元）", "3200000"], ["其中：财政拨款（元）", "3200000"], ["年度总体目标", "改造路灯。"],
    ]  # fmt: skip
    text = as_text(("项目绩效目标表", "（2031年度）", rows, ""))
    form, _ = clean(tmp_path, f"{text}\n一级指标\t二级指标\t三级指标\n产出指标\t数量指标\t路灯\n\n{SIGNED}\n".replace("\n\n\n", "\n"))
    assert form["funds"] == {"total": 320, "fiscal_appropriation": 320, "carry_over": None, "other": None}


@pytest.mark.parametrize("form", [TWICE, TICKED, HALF_YEAR, TRANSFER, OWN_LABELS, WHOLE, OLDER, WITH_POINTS, OTHER_SYSTEM])
def test_every_form_fits_the_schema_and_its_corrections_replay(tmp_path: Path, form: Form) -> None:
    value = jixiao.clean(document_of(as_html(form), tmp_path)).json
    assert problems_of(value) == []
    texts = {path: each["raw"] for path, each in value["provenance"].items()}
    for step in value["corrections"]:
        assert texts[step["path"]] == step["before"], step
        texts[step["path"]] = step["after"]
    for index, row in enumerate(value["tables"][0]["indicators"]):
        for name in ("level1", "level2", "level3", "operator", "value", "unit"):
            assert (texts.get(f"/tables/0/indicators/{index}/{name}") or None) == row[name]
