"""The last step of cleaning a field: its text becomes a typed value."""

from __future__ import annotations

from decimal import Decimal

from normalizers.contract import Type, declaration_of
from normalizers.record import Field, TargetTable
from normalizers.rules.dates import parse_date, parse_year
from normalizers.rules.money import WAN_IN
from normalizers.rules.numbers import parse_number

# No project of a department costs less than this many 元.
_LEAST_YUAN = Decimal(5000)
# From here on digits are lost in spreadsheets, and a run of so many is a code or two amounts in one.
_NO_FIGURE = Decimal(10) ** 15
# In 万元 this is a thousand million yuan, more than a county spends on a project.
_RATHER_YUAN = Decimal(100_000)


def type_table(table: TargetTable) -> None:
    """Set ``value`` of every field; text that does not fit its type is a finding, never an invention."""
    _doubt_unit(table)
    _type_year(table)
    _type_date(table)
    for path, field in table.fields.items():
        if _has_type(path, "amount"):
            _type_fund(table, path, field)
        elif _has_type(path, "figure"):
            _type_figure(table, path, field)
    for row in table.rows:
        value = row.fields.get("value")
        if value is not None:
            value.value = _number(parse_number(value.text))
    typed = _typed_fields(table)
    for _, field in table.all_fields():
        if id(field) not in typed:
            field.value = field.text or None


def _has_type(path: str, *types: Type) -> bool:
    declared = declaration_of(path)
    return declared is not None and declared.type in types


def _typed_fields(table: TargetTable) -> set[int]:
    """Fields whose value is not their text."""
    paths = [path for path in table.fields if _has_type(path, "amount", "figure", "year", "date")]
    fields = [table.fields.get(path) for path in paths] + [row.fields.get("value") for row in table.rows]
    return {id(field) for field in fields if field is not None}


def _doubt_unit(table: TargetTable) -> None:
    """A form in 元 whose every amount is small has most likely lost the 万 of its label.

    One that declares no unit is taken to be in 万元: noted, and asked about where that makes a thousand million yuan.
    """
    amounts = {path: number for path, field in table.fields.items() if _has_type(path, "amount") and (number := parse_number(field.text))}
    known = [*amounts.values(), *(number for field in table.other_fields.values() if (number := parse_number(field.text)))]
    if amounts and not table.funds_unit and any(number >= _LEAST_YUAN and _has_cost_in_wan(table, number / 10_000) for number in known):
        table.funds_unit = "元"
        for path in amounts:
            message = "The form declares no unit of money; an indicator states the total in 万元, so these are 元. Compare with the page."
            table.find(path, "money.unit-doubtful", message, cause="unit")
    elif amounts and not table.funds_unit and not _has_cost_in_wan(table, max(amounts.values())):
        largest = max(amounts, key=lambda path: amounts[path])
        message = "The form declares no unit of money; taken as 万元."
        if amounts[largest] < _RATHER_YUAN:
            table.find(largest, "money.unit-undeclared", message, "info")
        else:
            for path in amounts:
                table.find(path, "money.unit-undeclared", message, cause="unit")
    if table.funds_unit != "元":
        return
    if amounts and max(amounts.values()) < _LEAST_YUAN:
        table.funds_unit = ""
        for path in amounts:
            message = "The form says 元, but so small an amount is rather in 万元; taken as 万元. Compare with the page."
            table.find(path, "money.unit-doubtful", message)


def _has_cost_in_wan(table: TargetTable, amount: Decimal) -> bool:
    """True when an indicator states the amount as 万元."""
    return any(row.text("unit") == "万元" and parse_number(row.text("value")) == amount for row in table.rows)


def _type_year(table: TargetTable) -> None:
    field = table.fields.get("fiscal_year")
    if field is None:
        return
    field.value = parse_year(field.text)
    if field.value is None:
        table.find("fiscal_year", "type.no-year", f"No year can be read from {field.text!r}.")


def _type_date(table: TargetTable) -> None:
    field = table.fields.get("signoff/filled_on")
    if field is None or not field.text:
        return
    date = parse_date(field.text)
    field.value = date.isoformat() if date else None
    if date is None:
        table.find("signoff/filled_on", "type.no-date", f"{field.text!r} is no date; left empty.")


def _type_fund(table: TargetTable, path: str, field: Field) -> None:
    if not field.text:
        return
    number = parse_number(field.text)
    if number is None or abs(number) >= _NO_FIGURE:
        table.find(path, "type.no-amount", f"{field.text!r} is no amount; left empty.")
        return
    factor = WAN_IN.get(table.funds_unit)
    if factor is not None:
        number *= factor
        field.change("money.to-wan", f"{number.normalize():f}")
    field.value = _number(number)


def _type_figure(table: TargetTable, path: str, field: Field) -> None:
    field.value = _number(parse_number(field.text.rstrip("%％ ")))
    if field.text and field.value is None:
        table.find(path, "type.no-figure", f"{field.text!r} is no figure; left empty.")


def _number(value: Decimal | None) -> int | float | None:
    if value is None or abs(value) >= _NO_FIGURE:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
