"""Checks on one table: what is found, where it stands, and what must not be found."""

from __future__ import annotations

import copy

import pytest

from extractors.model import Cell
from normalizers.checks import funds
from normalizers.checks.catalogue import CHECKS, check_table
from normalizers.checks.cross_table import one_slip
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field, Finding, TargetTable
from normalizers.typed import type_table
from tests.engines import origin_of_engine
from tests.normalizers.target_tables import BUDGET, PLEASED, QUALITY, ROADS, ROWS, TRAVEL, changed, codes, found, overall, project


def check(table: TargetTable) -> TargetTable:
    before = {path: (each.text, each.value) for path, each in table.all_fields()}
    check_table(table, load_taxonomy())
    assert {path: (each.text, each.value) for path, each in table.all_fields()} == before, "a check changes nothing"
    return table


def only(table: TargetTable, code: str) -> Finding:
    (one,) = found(check(table), code)
    return one


def test_a_form_in_order_needs_nobody() -> None:
    assert codes(check(project()), "review") == set()
    assert codes(check(overall()), "review") == set()


def test_every_check_has_its_story_and_its_own_code() -> None:
    names = [code for each in CHECKS for code in (each.id, *each.also)]
    assert len(names) == len(set(names))
    assert all(each.story and "." in each.id for each in CHECKS)


def test_checking_twice_a_copy_gives_the_same() -> None:
    table = project(funds__total="40")
    again = copy.deepcopy(table)
    assert check(table).findings == check(again).findings


class TestFunds:
    def test_a_blank_part_counts_as_zero(self) -> None:
        table = project(funds__total="30", funds__carry_over="", rows=(changed(BUDGET, value="30"), *ROWS[1:]))
        assert not codes(check(table), "review")

    def test_decimals_are_exact(self) -> None:
        table = project(
            rows=(changed(BUDGET, value="0.3"), *ROWS[1:]), funds__total="0.3", funds__fiscal_appropriation="0.1", funds__carry_over="0.2"
        )
        assert not codes(check(table), "review")

    def test_when_the_budget_cost_is_the_total_the_parts_are_in_doubt(self) -> None:
        table = check(project(funds__carry_over="2025.0"))
        places = {each.path for each in found(table, "funds.sum-mismatch")}
        assert places == {"funds/fiscal_appropriation", "funds/carry_over"}

    def test_when_the_budget_cost_is_the_sum_the_total_is_in_doubt(self) -> None:
        one = only(project(funds__total="365"), "funds.sum-mismatch")
        assert one.path == "funds/total"
        assert (
            "365" in one.message and "36.5 (财政拨款 30 + 上年结转 6.5)" in one.message and "proposed for 年度资金总额: 36.5" in one.message
        )

    def test_when_nothing_tells_all_are_in_doubt(self) -> None:
        table = check(project(rows=ROWS[1:], funds__total="40"))
        assert {each.path for each in found(table, "funds.sum-mismatch")} == {
            "funds/total",
            "funds/fiscal_appropriation",
            "funds/carry_over",
        }

    def test_a_single_wrong_part_is_proposed_from_the_total(self) -> None:
        one = only(project(funds__fiscal_appropriation="2025.0", funds__carry_over=""), "funds.sum-mismatch")
        assert one.path == "funds/fiscal_appropriation" and "proposed for 财政拨款: 36.5" in one.message

    def test_parts_that_are_all_blank_are_proposed_never_filled(self) -> None:
        table = project(funds__fiscal_appropriation="", funds__carry_over="")
        one = only(table, "funds.part-missing")
        assert (one.path, one.severity) == ("funds/fiscal_appropriation", "review")
        assert "36.5" in one.message and table.value("funds/fiscal_appropriation") is None

    def test_a_blank_total_is_proposed_from_its_parts(self) -> None:
        assert "36.5" in only(project(funds__total=""), "funds.total-missing").message

    def test_an_unreadable_amount_is_insufficient_data_not_a_wrong_sum(self) -> None:
        table = check(project(funds__carry_over="6.5万贰"))
        assert found(table, "funds.insufficient-data")[0].severity == "info"
        assert not found(table, "funds.sum-mismatch")

    def test_a_form_without_funds_is_left_alone(self) -> None:
        assert not {code for code in codes(check(overall())) if code.startswith("funds.")}


