"""Recognised words that nobody doubts, and that are none: names of levels and people, look-alikes."""

from __future__ import annotations

import pytest

from normalizers.rules.doubted_words import level_name, odd_word
from normalizers.rules.readings import choose_reading
from normalizers.rules.table_rule import Context
from normalizers.rules.variants import to_standard_forms
from tests.normalizers.target_tables import PASS, field, project


def test_words_that_a_look_alike_makes_known_are_asked_about_and_stay() -> None:
    triples = frozenset({"敬老院", "修缮后"})
    pairs = frozenset({"敬老", "老院", "修缮", "缮后", "生动", "动发"})
    cases = (("敏老院实际可供使用的床位数", True), ("敬老院实际可供使用的床位数", False), ("主动发现机制", False))
    for text, asked in cases:
        form = project([("产出指标", "数量指标", "供养床位", "≥", "183", "张", text, PASS)])
        odd_word.apply(form, Context(pairs=pairs, triples=triples))
        assert (form.rows[0].text("explanation"), bool(form.findings)) == (text, asked)
    twice = tuple({"explanation": cases[0][0]} for _ in range(2))
    form = project([("产出指标", "数量指标", "供养床位", "≥", "183", "张", cases[0][0], PASS)])
    odd_word.apply(form, Context(pairs=pairs, triples=triples, rows=twice))
    assert not form.findings


@pytest.mark.parametrize(
    ("engine", "first", "second", "want"),
    [
        ("paddleocr", "成本指标", "经济成本指杯", "经济成本指标"),
        ("paddleocr", "产出指标", "数景指标", "数量指标"),
        ("paddleocr", "产出指标", "数据指标", "数据指标"),
        ("text-layer", "成本指标", "经济成本指杯", "经济成本指杯"),
    ],
)
def test_a_recognised_level_one_slip_away_is_guessed(engine: str, first: str, second: str, want: str) -> None:
    form = project([(first, second, "预算成本", "≤", "8", "万元", "说明", PASS)], engine)
    level_name.apply(form, Context())
    assert form.rows[0].text("level2") == want
    assert bool(form.findings) == (want != second)


@pytest.mark.parametrize(
    ("name", "odd"), [("轰恒", True), ("聂恒", False), ("欧阳守田", False), ("群念慈", True), ("阿不都热依木", False), ("张", False)]
)
def test_a_recognised_name_begins_with_a_family_name(name: str, odd: bool) -> None:
    for engine, asked in (("paddleocr", odd), ("text-layer", False)):
        found = choose_reading(field(name, engine), "filled_by")
        assert [each.code for each in found] == ["reading.odd-name"] * asked


def test_a_variant_that_makes_no_known_word_is_asked_about() -> None:
    for read, asked in (("老年人数叢", True), ("灌漑面积", False)):
        form = project([("产出指标", "数量指标", "服务人数", "≥", "183", "人", read, PASS)])
        taken = form.rows[0].fields["explanation"]
        taken.change("readings.variant-form", to_standard_forms(read))
        odd_word.apply(form, Context(pairs=frozenset({"灌溉", "面积", "人数"})))
        assert [found.path for found in form.findings] == ["indicators/0/explanation"] * asked
