"""Statements of one form that cannot both be so. Noted for whoever judges the form, not judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalizers.checks.check import check
from normalizers.checks.figures import decimal_of, say
from normalizers.checks.scores import points_of
from normalizers.paths import execution_path
from normalizers.record import IndicatorRow, TargetTable

_OUTCOME = ("self_evaluation",)
# Below this share of the money spent, work that was done in full wants a word.
_LITTLE = 5
_NOT_ACCEPTED = re.compile(r"(未|尚未|没有|未能|未通过|待)(组织|进行|完成)?(竣工)?验收|验收(未|不)(通过|合格)")
_NO_COMPLAINT = re.compile(r"(无|零|不|没有|未收到|未接到|未发生)(群众|任何|有效)?(投诉|举报|信访)")
_DATE = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})(?:\s*[月.\-/]\s*(\d{1,2}))?")


@check("contradiction.not-accepted", kinds=_OUTCOME)
def full_points_without_acceptance(table: TargetTable) -> None:
    """X1: one row says that the work was not accepted, and a quantity counts as reached in full."""
    said = next((row for row in table.rows if _NOT_ACCEPTED.search(row.text("actual_value") + "\n" + row.text("reason"))), None)
    if said is None:
        return
    for row in _full(table):
        if row.text("level2").startswith("数量") and row is not said:
            message = f"{row.text('level3')} has full points, while {said.text('level3')} says that it was not accepted yet."
            table.find(row.path("score"), "contradiction.not-accepted", message, "info")


@check("contradiction.little-spent", kinds=_OUTCOME)
def much_done_with_little_spent(table: TargetTable) -> None:
    """X1: hardly anything was spent, and quantities were reached in full."""
    executed = decimal_of(table.value("funds_execution/total/executed"))
    budgets = (decimal_of(table.value(execution_path("total", name))) for name in ("adjusted_budget", "initial_budget"))
    budget = next((each for each in budgets if each), None)
    if executed is None or budget is None or 100 * executed >= _LITTLE * budget:
        return
    reached = [row.text("level3") for row in _full(table) if row.text("level2").startswith("数量")]
    if reached:
        message = f"{say(executed)} of {say(budget)} was spent, while {', '.join(reached)} was reached in full. Who paid for it?"
        table.find("funds_execution/total/executed", "contradiction.little-spent", message, "info")


@check("contradiction.late", kinds=_OUTCOME)
def full_points_after_the_date(table: TargetTable) -> None:
    """X1: the day of completion lies behind the day that was set, and the row has full points."""
    for row in _full(table):
        target, actual = _date(row.text("value")), _date(row.text("actual_value"))
        if target and actual and actual[: len(target)] > target[: len(actual)]:
            message = f"{row.text('level3')}: set for {row.text('value')}, done {row.text('actual_value')}, with full points."
            table.find(row.path("score"), "contradiction.late", message, "info")


@check("contradiction.no-complaint")
def no_complaint_is_no_satisfaction(table: TargetTable) -> None:
    """X1: that nobody complained does not say how satisfied people are."""
    for row in table.rows:
        if "满意" not in row.text("level1") + row.text("level3"):
            continue
        for name in ("explanation", "actual_value"):
            said = _NO_COMPLAINT.search(row.text(name))
            if said:
                message = f"{row.text('level3')}: {said.group(0)!r} is no measure of satisfaction; a survey would be."
                table.find(row.path(name), "contradiction.no-complaint", message, "info")


def _full(table: TargetTable) -> Iterator[IndicatorRow]:
    """Rows with all of their points."""
    for row in table.rows:
        points, score = points_of(row), points_of(row, "score")
        if points and score is not None and score >= points:
            yield row


def _date(text: str) -> tuple[int, ...] | None:
    """Year, month and, where it stands there, the day."""
    found = _DATE.search(text)
    return tuple(int(part) for part in found.groups() if part) if found else None
