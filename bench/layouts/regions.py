"""Forms of a transfer of money to a region: whose money it is, who gets it, and how much of it comes from above."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.forms.content import Form
from bench.layouts.money import Amounts, number
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording

_ABOVE = "省农业农村厅"


def add_transfer(sheet: Sheet, form: Form, words: Wording, rng: random.Random) -> None:
    """The name of the transfer, the offices above and below, and who uses the money."""
    name = words.say("transfer_name")
    sheet.expect("/tables/0/project_name", form.project_name, name)
    sheet.row(Span(name, 6), Span(form.project_name or "", UNITS - 6))
    above = rng.choice(("中央主管部门", "中央主管部门及代码", "上级主管部门"))
    local = words.say("local_department")
    sheet.expect(f"/tables/0/other_fields/{above}", _ABOVE)
    office = f"{form.unit_name[:3]}财政局"
    sheet.expect("/tables/0/department", office, local)
    user = words.say("implementer")
    sheet.expect(f"/tables/0/other_fields/{user}", form.unit_name)
    if rng.random() < 0.5:
        sheet.row(Span(above, 6), Span(_ABOVE, UNITS - 6))
        sheet.row(Span(local, 6), Span(office, 7), Span(user, 5), Span(form.unit_name, 6))
    else:
        sheet.row(Span(above, 5), Span(_ABOVE, 7), Span(local, 5), Span(office, 7))
        sheet.row(Span(user, 5), Span(form.unit_name, UNITS - 5))


def add_transfer_money(sheet: Sheet, amounts: Amounts, words: Wording, rng: random.Random) -> None:
    """The total of the year, and below it what comes from the centre and what from the place."""
    sheet.parts.append("transfer money")
    total = amounts["total"]
    central = (total * Decimal("0.7")).quantize(Decimal("0.01"))
    shown = [(words.say("total"), total), (words.say("central"), central), (words.say("local"), total - central)]
    if rng.random() < 0.5:
        shown.append(("其他资金", Decimal(0)))
    for index, (label, amount) in enumerate(shown):
        head = [Span(sheet.money.label(words.say("block")), 6, len(shown))] if index == 0 else []
        sheet.row(*head, Span(label, 8), Span(sheet.money.say(amount), UNITS - 14))
    for label, amount in shown[1:3]:
        sheet.expect(f"/tables/0/other_fields/{label}", sheet.money.say(amount))
    sheet.expect("/tables/0/funds/total", number(total), words.say("total"), sheet.money.say(total))
