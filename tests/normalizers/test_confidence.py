"""The confidence of delivered values, and who is asked because of it."""

from __future__ import annotations

import pytest

from extractors.model import Cell, Document, Page, Reading, Source, Table
from normalizers.doubts.confidence import (
    Calibration,
    Setting,
    document_to_pages,
    family_of,
    field_to_cues,
    load_calibration,
    value_confidence,
)
from normalizers.doubts.legibility import hardly_legible_pages
from normalizers.doubts.triage import ASK, SETTLE, weigh_table
from normalizers.record import Field, Finding, IndicatorRow, TargetTable

GOOD_PAGE, BAD_PAGE = 0.8, 0.15
NOTHING = Setting({}, {1: GOOD_PAGE})


def read(text: str, confidence: float, second: tuple[str, float] | None = None, marks: tuple[str, ...] = ()) -> Field:
    readings = (Reading(second[0], second[1], "second"),) if second else ()
    cell = Cell(range(1), range(1), text, 1, confidence=confidence, engine="ocr", origin="picture", readings=readings, marks=marks)
    return Field(text, text, source=cell.source, cell=cell)


def sure(field: Field, path: str = "indicators/0/value", setting: Setting = NOTHING) -> float:
    return value_confidence(field, path, setting)


def test_a_number_that_two_preparations_read_alike_is_surer_than_one_that_they_read_apart() -> None:
    agreed, alone, apart = read("95", 0.99, ("95", 0.99)), read("95", 0.99), read("95", 0.99, ("85", 0.6))
    assert sure(agreed) > sure(alone) > sure(apart)
    assert sure(agreed) > 0.99


def test_the_recognisers_score_the_page_and_a_question_count() -> None:
    assert sure(read("95", 0.9999)) > sure(read("95", 0.6))
    assert sure(read("95", 0.95)) > sure(read("95", 0.95), setting=Setting({}, {1: BAD_PAGE}))
    asked = Setting({"indicators/0/value": [Finding("indicators/0/value", "value.range", "review", "")]}, {1: GOOD_PAGE})
    assert sure(read("95", 0.95)) > sure(read("95", 0.95), setting=asked)
    row = Setting({"indicators/0": [Finding("indicators/0", "indicator.incomplete", "review", "")]}, {1: GOOD_PAGE}, {"indicators/0"})
    assert sure(read("95", 0.95), setting=row) == sure(read("95", 0.95), setting=asked)


def test_a_wording_of_the_closed_list_is_surer_than_any_other() -> None:
    known = sure(read("万元", 0.8), "indicators/0/unit")
    assert known > sure(read("刀元", 0.8), "indicators/0/unit")


def test_text_that_came_with_the_file_is_no_matter_of_ink() -> None:
    filed = Field("95", "95", source=Source(1, None, "pdfium", 1.0, "text-layer"))
    assert family_of(filed) == "filed"
    assert sure(filed) > 0.99
    assert "certainty" not in field_to_cues(filed, "indicators/0/value", NOTHING)
    assert family_of(Field("", "", source=filed.source)) == "blank"


@pytest.mark.parametrize("family", ["ink", "filed", "blank"])
def test_the_table_rises_and_nothing_is_beyond_doubt(family: str) -> None:
    calibration = load_calibration()[family]
    scores, shares = zip(*calibration.table, strict=True)
    assert list(scores) == sorted(set(scores))
    assert list(shares) == sorted(shares)
    assert shares[-1] < 1.0


def test_sums_between_knots_are_interpolated_and_those_outside_held() -> None:
    calibration = Calibration({"always": 1.0}, ((0.0, 0.5), (2.0, 0.9)))
    assert calibration.confidence({"always": 1.0}) == pytest.approx(0.7)
    assert calibration.confidence({"always": -9.0}) == 0.5
    assert calibration.confidence({"always": 9.0, "unheard of": 5.0}) == 0.9


def test_how_well_a_page_reads() -> None:
    read = [("甲", 0.99), ("乙", 0.9), ("", 1.0)]
    cells = [Cell(range(1), range(i, i + 1), text, 1, confidence=c, origin="picture") for i, (text, c) in enumerate(read)]
    document = Document("a", "b", "c", [Page(1, 1, 1, "ocr"), Page(2, 1, 1, "ocr")], [Table(cells, 1, 3)])
    assert document_to_pages(document) == pytest.approx({1: 0.375})


def page_of(confidences: list[float]) -> Document:
    cells = [Cell(range(1), range(i, i + 1), "字", 1, confidence=c, engine="ocr", origin="picture") for i, c in enumerate(confidences)]
    return Document("a", "b", "c", [Page(1, 1, 1, "ocr")], [Table(cells, 1, len(cells))])


def test_a_page_is_hardly_legible_where_nearly_every_other_cell_is_in_doubt() -> None:
    assert hardly_legible_pages(page_of([0.3] * 12 + [0.99] * 12)) == {1}
    assert hardly_legible_pages(page_of([0.3] * 8 + [0.99] * 16)) == set()
    assert hardly_legible_pages(page_of([0.3] * 9)) == set(), "a sign-off block under a seal is no page"


def test_on_a_hardly_legible_page_odds_settle_nothing_and_blanks_are_questions() -> None:
    row = {
        "level3": read("程验收合格率", 0.93),
        "scoring_standard": read("", 1.0),
        "remark": read("", 1.0),
        "value": read("99", 0.9999, ("99", 0.9999)),
    }
    for hard, asked in (((), []), ((1,), ["indicators/0/level3", "indicators/0/scoring_standard"])):
        table = TargetTable("project", {}, [IndicatorRow(dict(row))], [], [1])
        weigh_table(table, {1: BAD_PAGE}, hard)
        assert [found.path for found in table.findings] == asked


def weighed(field: Field, page: float, *findings: Finding) -> TargetTable:
    table = TargetTable("project", {"overall_goal": field}, [], [], [1], findings=list(findings))
    weigh_table(table, {1: page})
    return table


def test_a_value_that_is_too_often_wrong_is_a_question() -> None:
    table = weighed(read("按月領取农村低保", 0.1, ("接月領取农寸低保", 0.2)), 0.0)
    assert table.fields["overall_goal"].confidence is not None
    assert table.fields["overall_goal"].confidence < ASK
    assert [(found.path, found.code, found.severity) for found in table.findings] == [("overall_goal", "reading.doubt", "review")]
    assert weighed(read("按月领取农村低保", 0.999), GOOD_PAGE).findings == []


def test_a_question_is_asked_once() -> None:
    asked = Finding("overall_goal", "reading.lost-mark", "review", "A mark stands there.")
    assert weighed(read("按月領取农村低保", 0.4), BAD_PAGE, asked).findings == [asked]


def test_a_doubt_is_settled_where_values_like_it_are_right_and_never_for_figures() -> None:
    doubt = Finding("overall_goal", "reading.doubt", "review", "The readings disagree.")
    table = weighed(read("按月领取农村低保金", 0.99999, ("按月领取农村低保金", 0.9999)), 1.0, doubt)
    confidence = table.fields["overall_goal"].confidence
    assert confidence is not None
    assert table.findings[0].severity == ("info" if confidence >= SETTLE else "review")
    assert confidence >= SETTLE
    figure = TargetTable("project", {"funds/total": read("95", 0.99999, ("95", 0.9999))}, [], [], [1])
    figure.find("funds/total", "reading.doubt", "The readings disagree.")
    weigh_table(figure, {1: 1.0})
    assert figure.findings[0].severity == "review"
