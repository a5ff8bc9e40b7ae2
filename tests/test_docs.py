"""The worked examples of docs/extending.md, used as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import jixiao
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field
from normalizers.rules import rulebook
from normalizers.rules.rule import Rule, mend_field
from normalizers.settings import CleanSettings
from tests.normalizers.forms import document_of, form_text
from tests.normalizers.test_rules import replay

PAGE = (Path(__file__).parents[1] / "docs" / "extending.md").read_text(encoding="utf-8")


def blocks(heading: str, language: str) -> list[str]:
    """The code blocks of a section, in order."""
    section = re.split(rf"^## {heading}$", PAGE, flags=re.M)[1].split("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, flags=re.M | re.S)


def clean(heading: str, folder: Path, own: str | None) -> dict[str, Any]:
    """The form of a section, cleaned with the file of the section or without it."""
    (form,) = blocks(heading, "tsv")
    path = None
    if own is not None:
        path = folder / "own.toml"
        path.write_text(own, encoding="utf-8")
    value = jixiao.clean(document_of(form, folder), CleanSettings(templates_file=path)).json
    tables: list[dict[str, Any]] = value["tables"]
    return {**tables[0], "findings": value["findings"]}


def test_a_countys_own_words(tmp_path: Path) -> None:
    (own,) = blocks("A county's own words", "toml")
    plain = clean("A county's own words", tmp_path, None)
    assert plain["department"] != "城市管理股" and plain["signoff"]["filled_by"] is None
    table = clean("A county's own words", tmp_path, own)
    assert table["department"] == "城市管理股"
    assert table["funds"]["fiscal_appropriation"] == 48
    assert table["signoff"]["filled_by"] == "甲乙丙"
    assert [row["level3"] for row in table["indicators"]] == ["改造公厕数量", "群众如厕条件"]
    assert not [found for found in table["findings"] if found["severity"] == "review"]


def test_heads_from_their_parts(tmp_path: Path) -> None:
    (own,) = blocks("Heads from their parts", "toml")
    plain = clean("Heads from their parts", tmp_path, None)
    assert all(row.get("actual_value") is None for row in plain["indicators"])
    table = clean("Heads from their parts", tmp_path, own)
    assert [row["actual_value"] for row in table["indicators"]] == ["42公里", "提高", "93%"]
    assert [row["other"] for row in table["indicators"]] == [{"实施期兑现数": each} for each in ("130公里", "提高", "92%")]
    assert not [found for found in table["findings"] if found["code"] == "layout.unknown-head"]


def test_a_new_form_of_the_family(tmp_path: Path) -> None:
    (own,) = blocks("A new form of the family", "toml")
    assert len(own.splitlines()) < 30
    assert clean("A new form of the family", tmp_path, None)["title"] is None
    table = clean("A new form of the family", tmp_path, own)
    assert (table["kind"], table["title"], table["fiscal_year"]) == ("self_evaluation", "项目资金使用成效考评表", 2031)
    assert table["department"] == "云田县水利局"
    assert table["funds_execution"][0] == {
        "line": "total", "initial_budget": 120, "adjusted_budget": 110, "executed": 99, "points": 10, "rate": 90, "score": 9,
    }  # fmt: skip
    assert [line["line"] for line in table["funds_execution"]] == ["total", "fiscal_appropriation", "carry_over"]
    assert (table["overall_goal"], table["actual_outcome"]) == ("清淤渠道40公里，保障灌溉。", "清淤渠道38公里。")
    first = table["indicators"][0]
    assert (first["level3"], first["operator"], first["value"], first["unit"]) == ("清淤渠道长度", "≥", "40", "公里")
    assert (first["actual_value"], first["points"], first["score"], first["reason"]) == ("38公里", "50", "47.5", "汛期提前")
    assert not [found for found in table["findings"] if found["severity"] == "review"]


def test_the_check_that_the_form_leaves_out(tmp_path: Path) -> None:
    (own,) = blocks("A new form of the family", "toml")
    (left_out,) = re.findall(r"^without_checks.*\n", own, flags=re.M)
    table = clean("A new form of the family", tmp_path, own.replace(left_out, ""))
    assert any(found["code"] in left_out for found in table["findings"])


@pytest.fixture
def new_rule() -> Rule:
    """The rule of the page as its line in the rulebook names it."""
    code, line = blocks("A new rule", "python")
    assert len(code.splitlines()) < 30
    module = ModuleType("persons")
    exec(compile(code, "docs/extending.md", "exec"), module.__dict__)
    (made,) = eval(f"({line})", {"persons": module})
    assert isinstance(made, Rule)
    return made


def test_a_new_rule_keeps_its_promises(new_rule: Rule) -> None:
    assert new_rule.story and new_rule.id not in {rule.id for rule in rulebook.RULEBOOK}
    for before, after in new_rule.examples:
        assert new_rule.mend(before) == after == new_rule.mend(after)
        for role in new_rule.roles:
            field = Field(before, before)
            mend_field(field, role, (*rulebook.RULEBOOK, new_rule))
            assert field.text == replay(field) == after
    for text in new_rule.near_misses:
        assert new_rule.mend(text) == text


def test_a_new_rule_in_the_book(new_rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(form_text().replace("填表人：甲乙丙", "填表人：甲乙丙（签字）"), tmp_path)
    monkeypatch.setattr(rulebook, "RULEBOOK", (*rulebook.RULEBOOK, new_rule))
    rulebook._steps.cache_clear()
    try:
        value = jixiao.clean(document).json
    finally:
        rulebook._steps.cache_clear()
    assert value["tables"][0]["signoff"]["filled_by"] == "甲乙丙"
    assert any(each["rule"] == new_rule.id for each in value["corrections"])


def test_your_own_indicators(tmp_path: Path) -> None:
    (own,) = blocks("Your own indicators", "toml")
    path = tmp_path / "own.toml"
    path.write_text(own, encoding="utf-8")
    library = load_taxonomy(path)
    assert library.find("yuntian.canal-dredging") is not None
    (form,) = blocks("A new form of the family", "tsv")
    words = tmp_path / "words.toml"
    words.write_text(blocks("A new form of the family", "toml")[0], encoding="utf-8")
    value = jixiao.clean(document_of(form, tmp_path), CleanSettings(path, words)).json
    assert value["tables"][0]["indicators"][0]["indicator_id"] == "yuntian.canal-dredging"


def test_every_file_and_section_that_the_page_names_is_there() -> None:
    root = Path(__file__).parents[1]
    for name in re.findall(r"\]\(\.\./([^)]+)\)|`(normalizers/[\w/.]+)`", PAGE):
        path = next(filter(None, name))
        assert (root / path).exists() or path == "normalizers/rules/persons.py", path
