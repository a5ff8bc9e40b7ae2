"""An operator that was misread or lost, from what the row says besides."""

from __future__ import annotations

import re
from dataclasses import replace

from normalizers.doubts.witnesses import DOUBT
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.levels import field_of
from normalizers.rules.missing_units import is_cost_name
from normalizers.rules.numbers import parse_number
from normalizers.rules.operator_readings import read_direction
from normalizers.rules.operators import OPERATORS
from normalizers.rules.table_rule import Context, table_rule
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.units import load_units

# What readers make of a small ≥ or ≤: the wedge without its bar, or something of that outline.
_WEDGES = frozenset("VvMNAaWwKkZzSsé2><《》〈〉〉∨∧∠AΛV≮≯^こミ乙之")
_AT_LEAST = re.compile(r"大于或?等于|达到或超过|达到(目标|标准|指标)值?得满分|每(降低|下降|少|低)")
_AT_MOST = re.compile(r"小于或?等于|控制在.*(预算|成本)|不超过|未超|每(超出|超过|增加)")


@table_rule(
    "operators.misread",
    examples=(
        "预算成本 V 8 万元, 资金支出控制在预算内得满分 -> ≤",
        "案件数 M 30 件, 完成值大于等于目标值得满分 -> ≥",
        "案件数 > (0.6) 30 件, 达到或超过标准值得满分 -> ≥",
    ),
    near_misses=("案件数 V 30 件, no scoring standard: a finding", "> in a transcript or a text layer", "区间 1-3"),
)
def misread(table: TargetTable, context: Context) -> None:
    """An operator read as a letter of its outline, or as > for ≥ because its bar was lost.

    The outline and the lean of the readings are one cue, the scoring standard is
    the other: it says which way the target is met, and that reaching it counts.
    Where they agree the operator is put right and the doubt of the readings is
    settled; without the second cue a finding proposes what it can.
    """
    for row in table.rows:
        path, field = row.path("operator"), row.fields.get("operator")
        doubted = any(found.path == path and found.code == DOUBT for found in table.findings)
        if field is None or not field.text or (field.text in OPERATORS and not doubted):
            continue
        meant = direction(row)
        if meant and _may_be(field, meant):
            field.change("operators.misread", meant)
            _settle(table, path, meant)
        elif field.text not in OPERATORS:
            hint = f"; the row suggests {meant}" if meant else ""
            table.find(path, "operator.unknown", f"{field.text!r} is no operator{hint}. Compare with the page.")


def _may_be(field: Field, meant: str) -> bool:
    """True when the shape that was read may be this operator and the readings do not lean the other way."""
    lean = read_direction(field)
    if field.text in OPERATORS:
        return field.text != "定性" and lean == meant
    return field.text.strip(" •·.'`-") in _WEDGES and lean in ("", meant)


def _settle(table: TargetTable, path: str, meant: str) -> None:
    """Turn the doubt of the readings into a note: the scoring standard decided."""
    for place, found in enumerate(table.findings):
        if found.path == path and found.code == DOUBT:
            message = f"{found.message} The scoring standard decides for {meant}."
            table.findings[place] = replace(found, severity="info", message=message)


@table_rule(
    "operators.qualitative",
    examples=("… (blank) | 回归、促进 | 非数量指标 -> 定性",),
    near_misses=("… (blank) | 300 | 件: a finding",),
)
def qualitative(table: TargetTable, context: Context) -> None:
    """A blank operator of a row whose target is words and whose unit says 非数量指标: 定性.

    A blank operator beside a number is never filled; a finding proposes what the scoring standard says.
    """
    for row in table.rows:
        if row.text("operator") or not row.text("value") or not row.text("level3"):
            continue
        if load_units().is_sentinel(row.text("unit")) and re.search(rf"[{HAN_RANGE}]", row.text("value")):
            field_of(row, "operator", beside="value").change("operators.qualitative", "定性", "inferred")
        elif parse_number(row.text("value")) is not None and "operator" in row.fields:
            meant = direction(row)
            hint = f"; the row suggests {meant}" if meant else ""
            table.find(row.path("operator"), "operator.missing", f"No operator is read{hint}. Compare with the page.")


def direction(row: IndicatorRow) -> str:
    """≥ or ≤ as the scoring standard says; empty when it says nothing or both."""
    scoring = row.text("scoring_standard")
    least, most = bool(_AT_LEAST.search(scoring)), bool(_AT_MOST.search(scoring)) or is_cost_name(row.text("level3"))
    return "" if least == most else "≥" if least else "≤"
