"""Forms of a department as a whole: who it is, the tasks of its year, and its budget by the nature of spending."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.forms.content import Form
from bench.layouts.money import Amounts, number
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording

_TASKS = ("设施维护", "巡查执法", "宣传培训", "便民服务")
_DUTIES = "贯彻有关政策，承担本行业的管理和服务。"


def add_unit(sheet: Sheet, form: Form, words: Wording, rng: random.Random) -> None:
    """The label of the unit and its name; what the unit is there for on some forms."""
    label = words.say("unit_name")
    sheet.expect("/tables/0/unit_name", form.unit_name, label)
    sheet.row(Span(label, 6), Span(form.unit_name, UNITS - 6))
    if rng.random() < 0.3:
        duties = rng.choice(("部门职能概述", "单位职能概述", "部门职能"))
        sheet.row(Span(duties, 6), Span(_DUTIES, UNITS - 6))
        sheet.expect(f"/tables/0/other_fields/{duties}", _DUTIES)


def add_unit_money(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The budget of the unit: by lines, by the nature of spending in cells, or task by task."""
    shape = rng.choice(("lines", "cells", "tasks", "tasks-split", "none"))
    sheet.parts.append(f"unit money {shape}")
    if shape == "lines":
        _lines(sheet, amounts, words)
    elif shape == "cells":
        _cells(sheet, amounts)
    elif shape.startswith("tasks"):
        _tasks(sheet, amounts, rng, split=shape == "tasks-split")


def _parted(total: Decimal, share: str) -> tuple[Decimal, Decimal]:
    first = (total * Decimal(share)).quantize(Decimal("0.01"))
    return first, total - first


def _lines(sheet: Sheet, amounts: Amounts, words: Wording) -> None:
    basic, project = _parted(amounts["total"], "0.6")
    shown = ((words.say("total"), amounts["total"]), ("其中：基本支出", basic), ("项目支出", project))
    for index, (label, amount) in enumerate(shown):
        head = [Span(sheet.money.label("年度预算申请（万元）"), 6, len(shown))] if index == 0 else []
        sheet.row(*head, Span(label, 8), Span(sheet.money.say(amount), UNITS - 14))
        if index:
            sheet.expect(f"/tables/0/other_fields/{label}", sheet.money.say(amount))
    sheet.expect("/tables/0/funds/total", number(amounts["total"]), words.say("total"), sheet.money.say(amounts["total"]))


def _cells(sheet: Sheet, amounts: Amounts) -> None:
    """The total in a cell of its own, the two halves of it with their labels in theirs."""
    basic, project = _parted(amounts["total"], "0.6")
    total = sheet.money.say(amounts["total"])
    label = sheet.money.label("资金总额（万元）")
    heads = Span("按收入性质分", 5), Span("按支出性质分", 6)
    parts = [Span(f"{each}：{sheet.money.say(amount)}", 3) for each, amount in (("基本支出", basic), ("项目支出", project))]
    sheet.row(Span("年度预算申请", 5, 2), Span(label, 4, 2), Span(total, 4, 2), *heads)
    sheet.row(Span(f"财政拨款：{total}", 5), *parts)
    sheet.expect("/tables/0/funds/total", number(amounts["total"]))
    sheet.expect("/tables/0/funds/fiscal_appropriation", number(amounts["total"]))
    sheet.expect("/tables/0/other_fields/基本支出", sheet.money.say(basic))
    sheet.expect("/tables/0/other_fields/项目支出", sheet.money.say(project))


def _tasks(sheet: Sheet, amounts: Amounts, rng: random.Random, split: bool) -> None:
    """The tasks of the year with what is done and what it costs; ``split`` parts the cost into its sources in a second row of heads."""
    label = "年度主要任务"
    names = rng.sample(_TASKS, 3)
    costs = [*_parted(amounts["total"], "0.5")]
    costs = [costs[0], *_parted(costs[1], "0.5")]
    money = sheet.money.label("预算金额（万元）")
    heads = [Span("任务名称", 5, 2 if split else 1), Span("主要内容", 6, 2 if split else 1), Span(money, 9)]
    sheet.row(Span(label, 4, 4 + split), *heads)
    if split:
        sheet.row(Span("总额", 3), Span("财政拨款", 3), Span("其他资金", 3))
    for index, (name, cost) in enumerate(zip(names, costs, strict=True), 1):
        shown = sheet.money.say(cost)
        amount = [Span(shown, 3), Span(shown, 3), Span("", 3)] if split else [Span(shown, 9)]
        sheet.row(Span(name, 5), Span(f"做好{name}", 6), *amount)
        sheet.expect(f"/tables/0/other_fields/{label} {index} 任务名称", name)
        sheet.expect(f"/tables/0/other_fields/{label} {index} {money + ' 总额' if split else money}", shown)
