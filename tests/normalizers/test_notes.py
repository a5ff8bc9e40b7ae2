"""Each kind of noise that the notes on real forms name, N01 to N83, through the whole path: a transcript in, the contract's JSON out.

A case in ``tests/cases/notes/*.toml`` is a file of one or more forms. Each form
is the small one of ``forms.py`` with some of its text replaced; every name and
number is made up. What is expected stands beside it:

    id, class    N01; a: corrected and recorded, b: a finding with a proposal and the value untouched, c: as filed
    forms        for each form of the file a list of [old, new]; each old must stand in it
    text         the whole file instead of forms
    expect       JSON Pointer -> value
    absent       JSON Pointers at which nothing may stand
    corrections  [path, rule] that must be recorded
    findings     [path, code, piece of the message] that must be there
    untouched    paths without a correction and without a finding for a person
    distinct     paths whose values differ from one another
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jixiao
from extractors.transcripts.transcript import read_transcript
from normalizers.vocabulary.bundled import parse_toml
from tests.normalizers.forms import form_text

FOLDER = Path(__file__).parent.parent / "cases" / "notes"
CASES: list[dict[str, Any]] = [case for file in sorted(FOLDER.glob("*.toml")) for case in parse_toml(file.read_text("utf-8"))["case"]]


def case_to_text(case: dict[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    forms = []
    for edits in case["forms"]:
        form = form_text()
        for old, new in edits:
            assert old in form, f"{case['id']}: {old!r} does not stand in the form"
            form = form.replace(old, new)
        forms.append(form)
    return "\n\n".join(forms)


def deliver(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = folder / "form.txt"
    path.write_text(case_to_text(case), encoding="utf-8")
    return jixiao.clean(read_transcript(path)).json


def at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']}-{index}" for index, case in enumerate(CASES)])
def test_a_note_is_kept(case: dict[str, Any], tmp_path: Path) -> None:
    value = deliver(case, tmp_path)
    corrections = [(each["path"], each["rule"]) for each in value["corrections"]]
    findings = [(each["path"], each["code"], each["severity"], each["message"]) for each in value["findings"]]
    for pointer, wanted in case.get("expect", {}).items():
        assert at(value, pointer) == wanted, (pointer, findings, corrections)
    for pointer in case.get("absent", []):
        assert at(value, pointer) in (None, ""), pointer
    for path, rule in case.get("corrections", []):
        assert (path, rule) in corrections
    for path, code, piece in case.get("findings", []):
        assert any(found[:2] == (path, code) and piece in found[3] for found in findings), (path, code, piece, findings)
    distinct = [at(value, pointer) for pointer in case.get("distinct", [])]
    assert len(set(distinct)) == len(distinct)
    for path in case.get("untouched", []):
        assert path not in [each for each, _ in corrections]
        assert path not in [each[0] for each in findings if each[2] == "review"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']}-{index}" for index, case in enumerate(CASES)])
def test_its_corrections_lead_from_what_was_read_to_what_is_delivered(case: dict[str, Any], tmp_path: Path) -> None:
    value = deliver(case, tmp_path)
    for path in {each["path"] for each in value["corrections"]}:
        steps = [each for each in value["corrections"] if each["path"] == path]
        for one, next_one in zip(steps, steps[1:], strict=False):
            assert one["after"] == next_one["before"], path
        if path in value["provenance"]:  # else a row that was left out as blank
            raw = value["provenance"][path]["raw"]
            assert steps[0]["before"].strip().replace("\n", "") == raw.strip().replace("\n", ""), path
        if case["class"] == "a" and isinstance(case.get("expect", {}).get(path), str):
            assert steps[-1]["after"] == case["expect"][path], path


def test_every_note_has_a_case_of_its_class() -> None:
    classes = {case["id"]: case["class"] for case in CASES}
    assert sorted(classes) == [f"N{number:02}" for number in range(1, 84)]
    assert set(classes.values()) == {"a", "b", "c"}
    for case in CASES:
        value_is_told = case.get("expect") or case.get("absent")
        if case["class"] == "b":
            assert case.get("findings") and value_is_told, case["id"]
        elif case["class"] == "c":
            assert case.get("untouched"), case["id"]
        else:
            assert value_is_told, case["id"]
