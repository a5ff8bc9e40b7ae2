"""What a spreadsheet program shows of a stored value, by its number format."""

from __future__ import annotations

import operator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from extractors.spreadsheets.number_format import CHINESE, Section, sections_of
from extractors.spreadsheets.shown_dates import date_text

_LONG_DATE = "[$-F800]"
_COMPARE = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
# General shows so many characters, the point counted.
_GENERAL = 11
_PRECISION = 15


class Shown(NamedTuple):
    """The text, and whether it is for certain what the format shows."""

    text: str
    known: bool = True


def shown(value: object, code: str, number: int = 164, epoch: datetime | None = None) -> Shown:
    """What is seen of a value.

    Args:
        value: as openpyxl gives it: None, a text, a number, a truth value, a date or time.
        code: the number format.
        number: its number in the file; some have no code there.
        epoch: day 0 of the workbook.
    """
    code = CHINESE.get(number, CHINESE[31] if _LONG_DATE in code.upper() else code)
    if value is None:
        return Shown("")
    if isinstance(value, bool):
        return Shown(str(value).upper())
    if isinstance(value, (datetime, date, time, timedelta)):
        return _shown_date(value, code)
    if isinstance(value, (int, float)):
        return _shown_number(value, code, epoch)
    return Shown(_shown_text(str(value), code))


def general_text(value: float) -> str:
    """A number in the format General, without the exponent that long whole numbers get there."""
    number = _exact(value)
    if number == number.to_integral_value():
        return f"{int(number)}"
    whole = len(f"{int(abs(number))}")
    places = max(_GENERAL - 1 - whole, 0) if abs(number) >= Decimal("0.0001") else _PRECISION
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: float) -> Decimal:
    """The number with the 15 digits that a spreadsheet program keeps."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_PRECISION}g}")


def _shown_text(text: str, code: str) -> str:
    sections = sections_of(code)
    chosen = sections[3] if len(sections) > 3 else next((each for each in sections if ("sign", "@") in each.parts), None)
    if chosen is None:
        return text
    return "".join(text if part == ("sign", "@") else part[1] for part in chosen.parts if part[0] in ("literal", "sign"))


def _shown_date(value: datetime | date | time | timedelta, code: str) -> Shown:
    section = sections_of(code)[0]
    text = date_text(value, section) if section.known else None
    return Shown(str(value), False) if text is None else Shown(text)


def _shown_number(value: float, code: str, epoch: datetime | None) -> Shown:
    if value != value or value in (float("inf"), float("-inf")):
        return Shown(str(value), False)
    section, minus = _section_for(value, sections_of(code))
    if section is None or not section.known:
        return Shown(general_text(value), False)
    if section.is_date:
        return _shown_serial(value, code, epoch)
    text = _number_text(_exact(abs(value)), section)
    if text is None:
        return Shown(general_text(value), False)
    return Shown(f"-{text}" if minus and any(sign in "123456789" for sign in text) else text)


def _shown_serial(value: float, code: str, epoch: datetime | None) -> Shown:
    from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

    try:
        return _shown_date(from_excel(value, epoch or WINDOWS_EPOCH), code)
    except (ValueError, OverflowError):
        return Shown(general_text(value), False)


def _section_for(value: float, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section that a number is shown by, and whether a minus goes before it; None where that cannot be told."""
    numbers = [each for each in sections[:3] if len(sections) == 1 or ("sign", "@") not in each.parts]
    if any(each.condition for each in numbers):
        fits = (each for each in numbers if each.condition is None or _COMPARE[each.condition[0]](value, each.condition[1]))
        return (next(fits, None), False) if value >= 0 else (None, True)
    if value < 0 and len(numbers) > 1:
        return numbers[1], False
    if value == 0 and len(numbers) > 2:
        return numbers[2], False
    return (numbers[0] if numbers else None), value < 0


def _number_text(number: Decimal, section: Section) -> str | None:
    """A number that is not negative; None where the format is one of those that are not shown here."""
    parts = section.parts
    if section.has("power") or section.chinese_digits or section.has("noon") or _is_fraction(parts):
        return None
    if section.has("general"):
        return "".join(general_text(float(number)) if kind == "general" else text for kind, text in parts)
    if parts == [("sign", "@")]:
        return general_text(float(number))
    digits = [index for index, (kind, _) in enumerate(parts) if kind == "digit"]
    if not digits:
        return "".join(text for kind, text in parts if kind in ("literal", "sign"))
    point = next((index for index, part in enumerate(parts) if part == ("sign", ".")), len(parts))
    whole = [index for index in digits if index < point]
    if not whole:
        return None
    scale = _scale(parts, whole[-1], point) + (_scale(parts, digits[-1], len(parts)) if point < digits[-1] else 0)
    scaled = number.scaleb(2 * parts.count(("sign", "%")) - 3 * scale)
    places = len(digits) - len(whole)
    rounded = f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    before, _, after = rounded.partition(".")
    grouped = ("sign", ",") in parts[whole[0] : whole[-1]]
    left = _whole_part(parts[:point], before.lstrip("0"), grouped)
    return left + ("." if point < len(parts) else "") + _fraction_part(parts[point + 1 :], after)


def _is_fraction(parts: list[tuple[str, str]]) -> bool:
    return any(part == ("sign", "/") and behind[0] == "digit" for part, behind in zip(parts, parts[1:], strict=False))


def _scale(parts: list[tuple[str, str]], last: int, point: int) -> int:
    """How many commas stand behind the digit at ``last``: each divides by a thousand."""
    count = 0
    while last + 1 + count < point and parts[last + 1 + count] == ("sign", ","):
        count += 1
    return count


def _whole_part(parts: list[tuple[str, str]], digits: str, grouped: bool) -> str:
    """The part before the point, filled from the right; what is left of the digits stands at the first place."""
    out: list[str] = []
    left, used = digits, 0
    places = sum(1 for kind, _ in parts if kind == "digit")
    for kind, text in reversed(parts):
        if kind != "digit":
            out += [text] if kind == "literal" or text in "%/" else []
            continue
        places -= 1
        taken, left = (left, "") if places == 0 else (left[-1:], left[:-1])
        for sign in reversed(taken or {"0": "0", "?": " "}.get(text, "")):
            out += [","] if grouped and used and used % 3 == 0 and sign != " " else []
            out.append(sign)
            used += 1
    return "".join(reversed(out))


def _fraction_part(parts: list[tuple[str, str]], digits: str) -> str:
    """The part behind the point; zeros at its end stand where the format has 0 only."""
    out: list[str] = []
    left = digits
    for kind, text in parts:
        if kind != "digit":
            out += [text] if kind == "literal" or text in "%/" else []
            continue
        sign, rest = left[:1], left[1:]
        out.append(sign if text == "0" or left.strip("0") else {"?": " "}.get(text, ""))
        left = rest
    return "".join(out)
