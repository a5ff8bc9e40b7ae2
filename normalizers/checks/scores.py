"""Points and scores of a self-evaluation: each row, and all of them together."""

from __future__ import annotations

import re
from decimal import Decimal

from normalizers.checks.check import check
from normalizers.checks.figures import decimal_of, number_of, say
from normalizers.doubts.misreading import severity_of, table_severity
from normalizers.paths import execution_path
from normalizers.record import IndicatorRow, TargetTable
from normalizers.rules.numbers import parse_number

_FORMS = ("self_evaluation",)
_TOLERANCE = Decimal("0.1")
_ALL = Decimal(100)
_FIGURE = re.compile(r"^[≥≤=＝><＞＜]?\s*(-?\d+(?:\.\d+)?)")
_NO_REASON = re.compile(r"^(无|没有|/|—|-|无偏差|已完成|不适用)*$")

_MISSED = re.compile(r"未(能|完成|达|按|及时|全部)|没有完成|不足|不到位|滞后|延迟|推迟|延期|偏低|较低|停工")
# Usual points of cost, output, benefit and satisfaction, execution left out.
_WEIGHTS = ((20, 40, 20, 10), (0, 50, 30, 10))
_LEVELS = ("成本指标", "产出指标", "效益指标", "满意度指标")


def points_of(row: IndicatorRow, column: str = "points") -> Decimal | None:
    """Points or score of a row; None when blank or no number."""
    return parse_number(row.text(column).rstrip("分 "))


def _actual(row: IndicatorRow) -> Decimal | None:
    found = _FIGURE.match(row.text("actual_value"))
    return Decimal(found.group(1)) if found else None


@check("score.above-points", kinds=_FORMS)
def score_within_points(table: TargetTable) -> None:
    """E3: a score is never more than its points, nor below zero."""
    for row in table.rows:
        points, score = points_of(row), points_of(row, "score")
        if points is None or score is None or 0 <= score <= points:
            continue
        message = f"{row.text('level3')}: the score is {say(score)} of {say(points)} points."
        for name in ("points", "score"):
            table.find(row.path(name), "score.above-points", message, severity_of(row.fields[name]))


@check("score.outcome", also=("score.no-reason", "score.reason-at-full"), kinds=_FORMS)
def score_fits_outcome(table: TargetTable) -> None:
    """E3 and E4: a target that was met scores full points and gives no reason for missing it; one that was missed does both otherwise.

    How much is taken off is each county's own rule, so this is noted and not judged.
    """
    for row in table.rows:
        met, points, score = _is_met(row), points_of(row), points_of(row, "score")
        if met is None or points is None or score is None:
            continue
        path, full = row.path(), score >= points
        figures = (
            f"target {row.text('operator')} {row.text('value')}, actual {row.text('actual_value')}, {say(score)} of {say(points)} points"
        )
        if met != full:
            table.find(f"{path}/score", "score.outcome", f"{row.text('level3')}: {figures}; these do not fit each other.", "info")
        if not met and _NO_REASON.match(row.text("reason")):
            table.find(f"{path}/reason", "score.no-reason", f"{row.text('level3')}: {figures}, without a reason.", "info")
        if full and _MISSED.search(row.text("reason")):
            message = f"{row.text('level3')}: {figures}, yet the reason speaks of a target that was missed."
            table.find(f"{path}/reason", "score.reason-at-full", message, "info")


def _is_met(row: IndicatorRow) -> bool | None:
    """Whether the actual value meets the target; None when one of them is no figure."""
    target, actual = number_of(row), _actual(row)
    if target is None or actual is None:
        return None
    if row.text("operator") in ("≤", "<"):
        return actual <= target
    return actual >= target


@check("score.level-weights", kinds=_FORMS)
def score_level_weights(table: TargetTable) -> None:
    """E6: the points of the first levels are usually 20/40/20/10, or 50/30/10 without cost; counties may set others, so this is noted."""
    points = [points_of(row) for row in table.rows]
    if not points or None in points or any(row.text("level1") not in _LEVELS for row in table.rows):
        return
    sums = tuple(
        sum((each for each, row in zip(points, table.rows, strict=True) if each is not None and row.text("level1") == level), Decimal(0))
        for level in _LEVELS
    )
    if all(sums != tuple(Decimal(each) for each in usual) for usual in _WEIGHTS):
        named = ", ".join(f"{level} {say(each)}" for level, each in zip(_LEVELS, sums, strict=True))
        table.find("", "score.level-weights", f"The points are {named}; usual are 20/40/20/10, or 50/30/10 without cost.", "info")


@check("score.points-total", also=("score.total", "score.insufficient-data"), kinds=_FORMS)
def score_totals(table: TargetTable) -> None:
    """E5: all points make 100, the ten for execution included, and all scores make 总分.

    Where one score, were it what its outcome earns, would make the total right, it is in doubt as well.
    """
    _compare(table, "points", _ALL, "", "score.points-total")
    total = decimal_of(table.value("total_score"))
    if total is not None:
        missing = _compare(table, "score", total, "total_score", "score.total")
        _doubt_scores(table, missing)


def _doubt_scores(table: TargetTable, missing: Decimal | None) -> None:
    """Rows whose score is off by what the total lacks."""
    for row in table.rows:
        earned, score = _earned(row), points_of(row, "score")
        if missing and earned is not None and score is not None and abs(earned - score - missing) <= _TOLERANCE:
            message = f"{row.text('level3')}: the score is {say(score)}; {say(round(earned, 2))} would fit the outcome and make 总分 right."
            table.find(row.path("score"), "score.total", message, severity_of(row.fields["score"]))


def _earned(row: IndicatorRow) -> Decimal | None:
    """The points that an outcome earns by proportion, full points at most; None when it has no figures."""
    target, actual, points = number_of(row), _actual(row), points_of(row)
    if target is None or actual is None or points is None or not target or not actual:
        return None
    share = target / actual if row.text("operator") in ("≤", "<") else actual / target
    return points * min(share, Decimal(1))


def _compare(table: TargetTable, column: str, whole: Decimal, path: str, code: str) -> Decimal | None:
    """Test a sum; what it lacks when it is wrong."""
    rows = [points_of(row, column) for row in table.rows]
    known = [each for each in rows if each is not None]
    if not known:
        return None
    execution = decimal_of(table.value(execution_path("total", column))) or Decimal(0)
    if len(known) < len(rows):
        message = f"Insufficient data: {len(rows) - len(known)} rows without a readable {column}, so their sum was not tested."
        table.find(path, "score.insufficient-data", message, "info")
        return None
    found = sum(known, execution)
    # Counties that do not count execution leave its points beside the hundred.
    if min(abs(found - whole), abs(found - execution - whole)) <= _TOLERANCE:
        return None
    message = f"The {column} add up to {say(found)} ({say(execution)} of them for execution), not to {say(whole)}."
    table.find(path, code, message, severity_of(table.fields[path]) if path else table_severity(table))
    return whole - found
