"""A made-up filing in a layout of its own: each block is one of several forms that provinces use."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.forms.content import Form, seed_to_filing
from bench.layouts.indicators import add_indicators
from bench.layouts.money import add_execution, add_target_money
from bench.layouts.projects import add_project_list
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import REMARKS, UNSEEN_SHARE, Wording

_TITLES = {
    "project": ("项目支出绩效目标表", "项目绩效目标表"),
    "application": ("项目支出绩效目标申报表", "部门预算项目绩效目标申报表", "项目绩效目标审批表"),
    "self_evaluation": ("项目支出绩效自评表", "部门预算项目支出绩效自评表", "项目绩效目标自评表"),
}
_REACHED = "各项任务按期完成，群众反映良好。"
_LONG = "三年内建成长效机制，主要设施全部更新。"


def seed_to_sheet(seed: int, unseen_share: float = UNSEEN_SHARE) -> Sheet:
    """The same seed gives the same form; one in eight is a list of projects."""
    rng = random.Random(f"layout {seed}")
    forms = seed_to_filing(seed, forms=3, overall=False).forms
    words = Wording(rng, unseen_share)
    sheet = Sheet(unseen=words.unseen)
    if rng.random() < 1 / 8:
        add_project_list(sheet, forms, words, rng)
        return sheet
    kind = rng.choice(("project", "application", "self_evaluation", "self_evaluation"))
    _title(sheet, kind, forms[0], rng)
    _identity(sheet, forms[0], words, rng)
    blocks = [lambda: _money(sheet, kind, forms[0], words, rng), lambda: _goals(sheet, kind, forms[0], words, rng)]
    for add in blocks if rng.random() < 0.7 else reversed(blocks):
        add()
    add_indicators(sheet, kind, forms[0], words, rng)
    _below(sheet, forms[0], words, rng)
    return sheet


def _title(sheet: Sheet, kind: str, form: Form, rng: random.Random) -> None:
    title, year = rng.choice(_TITLES[kind]), form.year
    where = rng.choice(("line", "behind", "before", "grid", "grid-year"))
    sheet.expect("/tables/0/kind", ["project", "application"] if kind == "project" else kind)
    sheet.expect("/tables/0/fiscal_year", year)
    behind, before = f"{title}（{year}年度）", f"{year}年{title}"
    printed = {"behind": behind, "before": before, "grid-year": behind}.get(where, title)
    sheet.expect("/tables/0/title", [printed, title])
    if where.startswith("grid"):
        sheet.row(Span(printed, UNITS))
    else:
        sheet.above.append(printed)
    if where in ("line", "grid"):
        (sheet.above.append if where == "line" else lambda text: sheet.row(Span(text, UNITS)))(f"（{year}年度）")
    if not where.startswith("grid") and rng.random() < 0.5:
        unit = rng.choice(("填报单位：", "填报单位（盖章）：", "单位名称："))
        parts = [unit + form.unit_name, rng.choice(("单位：万元", "金额单位：万元"))]
        sheet.above.append("      ".join(parts))
        sheet.expect("/tables/0/unit_name", form.unit_name)
    sheet.parts.append(f"title {where}")


def _identity(sheet: Sheet, form: Form, words: Wording, rng: random.Random) -> None:
    label = 6
    sheet.row(Span(words.say("project_name"), label), Span(form.project_name or "", UNITS - label))
    sheet.expect("/tables/0/project_name", form.project_name, words.say("project_name"))
    office = f"{form.unit_name[:6]}财政局"
    sheet.row(Span(words.say("department"), label), Span(office, 7), Span(words.say("implementer"), 5), Span(form.unit_name, 6))
    sheet.expect("/tables/0/department", office, words.say("department"))
    sheet.expect(f"/tables/0/other_fields/{words.say('implementer')}", form.unit_name)
    if rng.random() < 0.6:
        sheet.row(Span(words.say("attribute"), label), Span("延续项目", 7), Span(words.say("period"), 5), Span("2026-2028年", 6))
        sheet.expect(f"/tables/0/other_fields/{words.say('attribute')}", "延续项目")
        sheet.expect(f"/tables/0/other_fields/{words.say('period')}", "2026-2028年")


def _money(sheet: Sheet, kind: str, form: Form, words: Wording, rng: random.Random) -> None:
    amounts = {name: Decimal(value) if value else Decimal(0) for name, value in form.funds.items()}
    if kind == "self_evaluation":
        add_execution(sheet, amounts, words, rng)
    else:
        add_target_money(sheet, amounts, words, rng)


def _goals(sheet: Sheet, kind: str, form: Form, words: Wording, rng: random.Random) -> None:
    first, second = ("planned", "reached") if kind == "self_evaluation" else ("mid_goal", "annual_goal")
    texts = (form.goal, _REACHED) if kind == "self_evaluation" else (_LONG, form.goal)
    paths = ("overall_goal", "actual_outcome") if kind == "self_evaluation" else ("mid_term_goal", "overall_goal")
    shape = rng.choice(("one", "columns", "columns", "rows", "headed"))
    sheet.parts.append(f"goals {shape}")
    if shape == "one":
        sheet.row(Span(words.say("goal"), 6), Span(form.goal, UNITS - 6))
        sheet.expect("/tables/0/overall_goal", form.goal, words.say("goal"))
        return
    heads = (words.say(first), words.say(second))
    for path, text, head in zip(paths, texts, heads, strict=True):
        sheet.expect(f"/tables/0/{path}", text, head)
    if shape == "columns":
        wide = rng.choice((9, 10, 11))
        sheet.row(Span(words.say("goal_block"), 4, 2), Span(heads[0], wide), Span(heads[1], UNITS - 4 - wide))
        sheet.row(Span(texts[0], wide), Span(texts[1], UNITS - 4 - wide))
    elif shape == "headed":
        sheet.row(Span(heads[0], 12), Span(heads[1], 12))
        sheet.row(Span(texts[0], 12), Span(texts[1], 12))
    else:
        for head, text in zip(heads, texts, strict=True):
            sheet.row(Span(head, 6), Span(text, UNITS - 6))


def _below(sheet: Sheet, form: Form, words: Wording, rng: random.Random) -> None:
    for label in rng.sample(REMARKS, rng.choice((0, 0, 1, 2))):
        sheet.row(Span(label, 6), Span("按季调度，及时整改。", UNITS - 6))
        sheet.expect(f"/tables/0/other_fields/{label}", "按季调度，及时整改。")
    day = f"{form.filled_on.year}年{form.filled_on.month}月{form.filled_on.day}日"
    shape = rng.choice(("none", "line", "cells", "pair", "phone"))
    sheet.parts.append(f"below {shape}")
    if shape == "none":
        return
    sheet.expect("/tables/0/signoff/filled_by", form.filled_by, words.say("filled_by") if shape != "phone" else "")
    said = [(words.say(meaning), value) for meaning, value in (("filled_by", form.filled_by), ("responsible", form.responsible))]
    if shape == "phone":
        sheet.row(Span("填报人及联系电话", 6), Span(f"{form.filled_by} {form.phone}", UNITS - 6))
        sheet.expect("/tables/0/signoff/phone", form.phone)
        return
    said.append((words.say("filled_on"), day))
    sheet.expect("/tables/0/signoff/responsible", form.responsible, words.say("responsible"))
    sheet.expect("/tables/0/signoff/filled_on", [form.filled_on.isoformat(), day], words.say("filled_on"))
    if shape == "line":
        sheet.below.append("      ".join(f"{label}：{value}" for label, value in said))
    elif shape == "cells":
        sheet.row(*(Span(f"{label}：{value}", 8) for label, value in said))
    else:
        sheet.row(*(cell for label, value in said for cell in (Span(label, 4), Span(value, 4))))
