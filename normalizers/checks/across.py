"""The forms of one unit and year against each other when they lie in several documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from normalizers.checks.check import check
from normalizers.checks.figures import fold, say
from normalizers.checks.place import listed
from normalizers.consensus.facts import TableFacts
from normalizers.record import TargetTable

Facts = Sequence[TableFacts]
_PROJECTS = ("project", "application")


@check("batch.duplicate-project", scope="batch")
def same_project_in_other_documents(tables: Sequence[TargetTable], own: Facts, all_facts: Facts) -> None:
    """A project of the same unit and year in another file: another version of the form, or a copied name.

    With the same amount it is taken for the same form filed again and noted.
    """
    for table, facts in zip(tables, own, strict=True):
        name = fold(facts.name)
        if not name or facts.kind == "overall":
            continue
        same = [other for other in _elsewhere(facts, all_facts) if other.kind == facts.kind and fold(other.name) == name]
        others = [other for other in same if replace(other, document=facts.document, number=facts.number) != facts]
        if others:
            places = listed(f"{other.place(facts.document)}, {_amount(other)}" for other in others)
            message = f"项目名称 {facts.name!r} ({_amount(facts)}) also stands in {places}."
            again = all(other.amount == facts.amount for other in others)
            table.find("project_name", "batch.duplicate-project", message, "info" if again else "review")


@check("batch.project-totals", scope="batch", also=("batch.project-totals-exceed", "batch.insufficient-data"))
def projects_of_other_documents(tables: Sequence[TargetTable], own: Facts, all_facts: Facts) -> None:
    """F5 over a batch: the projects of a unit, in whatever files they lie, cost no more than its budget.

    A project that stands in several files counts once. Forms that name no unit
    cannot be assigned to one and are left out.
    """
    for table, facts in zip(tables, own, strict=True):
        if facts.kind != "overall" or facts.cost_row < 0 or not any(each.kind in _PROJECTS for each in _elsewhere(facts, all_facts)):
            continue
        projects = {fold(each.name) or each.place(""): each for each in all_facts if each.scope == facts.scope and each.kind in _PROJECTS}
        path = table.rows[facts.cost_row].path("value")
        unknown = [each.place(facts.document) for each in projects.values() if each.amount is None]
        if unknown or facts.amount is None:
            what = "; ".join(unknown) or "the overall budget cost"
            message = f"Insufficient data: no amount for {what}; project totals of this batch were not tested."
            table.find(path, "batch.insufficient-data", message, "info")
            continue
        total = sum((each.amount for each in projects.values() if each.amount is not None), Decimal(0))
        files = len({each.document for each in projects.values()})
        figures = (
            f"{len(projects)} projects of this unit in {files} files make {say(total)} 万元, overall budget cost {say(facts.amount)} 万元"
        )
        if total > facts.amount:
            message = f"{figures}; they exceed it by {say(total - facts.amount)} 万元."
            table.find(path, "batch.project-totals-exceed", message, "info")
        else:
            table.find(path, "batch.project-totals", f"{figures}; {say(facts.amount - total)} 万元 is left.", "info")


@check("batch.target-differs", scope="batch")
def targets_of_other_documents(tables: Sequence[TargetTable], own: Facts, all_facts: Facts) -> None:
    """I4 over a batch: an indicator of the overall form and of a project in another file have one target; noted."""
    for table, facts in zip(tables, own, strict=True):
        if facts.kind != "overall":
            continue
        projects = [other for other in _elsewhere(facts, all_facts) if other.kind in _PROJECTS]
        for row in facts.rows:
            key = fold(row.level3), row.unit
            others = [(where, other) for where in projects for other in where.rows if (fold(other.level3), other.unit) == key]
            differing = [(where, other) for where, other in others if other.value != row.value]
            if row.index == facts.cost_row or not row.unit or not row.value or not differing:
                continue
            places = listed(f"{other.value} in {where.place(facts.document, other.index)}" for where, other in differing)
            message = f"{row.level3}: {row.operator} {row.value} {row.unit} in the overall form, {places}."
            table.find(table.rows[row.index].path("value"), "batch.target-differs", message, "info")


def _elsewhere(facts: TableFacts, all_facts: Facts) -> list[TableFacts]:
    return [other for other in all_facts if other.scope == facts.scope and other.document != facts.document]


def _amount(facts: TableFacts) -> str:
    return "no amount" if facts.amount is None else f"{say(facts.amount)} 万元"
