"""Traditional, old and Japanese forms that a recogniser gives for a standard character."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

# Forms that no table of traditional characters has: printed alike but for a stroke.
_ALIKE = dict(zip("歩歳毎査渉汚産録絵図区経済検総応両単営", "步岁每查涉污产录绘图区经济检总应两单营", strict=True))


def to_standard_forms(text: str) -> str:
    """The text with variant forms replaced; for text that was recognised, not for text that was filed as characters.

    A mainland form is printed in the standard characters; GB 2312 has them all. A
    character outside of it whose simplified form is inside was misread: on a poor
    scan 数 and 數 look alike. Characters that the standard has stay (著, 乾, 於).

    >>> to_standard_forms("增強"), to_standard_forms("数量指标"), to_standard_forms("數量")
    ('增强', '数量指标', '数量')
    """
    return "".join(map(_standard, text)) if not text.isascii() else text


def has_variant(text: str) -> bool:
    """True when a character of the text is a variant form of a standard one."""
    return to_standard_forms(text) != text


@lru_cache(maxsize=8192)
def _standard(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isascii() or _in_gb2312(char):
        return char
    simplified = str(_converter().convert(char))
    return simplified if len(simplified) == 1 and _in_gb2312(simplified) else char


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
