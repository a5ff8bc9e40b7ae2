"""Pieces of a seal's serial number that were read as figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalizers.record import CARRIERS, IndicatorRow, TargetTable
from normalizers.rules.divisions import is_division
from normalizers.rules.numbers import parse_number
from normalizers.rules.table_rule import Context, table_rule

_FEWEST_DIGITS, _MOST_DIGITS = 5, 12
# Four digits in a row in common: fewer turn up by chance, more are seldom read whole.
_COMMON = 4


def is_fragment(text: str, codes: Iterable[str]) -> bool:
    """True for digits that may be a piece of a seal's number.

    They share four digits in a row with a number that was read whole in the same
    document, or begin with a division code themselves. One cue, never proof:
    1000 is in many a serial number, and in many a budget.

    >>> is_fragment("810002540", ["4312991000140"]), is_fragment("8", ["4312991000140"])
    (True, False)
    """
    digits = text.replace(".", "")
    if not digits.isdecimal() or not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return False
    runs = [digits[start : start + _COMMON] for start in range(len(digits) - _COMMON + 1)]
    return any(run in code for code in codes for run in runs) or (len(digits) > 6 and "." not in text and is_division(digits[:6]))


@table_rule(
    "seals.fragment-in-blank-row",
    examples=("社会成本指标 | (blank) | (blank) | 1000.540 | … with the seal 4312991000140 in the document -> blank",),
    near_misses=(
        "社会成本指标 | (blank) | (blank) | 1000.540 | …, no seal read: a finding",
        "经济成本指标 | 预算成本 | ≤ | 1000.54 | 万元",
    ),
)
def in_blank_row(table: TargetTable, context: Context) -> None:
    """A figure in the value cell of a row that holds nothing else.

    Two cues: a value without an indicator, and digits of a seal of this document.
    With the first alone the value stays and a finding says so.
    """
    for row in table.rows:
        value = row.fields.get("value")
        if value is None or parse_number(value.text) is None or any(row.text(name) for name in CARRIERS if name != "value"):
            continue
        if is_fragment(value.text, context.seal_codes):
            value.change("seals.fragment-in-blank-row", "")
        else:
            table.find(row.path(), "value.without-indicator", _lonely(row, value.text))


def _lonely(row: IndicatorRow, text: str) -> str:
    return f"The row {row.text('level2')!r} holds the figure {text!r} and no indicator; it may be a seal's number. Compare with the page."


@table_rule(
    "value.two-figures",
    examples=("受益人数 ≥ '1 500': a finding", "案件数 ≥ '300 12': a finding"),
    near_misses=("2023.07 - 2024.01", "300件 12次"),
)
def two_figures(table: TargetTable, context: Context) -> None:
    """Two figures in one target value: a number set wide, or one that ran in from beside. A person decides."""
    for row in table.rows:
        if re.fullmatch(r"[\d.]+( [\d.]+)+", row.text("value")):
            message = f"The value {row.text('value')!r} holds more than one figure; compare with the page."
            table.find(row.path("value"), "value.two-figures", message)


@table_rule(
    "seals.fragment-in-value",
    examples=("预算成本 ≤ 4312998 … with a division code at the front: a finding",),
    near_misses=("受益人数 ≥ 1500", "修建道路 ≥ 10000"),
)
def in_value(table: TargetTable, context: Context) -> None:
    """A target value of seven digits or more that looks like a piece of a seal's number: a person compares."""
    for row in table.rows:
        text = row.text("value")
        if len(re.sub(r"\D", "", text)) >= 7 and parse_number(text) is not None and is_fragment(text, context.seal_codes):
            message = f"{text!r} looks like a piece of a seal's number; compare with the page."
            table.find(row.path("value"), "seals.fragment-in-value", message)
