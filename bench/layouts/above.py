"""The title, the line above the grid, and what the first rows say of the project."""

from __future__ import annotations

import random

from bench.forms.content import Form
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording

_TITLES = {
    "project": ("项目支出绩效目标表", "项目绩效目标表", "部门预算项目支出绩效目标批复表"),
    "application": ("项目支出绩效目标申报表", "部门预算项目绩效目标申报表", "项目绩效目标审批表"),
    "self_evaluation": ("项目支出绩效自评表", "部门预算项目支出绩效自评表", "项目绩效目标自评表", "项目支出绩效目标完成情况自评表"),
    "monitoring": ("项目支出绩效目标执行监控表", "项目绩效运行监控表", "项目支出绩效监控表"),
}
_OVERALL = {
    "project": ("部门整体支出绩效目标表", "整体支出绩效目标表", "部门（单位）整体绩效目标表"),
    "application": ("部门整体支出绩效目标申报表", "部门整体绩效目标批复表"),
    "self_evaluation": ("部门整体支出绩效自评表", "部门整体绩效自评表", "整体支出绩效目标自评表"),
    "monitoring": ("部门整体支出绩效运行监控表", "部门整体绩效监控表"),
}
_REGIONS = {
    "project": ("区域绩效目标表", "转移支付区域绩效目标表"),
    "application": ("区域（项目）绩效目标申报表", "中央对地方转移支付区域绩效目标申报表"),
    "self_evaluation": ("区域绩效目标自评表", "转移支付区域（项目）绩效目标自评表", "区域绩效自评表"),
    "monitoring": ("区域绩效目标执行监控表", "转移支付区域绩效运行监控表"),
}
_TITLES_OF = {"project": _TITLES, "overall": _OVERALL, "region": _REGIONS}
_PLACES = ("line", "behind", "before", "grid", "grid-year", "unit-before", "over", "dotted")


def add_above(sheet: Sheet, kind: str, subject: str, form: Form, rng: random.Random) -> None:
    """A title in one of its places, and the line of labels where the form has one."""
    title, year, place = rng.choice(_TITLES_OF[subject][kind]), form.year, rng.choice(_PLACES)
    target = ["overall"] if subject == "overall" else ["project", "application"]
    sheet.expect("/tables/0/kind", target if kind in ("project", "application") else kind)
    sheet.expect("/tables/0/fiscal_year", year)
    behind = f"{title}（{year}年度）"
    printed = {"behind": behind, "grid-year": behind, "before": f"{year}年{title}", "dotted": f"{year}年度{title}"}.get(place, title)
    if place == "unit-before":
        printed = f"{form.unit_name}{year}年度{title}"
    sheet.expect("/tables/0/title", [printed, title])
    if rng.random() < 0.2 and not place.startswith("grid"):
        sheet.above.append(f"附件{rng.randint(1, 9)}")
    if place == "over":
        sheet.above.append(f"{year}年度")
    if place.startswith("grid"):
        sheet.row(Span(printed, UNITS))
    else:
        sheet.above.append(printed)
    year_line = rng.choice((f"（{year}年度）", f"（{year} 年度）", f"({year}年)"))
    if place == "line":
        sheet.above.append(year_line)
    elif place == "grid":
        sheet.row(Span(year_line, UNITS))
    _label_line(sheet, form, rng, in_rows=place.startswith("grid"))
    sheet.parts.append(f"title {place}")


def _label_line(sheet: Sheet, form: Form, rng: random.Random, in_rows: bool) -> None:
    """Several labels in a line above the grid, in one cell of its first row, or in a row of cells; with the unit where no label says it."""
    needed = not sheet.money.in_label
    if not needed and rng.random() < 0.35:
        return
    unit_label = rng.choice(("填报单位：", "填报单位（盖章）：", "单位名称：", "填报单位(公章): ", "申报单位："))
    money = rng.choice(("单位：", "金额单位：", "（单位：")) + sheet.money.unit
    money = money + "）" if money.startswith("（") else money
    parts = [unit_label + form.unit_name]
    day = f"{form.filled_on.year}年{form.filled_on.month}月{form.filled_on.day}日"
    dated = rng.random() < 0.4
    if dated:
        parts.append(rng.choice(("填报日期：", "填表日期：", "填报时间：")) + day)
        sheet.expect("/tables/0/signoff/filled_on", form.filled_on.isoformat())
    parts.append(money)
    rng.shuffle(parts)
    sheet.expect("/tables/0/unit_name", form.unit_name)
    if in_rows or rng.random() < 0.3:
        if rng.random() < 0.5 and len(parts) < 4:
            wide = UNITS // len(parts)
            sheet.row(*(Span(text, wide) for text in parts))
        else:
            sheet.row(Span("    ".join(parts), UNITS))
    else:
        sheet.above.append((" " * rng.choice((2, 6, 10))).join(parts))


def add_identity(sheet: Sheet, form: Form, words: Wording, rng: random.Random) -> None:
    """Name, offices, attribute, period; a person and a number on some forms."""
    label = 6
    name, department = words.say("project_name"), words.say("department")
    office = f"{form.unit_name[:3]}财政局"
    both = [(name, form.project_name or ""), (department, office)]
    sheet.expect("/tables/0/project_name", form.project_name, name)
    sheet.expect("/tables/0/department", office, department)
    implementer = words.say("implementer")
    sheet.expect(f"/tables/0/other_fields/{implementer}", form.unit_name)
    if rng.random() < 0.3:
        sheet.row(*(cell for text, value in both for cell in (Span(text, 5), Span(value, 7))))
        sheet.row(Span(implementer, label), Span(form.unit_name, UNITS - label))
    else:
        sheet.row(Span(name, label), Span(form.project_name or "", UNITS - label))
        sheet.row(Span(department, label), Span(office, 7), Span(implementer, 5), Span(form.unit_name, 6))
    if rng.random() < 0.6:
        sheet.row(Span(words.say("attribute"), label), Span("延续项目", 7), Span(words.say("period"), 5), Span("2026-2028年", 6))
        sheet.expect(f"/tables/0/other_fields/{words.say('attribute')}", "延续项目")
        sheet.expect(f"/tables/0/other_fields/{words.say('period')}", "2026-2028年")
    if rng.random() < 0.3:
        sheet.row(Span("项目负责人", label), Span(form.responsible, 7), Span("联系电话", 5), Span(form.phone, 6))
        sheet.expect("/tables/0/other_fields/项目负责人", form.responsible)
        sheet.expect("/tables/0/signoff/phone", form.phone)
