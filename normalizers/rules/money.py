"""Amounts of money in different units, compared as yuan."""

from __future__ import annotations

import re
from decimal import Decimal

YUAN_IN: dict[str, Decimal] = {
    "元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "万": Decimal(10_000),
    "百万元": Decimal(1_000_000), "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000),
}  # fmt: skip
# 500 yuan: budgets are made in 万元 with one or two decimals and rounded apart.
TOLERANCE = Decimal(500)


def to_yuan(amount: Decimal, unit: str) -> Decimal | None:
    """The amount in yuan; None when the unit is no unit of money.

    >>> to_yuan(Decimal("2.1"), "万元")
    Decimal('21000.0')
    """
    factor = YUAN_IN.get(re.sub(r"[\s()（）]|人民币", "", unit))
    return amount * factor if factor is not None else None


def same_money(left: Decimal, left_unit: str, right: Decimal, right_unit: str) -> bool | None:
    """True when two amounts agree within 500 yuan; None when a unit is not money."""
    one, other = to_yuan(left, left_unit), to_yuan(right, right_unit)
    return None if one is None or other is None else abs(one - other) <= TOLERANCE
