"""The rules in the order they run. Order is meaning, so it is written once, here."""

from __future__ import annotations

from normalizers.rule import Rule
from normalizers.rules import dates, labels, numbers, operators, phrases, punctuation, seals, text, units
from normalizers.rules.neighbours import TableRule

RULEBOOK: tuple[Rule, ...] = (
    # What no reader sees goes first: every later rule may rely on plain characters.
    text.invisible,
    text.radicals,
    text.white_space,
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
    text.chinese_spaces,
    text.spaced_name,
    punctuation.punctuation,
    punctuation.full_stop,
    punctuation.brackets,
    labels.spaces,
    # Closed columns.
    operators.same_sign,
    operators.same_sign_in_value,
    operators.pairs,
    operators.words,
    units.percent,
    units.brackets,
    numbers.thousands,
    numbers.spaces,
    numbers.look_alike_letters,
    numbers.wide_point,
    numbers.amount_affix,
    numbers.no_amount,
    numbers.stray_mark,
    dates.year_bracket,
    dates.iso,
    dates.review_iso,
    # Wordings last: they compare clean text with clean text.
    phrases.doubled,
    phrases.inserted,
    phrases.misread,
    phrases.missing,
    phrases.truncated,
    phrases.marks,
    phrases.explanation,
    phrases.level_slip,
    phrases.sentinel_slip,
)

TABLE_RULES: tuple[TableRule, ...] = ()
