"""Units that the page lost, from what stands around them."""

from __future__ import annotations

import re
from decimal import Decimal

from normalizers.record import IndicatorRow, TargetTable
from normalizers.rules.levels import field_of
from normalizers.rules.numbers import parse_number
from normalizers.rules.table_rule import Context, table_rule
from normalizers.vocabulary.characters import HAN
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.units import load_units

_SHARE_NAME = re.compile(r"(率|满意度|占比)$")
# These may pass 100 %, or are counted in something else.
_NO_SHARE = re.compile(r"(增长|增幅|提高|下降|降低|减少|上升|频|效|功|利|汇|费|税)率$|倍率$")
_SENTINEL_REST = re.compile(r"指标\w?$|^非数|数量指")
_COST_NAMES = frozenset({"预算成本", "项目总成本", "总成本", "项目成本", "预算金额", "项目预算成本", "资金成本"})


def is_cost_name(name: str) -> bool:
    """True for the indicator that repeats the form's money."""
    return label_key(name) in _COST_NAMES


# What a slash is read as; words have no litres.
_LIKE_SLASH = re.compile(r"[LlI1|7J丿ノ]")


@table_rule(
    "units.covered-by-name",
    examples=(
        "服务对象满意率 | 95 | 服务对象满意率 | 服务对象满意率 -> unit blank",
        "… | 服务对象满意率 | (blank) -> explanation 服务对象满意率",
    ),
    near_misses=("件 | 案件数", "人次 | 人次"),
)
def covered(table: TargetTable, context: Context) -> None:
    """A unit cell that repeats the indicator's name and is no unit: the cell beside it ran over.

    Two cues: it is not in the vocabulary, and it equals the name or the
    explanation. Where the explanation is blank, the text is the explanation.
    """
    for row in table.rows:
        unit = row.fields.get("unit")
        if unit is None or not unit.text or load_units().known(unit.text) or load_units().is_sentinel(unit.text):
            continue
        if label_key(unit.text) not in {label_key(row.text("level3")), label_key(row.text("explanation"))}:
            continue
        if not row.text("explanation"):
            field_of(row, "explanation", beside="unit").change("units.covered-by-name", unit.text)
        unit.change("units.covered-by-name", "")


@table_rule(
    "units.infer",
    examples=("服务对象满意率 ≥ 95 (blank) -> %", "预算成本 ≤ 17 (blank), funds in 万元 -> 万元"),
    near_misses=("增长率 ≥ 120", "成本控制率 ≤ 1", "案件数 ≥ 300", "满意率 定性 满意", "预算成本 ≤ 17, no unit of funds declared"),
)
def infer(table: TargetTable, context: Context) -> None:
    """A blank unit that two cues name: a share by name with a value up to 100, the budget cost of a form in 万元.

    With one of the two a finding proposes; a number of something else is never guessed.
    """
    for row in table.rows:
        number = parse_number(row.text("value"))
        if row.text("unit") or number is None or row.text("operator") == "定性":
            continue
        unit, sure = unit_for(row, number, table.funds_unit)
        if unit and sure:
            field_of(row, "unit", beside="value").change("units.infer", unit, "inferred")
        elif unit:
            message = f"No unit is read; {row.text('level3')!r} suggests {unit}."
            table.find(row.path("unit"), "units.one-cue", message)


@table_rule(
    "units.unreadable",
    examples=("服务对象满意率 ≥ 95 '9,' -> %", "预算成本 ≤ 17 '方元', funds in 万元 -> 万元", "群众防火意识 定性 增强 'L' -> /"),
    near_misses=("服务对象满意率 ≥ 95 件", "案件数 ≥ 30 '0'"),
)
def unreadable(table: TargetTable, context: Context) -> None:
    """A unit that is none, where two cues say which one it must be: as for a blank one, and the ink is no word of another.

    Marks, digits and letters for %; two characters with 万 or 元 in its place for
    万元; what ends with 指标, or begins with 非数, for 非数量指标 beside 定性 and words;
    a lone letter or figure of the shape of a stroke for the / beside 定性 and words.
    """
    for row in table.rows:
        unit, number = row.fields.get("unit"), parse_number(row.text("value"))
        if unit is None or not unit.text or load_units().is_sentinel(unit.text):
            continue
        if number is None:
            if row.text("operator") == "定性" and _LIKE_SLASH.fullmatch(unit.text):
                unit.change("units.unreadable", "/")
            elif row.text("operator") == "定性" and _SENTINEL_REST.search(unit.text) and not load_units().known(unit.text):
                unit.change("units.unreadable", "非数量指标")
            continue
        meant, sure = unit_for(row, number, table.funds_unit)
        if sure and (_may_be_percent(unit.text) if meant == "%" else _may_be_wan(unit.text)):
            unit.change("units.unreadable", meant)


def _may_be_percent(text: str) -> bool:
    """Marks, digits or a lone letter: a share is in no gram and no metre."""
    return (
        len(text) <= 3
        and not HAN.search(text)
        and load_units().dimension(text) != "ratio"
        and (len(text) == 1 or not load_units().known(text))
    )


def _may_be_wan(text: str) -> bool:
    return len(text) == 2 and not load_units().known(text) and (text[0] == "万" or text[1] == "元")


def unit_for(row: IndicatorRow, number: Decimal, funds_unit: str) -> tuple[str, bool]:
    """The unit that the row suggests, and whether two cues agree on it."""
    name = row.text("level3")
    if is_cost_name(name):
        return (funds_unit, True) if funds_unit in ("万元", "元") else ("万元", False)
    if _SHARE_NAME.search(name) and not _NO_SHARE.search(name):
        # 1 may be 1 % or all of it: of a share between 0 and 1 the name alone does not tell the magnitude.
        return "%", number == 0 or 1 < number <= 100
    return "", False
