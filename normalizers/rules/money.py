"""Amounts of money in different units, compared as yuan."""

from __future__ import annotations

import re
from decimal import Decimal

from normalizers.vocabulary.characters import HAN_RANGE

YUAN_IN: dict[str, Decimal] = {
    "元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "万": Decimal(10_000),
    "百万元": Decimal(1_000_000), "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000),
}  # fmt: skip
# What an amount of a form in such a unit is multiplied with to be 万元.
WAN_IN = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "百万元": Decimal(100), "亿元": Decimal(10_000)}
_DECLARED = re.compile(rf"(?:^|[^{HAN_RANGE}]|资金|预算|金额|拨款|支出|[数额度])(百万元|千元|亿元|万元|元)\s*[)）\]】]?\s*$")
_UNIT_LINE = re.compile(r"^[(（]?(?:金额|货币|资金|计量)?单位[:：]\s*(?:人民币)?\s*[(（]?(百万元|千元|亿元|万元|元)[)）]?\s*$")
# 500 yuan: budgets are made in 万元 with one or two decimals and rounded apart.
TOLERANCE = Decimal(500)


def to_yuan(amount: Decimal, unit: str) -> Decimal | None:
    """The amount in yuan; None when the unit is no unit of money.

    >>> to_yuan(Decimal("2.1"), "万元")
    Decimal('21000.0')
    """
    factor = YUAN_IN.get(re.sub(r"[\s()（）]|人民币", "", unit))
    return amount * factor if factor is not None else None


def declared_unit(label: str) -> str:
    """The unit of money at the end of a label; empty when it declares none.

    >>> declared_unit("项目资金（千元）"), declared_unit("年初预算数(万元)"), declared_unit("单位：元"), declared_unit("单元")
    ('千元', '万元', '元', '')
    """
    found = _DECLARED.search(label)
    return found.group(1) if found else ""


def unit_line(text: str) -> str:
    """The unit of money of a text that says nothing else; empty for any other text.

    >>> unit_line("金额单位：元"), unit_line("（单位：万元）"), unit_line("单位：东阳县财政局")
    ('元', '万元', '')
    """
    found = _UNIT_LINE.match(text.strip())
    return found.group(1) if found else ""


def same_money(left: Decimal, left_unit: str, right: Decimal, right_unit: str) -> bool | None:
    """True when two amounts agree within 500 yuan; None when a unit is not money."""
    one, other = to_yuan(left, left_unit), to_yuan(right, right_unit)
    return None if one is None or other is None else abs(one - other) <= TOLERANCE
