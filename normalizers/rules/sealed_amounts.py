"""Amounts under a seal that the rest of the form gives: the parts make the total, and the budget cost repeats it.

Each change leaves a review finding: a person still looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product

from normalizers.forms.header.header_fields import MORE_TEXT
from normalizers.paths import fund_path, is_plan
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.funds import NAMES, PARTS, Amounts, amounts_of
from normalizers.rules.missing_units import is_cost_name
from normalizers.rules.numbers import parse_number
from normalizers.rules.table_rule import Context, table_rule
from normalizers.rules.under_seal import is_sealed

_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
# What is left of an amount shares this much with it.
_ALIKE = 0.5
# What it costs to believe something else than what was read: another figure of the ink, that the ink is none, a figure from the sum alone.
_OTHER, _NO_INK, _SHORT_INK, _LONG_INK, _LIKE_INK, _UNLIKE_INK = 0.3, 0.3, 0.8, 3.0, 1.0, 2.0
_LEGIBLE, _NEAR_BUDGET = 1.5, 0.5
# A solution must be this much cheaper than the next.
_CLEARLY = 0.4
# Figures of fewer digits turn up by chance.
_DIGITS = 3

Choice = tuple[Decimal | None, float]


@dataclass(frozen=True, slots=True)
class _Amount:
    """One amount of the form and what its ink may be: values with what it costs to believe them."""

    name: str
    field: Field | None
    sealed: bool
    choices: tuple[Choice, ...]


@table_rule(
    "seals.amounts-by-sum",
    examples=(
        "total '221:81' under a seal, parts 1936.14 and 341.67, 预算成本 2277.81 -> 2277.81",
        "total 2277.81, parts 1366.69, '45' under a seal, 341.67 -> 569.45",
    ),
    near_misses=("total '221:81' under a seal and nothing else known", "total 723, 财政拨款 722 and no seal"),
)
def amounts_by_sum(table: TargetTable, context: Context) -> None:
    """Amounts that a seal covers, where one way of reading them makes the sum come out."""
    amounts = amounts_of(table)
    every = [_to_amount(table, name, amounts) for name in ("total", *PARTS)]
    # Where two figures stand in one place, the sum may come out with the wrong one.
    torn = any(found.code == MORE_TEXT and is_plan(found.path) for found in table.findings)
    if torn or not any(each.sealed for each in every):
        return
    solved = _solve(every, amounts)
    for each in every:
        if each.field is None or not each.sealed:
            continue
        value = solved[each.name] if solved else _alone(each, amounts)
        if solved is None and value is None:
            continue
        if parse_number(each.field.text) != value or (value is None and each.field.text):
            each.field.change("seals.amounts-by-sum", "" if value is None else f"{value.normalize():f}")
            table.find(fund_path(each.name), "seals.amounts-by-sum", _message(each, "the other amounts" if solved else "its figures"))


def _message(each: _Amount, by: str) -> str:
    raw = each.field.raw if each.field is not None else ""
    return f"{NAMES[each.name]} was read as {raw!r}, which is under a seal or no amount; taken from {by}. Compare with the page."


def _to_amount(table: TargetTable, name: str, amounts: Amounts) -> _Amount:
    field = table.fields.get(fund_path(name))
    read = parse_number(field.text) if field is not None else None
    # Ink that is no amount tells as little as ink under a seal.
    if field is None or not (is_sealed(field) or (field.text and read is None)):
        return _Amount(name, field, False, ((read, 0.0),))
    costs: dict[Decimal | None, float] = {None: _cost_of_none(field.text)}
    for figure in _figures(field):
        costs[figure] = _OTHER
    if read is not None:
        costs[read] = 0.0
    if name == "total" and amounts.budget is not None:
        costs.setdefault(amounts.budget, _LIKE_INK if _is_like(amounts.budget, field) else _UNLIKE_INK)
    return _Amount(name, field, True, tuple(costs.items()))


def _cost_of_none(text: str) -> float:
    digits = len(re.sub(r"\D", "", text))
    return 0.0 if not text else _NO_INK if not digits else _SHORT_INK if digits <= _DIGITS else _LONG_INK


def _figures(field: Field) -> Iterator[Decimal]:
    """Figures of three digits or more in any reading of the ink."""
    readings = field.cell.readings if field.cell is not None else ()
    for text in (field.raw, field.text, *(each.text for each in readings)):
        for found in _FIGURE.findall(text):
            if len(found.replace(".", "")) >= _DIGITS and (number := parse_number(found)) is not None:
                yield number


def _is_like(number: Decimal, field: Field) -> bool:
    """True when what was read may be what is left of the number."""
    digits = re.sub(r"\D", "", f"{number:f}")
    readings = field.cell.readings if field.cell is not None else ()
    seen = [re.sub(r"\D", "", text) for text in (field.raw, *(each.text for each in readings))]
    return any(_is_rest(each, digits) for each in seen if each)


def _is_rest(seen: str, digits: str) -> bool:
    """True for one end of the number, or most of its digits in their order."""
    if digits.startswith(seen) or digits.endswith(seen):
        return True
    return len(seen) >= 2 and SequenceMatcher(None, digits, seen, autojunk=False).ratio() >= _ALIKE


def _solve(every: list[_Amount], amounts: Amounts) -> dict[str, Decimal | None] | None:
    """The cheapest reading of all amounts whose sum comes out, when no other is near it."""
    found: dict[tuple[Decimal | None, ...], float] = {}
    for values, cost in _readings(every):
        total, parts = values[0], values[1:]
        if not total or total != sum((part for part in parts if part is not None), Decimal(0)):
            continue
        if _is_proved(every, values, amounts):
            cost += 0.0 if amounts.budget in (None, total) else _NEAR_BUDGET
            found[values] = min(cost, found.get(values, cost))
    ranked = sorted(found.items(), key=lambda pair: pair[1])
    if not ranked or (len(ranked) > 1 and ranked[1][1] - ranked[0][1] < _CLEARLY):
        return None
    return dict(zip((each.name for each in every), ranked[0][0], strict=True))


def _is_proved(every: list[_Amount], values: tuple[Decimal | None, ...], amounts: Amounts) -> bool:
    """The budget cost says the same, or the total stands free of the seal, or two or more amounts were read and make the sum."""
    if amounts.same(values[0], amounts.budget) or not every[0].sealed:
        return True
    return all(value is None or value in dict(each.choices) for each, value in zip(every, values, strict=True))


def _readings(every: list[_Amount]) -> Iterator[tuple[tuple[Decimal | None, ...], float]]:
    """All that the amounts may be, one part at most taken from the sum."""
    for choice in product(*(each.choices for each in every)):
        yield tuple(value for value, _ in choice), sum(cost for _, cost in choice)
    for place, each in enumerate(every):
        if not each.sealed or place == 0 or each.field is None:
            continue
        others = [other.choices for other in every[:place] + every[place + 1 :]]
        for choice in product(*others):
            values = [value for value, _ in choice]
            rest = (values[0] or Decimal(0)) - sum((value for value in values[1:] if value is not None), Decimal(0))
            if rest > 0 and _is_like(rest, each.field):
                values.insert(place, rest)
                legible = any(value is not None and len(f"{value:f}".replace(".", "")) >= _DIGITS for value, _ in each.choices)
                yield tuple(values), sum(cost for _, cost in choice) + _LIKE_INK + legible * _LEGIBLE


def _alone(each: _Amount, amounts: Amounts) -> Decimal | None:
    """A total that is like the budget cost; or the one figure of a text that is no amount as a whole. None to leave it."""
    assert each.field is not None
    budget = amounts.budget
    if each.name == "total" and budget is not None and _is_like(budget, each.field):
        return budget
    if parse_number(each.field.text) is not None:
        return None
    figures = {number for number in map(parse_number, _FIGURE.findall(each.field.text)) if number is not None}
    kept = {number for number in figures if len(f"{number:f}".replace(".", "")) >= _DIGITS}
    return kept.pop() if len(kept) == 1 and len(figures) == 1 else None


def _is_budget_row(row: IndicatorRow) -> bool:
    return is_cost_name(row.text("level3"))


@table_rule(
    "seals.budget-cost",
    examples=("预算成本 ≤ '46' under a seal, total 7419.63 = 财政拨款 7419.63 -> 7419.63", "预算成本 '小t1w7' under a seal -> ≤"),
    near_misses=("预算成本 ≤ 46 and no seal over it", "预算成本 ≥ 46"),
)
def budget_cost(table: TargetTable, context: Context) -> None:
    """The row of the budget cost under a seal: the value is the total of the funds, an illegible operator ≤."""
    amounts = amounts_of(table)
    known = amounts.total if amounts.same(amounts.total, amounts.rest("")) else None
    for row in table.rows:
        if not _is_budget_row(row):
            continue
        value, path = row.fields.get("value"), row.path()
        if value is not None and is_sealed(value) and known and parse_number(value.text) != known:
            value.change("seals.budget-cost", f"{known.normalize():f}")
            message = f"The value under a seal was read as {value.raw!r}; taken from the total of the funds. Compare with the page."
            table.find(f"{path}/value", "seals.budget-cost", message)
        operator = row.fields.get("operator")
        if operator is not None and is_sealed(operator) and operator.text and operator.text not in ("≤", "≥", "=", "<", ">", "定性"):
            operator.change("seals.budget-cost", "≤")
            message = f"The operator under a seal was read as {operator.raw!r}; a budget is a limit. Compare with the page."
            table.find(f"{path}/operator", "seals.budget-cost", message)
