"""Rules that need neighbours: two cues correct, one asks, contradiction asks."""

from __future__ import annotations

import json

import pytest

from normalizers.record import TargetTable
from normalizers.rules.fragments import is_fragment
from normalizers.rules.glued import split_glued
from normalizers.rules.rulebook import RULEBOOK, TABLE_RULES, describe_rulebook
from normalizers.rules.sentences import near
from normalizers.rules.table_rule import Context
from tests.normalizers.target_tables import project
from tests.normalizers.test_rules_notes import COST, PASS, PROP, clean, codes, table

NAME = ("产出指标", "数量指标", "设备采购数量")


def row_of(operator: str, value: str, unit: str, scoring: str = PASS) -> TargetTable:
    return clean(table((*NAME, operator, value, unit, "按计划采购", scoring)))


GLUED = [
    ("", "≥95%", "", ("≥", "95", "%")),
    ("≥", "≥95%", "%", ("≥", "95", "%")),
    ("", "≤65万元", "", ("≤", "65", "万元")),
    ("", "=100.00(%)", "", ("=", "100.00", "%")),
    ("≥", "985米", "", ("≥", "985", "米")),
    ("≥", "98 %", "", ("≥", "98", "%")),
    ("", "不少于3次", "", ("≥", "3", "次")),
    ("≥", "两次", "", ("≥", "2", "次")),
    ("", "＞1,500人", "", (">", "1500", "人")),
]


@pytest.mark.parametrize(("operator", "value", "unit", "want"), GLUED, ids=[case[1] for case in GLUED])
def test_glued_values_fill_their_columns(operator: str, value: str, unit: str, want: tuple[str, ...]) -> None:
    row = row_of(operator, value, unit).rows[0]
    assert (row.text("operator"), row.text("value"), row.text("unit")) == want


@pytest.mark.parametrize(
    "value", ["12月底前", "2023.07-2024.01", "2024年", "12月", "3D打印", "95%以上", "一期", "及时", "95-98%", "4A级", "1:1"]
)
def test_values_that_only_look_glued(value: str) -> None:
    assert split_glued(value) is None
    assert row_of("", value, "").rows[0].text("value") == value


@pytest.mark.parametrize(("operator", "value", "unit"), [("≤", "≥95%", "%"), ("≥", "95%", "人"), ("≥", "8万元", "元")])
def test_glued_parts_that_contradict_their_columns(operator: str, value: str, unit: str) -> None:
    form = row_of(operator, value, unit)
    assert form.rows[0].text("value") == value
    assert "glued.clash" in codes(form, "indicators/0/value")


@pytest.mark.parametrize(("operator", "scoring", "want"), [("V", PROP, "≥"), ("M", PASS, "≥"), ("N", COST, "≤"), ("A", COST, "≤")])
def test_a_wedge_and_the_scoring_make_an_operator(operator: str, scoring: str, want: str) -> None:
    assert row_of(operator, "30", "件", scoring).rows[0].text("operator") == want


@pytest.mark.parametrize(("operator", "scoring"), [("V", "酌情给分"), ("区间", PASS), ("正向", PROP), ("", PASS)])
def test_an_operator_that_one_cue_suggests_is_a_question(operator: str, scoring: str) -> None:
    form = row_of(operator, "30", "件", scoring)
    assert form.rows[0].text("operator") == operator
    assert len(codes(form, "indicators/0/operator")) == 1


def test_words_judged_in_words() -> None:
    field = row_of("", "促进、实现", "非数量指标").rows[0].fields["operator"]
    assert (field.text, field.status) == ("定性", "inferred")


@pytest.mark.parametrize(("name", "value"), [("税收增长率", "120"), ("设备采购数量", "30"), ("群众满意率", "950")])
def test_a_unit_without_two_cues_stays_blank(name: str, value: str) -> None:
    form = clean(table(("产出指标", "质量指标", name, "≥", value, "", "说明", PASS)))
    assert form.rows[0].text("unit") == ""


@pytest.mark.parametrize(("value", "unit"), [("1", ""), ("0.5", ""), ("0", "%"), ("2", "%"), ("100", "%"), ("101", "")])
def test_a_share_whose_magnitude_is_unclear_gets_no_unit_but_a_question(value: str, unit: str) -> None:
    form = clean(table(("成本指标", "经济成本指标", "成本控制率", "≤", value, "", "说明", PASS)))
    assert (form.rows[0].text("unit"), codes(form, "indicators/0/unit")) == (unit, [] if unit else ["units.one-cue"])


