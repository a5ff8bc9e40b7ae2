"""What a made-up county files: tables with known truth, drawn from ``content.toml`` by a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from normalizers.vocabulary.bundled import parse_toml

LEVELS: dict[str, tuple[str, ...]] = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
COST = "资金支出控制在预算内得满分，否则不得分"
PROPORTIONAL = "完成值大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成率*指标分值"
PASSED = "达到或超过标准值得满分"
QUALITATIVE = "达到年度指标得满分，部分达到具有一定效果得80%，未达到年度指标，效果差的不得分"
OWN_SCORING = (
    "完成目标得满分，每少完成一个百分点扣0.5分，扣完为止",
    "按计划完成得满分，未完成的按实际完成比例计分",
    "全部完成得满分，每缺一项扣2分",
)
NOT_A_NUMBER = "非数量指标"


@dataclass(frozen=True)
class Row:
    """One line of the form; ``level3`` is None where the category was left empty."""

    level1: str
    level2: str
    level3: str | None = None
    operator: str | None = None
    value: str | None = None
    unit: str | None = None
    explanation: str | None = None
    scoring: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Form:
    """One table as a careful clerk would key it. Funds are strings in 万元."""

    kind: str
    title: str
    year: int
    unit_name: str
    project_name: str | None
    section: str | None
    funds: dict[str, str | None]
    goal: str
    rows: tuple[Row, ...]
    filled_by: str
    phone: str
    filled_on: date
    responsible: str


@dataclass
class Filing:
    """What one office hands in: a file of one or more forms."""

    seed: int
    county: str
    code: str
    office: str
    forms: list[Form] = field(default_factory=list)


@cache
def load_words() -> dict[str, Any]:
    return parse_toml(Path(__file__).with_name("content.toml").read_text(encoding="utf-8"))


def seed_to_filing(seed: int, forms: int | None = None, overall: bool | None = None) -> Filing:
    """The same seed gives the same filing. ``forms`` and ``overall`` override the draw."""
    rng = random.Random(seed)
    words = load_words()
    county, office = rng.choice(words["county"]), rng.choice(words["office"])
    filing = Filing(seed, county["name"], county["code"], office["name"])
    year = rng.randint(2021, 2026)
    people = _people(rng, year)
    own = [_project_form(rng, filing, year, people, office["section"], project) for project in office["project"]]
    others = [(o, p) for o in words["office"] for p in o["project"] if o is not office]
    more = [_project_form(rng, filing, year, people, o["section"], p) for o, p in rng.sample(others, 2)]
    with_overall = rng.random() < 0.4 if overall is None else overall
    count = (forms or rng.choice((1, 1, 2, 2, 3))) - with_overall
    if with_overall:
        filing.forms.append(_overall_form(rng, filing, year, people, own))
    filing.forms += (own + more)[: max(count, 0)]
    return filing


def _people(rng: random.Random, year: int) -> dict[str, Any]:
    words = load_words()
    names = [rng.choice(words["surnames"]) + rng.choice(words["given"]) for _ in range(2)]
    while names[0] == names[1]:
        names[1] = rng.choice(words["surnames"]) + rng.choice(words["given"])
    # Four zeros in the place of the area: right in form, plainly made up.
    phone = f"1{rng.choice((33, 35, 38, 51, 58, 72, 77, 86, 89, 99))}0000{rng.randint(0, 9999):04d}"
    filled_on = date(year - 1, rng.choice((9, 10, 11, 12)), rng.randint(1, 28))
    return {"filled_by": names[0], "responsible": names[1], "phone": phone, "filled_on": filled_on}


def _funds(rng: random.Random) -> dict[str, str | None]:
    hundredths = rng.choice((rng.randint(3, 90) * 100, rng.randint(110, 4200) * 50, rng.randint(12000, 380000)))
    parts = rng.choice(("all", "all", "carry", "other", "three"))
    share = {"all": (100, 0, 0), "carry": (70, 30, 0), "other": (80, 0, 20), "three": (60, 25, 15)}[parts]
    carry, other = (hundredths * share[1] // 100, hundredths * share[2] // 100)
    amounts = {"total": hundredths, "fiscal_appropriation": hundredths - carry - other, "carry_over": carry, "other": other}
    return {key: amount_to_text(value) if value else None for key, value in amounts.items()}


def amount_to_text(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _drawn(rng: random.Random, span: str) -> str:
    low, dash, high = span.partition("-")
    if not dash or not low.replace(".", "").isdigit():
        return span
    places = len(low.partition(".")[2])
    return f"{rng.randint(round(float(low) * 10**places), round(float(high) * 10**places)) / 10**places:.{places}f}"


def _lines_to_rows(rng: random.Random, lines: list[str], budget: str) -> tuple[Row, ...]:
    passed, own = rng.random() < 0.5, rng.random() < 0.3
    rows = []
    for line in lines:
        level2, name, operator, span, unit, explanation = line.split("|")
        level2 = {"成本": "经济成本指标", "满意度指标": "服务对象满意度指标"}.get(level2, level2)
        scoring = _scoring(rng, level2, operator, passed, own)
        rows.append(Row(_parent(level2), level2, name, operator, _drawn(rng, span), unit, explanation, scoring))
    return _rows_to_form_rows(rows, budget)


def _rows_to_form_rows(rows: list[Row], budget: str) -> tuple[Row, ...]:
    """In the order of the form, the budget first, an empty row for each category without an indicator."""
    cost = Row("成本指标", "经济成本指标", "预算成本", "≤", budget, "万元", "本年度该类工作的经费安排", COST)
    by_level2 = {name: [row for row in [cost, *rows] if row.level2 == name] for names in LEVELS.values() for name in names}
    return tuple(row for level1, names in LEVELS.items() for name in names for row in by_level2[name] or [Row(level1, name)])


def _scoring(rng: random.Random, level2: str, operator: str, passed: bool, own: bool) -> str:
    if operator == "定性":
        return QUALITATIVE
    if level2 == "经济成本指标":
        return COST
    if own and rng.random() < 0.4:
        return rng.choice(OWN_SCORING)
    return PASSED if passed or level2.startswith("服务对象") else PROPORTIONAL


def _parent(level2: str) -> str:
    return next(level1 for level1, names in LEVELS.items() if level2 in names)


def _project_form(rng: random.Random, filing: Filing, year: int, people: dict[str, Any], section: str, project: dict[str, Any]) -> Form:
    funds = _funds(rng)
    goal = project["goal"] + "。" + rng.choice(load_words()["goal_endings"])
    title = rng.choice(("项目绩效目标表", "项目绩效目标表", "项目支出绩效目标表"))
    rows = _lines_to_rows(rng, project["indicators"], funds["total"] or "0")
    return Form("project", title, year, filing.county + filing.office, project["name"], section, funds, goal, rows, **people)


def _overall_form(rng: random.Random, filing: Filing, year: int, people: dict[str, Any], projects: list[Form]) -> Form:
    """The office as a whole: the indicators of its projects, and a budget that is larger than theirs together."""
    unit = filing.county + filing.office
    goal = "".join(f"{number}、{form.goal}" for number, form in enumerate(projects, 1))
    rows = [row for form in projects for row in form.rows if row.level3 and row.level1 != "成本指标"]
    titles = (f"{unit}整体绩效目标表", f"{unit}部门整体支出绩效目标表")
    budget = sum(round(float(form.funds["total"] or 0) * 100) for form in projects) + rng.randint(50000, 900000)
    complete = _rows_to_form_rows(rows, amount_to_text(budget))
    return Form("overall", rng.choice(titles), year, unit, None, None, {}, goal, complete, **people)
