"""One row at a time: do operator, value and unit fit each other and the name?"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.origin import is_filed
from normalizers.checks.check import check
from normalizers.checks.figures import fold, number_of, say
from normalizers.doubts.misreading import already_marked, may_be_misread, row_severity
from normalizers.record import IndicatorRow, TargetTable
from normalizers.vocabulary.characters import HAN
from normalizers.vocabulary.units import load_units

WORDS = "定性"
# With fewer rows one blank cell is no exception.
_ENOUGH_ROWS = 4
_DIGIT = re.compile(r"[\d零一二三四五六七八九十百千万两半]")
_DAY = r"\d{4}([-./]\d{1,2}){1,2}"
_RANGE_OR_DATE = re.compile(rf"^\d+(\.\d+)?%?[-—~～至]\d+(\.\d+)?%?$|^{_DAY}([-—~～至]{_DAY})?$|^\d+[:/]\d+$")
_GROWTH = re.compile(r"增|提高|提升|上升|倍|比上年|同比|环比|完成比例|超额")
_RATE = re.compile(r"(?<![频效利汇税费])率$|满意度$|占比$|比例$|百分比$")
_GRADES = frozenset(("优", "良", "好", "中", "优秀", "优良", "良好", "较好", "合格", "达标", "满意", "基本满意", "及格"))
_LIMIT = {"%": Decimal(100), "‰": Decimal(1000)}


@check("indicator.incomplete", also=("indicator.no-indicator",))
def complete_row(table: TargetTable) -> None:
    """A row that carries an indicator has a name and a target, and an operator and a unit where its neighbours have them.

    A form without a column of operators may write 100% without one; only a reader could have lost it.
    """
    has_operators = any(row.text("operator") for row in table.rows)
    in_column = any(row.fields["operator"].raw for row in table.rows if "operator" in row.fields)
    for index, row in enumerate(table.rows):
        if not row.text("level3") and not row.text("value") and not row.text("operator"):
            if not _rest(row):
                continue  # ink without text: the reader has marked the cell
            message = (
                f"Row {index + 1} ({_title(row)}) holds {_rest(row)!r} but neither a name nor a target: noise, or an indicator not read?"
            )
            table.find(row.path(), "indicator.no-indicator", message)
            continue
        missing = [name for name in ("level3", "value") if not row.text(name)]
        # Words in the value need no operator where operators are glued to figures.
        if number_of(row) is not None and not row.text("operator") and has_operators:
            missing.append("operator")
        for name in missing:
            if not already_marked(table, row.path(name)):
                message = f"Row {index + 1} ({_title(row)}) has no {name}; compare with the page."
                # A list whose heads, all of them known and filed as text, name no targets has none.
                without = name == "value" and _has_no_targets(table)
                glued = without or name == "operator" and not in_column and not may_be_misread(row.fields["value"])
                # A column that no row has is one thing to look at.
                cause = "" if any(other.text(name) for other in table.rows) else name
                table.find(row.path(name), "indicator.incomplete", message, "info" if glued else "review", cause)


def _has_no_targets(table: TargetTable) -> bool:
    names = {name for _, name in table.heads}
    filed = all(field.source is None or is_filed(field.source.origin) for row in table.rows for field in row.fields.values())
    return bool(names) and not names & {"value", "actual_value"} and not table.unknown_heads and filed


@check("indicator.blank-cell")
def blank_cell(table: TargetTable) -> None:
    """A blank explanation or scoring standard where every other indicator of the form has one: filed so, or not read?"""
    rows = [(index, row) for index, row in enumerate(table.rows) if row.text("level3") and row.text("value")]
    for name in ("explanation", "scoring_standard"):
        blank = [(index, row) for index, row in rows if not row.text(name)]
        if len(blank) != 1 or len(rows) < _ENOUGH_ROWS:
            continue
        index, row = blank[0]
        cell = row.fields[name].cell if name in row.fields else None
        if cell is not None and not is_filed(cell.origin) and not already_marked(table, row.path(name)):
            message = f"Row {index + 1} ({_title(row)}) has no {name} and every other row has; compare with the page."
            table.find(row.path(name), "indicator.blank-cell", message)


@check("operator.fits-value")
def operator_fits_value(table: TargetTable) -> None:
    """定性 goes with words, every other operator with a figure; one of the two is misread or misfiled.

    = 完成 and ≥ 良好 are how some counties file a grade: noted only.
    """
    for index, row in enumerate(table.rows):
        operator, value = row.text("operator"), row.text("value")
        if not operator or not value:
            continue
        if operator == WORDS and number_of(row) is not None:
            message = f"{_title(row)}: 定性 stands with the figure {value!r}."
        elif operator != WORDS and not _DIGIT.search(value):
            message = f"{_title(row)}: {operator} stands with words, {value!r}."
        else:
            continue
        graded = operator == "=" or fold(value) in _GRADES
        _find_both(table, index, row, ("operator", "value"), "operator.fits-value", message, graded)


@check("value.no-number")
def value_is_number(table: TargetTable) -> None:
    """Beside ≥ ≤ = > < stands a number, a range, a date or a spoken figure (12月底前); 9 5 or 1O0 is none."""
    for row in table.rows:
        value = row.text("value")
        if row.text("operator") in ("", WORDS) or number_of(row) is not None or not _DIGIT.search(value):
            continue
        if HAN.search(value) or _RANGE_OR_DATE.match(value.replace(" ", "")) or load_units().known(value.lstrip("0123456789. ")):
            continue
        message = f"{_title(row)}: {value!r} cannot be read as a number."
        table.find(row.path("value"), "value.no-number", message)


@check("value.beside-lost-sign")
def value_beside_lost_sign(table: TargetTable) -> None:
    """Where of a row's sign only specks are left, a scan has lost thin strokes: the figure beside it may lack one, too (4 read as 1)."""
    for row in table.rows:
        sign, path = row.fields.get("operator"), row.path("value")
        is_lost = sign is not None and sign.has_mark("ink-without-text")
        if is_lost and number_of(row) is not None and may_be_misread(row.fields["value"]) and not already_marked(table, path):
            message = f"{_title(row)}: the sign before {row.text('value')!r} is too faint to read; compare the figure with the page."
            table.find(path, "value.beside-lost-sign", message)