class TestBudgetCost:
    def test_yuan_and_wan_are_compared_as_money(self) -> None:
        table = project(rows=(changed(BUDGET, value="365000", unit="元"), *ROWS[1:]))
        assert not codes(check(table), "review")

    def test_a_confirmed_total_leaves_the_indicator_in_doubt(self) -> None:
        one = only(project(rows=(changed(BUDGET, value="35.6"), *ROWS[1:])), "funds.cost-mismatch")
        assert one.path == "indicators/0/value" and "35.6" in one.message and "36.5" in one.message

    def test_the_wrong_unit_of_money_is_named(self) -> None:
        table = check(project(rows=(changed(BUDGET, value="365000"), *ROWS[1:])))
        assert {each.path for each in found(table, "funds.cost-mismatch")} == {"indicators/0/value", "indicators/0/unit"}

    def test_no_unit_is_insufficient_data_unless_the_figures_agree(self) -> None:
        table = check(project(rows=(changed(BUDGET, value="40", unit=""), *ROWS[1:])))
        assert found(table, "funds.cost-insufficient-data")[0].severity == "info"
        assert not found(check(project(rows=(changed(BUDGET, unit=""), *ROWS[1:]))), "funds.cost-insufficient-data")


@pytest.mark.parametrize(
    ("changes", "code", "column", "severity"),
    [
        ({"operator": "定性"}, "operator.fits-value", "value", "review"),
        ({"value": "提高"}, "operator.fits-value", "operator", "review"),
        ({"operator": "≤"}, "operator.direction", "operator", "review"),
        ({"value": "980"}, "percent.range", "value", "review"),
        ({"value": "100"}, "percent.at-limit", "value", "info"),
        ({"unit": ""}, "unit.missing", "unit", "review"),
        ({"unit": "囗"}, "unit.unknown", "unit", "review"),
        ({"unit": "非数量指标"}, "unit.sentinel", "unit", "review"),
        ({"unit": "公里"}, "unit.fits-name", "unit", "review"),
        ({"value": "9 8"}, "value.no-number", "value", "review"),
        ({"value": ""}, "indicator.incomplete", "value", "review"),
        ({"level3": ""}, "indicator.incomplete", "level3", "review"),
        ({"operator": ""}, "indicator.incomplete", "operator", "review"),
        ({"level1": "效益指标"}, "level.parent", "level1", "review"),
        ({"level1": ""}, "level.missing", "level1", "review"),
        ({"level2": "数景指标"}, "level.unknown", "level2", "review"),
        ({"level2": "数量指标"}, "level.rate-in-quantity", "level2", "info"),
        ({"unit": "‰", "value": "97", "level3": "结果公示及时率"}, "unit.per-mille", "unit", "review"),
        ({"explanation": "指标1：验收合格"}, "text.placeholder", "explanation", "info"),
        ({"explanation": "配套设备合格率"}, "wording.name-explanation", "level3", "info"),
    ],
)
def test_one_column_of_a_row(changes: dict[str, str], code: str, column: str, severity: str) -> None:
    table = check(project(rows=(BUDGET, ROADS, changed(QUALITY, **changes), TRAVEL, PLEASED)))
    assert ("indicators/2/" + column, severity) in {(each.path, each.severity) for each in found(table, code)}


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "12月底前", "unit": "时间", "level3": "养护完成时间"},
        {"value": "2031.07-2032.01", "unit": "", "level3": "养护期间", "operator": "="},
        {"value": "两次", "unit": "", "level3": "路面巡查"},
        {"level3": "事故发生率", "operator": "≤", "value": "5", "scoring_standard": "不超过目标值得满分"},
        {"level3": "工程款增长率", "value": "120"},
        {"level3": "巡查频率", "value": "4", "unit": "次/月"},
        {"level3": "服务评价满意度", "value": "9", "unit": "分"},
        {"value": "99.5"},
        {"unit": "‰", "value": "985"},
    ],
)
def test_near_misses_of_a_row(changes: dict[str, str]) -> None:
    table = check(project(rows=(BUDGET, ROADS, changed(QUALITY, **changes), TRAVEL, PLEASED)))
    assert codes(table, "review") == set()


