"""A row finds its canonical indicator, or none: never another one."""

from __future__ import annotations

import random
import time

import pytest

from normalizers.matching.match import ACCEPT, match_row, match_rows
from normalizers.matching.taxonomy import Indicator, Taxonomy, load_taxonomy
from normalizers.record import Field, IndicatorRow, Match


def row(name: str, unit: str = "", operator: str = "≥", level2: str = "", explanation: str = "") -> IndicatorRow:
    texts = {"level3": name, "unit": unit, "operator": operator, "level2": level2, "explanation": explanation}
    return IndicatorRow({field: Field(text, text) for field, text in texts.items()})


def found(*filed: str) -> Match:
    return match_row(row(*filed), load_taxonomy())


def test_exact_and_alias() -> None:
    exact = found("法律援助案件数", "件", "≥", "数量指标")
    assert (exact.indicator_id, exact.method, exact.score) == ("judicial.legal-aid-cases", "exact", 1.0)
    alias = found("调处各类矛盾纠纷案件数", "件", "≥", "数量指标")
    assert (alias.indicator_id, alias.method) == ("judicial.mediation-cases", "alias")
    assert alias.indicator_name == "调解矛盾纠纷案件数"


@pytest.mark.parametrize(
    ("filed", "identity"),
    [
        (("服务对象满意度", "%", "≥", "服务对象满意度指标"), "common.service-satisfaction"),
        (("指标1：服务对象满意度（%）", "", "≥"), "common.service-satisfaction"),
        (("及时完成率", "%"), "common.completion-timely"),
        (("全县开展普法宣传活动场次", "场"), "judicial.law-publicity"),
        (("走访社矫对象", "次"), "judicial.correction-visits"),
        (("法律明白人培训", "人"), "judicial.law-bright-people"),
        (("公共服务水平提升情况", "非数量指标", "定性"), "common.service-level"),
        (("道路养护长度", "公里"), "transport.road-maintained"),
        (("社会更加和谐稳定", "/", "定性"), "common.social-stability"),
    ],
)
def test_words_without_meaning_do_not_count(filed: tuple[str, ...], identity: str) -> None:
    match = found(*filed)
    assert match.indicator_id == identity
    assert match.score >= ACCEPT


@pytest.mark.parametrize(
    ("filed", "identity"),
    [
        (("法律授助案件数", "件"), "judicial.legal-aid-cases"),
        (("公又办理及时率", "%", "≥", "时效指标", "公文办理及时率"), "general-office.documents-timely"),
        (("受灾群众众救助人数", "人"), "emergency.relief-people"),
        (("建成服务站点数", "个", "≥", "数量指标", "建成公共法律服务站点数量"), "judicial.legal-service-stations"),
    ],
)
def test_slips_are_seen_through(filed: tuple[str, ...], identity: str) -> None:
    match = found(*filed)
    assert (match.indicator_id, match.method) == (identity, "fuzzy")


