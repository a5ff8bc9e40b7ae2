"""Funds as budgeted and as spent: the matrix of self-evaluations and monitoring forms."""

from __future__ import annotations

from decimal import Decimal

from normalizers.checks.check import check
from normalizers.checks.figures import LABELS, PARTS, decimal_of, near, own_lines, say
from normalizers.doubts.misreading import severity_of
from normalizers.paths import execution_path
from normalizers.record import TargetTable

_COLUMNS = {"initial_budget": "年初预算数", "adjusted_budget": "全年预算数", "executed": "执行数", "expected": "全年预计执行数"}
_POINTS_TOLERANCE = Decimal("0.1")
_FORMS = ("self_evaluation", "monitoring")


def _cell(table: TargetTable, line: str, column: str) -> Decimal | None:
    return decimal_of(table.value(execution_path(line, column)))


@check("execution.sum-mismatch", kinds=_FORMS)
def execution_sums(table: TargetTable) -> None:
    """F1 in each column of the matrix: the total is the sum of its lines, a blank counting as 0.

    Lines of the form's own (中央补助, 单位资金) are parts beside the known ones or details of them: both sums are tried.
    """
    wrong = {column: found for column in _COLUMNS if (found := _sum_of_column(table, column)) is not None}
    compared = [column for column in _COLUMNS if _cell(table, "total", column) is not None]
    for column, (paths, message) in wrong.items():
        # A total that fits in no column, or lines that do not, are one thing to look at.
        cause = "sums" if len(wrong) > 1 and len(wrong) == len(compared) else column
        _find_all(table, paths, "execution.sum-mismatch", message, cause)


def _sum_of_column(table: TargetTable, column: str) -> tuple[list[str], str] | None:
    """The fields and the message of a column whose total is not the sum of its lines."""
    total = _cell(table, "total", column)
    parts = {line: value for line in PARTS if (value := _cell(table, line, column)) is not None}
    whole = sum(parts.values(), Decimal(0))
    own = own_lines(table, column)
    if total is None or not parts or near(total, whole) or near(total, whole + sum(own.values(), Decimal(0))):
        return None
    terms = " + ".join(f"{name} {say(value)}" for name, value in {**{LABELS[line]: parts[line] for line in parts}, **own}.items())
    whole += sum(own.values(), Decimal(0))
    message = f"{_COLUMNS[column]}: 年度资金总额 is {say(total)}, its lines add up to {say(whole)} ({terms}); "
    message += f"difference {say(total - whole)}."
    return [execution_path("total", column), *(execution_path(line, column) for line in parts)], message


@check("execution.rate", also=("execution.over-budget", "execution.insufficient-data", "execution.score"), kinds=_FORMS)
def execution_rate(table: TargetTable) -> None:
    """E1 and E2: 执行率 = executed / budget, and the score is the points times the rate, 0.1 points apart at most.

    The score tells whether the rate or one of the amounts is in doubt.
    """
    for line in LABELS:
        rate, executed = _cell(table, line, "rate"), _cell(table, line, "executed")
        column = "adjusted_budget" if _cell(table, line, "adjusted_budget") is not None else "initial_budget"
        budget = _cell(table, line, column)
        if rate is None:
            continue
        if executed is None or not budget:
            message = f"Insufficient data: 执行率 {say(rate)} of {LABELS[line]} without both amounts was not tested."
            table.find(execution_path(line, "rate"), "execution.insufficient-data", message, "info")
            continue
        if executed > budget:
            message = f"{LABELS[line]}: executed {say(executed)} is more than {_COLUMNS[column]} {say(budget)}."
            _find_all(table, [execution_path(line, "executed"), execution_path(line, column)], "execution.over-budget", message, line)
        _compare_rate(table, line, column, rate, executed / budget)


def _compare_rate(table: TargetTable, line: str, column: str, rate: Decimal, share: Decimal) -> None:
    text = table.text(execution_path(line, "rate"))
    # 0.9 and 90 are one rate; a form that writes no per cent sign may mean either.
    said = rate / 100 if "%" in text or "％" in text or rate > Decimal("1.5") else rate
    decimals = len(text.rstrip("%％ ").partition(".")[2])
    tolerance = Decimal(1).scaleb(-decimals) / 2 + Decimal("0.01")
    if abs(said - share) * 100 <= tolerance:
        _compare_score(table, line, said)
        return
    message = f"{LABELS[line]}: 执行率 is {text}, executed / {_COLUMNS[column]} makes {say(round(share * 100, 2))}%."
    suspects = [execution_path(line, "rate"), execution_path(line, "executed"), execution_path(line, column)]
    points, score = _cell(table, line, "points"), _cell(table, line, "score")
    if points and score is not None:
        if abs(points * said - score) <= _POINTS_TOLERANCE:
            suspects = suspects[1:]
        elif abs(points * share - score) <= _POINTS_TOLERANCE:
            suspects = suspects[:1]
    _find_all(table, suspects, "execution.rate", message, line)


def _compare_score(table: TargetTable, line: str, rate: Decimal) -> None:
    """E2 where the rate is as the amounts say: only the score or its points can be wrong, or the county has a rule of its own."""
    points, score = _cell(table, line, "points"), _cell(table, line, "score")
    if not points or score is None or abs(points * min(rate, Decimal(1)) - score) <= _POINTS_TOLERANCE:
        return
    message = f"{LABELS[line]}: the score is {say(score)}, {say(points)} points times {say(round(rate * 100, 2))}% make "
    message += f"{say(round(points * min(rate, Decimal(1)), 2))}."
    _find_all(table, [execution_path(line, "score"), execution_path(line, "points")], "execution.score", message, line)


def _find_all(table: TargetTable, paths: list[str], code: str, message: str, cause: str) -> None:
    """One thing to look at, on each of the fields that may be wrong."""
    for path in paths:
        if path in table.fields:
            table.find(path, code, message, severity_of(table.fields[path]), cause)