def test_what_a_text_layer_says_is_odd_not_misread() -> None:
    table = check(project(rows=(BUDGET, ROADS, changed(QUALITY, operator="≤", unit="囗"), TRAVEL, PLEASED), engine="pdfium"))
    assert {"operator.direction", "unit.unknown"} <= codes(table, "info")
    assert codes(table, "review") == set()


def test_a_field_that_a_rule_marked_is_not_marked_again() -> None:
    table = project(rows=(BUDGET, ROADS, changed(QUALITY, unit="囗"), TRAVEL, PLEASED))
    table.find("indicators/2/unit", "units.one-cue", "…")
    assert not found(check(table), "unit.unknown")


def test_older_forms_keep_cost_under_output() -> None:
    old = ("产出指标", "成本指标", "养护成本", "≤", "36.5", "万元", "养护经费", "资金支出控制在预算内得满分")
    table = check(project(rows=(old, ROADS, QUALITY, TRAVEL, PLEASED)))
    assert codes(table, "review") == set()


def test_another_system_of_indicators_is_noted_once() -> None:
    levels = [
        ("运行成本", "经费控制"),
        ("管理效率", "预算管理"),
        ("管理效率", "资产管理"),
        ("履职效能", "重点工作"),
        ("社会效应", "群众评价"),
    ]
    table = check(overall(tuple((first, second, *row[2:]) for (first, second), row in zip(levels, ROWS, strict=True))))
    assert [each.severity for each in found(table, "level.other-system")] == ["info"]
    assert not {"level.unknown", "level.parent", "coverage.missing-level1"} & codes(table)


def test_a_misread_column_of_levels_is_no_other_system() -> None:
    table = check(project(tuple((row[0], "•" + row[1], *row[2:]) for row in ROWS)))
    assert len(found(table, "level.unknown")) == len(ROWS) and not found(table, "level.other-system")


@pytest.mark.parametrize(("operator", "value"), [("=", "完成"), ("≥", "良好")])
def test_a_grade_is_noted(operator: str, value: str) -> None:
    table = check(project((BUDGET, ROADS, changed(QUALITY, operator=operator, value=value, unit=""), TRAVEL, PLEASED)))
    assert {each.severity for each in found(table, "operator.fits-value")} == {"info"}


class TestWording:
    def test_once_a_month_is_not_one_a_year(self) -> None:
        row = changed(ROADS, level3="路面巡查", value="2", unit="次", explanation="每月巡查两次")
        one = only(project(rows=(BUDGET, row, *ROWS[2:])), "wording.frequency")
        assert one.severity == "info" and "24 a year" in one.message

    @pytest.mark.parametrize(("value", "text"), [("24", "每月巡查2次"), ("2", "每年2次"), ("118", "每季度养护里程")])
    def test_a_frequency_that_fits(self, value: str, text: str) -> None:
        row = changed(ROADS, level3="路面巡查", value=value, unit="次" if value != "118" else "公里", explanation=text)
        assert not found(check(project(rows=(BUDGET, row, *ROWS[2:]))), "wording.frequency")

    def test_a_promise_of_the_goal_needs_its_indicator(self) -> None:
        table = project(overall_goal="确保路面修复率达到95%，养护验收合格率98%以上。")
        one = only(table, "goal.promise-without-indicator")
        assert "路面修复率" in one.message and one.severity == "info"

    def test_a_row_twice(self) -> None:
        table = check(project(rows=(*ROWS, ROADS)))
        assert [(each.path, each.severity) for each in found(table, "row.duplicate")] == [("indicators/5", "review")]
        table = check(project(rows=(*ROWS, changed(ROADS, value="120"))))
        assert [(each.path, each.severity) for each in found(table, "row.repeated-name")] == [("indicators/5/value", "info")]


