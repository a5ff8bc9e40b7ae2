"""What people decided is applied where it rests on the same reading at the same place, and asked again where not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Document
from normalizers.decision import Decision
from normalizers.decisions import name_of
from normalizers.passes import document_to_value
from normalizers.settings import CleanSettings
from tests.normalizers.forms import ROWS, document_of, form_text


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return document_of(form_text(), tmp_path)


def clean(document: Document, *decisions: Decision) -> dict[str, Any]:
    return document_to_value(document, ["a.txt"], [], {}, CleanSettings(), decisions)


def decided(document: Document, path: str, action: str = "correct", after: str | None = None, **changes: Any) -> Decision:
    value = clean(document)
    source = value["provenance"][path]
    before = value
    for part in path.strip("/").split("/"):
        before = before[int(part)] if isinstance(before, list) else before[part]
    decision = Decision(
        "1", "2031-01-02T03:04:05Z", "甲乙", "correct", document.sha256, path, name_of(path), source["raw"],
        None if before is None else str(before), after, source["page_no"], tuple(source["bbox"]),
    )  # fmt: skip
    return replace(decision, action=action, **changes)


def test_a_name_of_a_field_is_free_of_its_row() -> None:
    assert [name_of(path) for path in ("/tables/0/indicators/3/value", "/tables/0/funds/total", "/tables/1/title", "/tables/0")] == [
        "value", "funds/total", "title", "",
    ]  # fmt: skip


def test_a_correction_is_typed_recorded_and_sure(document: Document) -> None:
    path = "/tables/0/indicators/1/value"
    value = clean(document, decided(document, path, after="119.5"))
    assert value["tables"][0]["indicators"][1]["value_number"] == 119.5
    assert {"path": path, "rule": "decision.correct", "before": "118", "after": "119.5"} in value["corrections"]
    assert value["provenance"][path]["confidence"] == 1.0


def test_sums_are_checked_with_what_was_decided(document: Document) -> None:
    path = "/tables/0/funds/total"
    assert "funds.sum-mismatch" not in {each["code"] for each in clean(document)["findings"]}
    value = clean(document, decided(document, path, after="40"))
    assert "funds.sum-mismatch" in {each["code"] for each in value["findings"]}


def test_a_decision_follows_its_cell_when_rows_move(document: Document, tmp_path: Path) -> None:
    decision = decided(document, "/tables/0/indicators/2/value", after="97")
    rows = [row for row in ROWS if row[2] != "养护县道里程"]
    fewer = document_of(form_text([*rows[:2], ["产出指标", "", "", "", "", "", "", "", ""], *rows[2:]]), tmp_path)
    value = clean(fewer, replace(decision, document=fewer.sha256))
    assert [row["value"] for row in value["tables"][0]["indicators"]].count("97") == 1


def test_another_reading_at_the_place_is_asked_again(document: Document) -> None:
    path = "/tables/0/indicators/1/value"
    value = clean(document, replace(decided(document, path, after="119"), raw="l18"))
    assert value["tables"][0]["indicators"][1]["value"] == "118"
    assert [each["path"] for each in value["findings"] if each["code"] == "decision.reading-changed"] == [path]
    assert value["status"] == "partial"


def test_a_place_that_is_gone_is_asked_again(document: Document) -> None:
    decision = replace(decided(document, "/tables/0/indicators/1/value", after="119"), bbox=(900.0, 900.0, 910.0, 910.0))
    assert "decision.unplaced" in {each["code"] for each in clean(document, decision)["findings"]}


def test_deciding_anew_answers_what_an_old_decision_asks(document: Document) -> None:
    path = "/tables/0/indicators/1/value"
    old, new = replace(decided(document, path, after="119"), raw="l18"), replace(decided(document, path, after="120"), decision_id="2")
    value = clean(document, old, new)
    assert value["tables"][0]["indicators"][1]["value"] == "120"
    assert not {"decision.reading-changed", "decision.unplaced"} & {each["code"] for each in value["findings"]}


def test_the_same_reading_anywhere(document: Document, tmp_path: Path) -> None:
    decision = decided(document, "/tables/0/indicators/2/unit", after="‰", scope="raw")
    units = [row["unit"] for row in clean(document, decision)["tables"][0]["indicators"]]
    assert units.count("‰") == 2 and "%" not in units
    (tmp_path / "other").mkdir()
    other = document_of(form_text(ROWS[2:4]), tmp_path / "other")
    assert "‰" in [row["unit"] for row in clean(other, decision)["tables"][0]["indicators"]]


def test_unreadable_leaves_nothing_and_reject_gives_the_reading_back(document: Document) -> None:
    path = "/tables/0/signoff/filled_on"
    assert clean(document)["tables"][0]["signoff"]["filled_on"] == "2030-12-03"
    assert clean(document, decided(document, path, "unreadable"))["tables"][0]["signoff"]["filled_on"] is None
    name = "/tables/0/indicators/0/scoring_standard"
    raw = clean(document)["provenance"][name]["raw"]
    assert clean(document, decided(document, name, "reject"))["tables"][0]["indicators"][0]["scoring_standard"] == raw


def test_an_accepted_value_is_asked_about_no_more(tmp_path: Path) -> None:
    document = document_of(form_text([[*row[:4], "980", *row[5:]] if row[4] == "98" else row for row in ROWS]), tmp_path)
    asked = [each for each in clean(document)["findings"] if each["severity"] == "review" and each["path"].endswith("/value")]
    assert asked
    value = clean(document, *(decided(document, each["path"], "accept") for each in asked))
    settled = [each for each in value["findings"] if each["path"] == asked[0]["path"]]
    assert settled and all(each["severity"] == "info" for each in settled)
    assert "Settled by 甲乙, 2031-01-02: accept." in settled[0]["message"]
