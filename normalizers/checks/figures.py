"""Figures of a form as exact decimals, and how they are printed in a message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from normalizers.paths import fund_path
from normalizers.record import IndicatorRow, TargetTable
from normalizers.rules.money import WAN_IN
from normalizers.rules.numbers import parse_number
from normalizers.vocabulary.units import load_units

PARTS = ("fiscal_appropriation", "carry_over", "other")
LABELS = {"total": "年度资金总额", "fiscal_appropriation": "财政拨款", "carry_over": "上年结转", "other": "其他资金"}
# 0.01 万元 is what rounding to the second decimal leaves.
TOLERANCE = Decimal("0.01")
_COST_NAME = re.compile(r"^(项目|部门|单位|年度)?(总?预算|总|资金)?成本(控制)?(数|额|总额)?$|^预算(成本)?控制(数|额)$")
_WAN = Decimal(10000)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Text as it is compared: width folded, no white space, no punctuation.

    >>> fold("审核 政府（合同）") == fold("审核政府(合同)")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c)[0] != "P")


def unit_of(row: IndicatorRow) -> str:
    """The unit of a row as it is compared: its canonical name, or what is printed."""
    return load_units().canonical(row.text("unit")) or fold(row.text("unit"))


def decimal_of(value: object) -> Decimal | None:
    """A typed number as an exact decimal; None for words and for nothing."""
    return Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def fund(table: TargetTable, name: str) -> Decimal | None:
    """A fund in 万元; None when blank or unreadable."""
    return decimal_of(table.value(fund_path(name)))


def own_lines(table: TargetTable, column: str) -> dict[str, Decimal]:
    """Amounts whose line the contract has no name for, by their words, in 万元 like the others.

    Args:
        column: of the matrix, or ``funds`` or ``mid_term_funds``.
    """
    factor = WAN_IN.get(table.funds_unit, Decimal(1))
    labels = [label for label, own in table.own_amounts.items() if own == column]
    found = {label: parse_number(table.other_fields[label].text) for label in labels if label in table.other_fields}
    return {label: number * factor for label, number in found.items() if number is not None}


def adds_up(total: Decimal, known: Iterable[Decimal], own: Iterable[Decimal]) -> bool:
    """True when the parts make the total: lines of the form's own are parts beside the known ones, or details of them."""
    whole, more = sum(known, Decimal(0)), sum(own, Decimal(0))
    return near(total, whole) or near(total, whole + more)


def unreadable_funds(table: TargetTable) -> list[str]:
    """Fund fields that hold text but no amount."""
    fields = {name: table.fields.get(fund_path(name)) for name in LABELS}
    return [name for name, field in fields.items() if field is not None and field.text and field.value is None]


def say(number: Decimal | float | None) -> str:
    """A figure without trailing zeros; 空 for nothing.

    >>> say(Decimal("93.00")), say(None)
    ('93', '空')
    """
    return "空" if number is None else f"{Decimal(str(number)).normalize():f}"


def number_of(row: IndicatorRow) -> Decimal | None:
    """The target of a row as an exact decimal."""
    field = row.fields.get("value")
    return decimal_of(field.value) if field else None


def is_budget_cost(row: IndicatorRow) -> bool:
    """True for the row that repeats the budget: 预算成本, 项目总成本, 成本控制数 …"""
    return bool(_COST_NAME.match(fold(row.text("level3"))))


def amount_in_wan(row: IndicatorRow) -> Decimal | None:
    """The target of a row of money in 万元; None without a number or without a unit of money."""
    number = number_of(row)
    units = load_units()
    if number is None or units.dimension(row.text("unit")) != "money":
        return None
    base = units.to_base(number, row.text("unit"))
    return None if base is None else base / _WAN


def budget_costs(table: TargetTable) -> list[int]:
    """Rows that repeat the budget of the year, by index; what a project costs over years is another figure."""
    return [index for index, row in enumerate(table.rows) if is_budget_cost(row) and row.text("horizon") != "mid_term"]


def budget_cost(table: TargetTable) -> Decimal | None:
    """The budget cost in 万元 when one row states it; None otherwise."""
    found = [amount_in_wan(table.rows[index]) for index in budget_costs(table)]
    return found[0] if len(found) == 1 else None


def near(left: Decimal, right: Decimal) -> bool:
    """Equal but for rounding."""
    return abs(left - right) <= TOLERANCE
