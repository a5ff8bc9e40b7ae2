"""A list with one project a row: project, budget and goal over the rows of its indicators."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.forms.content import Form
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording


def add_project_list(sheet: Sheet, forms: list[Form], words: Wording, rng: random.Random) -> None:
    """Three projects of one office; over pages where they are long."""
    sheet.landscape = True
    sheet.parts.append("project list")
    title = "部门预算项目绩效目标申报表"
    sheet.above.append(f"{forms[0].year}年{title}")
    in_yuan = rng.random() < 0.4
    sheet.row(Span(f"金额单位：{'元' if in_yuan else '万元'}", UNITS))
    head = rng.choice(("预算数", "项目金额", "预算金额"))
    goal = rng.choice(("年度目标", "绩效目标", "年度绩效目标"))
    heads = [("单位名称", 2), ("项目名称", 2), (head, 2), (goal, 4), ("一级指标", 2), ("二级指标", 2), (words.say("level3"), 3)]
    heads += [(words.say("operator"), 2), (words.say("value"), 2), (words.say("unit"), 2), ("权重", 1)]
    sheet.row(*(Span(text, units) for text, units in heads))
    counts = [len([row for row in form.rows if row.level3][:6]) for form in forms]
    for number, form in enumerate(forms):
        total = Decimal(form.funds["total"] or 0)
        shown = f"{total * 10000:,.2f}" if in_yuan else f"{total:f}"
        at = f"/tables/{number}"
        sheet.expect(f"{at}/project_name", form.project_name)
        sheet.expect(f"{at}/unit_name", forms[0].unit_name)
        sheet.expect(f"{at}/overall_goal", form.goal)
        sheet.expect(f"{at}/funds/total", int(total) if total == total.to_integral_value() else float(total))
        for index, row in enumerate([row for row in form.rows if row.level3][:6]):
            lead = [Span(form.project_name or "", 2, counts[number]), Span(shown, 2, counts[number]), Span(form.goal, 4, counts[number])]
            first = [Span(forms[0].unit_name, 2, sum(counts))] if number == index == 0 else []
            unit = row.unit if row.operator != "定性" else ""
            texts = ((row.level1, 2), (row.level2, 2), (row.level3, 3), (row.operator, 2), (row.value, 2), (unit, 2), ("10", 1))
            sheet.row(*first, *(lead if index == 0 else []), *(Span(text or "", units) for text, units in texts))
            for name, value, word in (
                ("level1", row.level1, ""), ("level2", row.level2, ""), ("level3", row.level3, words.say("level3")),
                ("operator", row.operator, words.say("operator")), ("value", row.value, words.say("value")),
                ("unit", unit or None, words.say("unit")), ("points", "10", ""),
            ):  # fmt: skip
                sheet.expect(f"{at}/indicators/{index}/{name}", value, word)
