"""Variant forms of characters are put right where a recogniser read them, and only there."""

from __future__ import annotations

import pytest

from extractors.model import Cell, Source
from normalizers.record import Field
from normalizers.rules import variants
from normalizers.rules.readings import choose_reading
from tests.engines import origin_of_engine


def read(text: str, engine: str, role: str) -> Field:
    field = Field(text, text, cell=Cell(range(1), range(1), text, 1, engine=engine, origin=origin_of_engine(engine)))
    choose_reading(field, role)
    return field


@pytest.mark.parametrize("text", ["数量指标", "著作权登记", "乾县", "非数量指标", "≥ 95 %", "ABC", "镕", "堃", "喆"])
def test_standard_and_rare_characters_stay(text: str) -> None:
    assert variants.to_standard_forms(text) == text


@pytest.mark.parametrize(("text", "after"), [("數量", "数量"), ("高齡老人就餐难問题", "高龄老人就餐难问题"), ("步歩高升", "步步高升")])
def test_variants_become_standard(text: str, after: str) -> None:
    assert variants.to_standard_forms(text) == after


def test_a_recognised_name_with_a_variant_is_asked_about_and_stays() -> None:
    field = Field("龔某", "龔某", source=Source(1, None, "ocr", 0.9, "picture"))
    assert [found.severity for found in choose_reading(field, "responsible")] == ["review"]
    assert field.text == "龔某"


def test_a_recognised_variant_becomes_the_standard_form_and_is_recorded() -> None:
    field = read("增強", "some-recogniser", "value")
    assert field.text == "增强"
    assert [step.rule for step in field.steps] == ["readings.variant-form"]


@pytest.mark.parametrize(("engine", "role"), [("pdfium", "value"), ("transcript", "value"), ("some-recogniser", "filled_by")])
def test_what_was_filed_as_characters_and_names_stay(engine: str, role: str) -> None:
    assert read("吳強", engine, role).text == "吳強"
