"""The first level from the second: in the taxonomy a second level has one parent."""

from __future__ import annotations

import re

from normalizers.matching.taxonomy import is_old_generation, level1_for
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.roles import LEVELS
from normalizers.rules.rule import rule
from normalizers.rules.table_rule import Context, table_rule
from normalizers.vocabulary.labels import load_labels
from normalizers.vocabulary.levels import is_level1, level2_of, without_points

_NAME_AND_POINTS = re.compile(r"^(.*\S)\s*[(（]\s*(\d+(?:\.\d+)?)\s*分\s*[)）]$", re.DOTALL)
# One name with points behind it may be called so.
_FEWEST_NAMES = 2


@rule(
    "levels.points",
    LEVELS,
    [
        ("产出指标（40-60分）", "产出指标"), ("满意度指标（10分）", "满意度指标"), ("数量指标(20分)", "数量指标"),
        ("产出指标40分", "产出指标"), ("效益指标（30）", "效益指标"), ("满意度指标[10%]", "满意度指标"),
        ("质量指标（权重20%）", "质量指标"),
    ],  # fmt: skip
    ["产出指标", "产出指标（一）", "考核指标（20分）", "（20分）", "考核40分", "产出指标1"],
)
def points(text: str) -> str:
    """The points that a form prints behind a level are no part of its name; what is left must be a known level."""
    name = without_points(text)
    return name if name != text and (is_level1(name) or level2_of(name)) else text


@table_rule(
    "levels.parent",
    examples=("绩效指标 | 数量指标 -> 产出指标 | 数量指标", "(blank) | 时效指标 -> 产出指标 | 时效指标"),
    near_misses=("产出指标 | 经济成本指标 (as filed, a check reports it)", "(blank) | 运行成本 (not in the taxonomy)"),
)
def parent(table: TargetTable, context: Context) -> None:
    """Fill a blank first level, and replace the side label 绩效指标 that slipped into its cell.

    A merged cell is read into one row of many, and the vertical label beside the
    block into the first. The second level decides; a first level that is one, but
    another, stays as filed.
    """
    old = is_old_generation(tuple(row.text("level2") for row in table.rows), tuple(row.text("level1") for row in table.rows))
    labels = context.labels or load_labels()
    for row in table.rows:
        above = level1_for(row.text("level2"), old)
        text = row.text("level1")
        if above is None or (text and not labels.is_side(text)):
            continue
        field = field_of(row, "level1", beside="level2")
        field.change("levels.parent", above, "corrected" if text else "inferred")


@table_rule(
    "levels.points-in-names",
    examples=("防火带长度（30分） | 验收合格率（70分） -> 防火带长度 | 验收合格率, with the points 30 and 70",),
    near_misses=("防火带长度（30分） | 验收合格率 (one of the names has none)", "防火带长度（30分） with the points 20 (they differ)"),
)
def points_in_names(table: TargetTable, context: Context) -> None:
    """Points that a form prints behind the name of every indicator are no part of the names: they are its points.

    Where one name has none, or the form has a column of points that says something
    else, what stands in brackets may be the name's own.
    """
    rows = [row for row in table.rows if row.text("level3")]
    found = [_NAME_AND_POINTS.match(row.text("level3")) for row in rows]
    said = [(row, match) for row, match in zip(rows, found, strict=True) if match is not None]
    agree = all(row.text("points") in ("", match.group(2)) for row, match in said)
    if len(said) < max(len(rows), _FEWEST_NAMES) or not agree:
        return
    for row, match in said:
        row.fields["level3"].change("levels.points-in-names", match.group(1))
        if not row.text("points"):
            field_of(row, "points", beside="level3").change("levels.points-in-names", match.group(2))


def field_of(row: IndicatorRow, name: str, beside: str) -> Field:
    """The field of a row; a new blank one, placed where ``beside`` stands, when the form has no such column."""
    if name not in row.fields:
        neighbour = row.fields.get(beside)
        row.fields[name] = Field("", "", source=neighbour.source if neighbour else None)
    return row.fields[name]
