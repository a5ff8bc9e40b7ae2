"""Sums of funds, and the budget cost against them."""

from __future__ import annotations

from decimal import Decimal

from extractors.origin import is_filed
from normalizers.checks.check import check
from normalizers.checks.figures import (
    LABELS,
    PARTS,
    adds_up,
    amount_in_wan,
    budget_cost,
    budget_costs,
    decimal_of,
    fund,
    near,
    number_of,
    own_lines,
    say,
    unreadable_funds,
)
from normalizers.doubts.misreading import already_marked
from normalizers.paths import fund_path, mid_term_path
from normalizers.record import TargetTable

TARGETS = ("project", "application")
# 元 read as 万元 and the like: the same figure at another scale.
_SCALES = (Decimal(10000), Decimal("0.0001"))


@check("funds.sum-mismatch", also=("funds.part-missing", "funds.total-missing", "funds.insufficient-data"), kinds=TARGETS)
def funds_sum(table: TargetTable) -> None:
    """F1: 年度资金总额 = 财政拨款 + 上年结转 + 其他资金, a blank counting as 0, in exact decimals.

    The budget cost, which repeats the total, tells which side is wrong: only
    that side is marked, or both when it tells nothing. A missing amount stays
    missing; the finding says what the others would make it.
    """
    if not table.has_funds:
        return
    broken = unreadable_funds(table)
    if broken:
        names = "、".join(LABELS[name] for name in broken)
        message = f"Insufficient data: {names} holds no readable amount, so the sum of funds was not tested."
        table.find("", "funds.insufficient-data", message, "info")
        return
    total = fund(table, "total")
    parts = {name: value for name in PARTS if (value := fund(table, name)) is not None}
    own = own_lines(table, "funds")
    if total is None and not parts:
        _nothing_filed(table)
    elif total is None:
        if not already_marked(table, "funds/total"):
            _total_missing(table, parts, own)
    elif not parts and own and not adds_up(total, (), own.values()):
        message = f"年度资金总额 is {say(total)}, its lines add up to {say(sum(own.values(), Decimal(0)))}."
        table.find("funds/total", "funds.sum-mismatch", message)
    elif not parts and not own:
        _parts_missing(table, total)
    elif parts and not adds_up(total, parts.values(), own.values()):
        _mismatch(table, total, parts)


def _nothing_filed(table: TargetTable) -> None:
    cost = budget_cost(table)
    proposal = f"; the budget cost in the indicators says {say(cost)}" if cost is not None else ""
    table.find("funds/total", "funds.total-missing", f"年度资金总额 and all of its parts are blank{proposal}. Fill it in by hand.")


def _total_missing(table: TargetTable, parts: dict[str, Decimal], own: dict[str, Decimal]) -> None:
    """What the parts add up to is proposed where no line of the form's own may be one of them."""
    whole = sum(parts.values(), Decimal(0))
    proposal = f"; proposed: {say(whole)}." if not own else f", without lines of its own: {'、'.join(own)}."
    message = f"年度资金总额 is blank, its parts add up to {_sum_text(parts)}{proposal}"
    table.find("funds/total", "funds.total-missing", message)


def _parts_missing(table: TargetTable, total: Decimal) -> None:
    printed = [name for name in PARTS if fund_path(name) in table.fields]
    if total == 0 or not printed:
        return
    message = f"年度资金总额 is {say(total)} but no part of it is given; "
    message += f"proposed for {LABELS[printed[0]]}: {say(total)}, if nothing else was filed."
    table.find(fund_path(printed[0]), "funds.part-missing", message)


def _mismatch(table: TargetTable, total: Decimal, parts: dict[str, Decimal]) -> None:
    cost, whole = budget_cost(table), sum(parts.values(), Decimal(0))
    suspects = ["total", *parts]
    hint = ""
    if cost is not None and near(cost, total):
        suspects = list(parts)
        hint = f" The budget cost is {say(cost)} too, so a part is in doubt"
        hint += f"; proposed for {LABELS[suspects[0]]}: {say(total)}." if len(parts) == 1 else "."
    elif cost is not None and near(cost, whole):
        suspects = ["total"]
        hint = f" The budget cost is {say(cost)}, as the parts; proposed for 年度资金总额: {say(whole)}."
    message = f"年度资金总额 is {say(total)}, its parts add up to {_sum_text(parts)}; difference {say(total - whole)}.{hint}"
    for name in suspects:
        table.find(fund_path(name), "funds.sum-mismatch", message)