class TestCoverage:
    def test_no_benefit_is_marked_when_its_lines_may_be_lost(self) -> None:
        one = only(project(rows=(BUDGET, ROADS, QUALITY, PLEASED)), "coverage.missing-level1")
        assert "效益指标" in one.message and one.severity == "review"

    def test_no_benefit_is_noted_when_its_lines_stand_blank(self) -> None:
        table = project(rows=(BUDGET, ROADS, QUALITY, PLEASED))
        table.blank_level2 = ["社会效益指标", "可持续影响指标"]
        assert only(table, "coverage.missing-level1").severity == "info"

    def test_satisfaction_may_be_left_out(self) -> None:
        assert only(project(rows=ROWS[:-1]), "coverage.no-satisfaction").severity == "info"

    def test_a_form_without_rows(self) -> None:
        assert only(project(rows=()), "coverage.no-indicators").severity == "review"


class TestHeaderAndSignoff:
    def test_required_fields(self) -> None:
        table = check(project(project_name="", overall_goal="完成县道日常养护。", fiscal_year=""))
        assert {each.path for each in found(table, "required.missing")} == {"project_name", "fiscal_year"}
        assert "完成县道日常养护" in found(table, "required.missing")[0].message
        assert table.text("project_name") == ""

    def test_an_overall_form_needs_its_unit(self) -> None:
        assert only(overall(unit_name=""), "required.missing").path == "unit_name"

    @pytest.mark.parametrize("name", ["filled_by", "phone", "filled_on", "responsible"])
    def test_a_blank_sign_off_line_may_hide_handwriting(self, name: str) -> None:
        one = only(project(**{f"signoff__{name}": ""}), "signoff.missing")
        assert (one.path, one.severity) == (f"signoff/{name}", "review")

    @pytest.mark.parametrize("phone", ["1390000001", "139000000011", "12900000001", "139O0000001", "1390000"])
    def test_a_phone_that_is_none(self, phone: str) -> None:
        assert only(project(signoff__phone=phone), "signoff.phone-format").severity == "review"

    @pytest.mark.parametrize(
        "phone", ["13900000001", "0745-6822001", "07456822001", "6822001", "139-0000-0001", "13900000001、13900000002"]
    )
    def test_phones(self, phone: str) -> None:
        assert not found(check(project(signoff__phone=phone)), "signoff.phone-format")

    def test_a_name_with_a_figure(self) -> None:
        assert only(project(signoff__filled_by="甲乙3"), "signoff.person-format").path == "signoff/filled_by"

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            ("2030-12-03", ""),
            ("2031-06-01", ""),
            ("2032-02-01", "date.unusual"),
            ("2029-12-01", "date.unusual"),
            ("2021-12-03", "date.implausible"),
        ],
    )
    def test_filing_dates(self, day: str, code: str) -> None:
        assert {each for each in codes(check(project(signoff__filled_on=day))) if each.startswith("date.")} == ({code} if code else set())


def test_one_slip() -> None:
    assert one_slip("12374", "12874") and one_slip("1200", "120") and not one_slip("4", "5") and not one_slip("95", "59")


def test_a_first_level_that_is_not_divided_stands_in_both_columns() -> None:
    assert not found(check(project((*ROWS[:-1], changed(PLEASED, level2="满意度指标")))), "level.unknown")
    assert found(check(project((*ROWS[:-1], changed(PLEASED, level2="乘客指标")))), "level.unknown")


