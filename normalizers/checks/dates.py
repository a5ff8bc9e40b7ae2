"""The year of a form, the day it was filed, and both against the other forms of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from normalizers.checks.check import check
from normalizers.checks.place import table_name
from normalizers.doubts.misreading import severity_of
from normalizers.record import TargetTable

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


@check("date.implausible", also=("date.unusual",))
def filing_date(table: TargetTable) -> None:
    """D1: a target form is filed from October before its year to the end of it, a self-evaluation in the year after.

    One or two years off is a late or early filing and noted; further off is a misread digit.
    """
    filed, year = iso_date(table.value("signoff/filled_on")), table.value("fiscal_year")
    if filed is None or not isinstance(year, int):
        return
    first, last = _window(table.kind, year)
    if first <= filed <= last:
        return
    off = first.year - filed.year if filed < first else filed.year - last.year
    message = f"填表日期 {filed.isoformat()} for the year {year}; usual is {first.isoformat()} to {last.isoformat()}."
    if off > 2:
        table.find("signoff/filled_on", "date.implausible", f"{message} A digit of one of them is in doubt.")
    else:
        table.find("signoff/filled_on", "date.unusual", message, "info")


def _window(kind: str, year: int) -> tuple[date, date]:
    if kind == "self_evaluation":
        return date(year, 12, 1), date(year + 1, 12, 31)
    return (date(year, 3, 1), date(year + 1, 1, 31)) if kind == "monitoring" else (date(year - 1, 10, 1), date(year, 12, 31))


def iso_date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


@check("date.title-year")
def title_year(table: TargetTable) -> None:
    """D1: the year that the title names is the year of the form."""
    year, found = table.value("fiscal_year"), _YEAR.search(table.text("title"))
    if isinstance(year, int) and found and int(found.group(1)) != year:
        severity = severity_of(table.fields["fiscal_year"])
        table.find("fiscal_year", "date.title-year", f"The title says {found.group(1)}, the line of the year {year}.", severity)


@check("date.goal-year")
def goal_year(table: TargetTable) -> None:
    """D1: a goal that speaks of earlier years only was copied from an earlier form; a plan's or decree's year is as possible, so noted."""
    year, named = table.value("fiscal_year"), [int(text) for text in _YEAR.findall(table.text("overall_goal"))]
    if isinstance(year, int) and named and max(named) < year:
        said = "、".join(map(str, sorted(set(named))))
        table.find("overall_goal", "date.goal-year", f"The goal speaks of {said}, the form is for {year}. As filed.", "info")


@check("date.year-minority", scope="document")
def year_of_the_document(tables: Sequence[TargetTable]) -> None:
    """A form whose year differs from the other forms of its file, though it was filed when they were: a misread digit."""
    years = Counter(year for table in tables if isinstance(year := table.value("fiscal_year"), int))
    if len(years) < 2:
        return
    usual = min(years, key=lambda each: (-years[each], each))
    for index, table in enumerate(tables):
        year, filed = table.value("fiscal_year"), iso_date(table.value("signoff/filled_on"))
        if not isinstance(year, int) or 2 * years[year] > years[usual] or filed is None:
            continue
        if _filed_for(table, usual, filed) and not _filed_for(table, year, filed):
            message = f"The year is {year} in {table_name(tables, index)} and {usual} in {years[usual]} other tables; "
            message += f"it was filed on {filed.isoformat()}, as is usual for {usual}."
            table.find("fiscal_year", "date.year-minority", message, severity_of(table.fields["fiscal_year"]))


def _filed_for(table: TargetTable, year: int, filed: date) -> bool:
    first, last = _window(table.kind, year)
    return first <= filed <= last
