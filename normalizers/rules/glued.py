"""Operator, number and unit written in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.record import IndicatorRow, TargetTable
from normalizers.rules.levels import field_of
from normalizers.rules.numbers import parse_number
from normalizers.rules.operators import parse_operator
from normalizers.rules.table_rule import Context, table_rule
from normalizers.vocabulary.units import load_units

_GLUED = re.compile(
    r"^([≥≤=<>≧≦⩾⩽＞＜＝]{0,2}|[大小]于(?:或?等于)?|不[低高少多超大小][于过]|等于) *"
    r"(\d[\d,]*(?:\.\d+)?) *"
    r"(?:[(（]([^\d()（）]{1,6})[)）]|([^\d\s()（）]{1,6}))?$"
)
_COUNTED = re.compile(r"^([一二两三四五六七八九十])(次|个|件|场|人|名|户|所|份|套|台|辆|篇|项|家|人次|场次)$")
_COUNTS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10"}
# 12月 is December and 2024年 a year as often as a span of time.
_CALENDAR = frozenset({"年", "月", "日", "号", "年度", "季度", "时", "分"})
# Behind an operator these are spans of time and points: ≥8年, ≥90分; ≤2025年 is a year, ≤10日 may be a day of the month.
_SPANS = frozenset({"年", "分"})
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Parts:
    """What a glued cell holds; an empty text for a part that it lacks."""

    operator: str
    number: str
    unit: str


def split_glued(text: str) -> Parts | None:
    """The parts of a value that holds more than its number; None when it is whole as it stands.

    >>> split_glued("≥95%"), split_glued("12月底前"), split_glued("两次")
    (Parts(operator='≥', number='95', unit='%'), None, Parts(operator='', number='2', unit='次'))
    """
    counted = _COUNTED.match(text)
    if counted:
        return Parts("", _COUNTS[counted.group(1)], counted.group(2))
    found = _GLUED.match(text)
    if not found or parse_number(found.group(2)) is None:
        return None
    unit = (found.group(3) or found.group(4) or "").strip()
    operator = parse_operator(found.group(1)) if found.group(1) else ""
    spans = bool(operator) and unit in _SPANS and Decimal(found.group(2).replace(",", "")) < _FIRST_YEAR
    if operator is None or (unit and ((unit in _CALENDAR and not spans) or not load_units().known(unit))) or not (operator or unit):
        return None
    return Parts(operator, found.group(2), load_units().canonical(unit) or "" if unit in ("％",) else unit)


@table_rule(
    "glued.split",
    examples=(
        "≥95% -> ≥ | 95 | %", "≤65万元 -> ≤ | 65 | 万元", "=100.00(%) -> = | 100.00 | %", "10辆 -> 10 | 辆", "两次 -> 2 | 次",
        "≥8年 -> ≥ | 8 | 年",
    ),
    near_misses=(
        "12月底前", "2023.07-2024.01", "2024年", "≤2025年", "≤10日", "8年", "3D打印", "95%以上", "一期", "≥95% beside the operator ≤",
    ),
)  # fmt: skip
def split(table: TargetTable, context: Context) -> None:
    """A value written with its operator or unit fills the three columns.

    The unit must be one of the vocabulary. A column that already says the same is
    left alone; one that says something else makes a finding, and nothing moves.
    """
    for row in table.rows:
        value = row.fields.get("value")
        parts = split_glued(value.text) if value is not None and row.text("operator") != "定性" else None
        if value is None or parts is None:
            continue
        clash = _clash(row, parts)
        if clash:
            table.find(row.path("value"), "glued.clash", f"The value {value.text!r} and {clash} contradict each other.")
            continue
        if parts.operator:
            field_of(row, "operator", beside="value").change("glued.split", parts.operator)
        if parts.unit and not row.text("unit"):
            field_of(row, "unit", beside="value").change("glued.split", parts.unit)
        value.change("glued.split", parts.number)


def _clash(row: IndicatorRow, parts: Parts) -> str:
    """The neighbour that says something else; empty when none does."""
    operator, unit = row.text("operator"), row.text("unit")
    if parts.operator and operator and parse_operator(operator) != parts.operator:
        return f"its operator {operator!r}"
    if parts.unit and unit and load_units().canonical(unit) != load_units().canonical(parts.unit):
        return f"its unit {unit!r}"
    return ""
