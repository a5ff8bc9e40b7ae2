"""Short cells of a row under a seal: what is left of the seal's ink goes where the rest of the row says what stands there.

Every change is a guess: it leaves a review finding of its own beside that of the seal.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq

from extractors.origin import is_filed
from normalizers.record import CARRIERS, Field, IndicatorRow, TargetTable
from normalizers.rules.closed_lists import is_known
from normalizers.rules.missing_units import is_cost_name, unit_for
from normalizers.rules.numbers import parse_number
from normalizers.rules.operator_column import direction
from normalizers.rules.operator_readings import read_direction
from normalizers.rules.operators import OPERATORS
from normalizers.rules.table_rule import Context, change_on_guess, table_rule
from normalizers.rules.under_seal import is_sealed
from normalizers.vocabulary.characters import HAN, HAN_RANGE
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.units import load_units

_SIGNS = {"positive": "≥", "negative": "≤"}
# Rows that must agree on an operator, and the share of all that they must be.
_ENOUGH, _MOST = 3, 0.75
# Columns that every indicator fills.
_ALWAYS = ("level3", "explanation", "scoring_standard")
# Names that say what is counted: 维修养护小型水库座数.
_COUNTED = re.compile(r"(人次|[人件座处头户台套批场条项次])数$")
_HAN_RUN = re.compile(rf"[{HAN_RANGE}].*[{HAN_RANGE}]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# A letter that a figure may have been read as, or a mark that may be a point of the number.
_MAYBE_FIGURE = re.compile(r"[\dIlioOSBZzg|.,，。](?=\d)|(?<=\d)[IlioOSBZzg|.,，。]")


@table_rule(
    "seals.ink-in-blank-row",
    examples=("社会成本指标 | (blank) | '2 3' | '点中' | 'IL' | (blank) | (blank), all of it under a seal -> blank",),
    near_misses=(
        "社会效益指标 | '政品文事故志e' under a seal | ≤ | 0 | 起 | an explanation free of the seal",
        "社会成本指标 | (blank) | ≤ | 12 | 万元, the known words under a seal",
        "a form without columns that the seal leaves free",
    ),
)
def ink_in_blank_row(table: TargetTable, context: Context) -> None:
    """A second level without an indicator over which a seal lies: what was read there is the seal's ink.

    Three cues: nothing is read in the cells of the row that the seal leaves free,
    one of them is of a column that every other row fills, and no word under the
    seal is one that its column can hold. A finding shows what was read.
    """
    for row in table.rows:
        fields = {name: row.fields[name] for name in CARRIERS if name in row.fields}
        filled = {name: each for name, each in fields.items() if each.text}
        if not filled or not all(is_sealed(each) for each in filled.values()):
            continue
        if not _has_free_blank(table, row) or any(_may_be_word(name, each.text, context) for name, each in filled.items()):
            continue
        seen = " | ".join(repr(each.text) for each in filled.values())
        for each in filled.values():
            each.change("seals.ink-in-blank-row", "")
        message = f"Read as {seen} under a seal in a row that holds nothing else; taken for the seal's ink. Compare with the page."
        table.find(row.path(), "seals.ink-in-blank-row", message)


def _has_free_blank(table: TargetTable, row: IndicatorRow) -> bool:
    """A blank cell that no seal touches, in a column that most other rows fill."""
    for name in _ALWAYS:
        field = row.fields.get(name)
        others = [other for other in table.rows if other is not row]
        usual = others and sum(bool(other.text(name)) for other in others) > 0.5 * len(others)
        if usual and field is not None and not field.text and not is_sealed(field):
            return True
    return False


def _may_be_word(name: str, text: str, context: Context) -> bool:
    """True for what its column can hold, one character alone (座, 4, >) left out: strokes of a seal look like many."""
    if name == "level3":
        return label_key(text) in context.known_names
    return len(text) > 1 and name in ("unit", "explanation", "scoring_standard") and is_known(name, text)


@table_rule(
    "seals.value-in-dirt",
    examples=("≥ | '84 森' under a seal | % -> 84", "定性 | '11基本解决w' under a seal -> 基本解决"),
    near_misses=("≥ | 'i7' of 17 stays wrong and marked", "'3 5' under a seal", "≥ | '84 森' and no seal over it"),
)
def value_in_dirt(table: TargetTable, context: Context) -> None:
    """The one figure in a target value under a seal, or the words of a target in words, without the letters around."""
    for row in table.rows:
        field = row.fields.get("value")
        if field is None or not field.text or not is_sealed(field) or parse_number(field.text) is not None:
            continue
        text = _words_of(field.text) if _is_in_words(row) else _figure_of(field.text)
        change_on_guess(table, row.path("value"), field, "seals.value-in-dirt", text)


def _is_in_words(row: IndicatorRow) -> bool:
    """定性, or what is left of it, or the unit of a target in words."""
    return "性" in row.text("operator") or load_units().is_sentinel(row.text("unit"))


def _words_of(text: str) -> str:
    found = _HAN_RUN.search(text)
    return found.group() if found else ""


def _figure_of(text: str) -> str:
    """The figure of a text that holds one alone, with nothing at its ends that may be one more."""
    figures = _FIGURE.findall(text)
    rest = _FIGURE.sub("", text)
    doubtful = _MAYBE_FIGURE.search(_FIGURE.sub("0", text)) is not None
    return figures[0] if len(figures) == 1 and rest.strip() and not doubtful else ""


@table_rule(
    "seals.value-by-twin",
    examples=("≥ | '2 f' under a seal | 个, the same indicator with 12 个 in another form of the file -> 12",),
    near_misses=("'95' under a seal, 98 in another form: both may be filed", "'2 f' under a seal and no such indicator elsewhere"),
)
def value_by_twin(table: TargetTable, context: Context) -> None:
    """A target value under a seal that has lost figures, and that the same indicator has whole elsewhere in the file.

    The figures that are left must stand in the whole in their order, with others
    missing, and nothing else may be read: two targets of one indicator do differ.
    """
    for row in table.rows:
        field = row.fields.get("value")
        if field is None or not field.text or not is_sealed(field):
            continue
        twins = context.twins(row.text("level3"), "value")
        whole = twins.pop() if len(twins) == 1 else ""
        left = re.sub(r"[^\d.]", "", field.text)
        if parse_number(whole) is not None and left and len(left) < len(whole) and LCSseq.similarity(left, whole) == len(left):
            change_on_guess(table, row.path("value"), field, "seals.value-by-twin", whole)


@table_rule(
    "operators.illegible",
    examples=(
        "'B通、', 完成值大于等于目标值得满分 -> ≥",
        "'-' of a small =, 完成值大于等于目标值得满分 -> =",
        "'法大性E' under a seal | 基本解决 | 非数量指标 -> 定性",
    ),
    near_misses=("'B通、' in a transcript", "'C' where neither the row, the library nor the other rows say a direction: a finding"),
)
def operator(table: TargetTable, context: Context) -> None:
    """An illegible operator: 定性 beside a target in words; beside a number what the row and the file say.

    In this order: the operator of the same indicator elsewhere in the file,
    what the scoring standard says, the direction of the library, the lean of the
    readings, or what nearly all rows of the same first level have.
    """
    for row in table.rows:
        field = row.fields.get("operator")
        if field is None or not field.text or field.text in OPERATORS or not (is_sealed(field) or _is_ink(field)):
            continue
        change_on_guess(table, row.path("operator"), field, "operators.illegible", _meant_operator(field, row, context))


def _is_ink(field: Field) -> bool:
    """True for what was read from a picture by itself; characters of a file were filed as they are."""
    return field.cell is not None and not is_filed(field.cell.origin)


def _meant_operator(field: Field, row: IndicatorRow, context: Context) -> str:
    value = row.text("value")
    if parse_number(value) is None:
        return "定性" if HAN.search(value) and _is_in_words(row) else ""
    twins = context.twins(row.text("level3"), "operator") & set(OPERATORS)
    meant = twins.pop() if len(twins) == 1 else "=" if _is_level(field) else direction(row)
    known = context.library.get(label_key(row.text("level3")))
    usual = _SIGNS.get(known.direction, "") if known is not None else ""
    return meant or usual or read_direction(field) or _usual_beside(row, context)


def _is_level(field: Field) -> bool:
    """Two bars are no wedge, nor is the one that small bars run into; under a seal that may be what is left of a ≥."""
    return bool(re.fullmatch(r"[=＝二]\W*", field.text)) or (field.text in {"-", "－"} and not is_sealed(field))


def _usual_beside(row: IndicatorRow, context: Context) -> str:
    """The operator that most rows of the document under the same first level have beside a number; empty when they are too few to tell."""
    beside = [
        other["operator"]
        for other in context.rows
        if other.get("level1") == row.text("level1") and other.get("operator") in OPERATORS and other["operator"] != "定性"
    ]
    common = max(sorted(set(beside)), key=beside.count, default="")
    return common if beside.count(common) >= max(_ENOUGH, _MOST * len(beside)) else ""


@table_rule(
    "seals.unit",
    examples=(
        "救助对象满意度 ≥ 91 '•% 一5' under a seal -> %",
        "预算成本 ≤ 17 '1卜旋' under a seal, funds in 万元 -> 万元",
        "'S头' under a seal -> 头",
        "水库座数 ≥ 24 '程' under a seal -> 座",
        "清障长度 ≥ 12 '年米' under a seal, 千米 in another form -> 千米",
    ),
    near_misses=("'蛮' and no seal over it", "'年米' under a seal where nothing names the indicator's unit"),
)
def unit(table: TargetTable, context: Context) -> None:
    """An illegible unit under a seal, from the row: a share, the money of the form; the one known unit that was read with dirt;
    or the usual unit of an indicator with this very name."""
    for row in table.rows:
        field = row.fields.get("unit")
        if field is None or not field.text or not is_sealed(field) or is_known("unit", field.text):
            continue
        if row.text("operator") == "定性" and _blank_beside_words(table, row):
            field.change("seals.unit", "")
            message = f"Read as {field.raw!r} under a seal; rows judged in words have no unit here. Compare with the page."
            table.find(row.path("unit"), "seals.unit", message)
            continue
        number = parse_number(row.text("value"))
        meant, sure = unit_for(row, number, table.funds_unit) if number is not None else ("", False)
        usual = _usual_unit(field.text, row, context)
        # A budget cost is money whether or not the form declares its unit.
        sure = sure or is_cost_name(row.text("level3"))
        # 平方 is a unit, and what is left of 平方米.
        text = meant if sure else usual if LCSseq.similarity(usual, field.text) else _unit_inside(field.text) or usual
        change_on_guess(table, row.path("unit"), field, "seals.unit", text)


def _blank_beside_words(table: TargetTable, row: IndicatorRow) -> bool:
    """True where the other rows of the form that are judged in words leave the unit blank."""
    others = [other.text("unit") for other in table.rows if other is not row and other.text("operator") == "定性"]
    return bool(others) and not any(others)


def _unit_inside(text: str) -> str:
    """The longest known unit inside a text, when no other one is as long; 人 in 人次 is a part of it."""
    pieces = {text[start:stop] for start in range(len(text)) for stop in range(start + 1, len(text) + 1)}
    known = sorted((each for each in pieces if each == each.strip() and load_units().known(each)), key=len)
    # Letters are units too (m, t), and strokes of a seal are read as letters.
    known = [each for each in known if HAN.search(each) or each in ("%", "‰", "㎡")]
    return known[-1] if known and (len(known) == 1 or len(known[-2]) < len(known[-1])) else ""


def _usual_unit(text: str, row: IndicatorRow, context: Context) -> str:
    """The unit of indicators of this name; of several the one that a character is left of."""
    twins = context.twins(row.text("level3"), "unit")
    if len(twins) == 1:
        return twins.pop()
    known = context.library.get(label_key(row.text("level3")))
    units = known.units if known is not None else ()
    left = [each for each in units if LCSseq.similarity(each, text) > 0]
    named = _COUNTED.search(row.text("level3"))
    return units[0] if len(units) == 1 else left[0] if len(left) == 1 else named.group(1) if named else ""