def test_budget_cost_of_a_form_that_declares_no_unit() -> None:
    form = table(("成本指标", "经济成本指标", "预算成本", "≤", "17", "", "说明", COST))
    form.funds_unit = ""
    clean(form)
    assert (form.rows[0].text("unit"), codes(form, "indicators/0/unit")) == ("", ["units.one-cue"])


COST_ROW = ("成本指标", "经济成本指标", "预算成本", "≤", "8", "万元", "说明", COST)


def test_two_figures_in_one_amount() -> None:
    form = clean(table(COST_ROW, funds__total="1000540 8", funds__fiscal_appropriation="8"))
    assert form.text("funds/total") == "8"
    form = clean(table(COST_ROW, funds__total="12 8", funds__fiscal_appropriation="8"))
    assert form.text("funds/total") == "8"
    form = clean(table(funds__total="1 088.36", funds__fiscal_appropriation="1000", funds__carry_over="88.36"))
    assert codes(form, "funds/total") == ["funds.two-figures"]
    form = clean(table(funds__total="12 8", funds__fiscal_appropriation=""))
    assert (form.text("funds/total"), codes(form, "funds/total")) == ("12 8", ["funds.two-figures"])


def test_pieces_of_a_seal() -> None:
    assert is_fragment("1000.540", ["4312991000540"])
    assert not is_fragment("1088.36", ["4312991000540"])
    assert is_fragment("4312998", [])
    assert not is_fragment("1000540", [])


def test_a_conflicting_first_level_stays() -> None:
    form = clean(table(("产出指标", "经济成本指标", "预算成本", "≤", "8", "万元", "说明", COST)))
    assert form.rows[0].text("level1") == "产出指标"


def test_a_trailing_comma_promises_more() -> None:
    form = row_of("≥", "30", "件", PASS + "，")
    assert codes(form, "indicators/0/scoring_standard") == ["phrase.near"]


def test_a_wording_two_characters_off_is_asked_about_where_the_file_has_the_standard_one_besides() -> None:
    spoilt = PROP.replace("指标得分", "指标的分").replace("完成值小于", "完成值小千")
    for rows, severity in (([spoilt, PROP], "review"), ([spoilt, spoilt, PROP], "info"), ([spoilt, PASS], "info")):
        form = project([(*NAME, "≥", "30", "件", "按计划采购", wording) for wording in rows])
        texts = tuple({"scoring_standard": wording} for wording in rows)
        near.apply(form, Context(rows=texts))
        assert [(found.code, found.severity) for found in form.findings][:1] == [("phrase.near", severity)]


@pytest.mark.parametrize(("doubted", "want"), [(True, PROP), (False, None)])
def test_a_doubted_wording_is_guessed_and_marked(doubted: bool, want: str | None) -> None:
    spoilt = PROP.replace("大于等于目标值得", "大子等丁自标值得").replace("指标得分", "指标的分")
    form = table((*NAME, "≥", "30", "件", "按计划采购", spoilt))
    if doubted:
        form.find("indicators/0/scoring_standard", "reading.doubt", "Read with confidence 0.4 only.")
    clean(form)
    assert form.rows[0].text("scoring_standard") == (want or spoilt)
    assert ("phrases.nearest" in codes(form, "indicators/0/scoring_standard")) == doubted


@pytest.mark.parametrize(("unit", "want"), [("g", "%"), ("9,", "%"), ("件", "件"), ("‰", "‰")])
def test_an_unreadable_unit_of_a_share(unit: str, want: str) -> None:
    form = clean(table(("产出指标", "质量指标", "验收合格率", "≥", "98", unit, "说明", PASS)))
    assert form.rows[0].text("unit") == want


@pytest.mark.parametrize(
    ("operator", "unit", "want"),
    [
        ("定性", "作数量指标", "非数量指标"),
        ("定性", "非数量", "非数量指标"),
        ("定性", "分", "分"),
        ("定性", "L", "/"),
        ("定性", "升", "升"),
    ],
)
def test_an_unreadable_unit_of_words(operator: str, unit: str, want: str) -> None:
    form = clean(table(("效益指标", "社会效益指标", "群众出行条件", operator, "改善", unit, "说明", "酌情给分")))
    assert form.rows[0].text("unit") == want


def test_the_book_as_data() -> None:
    book = describe_rulebook()
    assert len(book) == len(RULEBOOK) + len(TABLE_RULES)
    assert all(each["story"] and each["examples"] and each["near_misses"] for each in book)
    assert len({each["id"] for each in book}) == len(book)
    json.dumps(book)
