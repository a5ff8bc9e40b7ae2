"""The notes on noise in the domain notes, part 3, one test each by its number; names and figures are made up.

a: corrected and recorded. b: a finding with a proposal, the value untouched. c: as filed.
"""

from __future__ import annotations

import pytest

from normalizers.clean import mend_fields, mend_table
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.rulebook import mend_by_book
from normalizers.rules.table_rule import Context

NAMES = ("level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard")
PASS = "达到或超过标准值得满分"
COST = "资金支出控制在预算内得满分，否则不得分"
PROP = "完成值大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成率*指标分值"
QUAL = "达到年度指标得满分，部分达到具有一定效果得80%，未达到年度指标，效果差的不得分"
SEAL = "4312991000140"


def table(*rows: tuple[str, ...], **texts: str) -> TargetTable:
    fields = {path.replace("__", "/"): Field(text, text) for path, text in texts.items()}
    made = [IndicatorRow({n: Field(t, t) for n, t in zip(NAMES, row, strict=False)}, order=i) for i, row in enumerate(rows)]
    return TargetTable("project", fields, made, [], [1], funds_unit="万元", has_funds=True)


def clean(form: TargetTable, *others: tuple[str, str], seals: tuple[str, ...] = ()) -> TargetTable:
    mend_fields(form)
    mend_table(form, Context(seals, others))
    return form


def mended(role: str, text: str) -> tuple[str, list[str]]:
    field = Field(text, text)
    mend_by_book(field, role)
    return field.text, [step.rule for step in field.steps]


def codes(form: TargetTable, path: str) -> list[str]:
    return [found.code for found in form.findings if found.path == path and found.severity == "review"]


A_TEXTS = [
    ("N01", "fiscal_year", "2031) 年度", "(2031) 年度", "dates.year-bracket"),
    ("N25", "fund", f"{SEAL} 8", "8", "seals.code-digits"),
    ("N32", "operator", r"\leq", "≤", "operators.latex"),
    ("N33", "operator", r"\geq", "≥", "operators.latex"),
    ("N40", "scoring_standard", "达达到或超过标准值得满分", PASS, "phrases.doubled"),
    ("N41", "scoring_standard", "达到或超过标准 值得满分", PASS, "text.chinese-spaces"),
    ("N44", "scoring_standard", "资金支出控制在预算内得满分，否则", COST, "phrases.truncated"),
    ("N47", "scoring_standard", QUAL[:-7], QUAL, "phrases.truncated"),
    ("N49", "performance_review", "2030.12.12", "2030-12-12", "dates.review-iso"),
    ("N61", "label", "项目资金 (万元)", "项目资金(万元)", "labels.spaces"),
    ("N62", "scoring_standard", PROP.replace("完成率", "完成功率"), PROP, "phrases.inserted"),
    ("N77", "explanation", "规范管理, 回归社会", "规范管理，回归社会", "text.punctuation"),
]


@pytest.mark.parametrize(("note", "role", "before", "after", "rule"), A_TEXTS, ids=[case[0] for case in A_TEXTS])
def test_corrected_text(note: str, role: str, before: str, after: str, rule: str) -> None:
    assert mended(role, before) == (after, [rule])


C_TEXTS = [
    ("N03", "overall_goal", "1：完成任务。2：全面履职。"),
    ("N04", "overall_goal", "完成全市重点工作。"),
    ("N11", "scoring_standard", "完成值大于或等于目标得满分，完成值小于目标值，指标得分=目标值完成率*指标分值"),
    ("N16", "unit", "非数量指标"),
    ("N18", "level3", "服务对象满意度率"),
    ("N19", "scoring_standard", PASS),
    ("N38", "level3", "参与行政复议参与（诉讼）案件讨论"),
    ("N39", "overall_goal", "各项工作办理行政复议案件。"),
    ("N66", "level3", "刑释解教人员重归社会"),
    ("N67", "overall_goal", "走访、信息管理、辅助调查。"),
    ("N80", "operator", "定性"),
]


@pytest.mark.parametrize(("note", "role", "text"), C_TEXTS, ids=[case[0] for case in C_TEXTS])
def test_as_filed_text(note: str, role: str, text: str) -> None:
    assert mended(role, text) == (text, [])


def test_n06_a_seal_fragment_in_a_blank_row() -> None:
    row = ("成本指标", "社会成本指标", "", "", "1000.540", "", "", "")
    assert clean(table(row), seals=(SEAL,)).blank_level2 == ["社会成本指标"]
    alone = clean(table(row))
    assert (alone.rows[0].text("value"), codes(alone, "indicators/0")) == ("1000.540", ["value.without-indicator"])


def test_n08_the_side_label_is_no_level() -> None:
    form = clean(table(("绩效指标", "数量指标", "培训场次", "≥", "3", "场", "培训", PASS)))
    assert form.rows[0].text("level1") == "产出指标"


def test_n09_n10_a_share_under_quantity_of_at_least_100_stays() -> None:
    row = ("产出指标", "数量指标", "救助率", "≥", "100", "%", "救助率", PROP)
    assert [clean(table(row)).rows[0].text(name) for name in NAMES] == list(row)


@pytest.mark.parametrize("text", ["33", "354"], ids=["N20", "N50"])
def test_handwriting_is_no_value(text: str) -> None:
    form = clean(table(signoff__business_review=text))
    assert form.text("signoff/business_review") == text
    assert codes(form, "signoff/business_review") == ["review.handwriting"]