def _sum_text(parts: dict[str, Decimal]) -> str:
    terms = " + ".join(f"{LABELS[name]} {say(value)}" for name, value in parts.items())
    return f"{say(sum(parts.values(), Decimal(0)))} ({terms})"


@check("funds.line-missing", kinds=TARGETS)
def funds_lines(table: TargetTable) -> None:
    """A recognised form that has the total and a part has the other parts, too: one that was not found may be there."""
    found = [name for name in PARTS if fund_path(name) in table.fields]
    total = table.fields.get("funds/total")
    # A form that was filed as text says itself which lines it has.
    if table.has_funds and found and total is not None and total.source is not None and not is_filed(total.source.origin):
        for name in PARTS:
            if name not in found:
                table.find(fund_path(name), "funds.line-missing", f"{LABELS[name]} was not found on the form; compare with the page.")


@check("funds.negative", kinds=TARGETS)
def funds_negative(table: TargetTable) -> None:
    """No fund is below zero."""
    for name in LABELS:
        value = fund(table, name)
        if value is not None and value < 0:
            table.find(fund_path(name), "funds.negative", f"{LABELS[name]} is {say(value)}, below zero.")


@check("funds.cost-mismatch", also=("funds.cost-insufficient-data",), kinds=TARGETS)
def cost_against_total(table: TargetTable) -> None:
    """F3 and F4: the budget cost in the indicators equals 年度资金总额, 元 and 万元 brought together.

    When the parts confirm the total, the indicator is in doubt; otherwise both are.
    """
    rows, total = budget_costs(table), fund(table, "total")
    if len(rows) != 1 or total is None:
        return
    row = table.rows[rows[0]]
    path = row.path("value")
    cost = amount_in_wan(row)
    if cost is None:
        _cost_unknown(table, path, number_of(row), total, row.text("unit"))
        return
    if near(cost, total):
        return
    scaled = any(near(cost * scale, total) for scale in _SCALES)
    hint = " The figures agree at the other unit of money; check the unit." if scaled else ""
    message = f"{row.text('level3')} is {say(cost)} 万元 (row {rows[0] + 1}), 年度资金总额 is {say(total)} 万元.{hint}"
    table.find(path, "funds.cost-mismatch", message)
    if scaled:
        table.find(row.path("unit"), "funds.cost-mismatch", message)
    if not _parts_confirm(table, total):
        table.find("funds/total", "funds.cost-mismatch", message)


def _cost_unknown(table: TargetTable, path: str, number: Decimal | None, total: Decimal, unit: str) -> None:
    if number is None or not near(number, total):
        message = f"Insufficient data: the budget cost {say(number)} with the unit {unit!r} "
        table.find(path, "funds.cost-insufficient-data", f"{message}cannot be compared with 年度资金总额 {say(total)} 万元.", "info")


def _parts_confirm(table: TargetTable, total: Decimal) -> bool:
    parts = [value for name in PARTS if (value := fund(table, name)) is not None]
    return bool(parts) and near(sum(parts, Decimal(0)), total)


@check("funds.mid-term", kinds=("application",))
def mid_term_funds(table: TargetTable) -> None:
    """F2: 中期资金总额 is the sum of its parts and not less than the total of one of its years."""
    total = decimal_of(table.value("mid_term_funds/total"))
    parts = {name: value for name in PARTS if (value := decimal_of(table.value(mid_term_path(name)))) is not None}
    if total is None:
        return
    if parts and not adds_up(total, parts.values(), own_lines(table, "mid_term_funds").values()):
        message = f"中期资金总额 is {say(total)}, its parts add up to {_sum_text(parts)}."
        for name in ("total", *parts):
            table.find(mid_term_path(name), "funds.mid-term", message)
    year = fund(table, "total")
    if year is not None and year > total:
        message = f"年度资金总额 {say(year)} is more than 中期资金总额 {say(total)}, which covers that year."
        for path in ("funds/total", "mid_term_funds/total"):
            table.find(path, "funds.mid-term", message)
