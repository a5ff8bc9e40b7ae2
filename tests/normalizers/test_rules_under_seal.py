"""Short texts under a seal: corrected by two cues, always left for a person to see."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Cell, Origin, Reading, Source
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.funds import longer_than_sum
from normalizers.rules.under_seal import amount_in_dirt, digits_beside_unit, letter_beside_number, speck_in_part


def field(text: str, sealed: bool) -> Field:
    cell = Cell(range(1), range(1), text, 1, marks=("seal",) if sealed else (), origin="picture")
    return Field(text, text, cell=cell)


def table(funds: dict[str, Field] | None = None, **row: Field) -> TargetTable:
    fields = {f"funds/{name}": each for name, each in (funds or {}).items()}
    return TargetTable("project", fields, [IndicatorRow(dict(row))] if row else [], [], [1], has_funds=True)


def funds_with(appropriation: str, other: str, sealed: bool) -> TargetTable:
    return table({"total": field("723", False), "fiscal_appropriation": field(appropriation, False), "other": field(other, sealed)})


def test_a_speck_in_a_blank_part_goes_when_the_others_make_the_total() -> None:
    found = funds_with("723", "1", sealed=True)
    speck_in_part.apply(found)
    assert found.text("funds/other") == ""
    assert [(each.path, each.severity) for each in found.findings] == [("funds/other", "review")]


@pytest.mark.parametrize(("appropriation", "other", "sealed"), [("722", "1", True), ("723", "1", False), ("723", "118.5", True)])
def test_a_part_that_may_be_meant_stays(appropriation: str, other: str, sealed: bool) -> None:
    found = funds_with(appropriation, other, sealed)
    speck_in_part.apply(found)
    assert found.text("funds/other") == other


def test_figures_that_stand_there_without_the_red_as_well_are_no_ink_of_the_seal() -> None:
    readings = (Reading("0", 0.9, "second"), Reading("0", 0.99, "seal-kept"))
    printed = Field("0", "0", cell=Cell(range(1), range(1), "0", 1, marks=("seal",), readings=readings, origin="picture"))
    found = table({"total": field("723", False), "fiscal_appropriation": field("723", False), "other": printed})
    speck_in_part.apply(found)
    assert found.text("funds/other") == "0"


@pytest.mark.parametrize(("text", "sealed", "after"), [("F 1926", True, "1926"), ("F 1926", False, "F 1926"), ("2 E", True, "2 E")])
def test_a_letter_beside_a_number(text: str, sealed: bool, after: str) -> None:
    found = table(value=field(text, sealed))
    letter_beside_number.apply(found)
    assert found.rows[0].text("value") == after
    assert bool(found.findings) == (text != after)


@pytest.mark.parametrize(("text", "sealed", "after"), [("2127场", True, "场"), ("人次2", False, "人次2"), ("第%5", True, "第%5")])
def test_digits_beside_a_unit(text: str, sealed: bool, after: str) -> None:
    found = table(unit=field(text, sealed))
    digits_beside_unit.apply(found)
    assert found.rows[0].text("unit") == after
    assert bool(found.findings) == (text != after)


@pytest.mark.parametrize(("budget", "after"), [("407.42", "407.42"), ("", "1 407.42mN"), ("500", "1 407.42mN")])
def test_an_amount_in_the_dirt_of_a_seal_needs_total_and_budget_cost(budget: str, after: str) -> None:
    cost = {name: field(text, False) for name, text in (("level3", "预算成本"), ("value", budget), ("unit", "万元"))}
    found = table({"total": field("407.42", True), "fiscal_appropriation": field("1 407.42mN", True)}, **cost)
    amount_in_dirt.apply(found)
    assert found.text("funds/fiscal_appropriation") == after
    assert bool(found.findings) == (after == "407.42")


def read_part(text: str, origin: Origin) -> Field:
    return Field(text, text, source=Source(1, BBox(0, 0, 1, 1), "", 1.0, origin=origin))


@pytest.mark.parametrize(
    ("total", "part", "other", "origin", "after"),
    [
        ("20", "2025", "", "picture", "20"),
        ("20", "2025.0", "", "transcript", "20"),
        ("300", "12025", "180", "picture", "120"),
        ("88", "2088", "", "picture", "88"),
        ("20", "2025", "", "text-layer", "2025"),
        ("20", "25", "", "picture", "25"),
        ("20", "2025", "20", "picture", "2025"),
        ("2025", "2025", "", "picture", "2025"),
    ],
)
def test_digits_that_ran_into_a_part_go_when_the_rest_makes_the_sum(total: str, part: str, other: str, origin: Origin, after: str) -> None:
    found = table({"total": field(total, False), "fiscal_appropriation": read_part(part, origin), "other": field(other, False)})
    longer_than_sum.apply(found)
    assert found.text("funds/fiscal_appropriation") == after
    assert bool(found.findings) == (after != part)
