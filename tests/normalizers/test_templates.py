"""The family of forms: blocks that only some templates have. Every name and number is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jixiao
from tests.normalizers.forms import document_of


def clean(tmp_path: Path, title: str, rows: list[list[str]], foot: str = "") -> dict[str, Any]:
    text = f"{title}\n\n（2031年度）\n\n" + "\n".join("\t".join(row) for row in rows) + f"\n\n{foot}\n"
    tables: list[dict[str, Any]] = jixiao.clean(document_of(text, tmp_path)).json["tables"]
    assert len(tables) == 1
    return tables[0]


SELF_EVALUATION = [
    ["项目名称", "云田灌区渠道清淤", "", "", "", "", "", ""],
    ["主管部门", "云田县水利局", "", "", "实施单位", "灌区管理所", "", ""],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["", "年度资金总额", "120", "110", "99", "10", "90%", "9"],
    ["", "其中：当年财政拨款", "100", "90", "79", "—", "", "—"],
    ["", "上年结转资金", "20", "20", "20", "—", "", "—"],
    ["", "其他资金", "", "", "", "—", "", "—"],
    ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", ""],
    ["", "清淤渠道40公里，保障灌溉。", "", "", "", "清淤渠道38公里。", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    ["产出指标", "数量指标", "清淤渠道长度", "≥40公里", "38公里", "50", "47.5", "汛期提前"],
    ["效益指标", "社会效益指标", "灌溉保障", "有所改善", "达成", "30", "30", ""],
    ["满意度指标", "服务对象满意度指标", "农户满意度", "≥90%", "93%", "10", "10", ""],
    ["总分", "", "", "", "", "100", "96.5", ""],
]


def test_self_evaluation(tmp_path: Path) -> None:
    table = clean(tmp_path, "项目支出绩效自评表", SELF_EVALUATION)
    assert table["kind"] == "self_evaluation"
    total, appropriation, *_ = table["funds_execution"]
    assert total == {
        "line": "total", "initial_budget": 120, "adjusted_budget": 110, "executed": 99, "points": 10, "rate": 90, "score": 9,
    }  # fmt: skip
    assert appropriation["line"] == "fiscal_appropriation" and appropriation["executed"] == 79
    assert table["overall_goal"] == "清淤渠道40公里，保障灌溉。"
    assert table["actual_outcome"] == "清淤渠道38公里。"
    assert table["total_score"] == 96.5
    assert table["other_fields"]["实施单位"] == "灌区管理所"
    first = table["indicators"][0]
    assert (first["operator"], first["value"], first["unit"]) == ("≥", "40", "公里")
    assert (first["actual_value"], first["points"], first["score"], first["reason"]) == ("38公里", "50", "47.5", "汛期提前")
    assert len(table["indicators"]) == 3


APPLICATION = [
    ["项目名称", "乡村书屋更新", "", "", "", "", "", ""],
    ["项目资金（万元）", "中期资金总额：", "90", "", "年度资金总额：", "30", "", ""],
    ["", "其中：财政拨款", "90", "", "其中：财政拨款", "28", "", ""],
    ["", "其他资金", "", "", "其他资金", "2", "", ""],
    ["总体目标", "中期目标（2031年—2033年）", "", "", "年度目标", "", "", ""],
    ["", "三年更新书屋60个。", "", "", "更新书屋20个。", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值", ""],
    ["产出指标", "数量指标", "更新书屋数", "≥60个", "数量指标", "更新书屋数", "≥20个", ""],
    ["效益指标", "社会效益指标", "阅读人次", "≥9000人次", "社会效益指标", "阅读人次", "≥3000人次", ""],
]


def test_application_plans_twice(tmp_path: Path) -> None:
    table = clean(tmp_path, "项目支出绩效目标申报表", APPLICATION)
    assert table["kind"] == "application"
    assert table["mid_term_funds"] == {"total": 90, "fiscal_appropriation": 90, "carry_over": None, "other": None}
    assert table["funds"] == {"total": 30, "fiscal_appropriation": 28, "carry_over": None, "other": 2}
    assert table["mid_term_goal"] == "三年更新书屋60个。" and table["overall_goal"] == "更新书屋20个。"
    assert [(row["horizon"], row["level3"], row["value"]) for row in table["indicators"]] == [
        ("mid_term", "更新书屋数", "60"),
        ("annual", "更新书屋数", "20"),
        ("mid_term", "阅读人次", "9000"),
        ("annual", "阅读人次", "3000"),
    ]


MONITORING = [
    ["项目名称", "河道保洁", "", "", "", "", "", "", "", ""],
    ["项目资金（万元）", "", "年初预算数", "1-7月执行数", "1-7月执行率", "全年预计执行数", "", "", "", ""],
    ["", "年度资金总额", "50", "30", "60%", "50", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况", "偏差原因分析", "完成目标可能性", "", "备注"],
    ["产出指标", "数量指标", "保洁河道长度", "≥30公里", "17公里", "30公里", "无", "确定能", "", ""],
]


def test_monitoring(tmp_path: Path) -> None:
    table = clean(tmp_path, "项目支出绩效目标执行监控表", MONITORING)
    assert table["kind"] == "monitoring"
    assert table["funds_execution"] == [{"line": "total", "initial_budget": 50, "executed": 30, "rate": 60, "expected": 50}]
    row = table["indicators"][0]
    assert (row["interim_value"], row["expected_value"], row["deviation"], row["likelihood"]) == ("17公里", "30公里", "无", "确定能")


def test_ticks_under_a_second_header_row_become_words(tmp_path: Path) -> None:
    html = """<table>
    <tr><td>项目名称</td><td colspan=9>河道保洁</td></tr>
    <tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td rowspan=2>三级指标</td><td rowspan=2>年度指标值</td>
    <td rowspan=2>1-7月执行情况</td><td colspan=2>偏差原因分析</td><td colspan=3>完成目标可能性</td></tr>
    <tr><td>经费保障</td><td>原因说明</td><td>确定能</td><td>有可能</td><td>完全不可能</td></tr>
    <tr><td>产出指标</td><td>数量指标</td><td>保洁河道长度</td><td>≥30公里</td><td>17公里</td><td>√</td><td>拨款晚</td><td></td><td>✓</td><td></td></tr>
    </table>"""
    document = document_of(f"项目支出绩效目标执行监控表\n{html}", tmp_path)
    row = jixiao.clean(document).json["tables"][0]["indicators"][0]
    assert row["deviation"] == "经费保障；拨款晚"
    assert row["likelihood"] == "有可能"


def test_amounts_in_yuan_are_delivered_in_wan(tmp_path: Path) -> None:
    rows = [["项目名称", "河道保洁"], ["项目资金（元）", "年度资金总额：", "1250000"], ["年度总体目标", "保洁。"], *MONITORING[3:]]
    assert clean(tmp_path, "项目绩效目标表", rows)["funds"]["total"] == 125


def test_a_small_amount_in_yuan_has_rather_lost_its_wan(tmp_path: Path) -> None:
    rows = [["项目名称", "河道保洁"], ["项目资金（元）", "年度资金总额：", "603.8"], ["年度总体目标", "保洁。"], *MONITORING[3:]]
    assert clean(tmp_path, "项目绩效目标表", rows)["funds"]["total"] == 603.8


def test_every_pointer_of_a_document_points_at_something(tmp_path: Path) -> None:
    text = "项目支出绩效自评表\n\n（2031年度）\n\n" + "\n".join("\t".join(row) for row in SELF_EVALUATION) + "\n"
    value = jixiao.clean(document_of(text, tmp_path)).json
    assert value["provenance"]["/tables/0/funds_execution/0/executed"]["raw"] == "99"
    for pointer in [*value["provenance"], *(each["path"] for each in value["findings"] + value["corrections"])]:
        place: Any = value
        for part in pointer.split("/")[1:]:
            if part == "blank_level2":
                break  # names of rows without an indicator; their other fields stand nowhere else
            place = place[int(part)] if isinstance(place, list) else place[part.replace("~1", "/").replace("~0", "~")]
