"""Heads from their parts: what each says, and what none of them says."""

from __future__ import annotations

import pytest

from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.heads import OWN
from normalizers.vocabulary.labels import load_labels

HEADS = bundled("heads.toml")["head"]
LABELS = load_labels().as_filed()


@pytest.mark.parametrize(("block", "field", "example"), [(e["block"], e["field"], x) for e in HEADS for x in e["examples"]])
def test_every_example_says_what_its_entry_says(block: str, field: str, example: str) -> None:
    assert LABELS.grammar.field_of(example, block) == field  # type: ignore[arg-type]


def test_every_entry_has_an_example_and_a_place() -> None:
    assert all(each["examples"] and each["seen"] and each["field"] for each in HEADS)


@pytest.mark.parametrize("period", ["全年", "年终", "年末", "年度", "当年", "本年", "年底", "本年度"])
def test_what_was_done_in_the_year_is_no_value_of_last_year(period: str) -> None:
    assert LABELS.column_of(f"{period}完成值") == "actual_value"
    assert LABELS.column_of(f"{period}实际完成值") == "actual_value"
    assert LABELS.column_of(f"{period}目标值") == "value"


@pytest.mark.parametrize("period", ["上年", "去年", "上年度", "上一年度"])
def test_last_year_is_last_year(period: str) -> None:
    assert {LABELS.column_of(f"{period}{kind}") for kind in ("完成值", "指标值", "实际完成值", "目标值")} == {"previous_value"}


@pytest.mark.parametrize("head", ["年度目标", "明年完成值", "水平", "年度", "考核事项", "上年", "全年指标", "总数", "目标", "实施期完成值"])
def test_what_says_nothing_known_names_no_column(head: str) -> None:
    assert LABELS.column_of(head) is None


@pytest.mark.parametrize(
    ("head", "column"),
    [("指标方向性", OWN), ("复核分", OWN), ("改进措施", OWN), ("调整后指标值", OWN), ("★三级指标", "level3"), ("得分*", "score")],
)
def test_a_head_without_a_field_is_understood(head: str, column: str | None) -> None:
    assert LABELS.column_of(head) == column


def test_a_year_says_which_period_it_is_beside_that_of_the_form() -> None:
    assert LABELS.column_of("2025年实际完成值") == OWN
    assert LABELS.column_of("2025年实际完成值", 2026) == "previous_value"
    assert LABELS.column_of("2025年实际完成值", 2025) == "actual_value"
    assert LABELS.column_of("2025年目标值", 2025) == "value"
    assert LABELS.column_of("2023年完成值", 2026) == OWN


def test_nothing_is_forgiven_on_text_that_was_filed_as_text() -> None:
    assert LABELS.column_of("计量单泣") is None
    assert LABELS.header_of("项目名你") is None
    assert LABELS.column_inside("八指标值") is None


def test_a_recognised_character_is_mended_where_the_parts_fit_and_nothing_else_does() -> None:
    labels = load_labels()
    assert labels.column_of("计量单泣") == "unit"
    assert labels.column_of("实际宗成值") == "actual_value"
    # 土年 may be 上年, 全年, 本年 or 当年, and 明年 says something else.
    assert labels.column_of("土年完成值") in (None, "previous_value")
    assert labels.column_of("明年完成值") is None
    assert labels.column_inside("土年完成值") is None
