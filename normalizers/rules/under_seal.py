"""Short texts under a seal: what is left of the seal's own ink is taken out where two cues say what stood there.

Each change leaves the review finding of the seal standing: a person still looks.
"""

from __future__ import annotations

import re

from normalizers.paths import fund_path
from normalizers.record import Field, TargetTable
from normalizers.rules.funds import NAMES, PARTS, amounts_of
from normalizers.rules.numbers import parse_number
from normalizers.rules.table_rule import Context, table_rule
from normalizers.vocabulary.units import load_units

_LETTERS_BESIDE = re.compile(r"^[A-Za-z] +(\d+(?:\.\d+)?)$|^(\d+(?:\.\d+)?) +[A-Za-z]$")
_DIGITS_BESIDE = re.compile(r"^[\d.,]*([^\d.,\s]{1,4})[\d.,]*$")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
# A speck or an arc of a seal in a blank cell reads as one or two figures, not as an amount.
_SPECK_FIGURES = 2


@table_rule(
    "seals.speck-in-part",
    examples=("total 723 under no seal, 财政拨款 723, 其他资金 '1' under a seal -> blank",),
    near_misses=("total 723, 财政拨款 722, 其他资金 1", "其他资金 '1' and no seal over it", "0 with the red of the seal and without it"),
)
def speck_in_part(table: TargetTable, context: Context) -> None:
    """One or two figures in a part of the funds that a seal covers, where the other parts make the total without it."""
    amounts = amounts_of(table)
    for name in ("carry_over", "other"):
        field = table.fields.get(fund_path(name))
        if field is None or not is_sealed(field) or len(field.text) > _SPECK_FIGURES or not field.text.isdigit():
            continue
        if _stands_in_black(field):
            continue
        if amounts.parts[PARTS[0]] and amounts.same(amounts.total, amounts.rest(name)):
            field.change("seals.speck-in-part", "")
            message = f"A seal lies over {NAMES[name]}: {field.raw!r} is taken for its ink, as the other parts make the total."
            table.find(fund_path(name), "seals.speck-in-part", message)


def _stands_in_black(field: Field) -> bool:
    """The same figures were read with a coloured seal and without it, and by another preparation: they are no ink of the seal."""
    readings = field.cell.readings if field.cell is not None else ()
    said = {reading.how: reading.text.strip() for reading in readings}
    return said.get("seal-kept") == said.get("second") == field.text.strip()


@table_rule(
    "seals.amount-in-dirt",
    examples=("total 407.42, 预算成本 407.42, 财政拨款 '1 407.42mN' under a seal -> 407.42",),
    near_misses=("total 407.42, no 预算成本, 财政拨款 '1 407.42mN' under a seal: no second cue",),
)
def amount_in_dirt(table: TargetTable, context: Context) -> None:
    """An amount under a seal that the total and the budget cost both give, with the seal's ink read around it."""
    amounts = amounts_of(table)
    known = {"total": amounts.parts[PARTS[0]], PARTS[0]: amounts.total}
    for name, other in known.items():
        field = table.fields.get(fund_path(name))
        if field is None or not is_sealed(field) or parse_number(field.text) is not None or not amounts.same(other, amounts.budget):
            continue
        figures = [figure for figure in _FIGURE.findall(field.text) if amounts.same(parse_number(figure), other)]
        if len(figures) == 1:
            field.change("seals.amount-in-dirt", figures[0])
            table.find(fund_path(name), "seals.amount-in-dirt", _read_as(field))


@table_rule(
    "seals.letter-beside-number",
    examples=("value 'F 1926' under a seal -> 1926",),
    near_misses=("value '2 E' of 12 stays wrong and marked", "value 'A 级' and no seal over it"),
)
def letter_beside_number(table: TargetTable, context: Context) -> None:
    """A lone Latin letter beside the figures of a target value under a seal is the seal's."""
    for row in table.rows:
        field = row.fields.get("value")
        found = _LETTERS_BESIDE.match(field.text) if field is not None and is_sealed(field) else None
        number = next(filter(None, found.groups()), "") if found else ""
        # One figure alone may itself be the rest of a longer number.
        if field is not None and len(number) > 1:
            field.change("seals.letter-beside-number", number)
            table.find(row.path("value"), "seals.letter-beside-number", _read_as(field))


@table_rule(
    "seals.digits-beside-unit",
    examples=("unit '2127场' under a seal -> 场", "unit '第%5' under a seal stays: 第% is no unit"),
    near_misses=("unit '人次2' and no seal over it",),
)
def digits_beside_unit(table: TargetTable, context: Context) -> None:
    """Figures around a known unit under a seal are the seal's serial number: no unit holds figures."""
    for row in table.rows:
        field = row.fields.get("unit")
        found = _DIGITS_BESIDE.match(field.text) if field is not None and is_sealed(field) else None
        if field is not None and found and found.group(1) != field.text and load_units().known(found.group(1)):
            field.change("seals.digits-beside-unit", found.group(1))
            table.find(row.path("unit"), "seals.digits-beside-unit", _read_as(field))


def is_sealed(field: Field) -> bool:
    """True when a seal touches the cell of the field."""
    return field.has_mark("seal")


def _read_as(field: Field) -> str:
    return f"Read as {field.raw!r} under a seal; compare with the page."
