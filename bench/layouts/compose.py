"""A made-up filing in a layout of its own: each block is one of several forms that provinces use."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.forms.content import Form, seed_to_filing
from bench.layouts.above import add_above, add_identity
from bench.layouts.below import add_below
from bench.layouts.execution import add_execution
from bench.layouts.indicators import add_indicators
from bench.layouts.money import add_target_money
from bench.layouts.overall import add_unit, add_unit_money
from bench.layouts.projects import add_project_list
from bench.layouts.regions import add_transfer, add_transfer_money
from bench.layouts.sheet import UNITS, Marks, MoneyStyle, Sheet, Span
from bench.layouts.words import UNSEEN_SHARE, Wording

KINDS = ("project", "application", "self_evaluation", "self_evaluation", "monitoring")
# Of the forms of one office: its projects', those of the office as a whole, those of a transfer to its region.
SUBJECTS = ("project",) * 6 + ("overall", "overall", "region", "region")
_REACHED = "各项任务按期完成，群众反映良好。"
_LONG = "三年内建成长效机制，主要设施全部更新。"


def seed_to_sheets(seed: int, unseen_share: float = UNSEEN_SHARE) -> list[Sheet]:
    """The same seed gives the same file; one in eight is a list of projects, one in five holds two or three forms."""
    rng = random.Random(f"layout {seed}")
    forms = seed_to_filing(seed, forms=3, overall=False).forms
    if rng.random() < 1 / 8:
        words = Wording(rng, unseen_share)
        sheet = Sheet(unseen=words.unseen)
        add_project_list(sheet, forms, words, rng)
        return [sheet]
    count = rng.choice((1, 1, 1, 1, 1, 1, 1, 1, 2, 3))
    # Forms of one file come from one office: of one kind, with the same words.
    kind, subject, words = rng.choice(KINDS), rng.choice(SUBJECTS), Wording(rng, unseen_share)
    return [_compose(form, kind, subject, words, rng) for form in forms[:count]]


def _compose(form: Form, kind: str, subject: str, words: Wording, rng: random.Random) -> Sheet:
    bottom = rng.choice((40.0, 40.0, 40.0, 300.0, 430.0, 520.0))
    sheet = Sheet(unseen=words.unseen, money=_style(rng), bottom=bottom, marks=_marks(rng))
    add_above(sheet, kind, subject, form, rng)
    identity = {"overall": add_unit, "region": add_transfer, "project": add_identity}[subject]
    identity(sheet, form, words, rng)
    blocks = [lambda: _money(sheet, kind, subject, form, words, rng), lambda: _goals(sheet, kind, form, words, rng)]
    for add in blocks if rng.random() < 0.7 else reversed(blocks):
        add()
    add_indicators(sheet, kind, form, words, rng)
    add_below(sheet, form, words, rng)
    return sheet


def _style(rng: random.Random) -> MoneyStyle:
    in_yuan = rng.random() < 0.25
    return MoneyStyle(
        "元" if in_yuan else "万元", rng.random() < 0.7, commas=in_yuan and rng.random() < 0.5, decimals=rng.choice((0, 0, 2))
    )


def _marks(rng: random.Random) -> Marks:
    """Nothing on half of the forms."""
    number = rng.choice(("", "", "— {0} —", "第{0}页 共{1}页", "{0}", "第 {0} 页"))
    going_on = rng.choice(("", "", "", "续表", "{title}（续）", "（续上页）"))
    return Marks(number, going_on, rng.random() < 0.3) if rng.random() < 0.5 else Marks()


def _money(sheet: Sheet, kind: str, subject: str, form: Form, words: Wording, rng: random.Random) -> None:
    amounts = {name: Decimal(value) if value else Decimal(0) for name, value in form.funds.items()}
    if kind in ("self_evaluation", "monitoring"):
        add_execution(sheet, kind, amounts, words, rng)
    elif subject == "overall":
        add_unit_money(sheet, amounts, words, rng)
    elif subject == "region":
        add_transfer_money(sheet, amounts, words, rng)
    else:
        add_target_money(sheet, amounts, words, rng)


def _goals(sheet: Sheet, kind: str, form: Form, words: Wording, rng: random.Random) -> None:
    evaluation = kind == "self_evaluation"
    first, second = ("planned", "reached") if evaluation else ("mid_goal", "annual_goal")
    texts = (form.goal, _REACHED) if evaluation else (_LONG, form.goal)
    paths = ("overall_goal", "actual_outcome") if evaluation else ("mid_term_goal", "overall_goal")
    shape = "one" if kind == "monitoring" else rng.choice(("one", "columns", "columns", "rows", "headed"))
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
