"""What stands in the grid below the indicators is none: typed where there is a field, under its own label otherwise. All made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jixiao
from tests.normalizers.forms import document_of
from tests.normalizers.test_rich_forms import Drawn, table

HEAD: list[list[Drawn]] = [
    [("项目名称", 1, 2), ("县道养护", 1, 6)],
    [("主管部门", 1, 2), ("东阳县交通运输局", 1, 6)],
    [("年度目标", 1, 2), ("完成县道日常养护，保障道路畅通。", 1, 6)],
    [("绩效指标", 4, 1), "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "备注"],
    ["产出指标", "数量指标", "养护里程", "≥", "118", "公里", ""],
    ["效益指标", "社会效益指标", "出行条件", "定性", "改善", "", ""],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", ""],
]


def read(folder: Path, *below: list[Drawn]) -> tuple[dict[str, Any], list[str]]:
    text = f"<h2>2031年项目绩效目标表</h2>{table(*HEAD, *below)}"
    value = jixiao.clean(document_of(text, folder)).json
    form: dict[str, Any] = value["tables"][0]
    assert [row["level3"] for row in form["indicators"]] == ["养护里程", "出行条件", "群众满意度"]
    return form, [f"{each['path']} {each['code']}" for each in value["findings"] if "unplaced" in each["code"]]


@pytest.mark.parametrize(
    "label", ["其他说明的问题", "审核意见", "财政部门审核意见", "主管部门意见", "县级复核情况说明", "绩效目标调整情况"]
)
def test_a_remark_beside_its_label_is_no_indicator(tmp_path: Path, label: str) -> None:
    form, lost = read(tmp_path, [(label, 1, 2), ("同意上报，请按季跟踪。", 1, 6)])
    assert form["other_fields"] == {label: "同意上报，请按季跟踪。"} and not lost


@pytest.mark.parametrize("cell", ["填报人及联系电话", "填表人、电话", "填报人/联系方式"])
@pytest.mark.parametrize("value", ["甲乙丙13900000001", "甲乙丙 13900000001", "甲乙丙（13900000001）"])
def test_a_name_and_a_number_in_one_cell_are_two_fields(tmp_path: Path, cell: str, value: str) -> None:
    beside, _ = read(tmp_path, [(cell, 1, 2), (value, 1, 2), ("填报日期", 1, 2), ("2030年12月3日", 1, 2)])
    inside, _ = read(tmp_path, [(f"{cell}：{value}", 1, 4), ("填报日期：2030年12月3日", 1, 4)])
    for form in (beside, inside):
        signoff = form["signoff"]
        assert (signoff["filled_by"], signoff["phone"], signoff["filled_on"]) == ("甲乙丙", "13900000001", "2030-12-03")


def test_signatures_of_others_keep_their_labels(tmp_path: Path) -> None:
    form, lost = read(
        tmp_path,
        [("项目负责人：甲乙丙", 1, 4), ("财务负责人：丁戊己", 1, 4)],
        [("单位领导审签", 1, 2), ("庚辛", 1, 2), ("复核员工号", 1, 2), ("1407", 1, 2)],
    )
    assert form["other_fields"] == {"项目负责人": "甲乙丙", "财务负责人": "丁戊己", "复核员工号": "1407"}
    assert form["signoff"]["responsible"] == "庚辛" and not lost


def test_a_value_too_many_is_asked_about(tmp_path: Path) -> None:
    _, lost = read(tmp_path, [("审核意见", 1, 2), ("同意。", 1, 3), ("另附纸一张，见卷宗第三册第四页，请一并存档备查为荷。", 1, 3)])
    assert lost == ["/tables/0 layout.unplaced-text"]


def test_indicators_below_wide_cells_stay_indicators(tmp_path: Path) -> None:
    rows: list[list[Drawn]] = [
        *HEAD[:3],
        [("绩效指标", 3, 1), *HEAD[3][1:]],
        *HEAD[4:6],
        [("满意度指标", 1, 2), ("群众满意度", 1, 2), ("≥90%", 1, 3)],
    ]
    text = f"<h2>2031年项目绩效目标表</h2>{table(*rows)}"
    value = jixiao.clean(document_of(text, tmp_path)).json
    assert len(value["tables"][0]["indicators"]) == 3


def test_a_name_and_a_number_in_a_line_below_the_grid(tmp_path: Path) -> None:
    text = f"<h2>2031年项目绩效目标表</h2>{table(*HEAD)}<p>填报人及联系电话：甲乙丙 13900000001 单位负责人：丁戊</p>"
    signoff = jixiao.clean(document_of(text, tmp_path)).json["tables"][0]["signoff"]
    assert (signoff["filled_by"], signoff["phone"], signoff["responsible"]) == ("甲乙丙", "13900000001", "丁戊")


@pytest.mark.parametrize("known", ["财务负责人", "单位账房"])
def test_labelled_cells_are_signed_whatever_the_first_label_says(tmp_path: Path, known: str) -> None:
    form, lost = read(tmp_path, [("单位主官：丁戊己", 1, 3), ("经手人员：甲乙丙", 1, 3), (f"{known}：庚辛壬", 1, 2)])
    assert form["other_fields"] == {"单位主官": "丁戊己", "经手人员": "甲乙丙", known: "庚辛壬"} and not lost


def test_a_row_whose_cells_are_labelled_only_in_part_stays_an_indicator(tmp_path: Path) -> None:
    text = f"<h2>2031年项目绩效目标表</h2>{table(*HEAD, ['产出指标', '时效指标', '分期：按季完成', '定性', '分期：按季', '', ''])}"
    rows = jixiao.clean(document_of(text, tmp_path)).json["tables"][0]["indicators"]
    assert [row["level3"] for row in rows][3:] == ["分期：按季完成"]


@pytest.mark.parametrize("gap", ["", "  "])
def test_what_stands_before_the_first_known_label_is_not_lost(tmp_path: Path, gap: str) -> None:
    form, _ = read(
        tmp_path, [(gap.join(("经手人员：甲丙文", "落款时间：2031-01-02", "单位负责人：丁某文", "联系电话：13900000001")), 1, 8)]
    )
    signoff, others = form["signoff"], form["other_fields"]
    assert (signoff["responsible"], signoff["phone"]) == ("丁某文", "13900000001")
    assert "甲丙文" in others["经手人员"] and "2031-01-02" in "".join(others.values())


def test_a_run_of_labels_that_nobody_knows_is_no_indicator(tmp_path: Path) -> None:
    form, _ = read(tmp_path, [("落款时间：2031年1月2日单位主官：李某文经手人员：甲丙文", 1, 8)])
    assert form["other_fields"]["落款时间"] == "2031年1月2日"


def test_a_name_is_cut_off_the_next_label_by_its_first_word(tmp_path: Path) -> None:
    form, _ = read(tmp_path, [("填报人：欧阳若溪单位主官：石某文", 1, 8)])
    assert form["signoff"]["filled_by"] == "欧阳若溪" and form["other_fields"]["单位主官"] == "石某文"
