"""The amounts of a form, each judged by the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.origin import is_recognised
from normalizers.paths import fund_path
from normalizers.record import TargetTable
from normalizers.rules.fragments import is_fragment
from normalizers.rules.missing_units import is_cost_name
from normalizers.rules.money import same_money, to_yuan
from normalizers.rules.numbers import parse_number
from normalizers.rules.table_rule import Context, table_rule

PARTS = ("fiscal_appropriation", "carry_over", "other")
NAMES = {"total": "年度资金总额", "fiscal_appropriation": "财政拨款", "carry_over": "上年结转", "other": "其他资金"}
_TOKENS = re.compile(r"^(\d+(?:\.\d+)?) +(\d+(?:\.\d+)?)$")
_TEN_TIMES = 10


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts as they stand; None for blank or illegible. ``budget`` is the 预算成本 in the unit of the funds."""

    unit: str
    total: Decimal | None
    parts: dict[str, Decimal | None]
    budget: Decimal | None

    def rest(self, but: str) -> Decimal:
        """The sum of the parts without one; blank counts as zero."""
        return sum((amount for name, amount in self.parts.items() if name != but and amount is not None), Decimal(0))

    def same(self, left: Decimal | None, right: Decimal | None) -> bool:
        """True when both are there and equal within the tolerance of money."""
        return left is not None and right is not None and bool(same_money(left, self.unit, right, self.unit))


def amounts_of(table: TargetTable) -> Amounts:
    """Read the amounts of a table once the text rules have run."""
    unit = table.funds_unit or "万元"
    parts = {name: parse_number(table.text(fund_path(name))) for name in PARTS}
    return Amounts(unit, parse_number(table.text("funds/total")), parts, _budget(table, unit))


def _budget(table: TargetTable, unit: str) -> Decimal | None:
    """The 预算成本 of the form when exactly one row states it."""
    found = []
    for row in table.rows:
        number = parse_number(row.text("value"))
        yuan = to_yuan(number, row.text("unit") or unit) if number is not None and is_cost_name(row.text("level3")) else None
        if yuan is not None:
            found.append(yuan / (to_yuan(Decimal(1), unit) or 1))
    return found[0] if len(found) == 1 else None


@table_rule(
    "funds.fragment-beside-amount",
    examples=("total '1000540 8', 财政拨款 8, 预算成本 8 -> 8", "total '1 088.36', 财政拨款 1088.36, 预算成本 1088.36 -> 1088.36"),
    near_misses=("total '12 8', nothing else known: a finding",),
)
def beside_amount(table: TargetTable, context: Context) -> None:
    """Two figures in one amount: the one that the sum and the budget cost ask for is the amount.

    Cues are the sum rule, the budget cost and the digits of a seal in the other
    figure; two of the three correct, fewer make a finding.
    """
    for name in ("total", *PARTS):
        field = table.fields.get(fund_path(name))
        found = _TOKENS.match(field.text) if field is not None else None
        if field is None or found is None:
            continue
        amounts = amounts_of(table)
        text, best, second = _best_figure(amounts, name, found.group(1), found.group(2), context)
        if best >= 2 > second:
            field.change("funds.fragment-beside-amount", text)
        else:
            message = f"{NAMES[name]} holds two figures, {field.text!r}; compare with the page." + (
                f" {text} fits better." if best > second else ""
            )
            table.find(fund_path(name), "funds.two-figures", message)


def _best_figure(amounts: Amounts, name: str, left: str, right: str, context: Context) -> tuple[str, int, int]:
    """The figure that most cues ask for, its cues, and those of the next: one of the two, or both as one number."""
    choices = [(left, right), (right, left)]
    if "." not in left and re.match(r"\d{3}(\.|$)", right):
        choices.append((left + right, ""))
    ranked = sorted(((_cues(amounts, name, text, other, context), text) for text, other in choices), reverse=True)
    return ranked[0][1], ranked[0][0], ranked[1][0]


def _cues(amounts: Amounts, name: str, text: str, other: str, context: Context) -> int:
    number = parse_number(text)
    if name == "total":
        by_sum = amounts.same(number, amounts.rest("")) and amounts.rest("") > 0
        by_budget = amounts.same(number, amounts.budget)
    else:
        by_sum = amounts.total is not None and amounts.same(number, amounts.total - amounts.rest(name))
        by_budget = amounts.same(number, amounts.budget) and not amounts.rest(name)
    return by_sum + by_budget + is_fragment(other, context.seal_codes)


