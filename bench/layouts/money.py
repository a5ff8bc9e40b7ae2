"""Money blocks of target tables: lines, pairs and columns of periods, sources in columns, lists of costs."""

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
    shape = rng.choice(tuple(_SHAPES))
    sheet.parts.append(f"money {shape}")
    _SHAPES[shape](sheet, amounts, words, rng)


def number(amount: Decimal) -> int | float | None:
    return None if not amount else int(amount) if amount == amount.to_integral_value() else float(amount)


def _expect(sheet: Sheet, home: str, amounts: Amounts, words: Wording, total_word: str = "total") -> None:
    for name, amount in amounts.items():
        meaning = total_word if name == "total" else name
        sheet.expect(f"/tables/0/{home}/{name}", number(amount), words.say(meaning) if meaning else "", sheet.money.say(amount))


def _lines(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    names = ["total", *(name for name in _PARTS if amounts[name] or rng.random() < 0.7)]
    for index, name in enumerate(names):
        head = [Span(sheet.money.label(words.say("block")), 6, len(names))] if index == 0 else []
        sheet.row(*head, Span(words.say(name), 8), Span(sheet.money.say(amounts[name]), UNITS - 14))
    _expect(sheet, "funds", {name: amounts[name] for name in names}, words)


def _pairs(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """Two totals side by side, each above its own parts."""
    times = rng.choice((2, 3))
    long = {name: amount * times for name, amount in amounts.items()}
    for index, name in enumerate(("total", *_PARTS)):
        head = [Span(sheet.money.label(words.say("block")), 4, 4)] if index == 0 else []
        left = words.say("mid_total") if index == 0 else words.say(name)
        right = rng.choice(("年度资金总额：", "年度金额：")) if index == 0 else words.say(name)
        sheet.row(*head, Span(left, 6), Span(sheet.money.say(long[name]), 4), Span(right, 6), Span(sheet.money.say(amounts[name]), 4))
    _expect(sheet, "mid_term_funds", long, words, "mid_total")
    sheet.expect("/tables/0/funds/total", number(amounts["total"]))
    _expect(sheet, "funds", {name: amounts[name] for name in _PARTS}, words)


def _stacked(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The budget of all years with its parts, and that of the year below it."""
    long = {name: amount * 2 for name, amount in amounts.items()}
    parts = ("fiscal_appropriation", "other")
    amounts = {**amounts, "fiscal_appropriation": amounts["total"] - amounts["other"]}
    long = {**long, "fiscal_appropriation": long["total"] - long["other"]}
    in_rows = rng.random() < 0.5
    annual = rng.choice(("当年年度预算", "年度资金总额"))
    for block, (home, total, each) in enumerate((("mid_term_funds", "项目总预算", long), ("funds", annual, amounts))):
        shown = [(total, each["total"]), *((words.say(name), each[name]) for name in parts)]
        if in_rows:
            head = [Span(sheet.money.label("项目资金（万元）"), 3, 2)] if block == 0 else []
            widths = ((4, 3), (4, 3), (4, 3))
            pairs = list(zip(shown, widths, strict=True))
            sheet.row(*head, *(cell for (label, amount), (a, b) in pairs for cell in (Span(label, a), Span(sheet.money.say(amount), b))))
        else:
            for index, (label, amount) in enumerate(shown):
                head = [Span(sheet.money.label("项目资金（万元）"), 6, 6)] if block == index == 0 else []
                sheet.row(*head, Span(label, 8), Span(sheet.money.say(amount), UNITS - 14))
        sheet.expect(f"/tables/0/{home}/total", number(each["total"]))
        _expect(sheet, home, {name: each[name] for name in parts}, words)


def _sources(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """One source a column."""
    sheet.row(Span(sheet.money.label("项目资金（万元）"), 4, 2), *(Span(words.say(name), 5) for name in ("total", *_PARTS)))
    sheet.row(*(Span(sheet.money.say(amounts[name]), 5) for name in ("total", *_PARTS)))
    _expect(sheet, "funds", amounts, words)


def _costs(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """A list of costs that adds up to the total."""
    names = rng.sample(_COSTS, 3)
    whole = amounts["total"]
    shares = [(whole * Decimal("0.5")).quantize(Decimal("0.01")), (whole * Decimal("0.3")).quantize(Decimal("0.01"))]
    parts = [*shares, whole - sum(shares)]
    head = sheet.money.label(rng.choice(("金额", "预算金额", "金额（万元）")))
    basis = rng.choice(("测算依据", "测算（公式）依据", "测算过程"))
    corner = rng.choice(("", "费用名称", "支出内容"))
    sheet.row(Span(sheet.money.label("项目预算成本构成（万元）"), 5, 5), Span(corner, 7), Span(head, 4), Span(basis, 8))
    for name, part in zip(names, parts, strict=True):
        sheet.row(Span(name, 7), Span(sheet.money.say(part), 4), Span("据实结算", 8))
        sheet.expect(f"/tables/0/other_fields/{name} {head}", sheet.money.say(part))
    sheet.row(Span("合计", 7), Span(sheet.money.say(whole), 4), Span("", 8))
    sheet.expect("/tables/0/funds/total", number(whole))


def _own(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """Sources that the schema has no line for are a part of the sum, under their own words."""
    central = (amounts["total"] / 2).quantize(Decimal("0.01"))
    local = amounts["total"] - central
    shown = [("total", amounts["total"]), ("central", central), ("local", local)]
    for index, (name, amount) in enumerate(shown):
        head = [Span(sheet.money.label(words.say("block")), 6, 3)] if index == 0 else []
        sheet.row(*head, Span(words.say(name), 8), Span(sheet.money.say(amount), UNITS - 14))
        if name != "total":
            sheet.expect(f"/tables/0/other_fields/{words.say(name)}", sheet.money.say(amount))
    sheet.expect("/tables/0/funds/total", number(amounts["total"]), words.say("total"), sheet.money.say(amounts["total"]))


def _one_row(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The total and its parts side by side in one row, each amount behind its label or in its cell."""
    inline = rng.random() < 0.4
    names = ("total", "fiscal_appropriation", "other")
    amounts = {**amounts, "fiscal_appropriation": amounts["total"] - amounts["other"]}
    shown = [(words.say(name).rstrip("："), sheet.money.say(amounts[name])) for name in names]
    if inline:
        sheet.row(Span(sheet.money.label(words.say("block")), 6), *(Span(f"{label}：{amount}", 6) for label, amount in shown))
    else:
        sheet.row(
            Span(sheet.money.label(words.say("block")), 6), *(cell for label, amount in shown for cell in (Span(label, 3), Span(amount, 3)))
        )
    _expect(sheet, "funds", {name: amounts[name] for name in names}, words)


def _periods(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """Lines down, periods across."""
    times = rng.choice((2, 3))
    heads = rng.choice((("中期", "年度"), ("实施期", "当年"), ("实施期金额", "年度金额"), ("项目总预算", "当年年度预算")))
    sheet.row(Span(sheet.money.label(words.say("block")), 4, 5), Span("资金来源", 8), Span(heads[0], 6), Span(heads[1], 6))
    for name in ("total", *_PARTS):
        label = rng.choice(("合计", "资金总额")) if name == "total" else words.say(name)
        sheet.row(Span(label, 8), Span(sheet.money.say(amounts[name] * times), 6), Span(sheet.money.say(amounts[name]), 6))
    _expect(sheet, "mid_term_funds", {name: amount * times for name, amount in amounts.items()}, words, "")
    _expect(sheet, "funds", amounts, words, "")


def _public(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The lines of the budget reform: public budget with its grants, funds of the government, special accounts, the unit's own."""
    total = amounts["total"]
    fund, account = (total * Decimal("0.1")).quantize(Decimal("0.01")), (total * Decimal("0.2")).quantize(Decimal("0.01"))
    unit = (total * Decimal("0.05")).quantize(Decimal("0.01"))
    lines = [("一般公共预算拨款", total - fund - account - unit), ("政府性基金预算拨款", fund), ("财政专户管理资金", account)]
    shown = [(words.say("total"), total), *lines, ("单位资金", unit)]
    for index, (label, amount) in enumerate(shown):
        head = [Span(sheet.money.label(words.say("block")), 6, len(shown))] if index == 0 else []
        sheet.row(*head, Span(label, 8), Span(sheet.money.say(amount), UNITS - 14))
    for label, amount in lines:
        sheet.expect(f"/tables/0/other_fields/{label}", sheet.money.say(amount))
    sheet.expect("/tables/0/funds/total", number(total), words.say("total"), sheet.money.say(total))
    sheet.expect("/tables/0/funds/other", number(unit))


_SHAPES = {
    "lines": _lines, "pairs": _pairs, "stacked": _stacked, "sources": _sources, "costs": _costs, "own": _own,
    "one row": _one_row, "periods": _periods, "public": _public,
}  # fmt: skip
