"""Several readings of one cell: who overrules whom, and when a person is asked."""

from __future__ import annotations

import pytest

from extractors.model import Cell, Reading
from normalizers.record import Field
from normalizers.rules.readings import choose_reading


def read(text: str, confidence: float = 0.99, marks: tuple[str, ...] = (), **readings: tuple[str, float]) -> Field:
    kept = tuple(Reading(value, sure, how.replace("_", "-")) for how, (value, sure) in readings.items())
    cell = Cell(range(1), range(1), text, 1, confidence=confidence, engine="ocr", origin="picture", readings=kept, marks=marks)
    return Field(text, text, cell=cell)


def codes(field: Field, role: str) -> list[str]:
    return [found.code for found in choose_reading(field, role) if found.severity == "review"]


def test_agreement_is_silent() -> None:
    field = read("8", number=("8", 0.99), second=("8", 0.98))
    assert codes(field, "fund") == []
    assert not field.steps


def test_two_preparations_overrule_a_misread_operator() -> None:
    field = read("V", 0.6, operator=("≥", 0.7), second=("≥", 0.97), second_operator=("≥", 0.99))
    assert codes(field, "operator") == []
    assert field.text == "≥"
    assert [step.rule for step in field.steps] == ["readings.operator"]


def test_one_bound_reading_alone_is_a_guess() -> None:
    field = read("V", 0.6, operator=("≥", 0.7))
    assert codes(field, "operator") == ["reading.doubt"]
    assert field.text == "≥"


def test_the_shape_sees_the_bar_that_the_recogniser_lost() -> None:
    field = read(">", 0.8, operator=(">", 0.8), second=(">", 0.9), second_operator=(">", 0.9), shape=("≥", 0.9))
    assert codes(field, "operator") == []
    assert field.text == "≥"


@pytest.mark.parametrize("read_as", ["二", "三", "ニ"])
def test_two_level_bars_in_a_column_of_operators_are_an_equals_sign(read_as: str) -> None:
    field = read(read_as, 0.9, second=(read_as, 0.9), shape=("=", 0.98))
    assert codes(field, "operator") == []
    assert field.text == "="
    without_shape = read(read_as, 0.9, second=(read_as, 0.9))
    assert codes(without_shape, "operator") == ["reading.doubt"]


def test_a_strict_sign_without_a_shape_is_doubted() -> None:
    field = read(">", 0.8, operator=(">", 0.8), second=(">", 0.9), second_operator=(">", 0.9))
    assert codes(field, "operator") == ["reading.doubt"]


def test_a_shape_of_the_other_side_is_a_question() -> None:
    field = read("≤", 0.9, operator=("≤", 0.9), second=("≤", 0.9), second_operator=("≤", 0.9), shape=("≥", 0.9))
    assert codes(field, "operator") == ["reading.doubt"]
    assert field.text == "≤"


def test_a_dash_that_only_one_reading_sees() -> None:
    field = read("建成校园-一键报警系统", 0.9, seal_kept=("建成校园一键报警系统", 0.99))
    choose_reading(field, "overall_goal")
    assert field.text == "建成校园一键报警系统"
    assert codes(read("建成校园-一键报警系统", 0.9), "overall_goal") == ["reading.doubt"]


def test_different_numbers_are_a_question_and_stay() -> None:
    field = read("1088.36", second=("1068.36", 0.97))
    assert codes(field, "fund") == ["reading.doubt"]
    assert field.text == "1088.36"


def test_two_against_one_number() -> None:
    field = read("1068.36", 0.7, second=("1088.36", 0.98), text_layer=("1088.36", 1.0))
    assert codes(field, "value") == ["reading.doubt"]
    assert field.text == "1088.36"


def test_low_confidence_without_a_second_reading() -> None:
    assert codes(read("95", 0.5), "value") == ["reading.doubt"]
    assert codes(read("95", 0.97), "value") == []


def test_number_under_a_seal_is_looked_at() -> None:
    assert "reading.under-seal" in codes(read("20", 0.9, ("seal",), second=("20", 0.93)), "fund")
    assert codes(read("20", 0.99, ("seal",), second=("20", 0.99)), "fund") == []


def test_wording_of_the_lexicon_wins() -> None:
    field = read("达到或超过标准值得满兮兮", 0.8, second=("达到或超过标准值得满分", 0.9))
    assert codes(field, "scoring_standard") == []
    assert field.text == "达到或超过标准值得满分"


@pytest.mark.parametrize("role", ["filled_by", "responsible", "phone", "project_name", "unit_name"])
def test_names_and_phones_are_never_changed(role: str) -> None:
    field = read("13900000001", 0.7, second=("13900000007", 0.99), text_layer=("13900000007", 1.0))
    assert codes(field, role) == ["reading.doubt"]
    assert field.text == "13900000001"


def test_a_blank_cell_stays_blank_whatever_a_vocabulary_makes_of_it() -> None:
    field = read("", 0.0, number=("1", 0.4), second_number=("1", 0.5))
    assert codes(field, "fund") == []
    assert field.text == ""


def test_ink_that_nobody_read() -> None:
    assert codes(read("", 0.0, ("ink-without-text",)), "value") == ["reading.ink-without-text"]


def test_words_in_the_value_column_are_not_numbers() -> None:
    field = read("促进", number=("1", 0.2), second=("促进", 0.98))
    assert codes(field, "value") == []
    assert field.text == "促进"


def test_a_transcript_has_no_readings_to_choose_from() -> None:
    assert choose_reading(Field("8", "8"), "fund") == []


@pytest.mark.parametrize(("text", "asked"), [("14.387", True), ("1088.36", False), ("0.375", False), ("1234.567", False)])
def test_three_decimals_behind_a_recognised_number_may_be_thousands(text: str, asked: bool) -> None:
    readings = (Reading(text, 0.99, "number"), Reading(text, 0.99, "second"))
    cell = Cell(range(1), range(1), text, 1, confidence=0.99, engine="some-recogniser", origin="picture", readings=readings)
    field = Field(text, text, cell=cell)
    assert bool(choose_reading(field, "value")) == asked
    assert field.text == text


@pytest.mark.parametrize("role", ["level3", "explanation", "overall_goal", "manager", "fund"])
def test_a_field_that_is_cut_off_is_asked_about(role: str) -> None:
    assert "reading.clipped" in codes(read("12", 0.999, marks=("clipped",)), role)
    assert "reading.clipped" not in codes(read("12", 0.999), role)


@pytest.mark.parametrize(
    ("text", "first", "second", "asked"),
    [
        ("m2", 0.39, ("m2", 0.78), True),  # ㎥ on a scan
        ("m", 0.93, ("m", 0.54), True),  # ㎡
        ("m²", 0.87, ("m²", 0.95), True),
        ("m²", 0.88, ("m²", 0.95), False),
        ("km", 0.99, ("km", 0.97), False),
        ("公里", 0.72, ("公里", 0.95), False),  # no other unit is near to it
    ],
)
def test_a_unit_that_is_one_character_from_another_is_not_settled_by_the_list(
    text: str, first: float, second: tuple[str, float], asked: bool
) -> None:
    field = read(text, first, second=second)
    assert codes(field, "unit") == ["reading.doubt"] * asked
    assert field.text == text
