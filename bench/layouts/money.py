"""Money blocks: lines, pairs of periods, sources in columns, lists of costs, and execution."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording

Amounts = dict[str, Decimal]
_PARTS = ("fiscal_appropriation", "carry_over", "other")
_COSTS = ("设备购置费", "劳务费", "培训费", "维修维护费", "印刷费")


def add_target_money(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The money of a target table; every amount of its truth has its line and its period."""
    shape = rng.choice(("lines", "pairs", "stacked", "sources", "costs", "own"))
    sheet.parts.append(f"money {shape}")
    {"lines": _lines, "pairs": _pairs, "stacked": _stacked, "sources": _sources, "costs": _costs, "own": _own}[shape](
        sheet, amounts, words, rng
    )


def _say(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else ""


def _number(amount: Decimal) -> int | float | None:
    return None if not amount else int(amount) if amount == amount.to_integral_value() else float(amount)


def _expect(sheet: Sheet, home: str, amounts: Amounts, words: Wording, total_word: str = "total") -> None:
    for name, amount in amounts.items():
        sheet.expect(f"/tables/0/{home}/{name}", _number(amount), words.say(total_word if name == "total" else name))


def _lines(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    names = ["total", *(name for name in _PARTS if amounts[name] or rng.random() < 0.7)]
    for index, name in enumerate(names):
        head = [Span(words.say("block"), 6, len(names))] if index == 0 else []
        sheet.row(*head, Span(words.say(name), 8), Span(_say(amounts[name]), UNITS - 14))
    _expect(sheet, "funds", {name: amounts[name] for name in names}, words)


def _pairs(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """Two totals side by side, each above its own parts."""
    times = rng.choice((2, 3))
    long = {name: amount * times for name, amount in amounts.items()}
    for index, name in enumerate(("total", *_PARTS)):
        head = [Span(words.say("block"), 4, 4)] if index == 0 else []
        left = words.say("mid_total") if index == 0 else words.say(name)
        right = rng.choice(("年度资金总额：", "年度金额：")) if index == 0 else words.say(name)
        sheet.row(*head, Span(left, 6), Span(_say(long[name]), 4), Span(right, 6), Span(_say(amounts[name]), 4))
    _expect(sheet, "mid_term_funds", long, words, "mid_total")
    sheet.expect("/tables/0/funds/total", _number(amounts["total"]))
    _expect(sheet, "funds", {name: amounts[name] for name in _PARTS}, words)


def _stacked(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The budget of all years with its parts, and that of the year below it."""
    long = {name: amount * 2 for name, amount in amounts.items()}
    parts = ("fiscal_appropriation", "other")
    amounts = {**amounts, "fiscal_appropriation": amounts["total"] - amounts["other"]}
    long = {**long, "fiscal_appropriation": long["total"] - long["other"]}
    in_rows = rng.random() < 0.5
    annual = rng.choice(("当年年度预算", "年度资金总额"))
    for number, (home, total, each) in enumerate((("mid_term_funds", "项目总预算", long), ("funds", annual, amounts))):
        shown = [(total, each["total"]), *((words.say(name), each[name]) for name in parts)]
        if in_rows:
            head = [Span("项目资金（万元）", 3, 2)] if number == 0 else []
            widths = ((4, 3), (4, 3), (4, 3))
            pairs = list(zip(shown, widths, strict=True))
            sheet.row(*head, *(cell for (label, amount), (a, b) in pairs for cell in (Span(label, a), Span(_say(amount), b))))
        else:
            for index, (label, amount) in enumerate(shown):
                head = [Span("项目资金（万元）", 6, 6)] if number == index == 0 else []
                sheet.row(*head, Span(label, 8), Span(_say(amount), UNITS - 14))
        sheet.expect(f"/tables/0/{home}/total", _number(each["total"]))
        _expect(sheet, home, {name: each[name] for name in parts}, words)


def _sources(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """One source a column."""
    sheet.row(Span("项目资金（万元）", 4, 2), *(Span(words.say(name), 5) for name in ("total", *_PARTS)))
    sheet.row(*(Span(_say(amounts[name]), 5) for name in ("total", *_PARTS)))
    _expect(sheet, "funds", amounts, words)


def _costs(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """A list of costs that adds up to the total."""
    names = rng.sample(_COSTS, 3)
    whole = amounts["total"]
    shares = [(whole * Decimal("0.5")).quantize(Decimal("0.01")), (whole * Decimal("0.3")).quantize(Decimal("0.01"))]
    parts = [*shares, whole - sum(shares)]
    head, basis = rng.choice(("金额", "预算金额", "金额（万元）")), rng.choice(("测算依据", "测算（公式）依据", "测算过程"))
    corner = rng.choice(("", "费用名称", "支出内容"))
    sheet.row(Span("项目预算成本构成（万元）", 5, 5), Span(corner, 7), Span(head, 4), Span(basis, 8))
    for name, part in zip(names, parts, strict=True):
        sheet.row(Span(name, 7), Span(_say(part), 4), Span("据实结算", 8))
        sheet.expect(f"/tables/0/other_fields/{name} {head}", _say(part))
    sheet.row(Span("合计", 7), Span(_say(whole), 4), Span("", 8))
    sheet.expect("/tables/0/funds/total", _number(whole))


def _own(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """Sources that the schema has no line for are a part of the sum, under their own words."""
    central = (amounts["total"] / 2).quantize(Decimal("0.01"))
    local = amounts["total"] - central
    shown = [("total", amounts["total"]), ("central", central), ("local", local)]
    for index, (name, amount) in enumerate(shown):
        head = [Span(words.say("block"), 6, 3)] if index == 0 else []
        sheet.row(*head, Span(words.say(name), 8), Span(_say(amount), UNITS - 14))
        if name != "total":
            sheet.expect(f"/tables/0/other_fields/{words.say(name)}", _say(amount))
    sheet.expect("/tables/0/funds/total", _number(amounts["total"]), words.say("total"))


def add_execution(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """Budget and execution: heads in any order, a rate that may be 100 %."""
    full = rng.random() < 0.3
    ratio = Decimal(1) if full else Decimal(rng.choice(("0.95", "0.9", "0.8")))
    columns = ["adjusted_budget", "executed", "rate"]
    if rng.random() < 0.6:
        columns.insert(0, "initial_budget")
    if rng.random() < 0.3:
        columns.remove("rate")
        columns.insert(rng.randint(0, len(columns)), "rate")
    scored = rng.random() < 0.7
    columns = [*columns, *(("money_points", "money_score") if scored else ())]
    names = ["total", *(name for name in _PARTS if amounts[name])]
    in_one_row = not scored and len(names) == 2 and rng.random() < 0.6
    sheet.parts.append("execution row" if in_one_row else "execution matrix")
    if in_one_row:
        names = ["total"]
    values = {name: _values(amounts[name], ratio, name, columns) for name in names}
    if in_one_row:
        shown = [(words.say(column), values["total"][column]) for column in columns]
        width = (UNITS - 4) // len(shown)
        cells = [cell for label, value in shown for cell in (Span(label, width - width // 2), Span(value, width // 2))]
        sheet.row(Span("预算执行情况（万元）", UNITS - width * len(shown)), *cells)
    else:
        width = 14 // len(columns)
        label = UNITS - 4 - width * len(columns)
        sheet.row(Span(words.say("block"), 4, len(names) + 1), Span("", label), *(Span(words.say(column), width) for column in columns))
        for name in names:
            sheet.row(Span(words.say(name), label), *(Span(values[name][column], width) for column in columns))
    for name in names:
        line_word = "" if in_one_row else words.say(name)
        sheet.expect(f"/tables/0/funds_execution/line={name}/line", name, line_word)
        for column in columns:
            said = values[name][column].rstrip("%")
            value = _number(Decimal(said)) if said not in ("", "—") else None
            field = column.removeprefix("money_")
            word = line_word if line_word in sheet.unseen else words.say(column)
            if value is not None:
                sheet.expect(f"/tables/0/funds_execution/line={name}/{field}", value, word)


def _values(amount: Decimal, ratio: Decimal, name: str, columns: list[str]) -> dict[str, str]:
    executed = (amount * ratio).quantize(Decimal("0.01"))
    rate = (executed / amount * 100).quantize(Decimal("0.01")) if amount else Decimal(0)
    score = (rate / 10).quantize(Decimal("0.1"))
    total = name == "total"
    said = {
        "initial_budget": _say(amount), "adjusted_budget": _say(amount), "executed": _say(executed), "rate": f"{rate.normalize():f}%",
        "money_points": "10" if total else "—", "money_score": f"{score.normalize():f}" if total else "—",
    }  # fmt: skip
    return {column: said[column] for column in columns}
