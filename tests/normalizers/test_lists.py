"""Lists of indicators as the provinces draw them, filed as text and as a transcript. Every name and number is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jixiao
from tests.normalizers.drawn_pdf import drawn_document
from tests.normalizers.forms import document_of
from tests.normalizers.test_rich_forms import Drawn, table

Rows = list[list[Drawn]]
LEVELS: list[Drawn] = ["一级指标", "二级指标", "三级指标"]
FIRST: list[Drawn] = ["产出指标", "数量指标", "清淤渠道长度"]
SECOND: list[Drawn] = ["效益指标", "社会效益指标", "灌溉保障程度"]


def width_of(rows: Rows) -> int:
    return max(sum(1 if isinstance(cell, str) else cell[2] for cell in row) for row in rows)


def clean(folder: Path, rows: Rows, notation: str, title: str = "项目支出绩效目标申报表") -> dict[str, Any]:
    rows = [["项目名称", ("渠道清淤", 1, width_of(rows) - 1)], ["年度目标", ("清淤渠道40公里。", 1, width_of(rows) - 1)], *rows]
    lines = [title, "（2031年度）"]
    document = drawn_document(folder, lines, rows) if notation == "pdf" else document_of("\n".join([*lines, table(*rows)]), folder)
    value = jixiao.clean(document).json
    assert len(value["tables"]) == 1
    return {**value["tables"][0], "findings": value["findings"]}


def found(form: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [each for each in form["findings"] if each["code"] == code]


NOTATIONS = pytest.mark.parametrize("notation", ["pdf", "html"])


@NOTATIONS
@pytest.mark.parametrize(
    ("first", "second"), [("长期绩效指标", "年度绩效指标"), ("实施期绩效指标", "当年绩效指标"), ("中期指标", "年度指标")]
)
def test_two_lists_one_below_the_other_have_their_horizons(tmp_path: Path, notation: str, first: str, second: str) -> None:
    rows: Rows = [
        [(first, 3, 1), *LEVELS, "指标值", "备注"],
        [*FIRST, "≥120公里", ""],
        [*SECOND, "明显改善", ""],
        [(second, 3, 1), *LEVELS, "指标值", "备注"],
        [*FIRST, "≥40公里", "含支渠"],
        [*SECOND, "有所改善", ""],
    ]
    form = clean(tmp_path, rows, notation)
    assert [(row["horizon"], row["operator"], row["value"], row["unit"]) for row in form["indicators"]] == [
        ("mid_term", "≥", "120", "公里"), ("mid_term", None, "明显改善", None),
        ("annual", "≥", "40", "公里"), ("annual", None, "有所改善", None),
    ]  # fmt: skip


@NOTATIONS
def test_a_second_head_with_other_columns_has_its_own(tmp_path: Path, notation: str) -> None:
    rows: Rows = [
        [*LEVELS, "年度指标值", "计量单位", "备注"],
        [*FIRST, "≥40", "公里", "含支渠"],
        [*LEVELS, "分值", "年度指标值", "计量单位"],
        [*SECOND, "10", "改善", ""],
        ["满意度指标", "服务对象满意度指标", "农户满意度", "20", "≥90", "%"],
    ]
    first, second, third = clean(tmp_path, rows, notation)["indicators"]
    assert (first["value"], first["unit"], first["remark"], first.get("points")) == ("40", "公里", "含支渠", None)
    assert (second["value"], second["points"], second["remark"]) == ("改善", "10", None)
    assert (third["value"], third["unit"], third["points"]) == ("90", "%", "20")


@NOTATIONS
@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (["年度指标值", "全年完成值", "分值", "自评分", "复核分"], ["≥40公里", "38公里", "60", "57", "55"],
         {"value": "40", "actual_value": "38公里", "points": "60", "score": "57", "other": {"复核分": "55"}}),
        (["上年完成值", "年初目标值", "年末实际值", "偏差原因", "改进措施"], ["36公里", "40公里", "38公里", "汛期", "提前开工"],
         {"previous_value": "36公里", "value": "40", "actual_value": "38公里"}),
        (["指标性质", "指标值", "度量单位", "权重", "指标方向性"], ["≥", "40", "公里", "20", "正向指标"],
         {"operator": "≥", "value": "40", "unit": "公里", "points": "20", "other": {"指标方向性": "正向指标"}}),
        (["2030年实际完成值", "2031年目标值", "备注"], ["36公里", "≥40公里", "—"], {"previous_value": "36公里", "value": "40"}),
        (["2027年实际完成值", "目标值", "备注"], ["30公里", "≥40公里", "—"], {"value": "40", "other": {"2027年实际完成值": "30公里"}}),
        (["指标值*", "★计量单位", "评（扣）分标准"], ["≥40", "公里", "达到或超过标准值得满分"],
         {"operator": "≥", "value": "40", "unit": "公里", "scoring_standard": "达到或超过标准值得满分"}),
        (["当年预期实现值", "指标解释"], ["≥40公里", "列入计划的渠道"], {"operator": "≥", "value": "40", "explanation": "列入计划的渠道"}),
    ],
)  # fmt: skip
def test_heads_of_many_provinces(tmp_path: Path, notation: str, heads: list[Drawn], cells: list[Drawn], expected: dict[str, Any]) -> None:
    blank: list[Drawn] = ["改善" if head in ("年度指标值", "指标值", "目标值") else "" for head in heads]
    form = clean(tmp_path, [[*LEVELS, *heads], [*FIRST, *cells], [*SECOND, *blank]], notation, "项目支出绩效情况表")
    row = form["indicators"][0]
    assert {name: row.get(name) for name in expected} == expected
    assert not found(form, "layout.unknown-head") and not found(form, "layout.head-twice")


def test_an_unknown_head_of_filed_text_is_named_once_and_keeps_its_column(tmp_path: Path) -> None:
    rows: Rows = [[*LEVELS, "往昔水准", "指标值", "备注"], [*FIRST, "3", "≥40公里", ""], [*SECOND, "2", "改善", "甲"]]
    form = clean(tmp_path, rows, "pdf")
    assert [row["other"] for row in form["indicators"]] == [{"往昔水准": "3"}, {"往昔水准": "2"}]
    assert [row["value"] for row in form["indicators"]] == ["40", "改善"] and form["indicators"][0]["operator"] == "≥"
    (named,) = found(form, "layout.unknown-head")
    assert named["severity"] == "info" and named["path"] == "/tables/0/indicators/0/other/往昔水准"


def test_an_unknown_head_in_the_place_of_the_targets_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [[*LEVELS, "往昔水准", "备注"], [*FIRST, "≥40公里", ""], [*SECOND, "改善", ""]]
    form = clean(tmp_path, rows, "pdf")
    assert [row["value"] for row in form["indicators"]] == [None, None]
    asked = found(form, "layout.unknown-head")
    assert all(each["severity"] == "review" and "往昔水准" in each["message"] for each in asked)
    assert [row["other"]["往昔水准"] for row in form["indicators"]] == ["≥40公里", "改善"]
    assert {each["path"].removeprefix("/tables/0/indicators/") for each in asked} == {
        f"{row}/{name}" for row in (0, 1) for name in ("operator", "value", "unit")
    }
    assert len({each["finding_id"] for each in asked}) == 1, "one thing to look at"


def test_an_unknown_head_of_an_evaluation_may_be_what_was_reached(tmp_path: Path) -> None:
    rows: Rows = [[*LEVELS, "指标值", "兑现数"], [*FIRST, "≥40公里", "38公里"], [*SECOND, "改善", "改善"]]
    form = clean(tmp_path, rows, "pdf", "项目支出绩效自评表")
    asked = [each["path"] for each in found(form, "layout.unknown-head") if each["severity"] == "review"]
    assert asked == [f"/tables/0/indicators/{row}/actual_value" for row in (0, 1)]


@NOTATIONS
def test_two_levels_among_words_that_nobody_knows_are_heads(tmp_path: Path, notation: str) -> None:
    rows: Rows = [["二级指标", "三级指标", "口径", "往昔水准"], [*FIRST[1:], "在册渠道", "≥40公里"], [*SECOND[1:], "问卷", "改善"]]
    form = clean(tmp_path, rows, notation)
    assert [row["level3"] for row in form["indicators"]] == ["清淤渠道长度", "灌溉保障程度"]
    if notation == "pdf":
        assert form["indicators"][0]["other"] == {"口径": "在册渠道", "往昔水准": "≥40公里"}


def test_columns_of_filed_text_without_heads_are_asked_about_once(tmp_path: Path) -> None:
    third: list[Drawn] = ["满意度指标", "服务对象满意度指标", "农户满意度"]
    rows: Rows = [[*FIRST, "≥", "40", "公里"], [*SECOND, "定性", "改善", ""], [*third, "≥", "90", "%"]]
    asked = found(clean(tmp_path, rows, "pdf"), "layout.head-by-content")
    assert [each["path"] for each in asked] == [f"/tables/0/indicators/{row}" for row in range(3)]
    assert {each["severity"] for each in asked} == {"review"} and len({each["finding_id"] for each in asked}) == 1


def test_a_row_that_fits_its_heads_is_not_drawn_to_its_neighbours(tmp_path: Path) -> None:
    heads: list[Drawn] = [*LEVELS, "指标性质", "指标值", "计量单位", "实际完成值", "复核分", "分值"]
    first: list[Drawn] = ["产出指标（60分）", *FIRST[1:], "≥", "40", "公里", "38", "9", "10"]
    rows: Rows = [heads, first, ["效益指标（40分）", *SECOND[1:], "定性", "改善", "", "改善", "9", "10"]]
    row = clean(tmp_path, rows, "html", "项目支出绩效自评表")["indicators"][1]
    assert (row["unit"], row["actual_value"], row["other"], row["points"]) == (None, "改善", {"复核分": "9"}, "10")


@NOTATIONS
def test_two_heads_that_say_the_same_are_asked_about(tmp_path: Path, notation: str) -> None:
    rows: Rows = [[*LEVELS, "指标值", "目标值", "备注"], [*FIRST, "40公里", "42公里", ""], [*SECOND, "改善", "改善", ""]]
    form = clean(tmp_path, rows, notation)
    assert (form["indicators"][0]["value"], form["indicators"][0]["other"]) == ("40", {"目标值": "42公里"})
    assert len(form["indicators"]) == 2 and "horizon" not in form["indicators"][0]
    assert [each["severity"] for each in found(form, "layout.head-twice")] == ["review"]


@NOTATIONS
def test_two_columns_of_targets_are_two_plans(tmp_path: Path, notation: str) -> None:
    heads: list[Drawn] = [*LEVELS, "实施期指标值", "年度指标值", "备注"]
    rows: Rows = [heads, [*FIRST, "≥120公里", "≥40公里", "含支渠"], [*SECOND, "明显改善", "有所改善", ""]]
    form = clean(tmp_path, rows, notation)
    assert [(row["horizon"], row["level3"], row["value"]) for row in form["indicators"]] == [
        ("mid_term", "清淤渠道长度", "120"), ("annual", "清淤渠道长度", "40"),
        ("mid_term", "灌溉保障程度", "明显改善"), ("annual", "灌溉保障程度", "有所改善"),
    ]  # fmt: skip
    turned: Rows = [[*LEVELS, "年度指标值", "实施期指标值"], [*FIRST, "≥40公里", "≥120公里"], [*SECOND, "有所改善", "明显改善"]]
    first, second, *_ = clean(tmp_path, turned, notation)["indicators"]
    assert [(row["horizon"], row["value"]) for row in (first, second)] == [("annual", "40"), ("mid_term", "120")]


@NOTATIONS
def test_weights_of_levels_are_no_points_of_indicators(tmp_path: Path, notation: str) -> None:
    rows: Rows = [
        ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标值"],
        [("产出指标", 2, 1), ("60", 2, 1), "数量指标", "40", "清淤渠道长度", "40", "≥40公里"],
        ["质量指标", "20", "验收合格率", "20", "≥98%"],
    ]
    first, second = clean(tmp_path, rows, notation)["indicators"]
    assert (first["points"], second["points"], second["value"]) == ("40", "20", "98")


@NOTATIONS
@pytest.mark.parametrize("points", ["产出指标40分", "产出指标(40分)", "产出指标（40分）", "产出指标\n（40）", "产出指标（40%）"])
def test_points_in_the_name_of_a_level(tmp_path: Path, notation: str, points: str) -> None:
    rows: Rows = [[*LEVELS, "指标值"], [points, *FIRST[1:], "≥40公里"], [*SECOND, "改善"]]
    form = clean(tmp_path, rows, notation)
    assert (form["indicators"][0]["level1"], form["indicators"][0]["level2"]) == ("产出指标", "数量指标")


@NOTATIONS
def test_quantity_and_quality_are_no_operators(tmp_path: Path, notation: str) -> None:
    rows: Rows = [[*LEVELS, "指标类型", "指标值", "计量单位"], [*FIRST, "定量", "≥40", "公里"], [*SECOND, "定性", "改善", ""]]
    first, second = clean(tmp_path, rows, notation)["indicators"]
    assert (first["operator"], first["value"], first["unit"], first["other"]) == ("≥", "40", "公里", {"指标类型": "定量"})
    assert (second["operator"], second["value"], second["other"]) == (None, "改善", {"指标类型": "定性"})


@NOTATIONS
def test_heads_of_two_rows(tmp_path: Path, notation: str) -> None:
    rows: Rows = [
        [("一级指标", 2, 1), ("二级指标", 2, 1), ("三级指标", 2, 1), ("指标值", 1, 2), ("分值", 2, 1), ("上年情况", 1, 2)],
        ["目标值", "实际完成值", "目标值", "完成值"],
        [*FIRST, "≥40公里", "38公里", "60", "36公里", "35公里"],
        [*SECOND, "改善", "改善", "40", "改善", "改善"],
    ]
    first = clean(tmp_path, rows, notation, "项目支出绩效情况表")["indicators"][0]
    assert (first["value"], first.get("actual_value"), first["points"], first["level3"]) == ("40", "38公里", "60", "清淤渠道长度")


@NOTATIONS
def test_a_list_of_two_levels(tmp_path: Path, notation: str) -> None:
    rows: Rows = [
        ["一级指标", "二级指标", "指标解释", "指标值"],
        [("数量指标", 2, 1), "清淤渠道长度", "列入计划", "≥40公里"],
        ["修复闸门", "列入计划", "≥6座"],
        ["满意度指标", "农户满意度", "问卷", "≥90%"],
    ]
    form = clean(tmp_path, rows, notation)
    assert [(row["level2"], row["level3"], row["value"]) for row in form["indicators"]][:2] == [
        ("数量指标", "清淤渠道长度", "40"), ("数量指标", "修复闸门", "6"),
    ]  # fmt: skip


@NOTATIONS
@pytest.mark.parametrize("total", ["总分", "合计", "合计（100分）", "自评总分"])
def test_totals_and_subtotals_are_no_indicators(tmp_path: Path, notation: str, total: str) -> None:
    heads: list[Drawn] = [*LEVELS, "年度指标值", "全年实际值", "分值", "得分"]
    rows: Rows = [
        heads,
        [*FIRST, "≥40公里", "38公里", "60", "57"],
        [("小计", 1, 5), "60", "57"],
        [*SECOND, "改善", "改善", "40", "40"],
        [("小计", 1, 5), "40", "40"],
        [(total, 1, 5), "100", "97"],
    ]
    form = clean(tmp_path, rows, notation, "项目支出绩效自评表")
    assert len(form["indicators"]) == 2 and form["total_score"] == 97


LONG: Rows = [[*FIRST, "≥120公里"], [*SECOND, "明显改善"]]
OF_YEAR: Rows = [[*FIRST, "≥40公里"], [*SECOND, "有所改善"]]


@NOTATIONS
@pytest.mark.parametrize(
    "rows",
    [
        [[("长期绩效指标", 3, 1), *LEVELS, "指标值"], *LONG, [("年度绩效指标", 2, 1), *OF_YEAR[0]], OF_YEAR[1]],
        [[("长期绩效指标", 1, 4)], [*LEVELS, "指标值"], *LONG, [("年度绩效指标", 1, 4)], *OF_YEAR],
        [[("绩效指标", 7, 1), ("长期绩效指标", 1, 4)], [*LEVELS, "指标值"], *LONG, [("年度绩效指标", 1, 4)], *OF_YEAR],
    ],
    ids=["beside", "captions", "captions beside a label"],
)
def test_labels_part_a_list_under_one_row_of_heads(tmp_path: Path, notation: str, rows: Rows) -> None:
    form = clean(tmp_path, rows, notation)
    assert [(row["horizon"], row["value"]) for row in form["indicators"]] == [
        ("mid_term", "120"), ("mid_term", "明显改善"), ("annual", "40"), ("annual", "有所改善"),
    ]  # fmt: skip


def test_words_that_can_be_read_are_no_misread_heads_by_their_place(tmp_path: Path) -> None:
    heads: list[Drawn] = [*LEVELS, "指标性质", "指标值", "计量单位", "现时达成数", "落差缘由"]
    rows: Rows = [heads, [*FIRST, "≥", "40", "公里", "38", "雨季停工"], [*SECOND, "定性", "改善", "", "改善", ""]]
    row = clean(tmp_path, rows, "html", "项目支出绩效监控表")["indicators"][0]
    assert (row["explanation"], row["scoring_standard"], row["other"]) == (None, None, {"现时达成数": "38", "落差缘由": "雨季停工"})


def test_words_in_the_place_of_the_targets_are_asked_about_in_a_transcript_too(tmp_path: Path) -> None:
    heads: list[Drawn] = [*LEVELS, "指标性质", "往昔水准", "计量单位"]
    third: list[Drawn] = ["满意度指标", "服务对象满意度指标", "农户满意度", "≥", "90", "%"]
    rows: Rows = [heads, [*FIRST, "≥", "40", "公里"], [*SECOND, "≥", "2", "次"], third]
    form = clean(tmp_path, rows, "html")
    asked = [each["path"] for each in found(form, "layout.head-by-content") if each["severity"] == "review"]
    assert asked == [f"/tables/0/indicators/{row}/value" for row in range(3)] and form["indicators"][0]["value"] == "40"
