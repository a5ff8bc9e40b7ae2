"""What figure a cell holds, if it holds one; several figures in one cell are never one number."""

from __future__ import annotations

import re
import unicodedata

from extractors.tables.wrap import unwrap

_SIGN = r"[-+−－﹣]?"
# Digits in one run, or in groups of three; a point and decimals behind them.
_FIGURE = re.compile(rf"^[¥￥]?({_SIGN})[¥￥]?(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?$")
# More digits are a code (an identity card, an account), and would not come out of a spreadsheet as they went in.
_MOST_DIGITS = 15
_WITH_UNIT = re.compile(r"^(.*?\d)\s*(%|‰|百万元|亿元|万元|千元|元)$")
_MINUS = "-−－﹣"


def to_figure(text: str) -> tuple[float | None, str]:
    """The number that a cell holds and the unit printed behind it.

    None for words, for several figures, for a code with a zero in front or of more
    than fifteen digits, and for what may be read in two ways.

    >>> to_figure("1,234,567.80"), to_figure("－12.5%"), to_figure("110\\n220")
    ((1234567.8, ''), (-12.5, '%'), (None, ''))
    >>> to_figure("12,34"), to_figure("0801"), to_figure("10 20"), to_figure("1,234,\\n567.00")
    ((None, ''), (None, ''), (None, ''), (1234567.0, ''))
    """
    if is_stack(text):
        return None, ""
    body, unit = _parts(unwrap_figure(text))
    match = _FIGURE.match(body)
    if match is None:
        return None, ""
    sign, whole, decimals = match.groups()
    digits = whole.replace(",", "")
    if (len(digits) > 1 and digits.startswith("0")) or len(digits) > _MOST_DIGITS:
        return None, ""
    value = float(digits + (decimals or ""))
    return (-value if sign and sign in _MINUS else value), unit


def is_stack(text: str) -> bool:
    """True for lines that are figures each: several rows of an open column, never one number.

    >>> is_stack("110\\n220\\n330"), is_stack("1,234,\\n567.00"), is_stack("办公费\\n120")
    (True, False, False)
    """
    lines = [line for line in (each.strip() for each in text.split("\n")) if line]
    return len(lines) > 1 and all(_is_whole(line) for line in lines)


def unwrap_figure(text: str) -> str:
    """The lines of a cell joined as a reader would: one broken figure is whole again, figures below each other stay apart."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if is_stack(text):
        return "\n".join(lines)
    return "".join(lines) if _is_whole("".join(lines)) else unwrap(text)


def _is_whole(line: str) -> bool:
    return bool(_FIGURE.match(_parts(line)[0]))


def _parts(text: str) -> tuple[str, str]:
    """The figure and its unit; white space inside a figure stays, as it may part two of them."""
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _WITH_UNIT.match(folded)
    return (found.group(1), found.group(2)) if found else (folded, "")
