"""The rules in the order they run. Order is meaning, so it is written once, here."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from normalizers.record import Field, Step
from normalizers.rules import (
    dates,
    doubted_words,
    fragments,
    funds,
    glued,
    labels,
    levels,
    missing_units,
    numbers,
    operator_column,
    operators,
    phrases,
    punctuation,
    reviews,
    sealed_amounts,
    sealed_row,
    seals,
    sentences,
    text,
    under_seal,
    units,
)
from normalizers.rules.roles import EVERY, OTHER
from normalizers.rules.rule import Rule, mend_field
from normalizers.rules.table_rule import TableRule

RULEBOOK: tuple[Rule, ...] = (
    # What no reader sees goes first: every later rule may rely on plain characters.
    text.invisible,
    text.radicals,
    text.white_space,
    text.edge_dirt,
    text.edge_marks,
    # Markup of readers, before its backslashes and dollars meet other rules.
    operators.latex,
    units.latex_percent,
    # Seals before spaces and digits: the space is what parts a code from its neighbour.
    numbers.full_width,
    seals.code_digits,
    seals.code_only,
    seals.code_in_sentence,
    # Running text.
    punctuation.small_forms,
    punctuation.code_bracket,
    punctuation.brackets,
    punctuation.punctuation,
    # Spaces beside marks can go once the marks have their width.
    text.chinese_spaces,
    text.spaced_name,
    labels.spaces,
    levels.points,
    # Closed columns.
    operators.same_sign,
    operators.same_sign_in_value,
    operators.pairs,
    operators.dirt,
    operators.words,
    units.per_mille,
    units.percent,
    units.brackets,
    units.misread,
    numbers.edge_marks,
    numbers.thousands,
    numbers.spaces,
    numbers.look_alike_letters,
    numbers.wide_point,
    numbers.amount_affix,
    numbers.no_amount,
    numbers.stray_mark,
    dates.year_bracket,
    dates.blank_form,
    dates.iso,
    dates.review_iso,
    # Wordings last: they compare clean text with clean text.
    phrases.edge_dirt,
    phrases.doubled,
    phrases.inserted,
    phrases.misread,
    phrases.missing,
    phrases.truncated,
    phrases.marks,
    # Behind the wordings: a point where a wording has a comma is a misread comma, any other one a full stop.
    punctuation.full_stop,
    phrases.explanation,
    phrases.level_slip,
    phrases.sentinel_slip,
)

# On a whole table, after the text rules: what needs neighbours.
TABLE_RULES: tuple[TableRule, ...] = (
    # The levels first: what else may stand in a row follows from them.
    doubted_words.level_name,
    levels.parent,
    levels.points_in_names,
    # Badly read scoring standards before the operators that they decide.
    sentences.nearest,
    sealed_row.ink_in_blank_row,
    fragments.in_blank_row,
    doubted_words.edge_dirt,
    doubted_words.own_marks,
    doubted_words.goal,
    doubted_words.wording,
    doubted_words.same_sentence,
    doubted_words.look_alike,
    doubted_words.odd_word,
    # What a seal's own ink left in short cells, before they are taken for glued ones.
    under_seal.letter_beside_number,
    under_seal.digits_beside_unit,
    # Glued cells first: units and operators are judged when each stands in its column.
    glued.split,
    missing_units.covered,
    missing_units.unreadable,
    missing_units.infer,
    sealed_row.value_by_twin,
    sealed_row.value_in_dirt,
    sealed_row.unit,
    operator_column.misread,
    sealed_row.operator,
    operator_column.qualitative,
    fragments.two_figures,
    fragments.in_value,
    # Amounts: what stands in a cell, then what cannot.
    funds.beside_amount,
    funds.comma_for_point,
    under_seal.amount_in_dirt,
    under_seal.speck_in_part,
    sealed_amounts.amounts_by_sum,
    sealed_amounts.budget_cost,
    funds.in_part,
    funds.longer_than_sum,
    sentences.near,
    sentences.cut,
    sentences.one_off,
    sentences.incomplete,
    sentences.copied,
    reviews.handwriting,
)


@lru_cache(maxsize=1 << 16)
def _steps(role: str, text: str) -> tuple[tuple[Step, ...], tuple[Rule, ...]]:
    """What the book does to a text of a column, and which of the rules that did it only guess."""
    field = Field(text, text)
    guesses = mend_field(field, role, RULEBOOK)
    return tuple(field.steps), tuple(guesses)


def mend_by_book(field: Field, role: str) -> tuple[Rule, ...]:
    """Run the book over a field; returns the rules that changed it on a guess.

    The same text in the same column is mended once: forms repeat their wordings,
    and a rule looks at nothing but its text.
    """
    steps, guesses = _steps(role if role in EVERY else OTHER, field.text)
    for step in steps:
        field.change(step.rule, step.after)
    return guesses


def describe_rulebook() -> list[dict[str, Any]]:
    """The book as plain data, in the order the rules run; for ``jixiao rules`` and the documentation."""
    text_rules: list[dict[str, Any]] = [
        {
            "id": rule.id,
            "roles": sorted(rule.roles),
            "story": rule.story,
            "examples": [list(pair) for pair in rule.examples],
            "near_misses": list(rule.near_misses),
            "certain": rule.certain,
        }
        for rule in RULEBOOK
    ]
    table_rules = [
        {
            "id": rule.id,
            "roles": ["table"],
            "story": rule.story,
            "examples": list(rule.examples),
            "near_misses": list(rule.near_misses),
            "certain": True,
        }
        for rule in TABLE_RULES
    ]
    return text_rules + table_rules