@table_rule(
    "funds.comma-for-point",
    examples=("total '1269,46', 财政拨款 1269.46 -> 1269.46", "预算成本 '1269,46', total 1269.46 -> 1269.46"),
    near_misses=("total '1269,46', nothing else known", "10,20 as a list in a target value"),
)
def comma_for_point(table: TargetTable, context: Context) -> None:
    """A comma read for the point of an amount: one or two decimals behind it, and another amount of the form says the same."""
    fields = [(name, table.fields.get(fund_path(name))) for name in ("total", *PARTS)]
    fields += [("budget", row.fields.get("value")) for row in table.rows if is_cost_name(row.text("level3"))]
    for name, field in fields:
        if field is None or not re.fullmatch(r"\d+[,，]\d{1,2}", field.text):
            continue
        amounts, text = amounts_of(table), re.sub("[,，]", ".", field.text)
        rest = amounts.rest(name)
        others = [amounts.total if name != "total" else rest, amounts.total - rest if amounts.total is not None else None, amounts.budget]
        if any(amounts.same(parse_number(text), other) for other in others):
            field.change("funds.comma-for-point", text)


@table_rule(
    "funds.fragment-in-part",
    examples=("total 2.1, 财政拨款 2.1, 上年结转 810002540 -> blank", "total 20, 财政拨款 2025.0, 上年结转 2025.0 -> 上年结转 blank"),
    near_misses=("total 20, 上年结转 25: a finding", "total 2000, 财政拨款 1000, 上年结转 1000"),
)
def in_part(table: TargetTable, context: Context) -> None:
    """A carry-over or other amount that cannot be one: blank it.

    No part is larger than the total. That alone makes a finding. With a second
    cue it is blanked: the digits are a seal's, or the same figure ran into a
    second cell, or the other parts make the total and the figure is ten times that.
    """
    amounts = amounts_of(table)
    for name in ("carry_over", "other"):
        field, number = table.fields.get(fund_path(name)), amounts.parts[name]
        if field is None or number is None or amounts.total is None or number <= amounts.total:
            continue
        repeated = any(field.text == table.text(fund_path(twin)) for twin in PARTS if twin != name)
        forced = amounts.same(amounts.total, amounts.rest(name)) and number > _TEN_TIMES * amounts.total
        if repeated or forced or is_fragment(field.text, context.seal_codes):
            field.change("funds.fragment-in-part", "")
        else:
            message = f"{NAMES[name]} {number} exceeds {NAMES['total']} {amounts.total}; compare with the page."
            table.find(fund_path(name), "funds.part-above-total", message)


@table_rule(
    "funds.longer-than-sum",
    examples=("total 20, 财政拨款 2025 -> 20", "total 300, 财政拨款 12025, 其他资金 180 -> 财政拨款 120"),
    near_misses=("total 20, 财政拨款 25", "total 20, 财政拨款 2025 as the file's own text", "total 20, 财政拨款 2025, 其他资金 20"),
)
def longer_than_sum(table: TargetTable, context: Context) -> None:
    """A recognised part above the total whose first or last digits are what the sum leaves for it: digits of a seal or a year ran into it.

    What is left of the digits is taken, and a person still looks.
    """
    amounts = amounts_of(table)
    for name in PARTS:
        field, number = table.fields.get(fund_path(name)), amounts.parts[name]
        if field is None or field.source is None or not is_recognised(field.source.origin):
            continue
        if number is None or amounts.total is None or number <= amounts.total:
            continue
        rest = amounts.total - amounts.rest(name)
        wanted, read = (f"{each.normalize():f}" for each in (rest, number))
        if rest > 0 and (read.startswith(wanted) or read.endswith(wanted)):
            field.change("funds.longer-than-sum", wanted)
            message = f"{NAMES[name]} {read} exceeds {NAMES['total']} {amounts.total}; taken as {wanted}, which makes the sum. "
            table.find(fund_path(name), "funds.part-above-total", message + "Compare with the page.")
