"""Text that the whole book must leave alone, and text that it cannot mend yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field
from normalizers.rules.rule import mend_field
from normalizers.rules.rulebook import RULEBOOK
from normalizers.vocabulary.bundled import parse_toml
from normalizers.vocabulary.phrases import load_lexicon
from normalizers.vocabulary.units import load_units

CASES = Path(__file__).parent.parent / "cases"


def mended(role: str, text: str) -> str:
    field = Field(text, text)
    mend_field(field, role, RULEBOOK)
    return field.text


def untouched() -> Iterator[tuple[str, str]]:
    for line in (CASES / "untouched.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            role, text = line.split("\t")
            yield role, text


@pytest.mark.parametrize(("role", "text"), list(untouched()))
def test_untouched(role: str, text: str) -> None:
    assert mended(role, text) == text


def test_every_wording_of_the_lexicon_is_legitimate() -> None:
    for role, wordings in load_lexicon().wordings.items():
        for wording in wordings.values():
            assert mended(role, wording) == wording


def test_every_canonical_name_is_legitimate() -> None:
    for indicator in load_taxonomy().indicators:
        assert mended("level3", indicator.name) == indicator.name


def test_every_unit_is_legitimate() -> None:
    for unit in load_units().dimensions:
        assert mended("unit", unit) == unit


def known_failures() -> list[dict[str, str]]:
    cases: list[dict[str, str]] = parse_toml((CASES / "known_failures.toml").read_text(encoding="utf-8"))["case"]
    return cases


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=case["why"])) for case in known_failures()]
)
def test_known_failure(case: dict[str, str]) -> None:
    assert mended(case["role"], case["text"]) == case["want"]
