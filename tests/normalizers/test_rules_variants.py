"""Variant forms of characters are put right where a recogniser read them, and only there."""

from __future__ import annotations

import pytest

from extractors.model import Cell
from normalizers.record import Field
from normalizers.rules import variants
from normalizers.rules.readings import choose_reading


def read(text: str, engine: str, role: str) -> Field:
    field = Field(text, text, cell=Cell(range(1), range(1), text, 1, engine=engine))
    choose_reading(field, role)
    return field


def test_the_table_pairs_different_characters_once() -> None:
    pairs = list(zip(variants._VARIANTS, variants._STANDARD, strict=True))
    assert all(old != new for old, new in pairs)
    assert len({old for old, _ in pairs}) == len(pairs)
    assert not set(variants._VARIANTS) & set(variants._STANDARD)


def test_a_recognised_variant_becomes_the_standard_form_and_is_recorded() -> None:
    field = read("增強", "some-recogniser", "value")
    assert field.text == "增强"
    assert [step.rule for step in field.steps] == ["readings.variant-form"]


@pytest.mark.parametrize(("engine", "role"), [("pdfium", "value"), ("transcript", "value"), ("some-recogniser", "filled_by")])
def test_what_was_filed_as_characters_and_names_stay(engine: str, role: str) -> None:
    assert read("吳強", engine, role).text == "吳強"