def test_one_blank_cell_in_a_full_column_is_asked_about() -> None:
    for engine, asked in (("ocr", ["indicators/1/scoring_standard"]), ("text-layer", [])):
        table = project(engine=engine)
        blank = Cell(range(1), range(1), "", 1, engine=engine, origin=origin_of_engine(engine))
        table.rows[1].fields["scoring_standard"] = Field("", "", cell=blank)
        check(table)
        assert [each.path for each in table.findings if each.code == "indicator.blank-cell"] == asked
    table = project(engine="ocr")
    for row in table.rows[1:3]:
        row.fields["scoring_standard"] = Field("", "", cell=Cell(range(1), range(1), "", 1, engine="ocr", origin="picture"))
    check(table)
    assert not [each for each in table.findings if each.code == "indicator.blank-cell"]


@pytest.mark.parametrize(
    ("changes", "engine", "asked"),
    [
        ({}, "ocr", ["indicators/1/value"]),
        ({}, "text-layer", []),
        ({"value": "显著"}, "ocr", []),
    ],
)
def test_a_figure_beside_a_sign_of_which_only_specks_are_left(changes: dict[str, str], engine: str, asked: list[str]) -> None:
    """A scan that lost the thin strokes of >= lost those of the 4 beside it, too, which is read as 1."""
    table = project((BUDGET, changed(ROADS, operator="", **changes), QUALITY), engine=engine)
    specks = Cell(range(1), range(1), "", 1, engine=engine, origin=origin_of_engine(engine), marks=("ink-without-text",))
    table.rows[1].fields["operator"] = Field("", "", cell=specks)
    check(table)
    assert [each.path for each in table.findings if each.code == "value.beside-lost-sign"] == asked
    blank = project((BUDGET, changed(ROADS, operator="", **changes), QUALITY), engine=engine)
    assert not found(check(blank), "value.beside-lost-sign")


def test_a_goal_of_an_earlier_year_is_noted() -> None:
    goal = "2029年完成县道日常养护，2030年验收。"
    for text, expected in [(goal, ["overall_goal"]), (f"{goal}2031年继续。", []), ("到2035年建成公路网。", [])]:
        table = project(overall_goal=text)
        check_table(table, load_taxonomy())
        assert [each.path for each in found(table, "date.goal-year")] == expected


def test_a_form_without_a_unit_of_money_says_so() -> None:
    def undeclared(amount: str, unit: str) -> list[tuple[str, str]]:
        table = project((changed(BUDGET, value=amount, unit=unit), *ROWS[1:]), funds__total=amount)
        table.funds_unit = ""
        type_table(table)
        return [(each.path, each.severity) for each in table.findings if each.code == "money.unit-undeclared"]

    assert undeclared("40", "万元") == [], "an indicator states the same amount in 万元"
    assert undeclared("40", "") == [("funds/total", "info")]
    asked = undeclared("8640000", "元")
    assert ("funds/total", "review") in asked, "in 万元 that would be 86.4 thousand million yuan"
    assert all(severity == "review" for _, severity in asked) and len(asked) > 1, "and every other amount would be wrong by as much"
    assert undeclared("40", "元")[0][1] == "info"


def test_a_line_of_funds_that_a_scan_does_not_show_is_asked_about() -> None:
    for engine, asked in (("paddleocr", ["funds/carry_over"]), ("text-layer", []), ("transcript", [])):
        form = project(engine=engine)
        del form.fields["funds/carry_over"]
        funds.funds_lines.work(form)
        assert [each.path for each in found(form, "funds.line-missing")] == asked


@pytest.mark.parametrize(
    ("changes", "path", "asked"),
    [
        ({"unit_name": "云田县" * 20}, "unit_name", True),
        ({"unit_name": "云田县档案馆"}, "unit_name", False),
        ({"unit_name": "云田县水利局云田县教育局云田县档案馆云田县卫健局"}, "unit_name", True),
        ({"unit_name": "云田县水利局河道管理中心"}, "unit_name", False),
        ({"project_name": "县道养护" * 31}, "project_name", True),
        ({"project_name": "县道养护" * 29}, "project_name", False),
    ],
)
def test_a_header_field_longer_than_its_kind_can_be_is_asked_about(changes: dict[str, str], path: str, asked: bool) -> None:
    found = [each.path for each in check(project(**changes)).findings if each.code == "header.too-long"]
    assert found == ([path] if asked else [])
