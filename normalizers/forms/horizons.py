"""Rows that hold two plans, and columns that hold a tick, as plain fields."""

from __future__ import annotations

import re

from normalizers.forms.columns import SECOND, TICKED
from normalizers.record import Field, IndicatorRow

_TICK = re.compile(r"^[√✓✔☑■●Vv]$")
_SHARED = ("level1", "side")


def split_horizons(row: IndicatorRow) -> list[IndicatorRow]:
    """A row of a form that plans twice is two indicators: mid-term first, then annual."""
    join_ticks(row)
    second = {name.removesuffix(SECOND): field for name, field in row.fields.items() if name.endswith(SECOND)}
    if not second:
        return [row]
    first = {name: field for name, field in row.fields.items() if not name.endswith(SECOND)}
    shared = {name: _copy(first[name]) for name in _SHARED if name in first}
    halves = [(first, "mid_term"), (shared | second, "annual")]
    rows = []
    for fields, horizon in halves:
        if any(field.text for name, field in fields.items() if name not in ("level1",)):
            fields["horizon"] = Field("", horizon, horizon, status="inferred")
            rows.append(IndicatorRow(fields, page_no=row.page_no, box=row.box))
    return rows


def join_ticks(row: IndicatorRow) -> None:
    """The ticked choices of a column, and words written beside them, as one text."""
    for name in TICKED:
        parts = {key.partition(":")[2]: field for key, field in row.fields.items() if key.startswith(f"{name}:")}
        if not parts:
            continue
        said = [choice if _TICK.match(field.text.strip()) else field.text for choice, field in parts.items() if field.text]
        filled = [field for field in parts.values() if field.text] or list(parts.values())
        joined = "；".join(said)
        row.fields[name] = Field(joined, joined, source=filled[0].source)
        for choice in parts:
            del row.fields[f"{name}:{choice}"]


def _copy(field: Field) -> Field:
    return Field(field.raw, field.text, source=field.source, status=field.status, steps=list(field.steps), cell=field.cell)
