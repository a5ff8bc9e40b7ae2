"""The list of indicators: columns in several orders, operators apart or in the value's cell, weights, totals."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bench.forms.content import Form, Row
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import Wording

_WIDTHS = {
    "level3": 5,
    "operator": 2,
    "value": 3,
    "unit": 2,
    "points": 2,
    "score": 2,
    "actual_value": 3,
    "reason": 3,
    "remark": 2,
    "previous_value": 3,
    "interim_value": 3,
    "expected_value": 3,
    "deviation": 3,
}


def add_indicators(sheet: Sheet, kind: str, form: Form, words: Wording, rng: random.Random) -> None:
    """One list with its total below it on a self-evaluation; or a list for all years and one for the year, one below the other."""
    rows = [row for row in form.rows if row.level3][: rng.choice((5, 6, 7, 8))]
    apart = rng.random() < 0.5
    columns = _columns(kind, apart, rng)
    sheet.parts.append("list apart" if apart else "list joined")
    if kind in ("project", "application") and rng.random() < 0.3:
        _add_two_lists(sheet, rows, columns, apart, words, rng)
        return
    side = "绩效指标" if rng.random() < 0.7 else ""
    widths = _fitted(columns, UNITS - (2 if side else 0) - 6)
    shown = _add_list(sheet, rows, _List(columns, widths, apart, side), words, rng)
    if "score" in columns:
        _total(sheet, shown, columns, widths, bool(side))


@dataclass(frozen=True)
class _List:
    """How a list is drawn: ``side`` is the label beside it, ``horizon`` for when its plan is; ``first`` is the place of its first row."""

    columns: list[str]
    widths: dict[str, int]
    apart: bool
    side: str = ""
    horizon: str = ""
    first: int = 0
    heads: bool = True


def _add_two_lists(sheet: Sheet, rows: list[Row], columns: list[str], apart: bool, words: Wording, rng: random.Random) -> None:
    """The plan of all years above that of the year: with heads each, with a caption in a row of its own, or under one row of heads."""
    shape = rng.choice(("beside", "beside", "captions", "once"))
    sheet.parts.append(f"stacked {shape}")
    count = 0
    for horizon, label, part in (("mid_term", words.say("long_side"), rows[:3]), ("annual", words.say("year_side"), rows[1:])):
        side = "" if shape == "captions" else label
        if shape == "captions":
            sheet.row(Span(label, UNITS))
        own = columns if horizon == "mid_term" or shape == "once" else _columns("project", apart, rng)
        widths = _fitted(own, UNITS - (2 if side else 0) - 6)
        heads = shape != "once" or horizon == "mid_term"
        _add_list(sheet, part, _List(own, widths, apart, side, horizon, count, heads), words, rng)
        count += len(part)


def _add_list(sheet: Sheet, rows: list[Row], drawn: _List, words: Wording, rng: random.Random) -> list[dict[str, str]]:
    columns, widths = drawn.columns, drawn.widths
    tall = len(rows) + drawn.heads
    side = [Span(drawn.side, 2, tall)] if drawn.side else []
    if drawn.heads:
        sheet.row(*side, Span("一级指标", 3), Span("二级指标", 3), *(Span(words.say(name), widths[name]) for name in columns))
        sheet.heads.append(len(sheet.rows) - 1)
        side = []
    shown = [_cells(row, columns, drawn.apart, rng) for row in rows]
    first = {id(list(group)[0]) for _, group in groupby(rows, lambda row: row.level1)}
    spans = [len(list(group)) for _, group in groupby(rows, lambda row: row.level1)]
    for index, row in enumerate(rows):
        lead = [Span(row.level1, 3, spans.pop(0))] if id(row) in first else []
        sheet.row(*(side if index == 0 else []), *lead, Span(row.level2, 3), *(Span(shown[index][name], widths[name]) for name in columns))
        _expect_row(sheet, drawn.first + index, row, shown[index], columns, drawn.apart, words)
        if drawn.horizon:
            sheet.expect(f"/tables/0/indicators/{drawn.first + index}/horizon", drawn.horizon)
    return shown


def _columns(kind: str, apart: bool, rng: random.Random) -> list[str]:
    target = ["operator", "value", "unit"] if apart else ["value"]
    if kind == "monitoring":
        return ["level3", *target, "interim_value", *rng.choice(([], ["expected_value"])), "deviation"]
    if kind != "self_evaluation":
        more = rng.choice(([], ["remark"], ["previous_value"], ["points"]))
        return ["level3", *(more if more == ["previous_value"] else []), *target, *(more if more != ["previous_value"] else [])]
    order = rng.choice(("usual", "points-first", "points-last"))
    done = ["actual_value"]
    if order == "points-first":
        return ["level3", "points", *target, *done, "score", "reason"]
    if order == "points-last":
        return ["level3", *target, *done, "reason", "points", "score"]
    return ["level3", *target, *done, "points", "score", "reason"]


def _fitted(columns: list[str], units: int) -> dict[str, int]:
    """Widths that fill the row: what is left over goes to the names, what is too much comes from them."""
    widths = {name: _WIDTHS[name] for name in columns}
    over = sum(widths.values()) - units
    for name in ("reason", "actual_value", "value", "previous_value", "level3"):
        if over > 0 and widths.get(name, 0) > 2:
            widths[name] -= 1
            over -= 1
    widths["level3"] -= over
    return widths


def _cells(row: Row, columns: list[str], apart: bool, rng: random.Random) -> dict[str, str]:
    unit = row.unit if row.operator != "定性" else ""
    operator = row.operator or ""
    joined = (row.value or "") + (unit or "") if operator in ("定性", "=") else f"{operator}{row.value}{unit}"
    reached = rng.choice((row.value or "", row.value or ""))
    cells = {
        "level3": row.level3 or "", "operator": operator, "value": row.value or "" if apart else joined, "unit": unit or "", "points": "10",
        "score": rng.choice(("10", "9", "8.5")), "actual_value": reached if apart or operator == "定性" else f"{reached}{unit}",
        "reason": rng.choice(("", "", "雨季停工")), "remark": rng.choice(("", "新增")), "previous_value": reached,
        "interim_value": reached, "expected_value": reached, "deviation": rng.choice(("", "雨季停工")),
    }  # fmt: skip
    return {name: cells[name] for name in columns}


def _expect_row(sheet: Sheet, index: int, row: Row, cells: dict[str, str], columns: list[str], apart: bool, words: Wording) -> None:
    at = f"/tables/0/indicators/{index}"
    expected: dict[str, Any] = {name: text or None for name, text in cells.items()}
    if not apart:
        plain = row.operator in ("定性", "=")
        expected |= {"value": row.value, "unit": row.unit if row.operator != "定性" else None}
        expected["operator"] = [None, row.operator] if plain else row.operator
        expected["actual_value"] = [cells.get("actual_value"), row.value] if "actual_value" in columns else None
        if "actual_value" not in columns:
            del expected["actual_value"]
    if row.operator == "定性":
        expected["unit"] = [None, ""]
    sheet.expect(f"{at}/level1", row.level1)
    sheet.expect(f"{at}/level2", row.level2)
    for name, value in expected.items():
        column = name if name in columns else "value"
        sheet.expect(f"{at}/{name}", value, words.say(column))


def _total(sheet: Sheet, shown: list[dict[str, str]], columns: list[str], widths: dict[str, int], side: bool) -> None:
    """The sum of the points and of the scores, each under its head."""
    score = sum(float(cells["score"]) for cells in shown)
    said = {"points": str(10 * len(shown)), "score": f"{score:g}"}
    cells: list[Span] = []
    lead = (2 if side else 0) + 6
    for name in columns:
        if name in said:
            cells.append(Span(said[name], widths[name]))
        elif cells and not cells[-1].text:
            cells[-1] = replace(cells[-1], units=cells[-1].units + widths[name])
        elif cells:
            cells.append(Span("", widths[name]))
        else:
            lead += widths[name]
    sheet.row(Span("总分", lead), *cells)
    sheet.expect("/tables/0/total_score", float(said["score"]) if "." in said["score"] else int(said["score"]), sheet_word(sheet, columns))


def sheet_word(sheet: Sheet, columns: list[str]) -> str:
    """The head of the scores where it may not be known: then the total is under it, too."""
    return next((word for word in sheet.unseen if word == "实得分"), "") if "score" in columns else ""