@pytest.mark.parametrize(
    ("filed", "other"),
    [
        (("法律援助案件率", "%"), "judicial.legal-aid-cases"),
        (("各类案件率", "%"), "judicial.cases-count"),
        (("培训不合格率", "%"), "common.training-pass"),
        (("不满意率", "%"), "common.service-satisfaction"),
        (("拆除公厕数量", "座"), "urban-management.toilets-built"),
        (("未完成率", "%"), "common.completion-rate"),
        (("铁路养护里程", "公里"), "transport.road-maintained"),
        (("蔬果种植面积", "亩"), "agriculture.fruit-area"),
        (("城市垃圾处理率", "%"), "urban-management.rubbish-rural-rate"),
        (("人民调解员培训", "%"), "judicial.mediator-training"),
        (("大学教师培训人次", "人次"), "education.teacher-training"),
        (("残疾儿童人数", "人"), "civil-affairs.orphans"),
        (("受益", "人"), "common.beneficiaries"),
        (("案件", "件"), "judicial.cases-count"),
    ],
)
def test_near_names_of_other_things_stay_unmapped(filed: tuple[str, ...], other: str) -> None:
    assert load_taxonomy().find(other) is not None
    match = found(*filed)
    assert match.indicator_id is None, match
    assert match.method == "unmapped"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("完成率", "%"), ("完成及时率", "%")),
        (("培训人数", "人"), ("培训人次", "人次")),
        (("培训人次", "人次"), ("培训场次", "场")),
        (("新建公厕数量", "座"), ("改建公厕数量", "座")),
        (("新建农村公路里程", "公里"), ("改建农村公路里程", "公里")),
        (("城市低保人数", "人"), ("农村低保人数", "人")),
        (("资金到位率", "%"), ("资金到位及时率", "%")),
        (("生产安全事故死亡人数", "人"), ("生产安全事故死亡人数下降率", "%")),
        (("小学生满意度", "%"), ("大学生满意度", "%")),
        (("造林成活率", "%"), ("造林保存率", "%")),
    ],
)
def test_two_things_never_find_the_same_indicator(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    first, second = found(*one).indicator_id, found(*other).indicator_id
    assert first is None or first != second


def test_the_unit_decides_where_the_name_does_not_say() -> None:
    assert found("开展人民调解员培训", "期").indicator_id == "judicial.mediator-training"
    assert found("人民调解员培训", "人").indicator_id == "judicial.mediator-training-people"


def test_a_unit_that_cannot_be_lowers_an_exact_name_and_refuses_an_alias() -> None:
    odd = found("预算成本", "%", "≤", "经济成本指标")
    assert odd.indicator_id == "common.budget-cost" and ACCEPT <= odd.score < 0.95
    assert found("开展工作人员培训", "%").indicator_id is None


def test_a_misread_unit_does_not_count() -> None:
    assert found("服务对象满意率", "服务对象满意率").score == 1.0


def test_two_that_fit_alike_are_a_guess() -> None:
    twins = (
        Indicator("a.one", "湖面清漂面积", "数量指标", "positive", ("亩",)),
        Indicator("a.two", "清漂湖面面积", "数量指标", "positive", ("亩",)),
    )
    match = match_row(row("面湖清漂面积", "亩"), Taxonomy(twins))
    assert match.method == "unmapped"
    assert match.runner_up in ("a.one", "a.two")


def test_matching_changes_nothing_that_was_filed() -> None:
    filed = row("法律授助案件数", "件", "≥", "数量指标", "案件完成数")
    before = {name: (field.raw, field.text, field.value, list(field.steps)) for name, field in filed.fields.items()}
    match_row(filed, load_taxonomy())
    assert before == {name: (field.raw, field.text, field.value, list(field.steps)) for name, field in filed.fields.items()}


def test_answers_are_separate_objects() -> None:
    first = found("法律援助案件数", "件")
    first.method = "consensus"
    assert found("法律援助案件数", "件").method == "exact"


@pytest.mark.parametrize("name", ["", " ", "（）", "1.", "≥95%"])
def test_a_name_without_words_is_unmapped(name: str) -> None:
    assert found(name) == Match()


def test_names_left_out_of_the_library_are_not_given_to_neighbours() -> None:
    """The hardest near names are those of the library itself; of 4,400 fewer than one in 1,000 may go wrong."""
    order = list(load_taxonomy().indicators)
    random.Random(3).shuffle(order)
    out, rest = order[:150], Taxonomy(tuple(order[150:]))
    asked = [
        row(text, (each.units or ("/",))[0], "≥" if each.units else "定性", each.level2, text) for each in out for text in each.spellings()
    ]
    wrong = [match for match in match_rows(asked, rest) if match.indicator_id]
    assert len(wrong) <= len(asked) // 400, wrong


def test_thousands_of_rows_a_second() -> None:
    names = [(each.name, (each.units or ("/",))[0]) for each in load_taxonomy().indicators]
    rows = [row(name, unit) for name, unit in names] * 5
    list(match_rows(rows[:1], load_taxonomy()))
    began = time.perf_counter()
    assert sum(match.indicator_id is not None for match in match_rows(rows, load_taxonomy())) == len(rows)
    assert len(rows) / (time.perf_counter() - began) > 1000
