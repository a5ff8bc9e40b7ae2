"""Amounts under a seal that the sum and the budget cost give."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.model import Cell, Reading
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.sealed_amounts import amounts_by_sum, budget_cost


def field(text: str, sealed: bool = False, *others: str) -> Field:
    readings = tuple(Reading(other, 0.5, "second") for other in others)
    return Field(text, text, cell=Cell(range(1), range(1), text, 1, readings=readings, marks=("seal",) if sealed else (), origin="picture"))


def form(budget: Field, total: Field, appropriation: Field, carry_over: Field, other: Field, operator: Field | None = None) -> TargetTable:
    row = {"level3": field("预算成本"), "operator": operator or field("≤"), "value": budget, "unit": field("万元")}
    names = ("total", "fiscal_appropriation", "carry_over", "other")
    funds = dict(zip((f"funds/{name}" for name in names), (total, appropriation, carry_over, other), strict=True))
    return TargetTable("project", funds, [IndicatorRow(row)], [], [1], has_funds=True, funds_unit="万元")


def amounts(table: TargetTable) -> list[str]:
    return [table.text(f"funds/{name}") for name in ("total", "fiscal_appropriation", "carry_over", "other")]


def test_a_total_that_the_parts_and_the_budget_give() -> None:
    table = form(field("900.5"), field("9%0:5", True), field("700.5"), field("200"), field("", True))
    amounts_by_sum.apply(table)
    assert amounts(table) == ["900.5", "700.5", "200", ""]
    assert [(each.path, each.severity) for each in table.findings] == [("funds/total", "review")]


def test_a_part_of_which_only_the_end_is_left() -> None:
    table = form(field("900.5"), field("90050", True, "900.5"), field("é 700.5", True), field("49", True), field("150.51", True))
    amounts_by_sum.apply(table)
    assert amounts(table) == ["900.5", "700.5", "49.49", "150.51"]


def test_what_the_sum_does_not_prove_stays() -> None:
    table = form(field(""), field("221:8", True), field("722"), field(""), field(""))
    amounts_by_sum.apply(table)
    assert amounts(table) == ["221:8", "722", "", ""] and not table.findings


def test_a_legible_part_is_not_changed_for_dirt_beside_it() -> None:
    table = form(field("900.5"), field("900.5"), field("900.5", True), field(""), field("176", True))
    amounts_by_sum.apply(table)
    assert amounts(table)[1] == "900.5"


def test_without_a_seal_legible_amounts_stay() -> None:
    table = form(field("900.5"), field("9005"), field("900.5"), field(""), field(""))
    amounts_by_sum.apply(table)
    assert amounts(table) == ["9005", "900.5", "", ""]


@pytest.mark.parametrize(("value", "sealed", "after"), [("46", True, "900.5"), ("46", False, "46")])
def test_the_budget_cost_is_the_total(value: str, sealed: bool, after: str) -> None:
    table = form(field(value, sealed), field("900.5"), field("900.5"), field(""), field(""))
    budget_cost.apply(table)
    assert table.rows[0].text("value") == after
    assert Decimal(table.text("funds/total")) == Decimal("900.5")


@pytest.mark.parametrize(("operator", "sealed", "after"), [("小t", True, "≤"), ("小t", False, "小t"), ("≥", True, "≥"), ("", True, "")])
def test_the_operator_of_a_budget(operator: str, sealed: bool, after: str) -> None:
    table = form(field("900.5"), field("900.5"), field("900.5"), field(""), field(""), field(operator, sealed))
    budget_cost.apply(table)
    assert table.rows[0].text("operator") == after
