"""Numbers of lists as word processors write them: 1, 一, 甲, ①, a, iv."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def counted(number: int, digits: str = _DIGITS, tens: str = "十百千") -> str:
    """A number below 10,000 in Chinese.

    >>> counted(10), counted(12), counted(20), counted(105), counted(110)
    ('十', '十二', '二十', '一百〇五', '一百一十')
    """
    if not 0 < number < 10_000:
        return str(number)
    out, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if zero and out else "") + digits[digit] + (tens[place - 1] if place else "")
            zero = False
        else:
            zero = True
    return out.removeprefix(digits[1]) if out.startswith(digits[1] + tens[0]) and digits == _DIGITS else out


def digit_by_digit(number: int) -> str:
    """Each digit in Chinese, as in a year: 二〇三一."""
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


def roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for worth, letters in _ROMAN:
        out += letters * (number // worth)
        number %= worth
    return out


def letter(number: int) -> str:
    """a to z, then aa to zz: the same letter once more."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _from(first: int, last: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode, the first of them for 1."""
    return lambda number: chr(first + number - 1) if 0 < number <= last else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _full_width(number: int) -> str:
    return str(number).translate(_FULL_WIDTH)


def _circled(number: int) -> str:
    if 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if 20 < number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 35 < number <= 50 else str(number)


# By the names of ST_NumberFormat.
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": counted,
    "ideographDigital": digit_by_digit,
    "japaneseDigitalTenThousand": digit_by_digit,
    "taiwaneseDigital": digit_by_digit,
    "chineseLegalSimplified": lambda number: counted(number, _LEGAL, "拾佰仟"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "ordinal": lambda number: f"{number}{'th' if 10 < number % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}",
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}
