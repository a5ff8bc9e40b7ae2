"""Every rule's examples and near misses, run alone and through the whole book."""

from __future__ import annotations

import pytest

from normalizers.record import Field
from normalizers.rules.rule import Rule, mend_field
from normalizers.rules.rulebook import RULEBOOK

EXAMPLES = [pytest.param(rule, before, after, id=f"{rule.id}:{before}") for rule in RULEBOOK for before, after in rule.examples]
NEAR_MISSES = [pytest.param(rule, text, id=f"{rule.id}:{text}") for rule in RULEBOOK for text in rule.near_misses]


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_example(rule: Rule, before: str, after: str) -> None:
    assert rule.mend(before) == after
    assert rule.mend(after) == after, "a rule must leave its own output alone"


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES)
def test_near_miss(rule: Rule, text: str) -> None:
    assert rule.mend(text) == text


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_book_is_stable_and_replays(rule: Rule, before: str, after: str) -> None:
    for role in rule.roles:
        field = Field(before, before)
        mend_field(field, role, RULEBOOK)
        again = Field(field.text, field.text)
        mend_field(again, role, RULEBOOK)
        assert again.text == field.text, f"the book changes its own output as {role}"
        assert replay(field) == field.text


def replay(field: Field) -> str:
    """The raw text after the recorded steps."""
    text = field.raw
    for step in field.steps:
        assert step.before == text
        text = step.after
    return text


def test_ids_are_unique_and_stories_told() -> None:
    ids = [rule.id for rule in RULEBOOK]
    assert len(set(ids)) == len(ids)
    for rule in RULEBOOK:
        assert rule.story and rule.examples and rule.near_misses, rule.id
