"""An operator that was misread or lost, from what the row says besides."""

from __future__ import annotations

import re

from normalizers.record import IndicatorRow, TargetTable
from normalizers.rules.levels import field_of
from normalizers.rules.missing_units import is_cost_name
from normalizers.rules.neighbours import Context, table_rule
from normalizers.rules.numbers import parse_number
from normalizers.rules.operators import OPERATORS
from normalizers.units import load_units

# What readers make of a small ≥ or ≤: the wedge without its bar, or something of that outline.
_WEDGES = frozenset("VvMNAaZzSs2>><《》〈〉〉∨∧∠AΛV≮≯^こミ乙之")
_AT_LEAST = re.compile(r"大于或?等于|达到或超过|达到(目标|标准|指标)值?得满分|每(降低|下降|少|低)")
_AT_MOST = re.compile(r"小于或?等于|控制在.*(预算|成本)|不超过|未超|每(超出|超过|增加)")


@table_rule(
    "operators.misread",
    examples=("预算成本 V 8 万元, 资金支出控制在预算内得满分 -> ≤", "案件数 M 30 件, 完成值大于等于目标值得满分 -> ≥"),
    near_misses=("案件数 V 30 件, no scoring standard: a finding", "区间 1-3"),
)
def misread(table: TargetTable, context: Context) -> None:
    """A letter in the operator column that has the outline of ≥ or ≤.

    The outline is one cue, the scoring standard the other: it says which way the
    target is met. Without it a finding proposes what it can.
    """
    for index, row in enumerate(table.rows):
        text = row.text("operator")
        if not text or text in OPERATORS:
            continue
        meant = _direction(row)
        if text in _WEDGES and meant:
            row.fields["operator"].change("operators.misread", meant)
        else:
            hint = f"; the row suggests {meant}" if meant else ""
            table.find(f"indicators/{index}/operator", "operator.unknown", f"{text!r} is no operator{hint}. Compare with the page.")


@table_rule(
    "operators.qualitative",
    examples=("… (blank) | 回归、促进 | 非数量指标 -> 定性",),
    near_misses=("… (blank) | 300 | 件: a finding",),
)
def qualitative(table: TargetTable, context: Context) -> None:
    """A blank operator of a row whose target is words and whose unit says 非数量指标: 定性.

    A blank operator beside a number is never filled; a finding proposes what the scoring standard says.
    """
    for index, row in enumerate(table.rows):
        if row.text("operator") or not row.text("value") or not row.text("level3"):
            continue
        if load_units().is_sentinel(row.text("unit")) and re.search(r"[\u4e00-\u9fff]", row.text("value")):
            field_of(row, "operator", beside="value").change("operators.qualitative", "定性", "inferred")
        elif parse_number(row.text("value")) is not None and "operator" in row.fields:
            meant = _direction(row)
            hint = f"; the row suggests {meant}" if meant else ""
            table.find(f"indicators/{index}/operator", "operator.missing", f"No operator is read{hint}. Compare with the page.")


def _direction(row: IndicatorRow) -> str:
    """≥ or ≤ as the scoring standard says; empty when it says nothing or both."""
    scoring = row.text("scoring_standard")
    least, most = bool(_AT_LEAST.search(scoring)), bool(_AT_MOST.search(scoring)) or is_cost_name(row.text("level3"))
    return "" if least == most else "≥" if least else "≤"
