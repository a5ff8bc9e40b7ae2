"""The projects of a unit: what they cost together, and that each has a name of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from normalizers.checks.check import check
from normalizers.checks.figures import amount_in_wan, budget_cost, budget_costs, fold, fund, say
from normalizers.checks.place import listed, table_name
from normalizers.consensus.unit_scope import units_of
from normalizers.doubts.misreading import row_severity
from normalizers.record import IndicatorRow, TargetTable

Tables = Sequence[TargetTable]
PROJECTS = ("project", "application")
_GENERIC = re.compile(r"(专项)?(工作|管理)?(经费|项目|资金|补助|支出)$")


def overall_tables(tables: Tables) -> list[int]:
    return [index for index, table in enumerate(tables) if table.kind == "overall"]


def projects_of(tables: Tables, overall: int) -> list[int]:
    """Project tables of the unit and year of the overall table; of any year where one of the two is unknown."""
    year, units = tables[overall].value("fiscal_year"), units_of(tables)
    return [
        index
        for index, table in enumerate(tables)
        if table.kind in PROJECTS and units[index] == units[overall] and (year is None or table.value("fiscal_year") in (None, year))
    ]


@check("cross-table.project-totals", scope="document", also=("cross-table.project-totals-exceed", "cross-table.insufficient-data"))
def project_totals(tables: Tables) -> None:
    """F5: the projects together cost no more than the unit's budget cost. Only this inequality can be tested.

    The overall form has no block of funds, so equality would need the budget of
    the basic expenditure as well; the difference is reported, not judged.
    Totals of the year, never cumulated ones (F6).
    """
    for overall in overall_tables(tables):
        projects, rows = projects_of(tables, overall), budget_costs(tables[overall])
        if projects and len(rows) == 1:
            _test_totals(tables, overall, rows[0], projects)


def _test_totals(tables: Tables, overall: int, at: int, projects: list[int]) -> None:
    row = tables[overall].rows[at]
    path = row.path("value")
    whole = amount_in_wan(row)
    totals = {index: _project_total(tables[index]) for index in projects}
    unknown = [table_name(tables, index) for index, total in totals.items() if total is None]
    if whole is None or unknown:
        what = "、".join(unknown) if unknown else "the overall budget cost"
        message = f"Insufficient data: no amount for {what}; Σ project totals ≤ overall budget cost was not tested."
        tables[overall].find(path, "cross-table.insufficient-data", message, "info")
        return
    _compare(tables, overall, path, row, whole, {index: total for index, total in totals.items() if total is not None})


def _project_total(table: TargetTable) -> Decimal | None:
    total = fund(table, "total")
    return budget_cost(table) if total is None else total


def _compare(tables: Tables, overall: int, path: str, row: IndicatorRow, whole: Decimal, totals: dict[int, Decimal]) -> None:
    total = sum(totals.values(), Decimal(0))
    terms = " + ".join(say(each) for each in totals.values())
    figures = f"Σ of {len(totals)} project totals {terms} = {say(total)} 万元, overall budget cost {say(whole)} 万元"
    if total <= whole:
        message = f"{figures}; {say(whole - total)} 万元 is left for basic expenditure, whose figure the form does not give."
        tables[overall].find(path, "cross-table.project-totals", message, "info")
        return
    message = f"{figures}; the projects exceed it by {say(total - whole)} 万元."
    tables[overall].find(path, "cross-table.project-totals-exceed", message, row_severity(row, "value", "unit"))


@check("cross-table.duplicate-project", scope="document")
def duplicate_projects(tables: Tables) -> None:
    """N37: a project's name stands once among the forms of a year; twice is a copy of an old form, as a rule.

    The name is never changed: with the goal beside it a person sees which form was copied.
    """
    groups: dict[tuple[str, str, str, object], list[int]] = defaultdict(list)
    units = units_of(tables)
    for index, table in enumerate(tables):
        if table.text("project_name"):
            groups[table.kind, units[index], fold(table.text("project_name")), table.value("fiscal_year")].append(index)
    for members in groups.values():
        for index in members if len(members) > 1 else ():
            others = listed(_with_goal(tables, other) for other in members if other != index)
            message = f"项目名称 {tables[index].text('project_name')!r} also stands in {others}."
            own = f" The goal here begins {tables[index].text('overall_goal')[:24]!r}, total {say(_project_total(tables[index]))} 万元."
            tables[index].find("project_name", "cross-table.duplicate-project", message + own + _fit(tables[index]))


def _fit(table: TargetTable) -> str:
    """Says so when nothing in the form speaks of what its name says: then the name is the copied part."""
    subject = _GENERIC.sub("", fold(table.text("project_name")))
    texts = [table.text("overall_goal")] + [row.text(name) for row in table.rows for name in ("level3", "explanation")]
    body = fold("".join(texts))
    if len(subject) < 2 or any(subject[start : start + 2] in body for start in range(len(subject) - 1)):
        return ""
    return f" No indicator and no goal here speaks of {subject!r}: the name was probably copied."


def _with_goal(tables: Tables, index: int) -> str:
    goal = tables[index].text("overall_goal")[:24]
    return f"{table_name(tables, index)}, whose goal begins {goal!r}, total {say(_project_total(tables[index]))} 万元"
