"""For when a plan is; rows that hold two plans, and columns that hold a tick, as plain fields."""

from __future__ import annotations

import re
from typing import Literal

from normalizers.forms.columns import SECOND, TICKED
from normalizers.record import Field, IndicatorRow
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels

_TICK = re.compile(r"^[√✓✔☑■●Vv]$")
_LEVELS = ("level1", "level2", "level3")
Horizon = Literal["mid_term", "annual"]


def horizon_of(text: str, labels: Labels) -> Horizon | None:
    """For when a head, or the label beside a list, says that its targets are; None where it does not say."""
    key = label_key(text)
    periods = {name for word, (part, name) in labels.grammar.words.items() if part == "periods" and word in key}
    if "mid_term" in periods:
        return "mid_term"
    return "annual" if "current" in periods else None


def split_horizons(row: IndicatorRow, horizons: tuple[Horizon, ...]) -> list[IndicatorRow]:
    """A row of a form that plans twice is two indicators; one of a list for one plan says for which.

    Args:
        horizons: of the first and the second plan in the columns of the list; empty where it does not say.
    """
    join_ticks(row)
    second = {name.removesuffix(SECOND): field for name, field in row.fields.items() if name.endswith(SECOND)}
    first = {name: field for name, field in row.fields.items() if not name.endswith(SECOND)}
    # A level that does not stand twice is that of both plans; so is the name, where only the targets stand twice.
    shared = {name: _copy(first[name]) for name in _LEVELS if name in first and name not in second}
    halves = [first, shared | second] if second else [first]
    rows = []
    for fields, horizon in zip(halves, horizons, strict=False):
        if any(field.text for name, field in fields.items() if name not in shared or name == "level3" or not second):
            fields["horizon"] = Field("", horizon, horizon, status="inferred")
            rows.append(IndicatorRow(fields, page_no=row.page_no, box=row.box))
    return rows if horizons else [row]


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
