"""The tables of one document against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalizers.checks.check import check
from normalizers.checks.figures import fold, is_budget_cost, number_of, say, unit_of
from normalizers.checks.place import listed, row_name, table_name
from normalizers.checks.projects import overall_tables, projects_of
from normalizers.doubts.misreading import row_severity
from normalizers.matching.taxonomy import level1_for
from normalizers.record import IndicatorRow, Severity, TargetTable
from normalizers.vocabulary.units import load_units

Tables = Sequence[TargetTable]


def indicator_key(row: IndicatorRow) -> str:
    """What makes two rows the same indicator: the canonical entry where the name says it, else the name.

    A canonical entry found by likeness is no proof, so it does not count.
    """
    match = row.match
    if match.indicator_id and match.method in ("exact", "alias"):
        return match.indicator_id
    return fold(row.text("level3"))


def _targets(table: TargetTable) -> Iterator[tuple[int, IndicatorRow, Decimal]]:
    for index, row in enumerate(table.rows):
        number = number_of(row)
        if row.text("level3") and number is not None and not is_budget_cost(row):
            yield index, row, number


@check("cross-table.target-differs", scope="document", also=("cross-table.figure-slip",))
def same_indicator_same_target(tables: Tables) -> None:
    """I4: an indicator of the overall form has the target that its projects filed (N14, N15).

    Two rates may well differ and are noted. Two counts of one indicator with the
    same explanation are rather one figure misread, when they differ in a single
    digit or when only one project has the indicator, so that nothing was added
    up: both are marked when one of them may be misread.
    """
    for overall in overall_tables(tables):
        by_indicator: dict[tuple[str, str], list[tuple[int, int, IndicatorRow, Decimal]]] = defaultdict(list)
        for project in projects_of(tables, overall):
            for at, other, figure in _targets(tables[project]):
                by_indicator[indicator_key(other), unit_of(other)].append((project, at, other, figure))
        for _, row, number in _targets(tables[overall]):
            others = by_indicator[indicator_key(row), unit_of(row)]
            if all(figure == number for _, _, _, figure in others):
                continue
            places = listed(f"{say(figure)} in {row_name(tables, project, at)}" for project, at, _, figure in others)
            message = f"{row.text('level3')}: {row.text('operator')} {say(number)} {row.text('unit')} in the overall form, {places}."
            tables[overall].find(row.path("value"), "cross-table.target-differs", message, "info")
            for project, _, other, figure in others:
                severity = _slip(row, other, number, figure, alone=len(others) == 1)
                if severity:
                    slip = f"{message} A count filed twice; compare both with the page."
                    tables[overall].find(row.path("value"), "cross-table.figure-slip", slip, severity)
                    tables[project].find(other.path("value"), "cross-table.figure-slip", slip, severity)


def _slip(left: IndicatorRow, right: IndicatorRow, first: Decimal, second: Decimal, alone: bool) -> Severity | None:
    """Severity when two counts of one indicator look like one figure read twice; None otherwise.

    ``alone``: only one project has the indicator, so the overall form adds nothing up and any difference counts.
    """
    if first == second or load_units().dimension(left.text("unit")) == "ratio":
        return None
    if fold(left.text("explanation")) != fold(right.text("explanation")) or not (alone or one_slip(say(first), say(second))):
        return None
    return row_severity(left, "value") if row_severity(left, "value") == "review" else row_severity(right, "value")


def one_slip(left: str, right: str) -> bool:
    """True for figures of two or more digits that differ in one digit or by one more or less.

    >>> one_slip("12374", "12874"), one_slip("20", "200"), one_slip("95", "98.5"), one_slip("4", "5")
    (True, True, False, False)
    """
    short, long = sorted((left, right), key=len)
    if len(short) < 2 or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    return any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))


@check("cross-table.not-covered", scope="document")
def overall_covers_projects(tables: Tables) -> None:
    """N75: output indicators of the projects that the overall form does not take up; for information."""
    for overall in overall_tables(tables):
        known = {indicator_key(row) for row in tables[overall].rows} | {fold(row.text("level3")) for row in tables[overall].rows}
        for project in projects_of(tables, overall):
            missing = [
                row.text("level3")
                for row in tables[project].rows
                if level1_for(row.text("level2")) == "产出指标" and not {indicator_key(row), fold(row.text("level3"))} & known
            ]
            if missing:
                message = f"Output indicators of {table_name(tables, project)} that the overall form lacks: {'、'.join(missing)}."
                tables[overall].find("", "cross-table.not-covered", message, "info")


@check("cross-table.no-sentinel", scope="document")
def sentinels_stand_everywhere(tables: Tables) -> None:
    """Where a file fills the unit of words with 非数量指标 or the like, a blank there is a cell not read."""
    words = [(table, row) for table in tables for row in table.rows if row.text("operator") == "定性"]
    filled = [row for _, row in words if load_units().is_sentinel(row.text("unit"))]
    blank = [(table, row) for table, row in words if not row.text("unit")]
    if len(filled) < 2 or len(filled) < len(blank):
        return
    for table, row in blank:
        message = f"{row.text('level3')}: the unit is blank, where {len(filled)} rows of this file that are judged in words say "
        message += f"{filled[0].text('unit')!r}."
        table.find(row.path("unit"), "cross-table.no-sentinel", message, row_severity(row, "value", "unit"))
