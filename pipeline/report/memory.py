"""What the last report of a dataset said, so that the next can tell what has changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.dataset import Dataset, load_json, write_whole
from pipeline.report.collect import Collected, csv_rows

_VERSION = 2
_MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """Figures of a report: the counts by name, findings and corrections by code, forms and money by unit and year."""

    when: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    units: dict[str, list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the last report; ``since`` is empty where there was none."""

    since: str
    figures: dict[str, int]
    codes: list[tuple[str, int, int]]
    units: list[tuple[str, str, list[float], list[float]]]
    left: list[dict[str, str]]


def said_now(found: Collected, when: datetime) -> Said:
    units = {"\t".join(key): [float(each.forms.total()), round(sum(each.money.values()), 6)] for key, each in sorted(found.filed.items())}
    return Said(when.isoformat(), figures_of(found), dict(sorted((found.review + found.corrections).items())), units)


def figures_of(found: Collected) -> dict[str, int]:
    """The counts on top of the report, by the keys of their words."""
    return {
        "documents": found.documents, "tables": found.tables, "rows": found.rows, "values": found.values,
        "review": found.review.total(), "corrected": found.corrections.total(), "failed": found.failure_count,
    }  # fmt: skip


def last_said(dataset: Dataset) -> Said:
    """Nothing where no report was made, or by another release."""
    try:
        value: dict[str, Any] = load_json(dataset.report_memory)
        known = Said(str(value["when"]), dict(value["figures"]), dict(value["codes"]), dict(value["units"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Said()
    return known if value.get("version") == _VERSION else Said()


def remember(dataset: Dataset, said: Said) -> None:
    """Raises JobError when the dataset cannot be written."""
    value = {"version": _VERSION, "when": said.when, "figures": said.figures, "codes": said.codes, "units": said.units}
    write_whole(dataset.report_memory, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def changes_since(dataset: Dataset, before: Said, now: Said) -> Changes:
    """What the dataset says otherwise than at the last report."""
    if not before.when:
        return Changes("", {}, [], [], [])
    figures = {name: count - before.figures.get(name, count) for name, count in now.figures.items()}
    pairs = [(code, before.codes.get(code, 0), now.codes.get(code, 0)) for code in sorted({*before.codes, *now.codes})]
    codes = sorted((each for each in pairs if each[1] != each[2]), key=lambda each: (-abs(each[2] - each[1]), each[0]))
    units = []
    for key in sorted({*before.units, *now.units}):
        was, is_now = before.units.get(key, [0, 0.0]), now.units.get(key, [0, 0.0])
        if was != is_now:
            unit, _, year = key.partition("\t")
            units.append((unit, year, was, is_now))
    left = [row for row in csv_rows(dataset, "history.csv") if (row.get("when") or "") > before.when]
    return Changes(before.when[:10], figures, codes[:_MOST], units[:_MOST], left[:_MOST])