def test_n21_a_missing_review_is_told() -> None:
    form = clean(table(signoff__business_review=""))
    assert [found.code for found in form.findings] == ["review.missing"]


def test_n28_a_seal_fragment_in_the_carry_over() -> None:
    form = clean(table(funds__total="2.1", funds__fiscal_appropriation="2.1", funds__carry_over="810002540"), seals=(SEAL,))
    assert form.text("funds/carry_over") == ""
    assert [step.rule for step in form.fields["funds/carry_over"].steps] == ["funds.fragment-in-part"]


def test_n29_n30_one_figure_in_two_cells_above_the_total() -> None:
    form = clean(table(funds__total="20", funds__fiscal_appropriation="2025.0", funds__carry_over="2025.0"))
    assert (form.text("funds/fiscal_appropriation"), form.text("funds/carry_over")) == ("2025.0", "")


def test_a_part_above_the_total_alone_is_a_question() -> None:
    form = clean(table(funds__total="20", funds__fiscal_appropriation="18", funds__carry_over="25"))
    assert (form.text("funds/carry_over"), codes(form, "funds/carry_over")) == ("25", ["funds.part-above-total"])


def test_n36_a_project_name_that_the_goal_completes() -> None:
    form = clean(table(project_name="社区购买服务", overall_goal="社区养老购买服务，完成各项任务。"))
    assert (form.text("project_name"), codes(form, "project_name")) == ("社区购买服务", ["project-name.incomplete"])


def test_n42_a_name_that_its_explanation_does_not_fit_stays() -> None:
    row = ("产出指标", "质量指标", "法律顾问完成率", "≥", "95", "%", "及时做好各种审查和答复意见", PASS)
    form = clean(table(row))
    assert [form.rows[0].text(name) for name in NAMES] == list(row) and not form.findings


def test_n43_the_name_over_the_unit() -> None:
    form = clean(table(("满意度指标", "服务对象满意度指标", "服务对象满意率", "≥", "95", "服务对象满意率", "服务对象满意率", PASS)))
    unit = form.rows[0].fields["unit"]
    assert (unit.text, unit.status) == ("%", "inferred")


def test_n45_a_name_with_a_character_too_many() -> None:
    row = ("产出指标", "质量指标", "案件率质量合格率", "≥", "95", "%", "案件质量", PASS)
    form = clean(table(row), ("table 2/indicators/0/level3", "案件质量合格率"))
    assert (form.rows[0].text("level3"), codes(form, "indicators/0/level3")) == ("案件率质量合格率", ["name.one-off"])


CUT = [
    ("N46", "依法治国的有力保障，实现社会公平正义的内在", (("table 2/overall_goal", "依法履职。实现社会公平正义的内在要求。"),)),
    ("N63", "通过社区矫正，预防和减少", ()),
]


@pytest.mark.parametrize(("note", "text", "others"), CUT, ids=[case[0] for case in CUT])
def test_cut_explanation(note: str, text: str, others: tuple[tuple[str, str], ...]) -> None:
    form = clean(table(("效益指标", "可持续影响指标", "预防和减少犯罪", "定性", "减少", "非数量指标", text, QUAL)), *others)
    assert (form.rows[0].text("explanation"), codes(form, "indicators/0/explanation")) == (text, ["sentence.cut"])


def test_n48_a_review_on_the_filing_date() -> None:
    form = clean(table(signoff__performance_review="2030年12月8日", signoff__filled_on="2030年12月8日"))
    assert form.text("signoff/performance_review") == "2030年12月8日"
    assert codes(form, "signoff/performance_review") == ["review.same-day"]


def test_n65_an_explanation_copied_from_another_project() -> None:
    text = "社区矫正对象集中教育、公益活动、走访、辅助调查评估等完成及时率"
    others = (
        ("table 4/indicators/7/explanation", text),
        ("table 4/overall_goal", "完成社区矫正对象集中教育、公益活动、走访、辅助调查评估。"),
    )
    row = ("产出指标", "时效指标", "完成及时率", "≥", "95", "%", text, PASS)
    form = clean(table(row, project_name="安置帮教经费", overall_goal="对刑满释放人员进行帮助"), *others)
    assert (form.rows[0].text("explanation"), codes(form, "indicators/0/explanation")) == (text, ["sentence.copied"])


UNITS = [
    ("N68", ("成本指标", "经济成本指标", "预算成本", "≤", "17", "", "本年度该类工作的经费安排", COST), "万元"),
    ("N69", ("满意度指标", "服务对象满意度指标", "服务对象满意率", "≥", "95", "", "服务对象满意率", PASS), "%"),
    ("N71", ("满意度指标", "服务对象满意度指标", "服务对象满意率", "≥", "95", "服务对象满意率", "", PASS), "%"),
]


@pytest.mark.parametrize(("note", "row", "unit"), UNITS, ids=[case[0] for case in UNITS])
def test_inferred_unit(note: str, row: tuple[str, ...], unit: str) -> None:
    form = clean(table(row))
    field = form.rows[0].fields["unit"]
    assert (field.text, field.status) == (unit, "inferred")
    assert form.rows[0].text("explanation")


def test_n79_a_blank_first_level_follows_the_second() -> None:
    form = clean(table(("", "时效指标", "完成及时率", "≥", "95", "%", "完成及时率", PASS)))
    level1 = form.rows[0].fields["level1"]
    assert (level1.text, level1.status) == ("产出指标", "inferred")
