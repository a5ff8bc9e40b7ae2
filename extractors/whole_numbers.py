"""Whole numbers as files write them: a stranger may write ², digits of other scripts, or five thousand of them."""

from __future__ import annotations


def whole_number(said: str | None, default: int = 0, most_digits: int = 9) -> int:
    """A number of digits 0 to 9, white space around it; the default for all else.

    >>> whole_number(" 12 "), whole_number("²"), whole_number("-1"), whole_number("9" * 5000, 7)
    (12, 0, 0, 7)
    """
    text = (said or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= most_digits else default
