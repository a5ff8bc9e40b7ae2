"""Budget and execution: heads in any order, a rate that may be 100 %, sources across, two sums side by side."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.layouts.money import Amounts, number
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording

# Printed figures by line, then by column.
Figures = dict[str, dict[str, str]]
_PARTS = ("fiscal_appropriation", "carry_over", "other")
_AMOUNTS = ("initial_budget", "adjusted_budget", "executed", "expected")
_BUDGET = "initial_budget|adjusted_budget"


def add_execution(sheet: Sheet, kind: str, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """One of the shapes; every figure of its truth has its line and its column."""
    ratio = Decimal(1) if rng.random() < 0.3 else Decimal(rng.choice(("0.95", "0.9", "0.8")))
    columns = _columns(kind, rng)
    names = ["total", *(name for name in _PARTS if amounts[name])]
    values = {name: _values(sheet, amounts[name], ratio, name, columns) for name in names}
    shapes = ["matrix", "matrix", "matrix", "across"]
    if kind != "monitoring":
        shapes += ["beside", "row"] if "money_points" not in columns else []
    shape = rng.choice(shapes)
    sheet.parts.append(f"execution {shape}")
    if shape == "beside":
        _beside(sheet, amounts, ratio, words)
        return
    if shape == "row":
        _row(sheet, columns, values["total"], words)
        names = ["total"]
    elif shape == "across":
        columns = [column for column in columns if not column.startswith("money_")]
        _across(sheet, names, columns, values, words)
    else:
        _matrix(sheet, names, columns, values, words, rng)
    for name in names:
        _expect_line(sheet, name, columns, values[name], words, "" if shape == "row" else words.say(name))


def _columns(kind: str, rng: random.Random) -> list[str]:
    if kind == "monitoring":
        columns = ["initial_budget", "interim_executed", "interim_rate", *(["expected"] if rng.random() < 0.5 else [])]
    else:
        columns = [*(["initial_budget"] if rng.random() < 0.6 else []), "adjusted_budget", "executed", "rate"]
        columns += ["money_points", "money_score"] if rng.random() < 0.6 else []
    if rng.random() < 0.3:
        rng.shuffle(columns)
    return columns


def _field(column: str) -> str:
    return column.removeprefix("money_").removeprefix("interim_")


def _values(sheet: Sheet, amount: Decimal, ratio: Decimal, name: str, columns: list[str]) -> dict[str, str]:
    executed = (amount * ratio).quantize(Decimal("0.01"))
    rate = (executed / amount * 100).quantize(Decimal("0.01")) if amount else Decimal(0)
    score = (rate / 10).quantize(Decimal("0.1"))
    total = name == "total"
    said = {
        "initial_budget": sheet.money.say(amount), "adjusted_budget": sheet.money.say(amount), "executed": sheet.money.say(executed),
        "rate": f"{rate.normalize():f}%", "expected": sheet.money.say(amount),
        "points": "10" if total else "—", "score": f"{score.normalize():f}" if total else "—",
    }  # fmt: skip
    return {column: said[_field(column)] for column in columns}


def _expect_line(sheet: Sheet, name: str, columns: list[str], values: dict[str, str], words: Wording, line_word: str) -> None:
    # The points and the score of the whole stand on its line.
    own = [column for column in columns if name == "total" or not column.startswith("money_")]
    if any(words.say(column) not in sheet.unseen for column in own):
        sheet.expect(f"/tables/0/funds_execution/line={name}/line", name, line_word)
    for column in columns:
        said = values[column].rstrip("%").replace(",", "")
        if said in ("", "—"):
            continue
        amount = Decimal(said)
        if _field(column) in _AMOUNTS and sheet.money.unit == "元":
            amount /= 10000
        word = line_word if line_word in sheet.unseen else words.say(column)
        sheet.expect(f"/tables/0/funds_execution/line={name}/{_field(column)}", number(amount), word, values[column])


def _matrix(sheet: Sheet, names: list[str], columns: list[str], values: Figures, words: Wording, rng: random.Random) -> None:
    """Lines down, figures across; the points stand once, in a cell over all lines, on some forms."""
    width = 14 // len(columns)
    label = UNITS - 4 - width * len(columns)
    heads = [Span(sheet.money.label(words.say(column)), width) for column in columns]
    sheet.row(Span(sheet.money.label(words.say("block")), 4, len(names) + 1), Span("", label), *heads)
    merged = rng.random() < 0.3
    for index, name in enumerate(names):
        cells = [Span(words.say(name), label)]
        for column in columns:
            tall = merged and column.startswith("money_")
            if not tall or index == 0:
                cells.append(Span(values[name][column], width, len(names) if tall else 1))
        sheet.row(*cells)


def _across(sheet: Sheet, names: list[str], columns: list[str], values: Figures, words: Wording) -> None:
    """Sources across, budget, execution and rate down."""
    width = 14 // len(names)
    label = UNITS - 4 - width * len(names)
    heads = [Span(words.say(name), width) for name in names]
    sheet.row(Span(sheet.money.label(words.say("block")), 4, len(columns) + 1), Span("", label), *heads)
    for column in columns:
        sheet.row(Span(sheet.money.label(words.say(column)), label), *(Span(values[name][column], width) for name in names))


def _row(sheet: Sheet, columns: list[str], values: dict[str, str], words: Wording) -> None:
    """Labels and figures of the total side by side in one row."""
    shown = [(sheet.money.label(words.say(column)), values[column]) for column in columns]
    width = (UNITS - 4) // len(shown)
    cells = [cell for label, value in shown for cell in (Span(label, width - width // 2), Span(value, width // 2))]
    sheet.row(Span(sheet.money.label("预算执行情况（万元）"), UNITS - width * len(shown)), *cells)


def _beside(sheet: Sheet, amounts: Amounts, ratio: Decimal, words: Wording) -> None:
    """预算数 with its parts on the left, 执行数 with the same parts on the right."""
    names = ("fiscal_appropriation", "other")
    amounts = {"total": amounts["total"], "fiscal_appropriation": amounts["total"] - amounts["other"], "other": amounts["other"]}
    spent = {name: (amount * ratio).quantize(Decimal("0.01")) for name, amount in amounts.items()}
    for index, name in enumerate(("total", *names)):
        head = [Span(sheet.money.label("预算执行情况（万元）"), 4, 3)] if index == 0 else []
        left, right = (("预算数：", "执行数："), ("其中：财政拨款", "其中：财政拨款"), ("其他资金", "其他资金"))[index]
        sheet.row(*head, Span(left, 6), Span(sheet.money.say(amounts[name]), 4), Span(right, 6), Span(sheet.money.say(spent[name]), 4))
        if amounts[name]:
            sheet.expect(f"/tables/0/funds_execution/line={name}/{_BUDGET}", number(amounts[name]))
            sheet.expect(f"/tables/0/funds_execution/line={name}/executed", number(spent[name]))