@check("percent.range", also=("percent.at-limit",))
def percent_range(table: TargetTable) -> None:
    """I1: a rate lies between 0 and 100 %; ≥ 100 % can only be met exactly and is noted, not changed (N10)."""
    for row in table.rows:
        number, limit = number_of(row), _LIMIT.get(load_units().canonical(row.text("unit")) or "")
        if number is None or limit is None:
            continue
        path, shown = row.path("value"), f"{row.text('operator')} {say(number)} {row.text('unit')}"
        if number < 0 or number > limit:
            severity = "info" if _GROWTH.search(row.text("level3") + row.text("explanation")) else row_severity(row, "value", "unit")
            table.find(path, "percent.range", f"{_title(row)}: {shown} lies outside 0 to {limit}.", severity)
        elif number == limit and row.text("operator") in ("≥", ">"):
            table.find(path, "percent.at-limit", f"{_title(row)}: {shown} can only be met exactly; as filed. Meant: = {limit}?", "info")


@check("unit.unknown", also=("unit.missing", "unit.sentinel"))
def unit_known(table: TargetTable) -> None:
    """A figure has a unit of the vocabulary; 非数量指标 and its like stand with 定性 only."""
    units = load_units()
    has_units = any(row.text("unit") for row in table.rows)
    for row in table.rows:
        unit, path = row.text("unit"), row.path("unit")
        if already_marked(table, path):
            continue
        if not unit:
            if has_units and number_of(row) is not None:
                proposal = _proposed_unit(row)
                table.find(path, "unit.missing", f"{_title(row)}: {row.text('value')} has no unit.{proposal}", row_severity(row, "unit"))
        elif units.is_sentinel(unit):
            if number_of(row) is not None and row.text("operator") != WORDS:
                message = f"{_title(row)}: {row.text('operator')} {row.text('value')} is a figure but its unit is {unit!r}."
                table.find(path, "unit.sentinel", message, row_severity(row, "unit", "operator"))
        elif not units.known(unit):
            message = f"{_title(row)}: {unit!r} is no known unit.{_proposed_unit(row)} Add it to units.toml if it is one."
            table.find(path, "unit.unknown", message, row_severity(row, "unit"))


@check("unit.fits-name")
def unit_fits_name(table: TargetTable) -> None:
    """A name that ends in 率, 满意度 or 占比 has a ratio as its unit."""
    units = load_units()
    for row in table.rows:
        dimension = units.dimension(row.text("unit"))
        if dimension in (None, "ratio") or number_of(row) is None or not is_rate(row):
            continue
        if dimension == "other":  # 分 is a usual measure of satisfaction
            continue
        message = f"{_title(row)} is a rate but its unit is {row.text('unit')!r}.{_proposed_unit(row)}"
        table.find(row.path("unit"), "unit.fits-name", message, row_severity(row, "unit", "level3"))


def is_rate(row: IndicatorRow) -> bool:
    """True when the name says that a share is measured."""
    return bool(_RATE.search(fold(row.text("level3"))))


def _proposed_unit(row: IndicatorRow) -> str:
    number = number_of(row)
    if is_rate(row) and number is not None and 0 <= number <= 100:
        return " Proposed: %."
    return ""


def _rest(row: IndicatorRow) -> str:
    return " ".join(field.text for name, field in row.fields.items() if name not in ("level1", "level2") and field.text)


def _title(row: IndicatorRow) -> str:
    return row.text("level3") or row.text("level2") or "a row without a name"


def _find_both(table: TargetTable, index: int, row: IndicatorRow, names: tuple[str, ...], code: str, message: str, odd_only: bool) -> None:
    severity = "info" if odd_only else row_severity(row, *names)
    for name in names:
        table.find(row.path(name), code, message, severity)
