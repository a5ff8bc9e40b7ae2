"""Classes of characters that several rules ask about."""

from __future__ import annotations

import re
import unicodedata

HAN_RANGE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
WIDE_MARKS = "，。、；：？！（）《》〈〉【】「」『』〔〕“”‘’…—·"

HAN = re.compile(f"[{HAN_RANGE}]")
# The middle dot and the dash stand between words too, so a space beside them says nothing.
CLOSE_SET = f"{HAN_RANGE}，。、；：？！（）《》【】「」『』〔〕“”‘’"


def is_han(char: str) -> bool:
    """True for one Chinese character; False for punctuation and the empty text."""
    return bool(char) and HAN.match(char) is not None


def is_chinese(char: str) -> bool:
    """True for a Chinese character or a mark of Chinese punctuation."""
    return is_han(char) or (bool(char) and char in WIDE_MARKS)


def folded(text: str) -> str:
    """The text without white space and differences of width; every mark counts.

    >>> folded("资金 （ 万元）") == folded("资金（万元）") == "资金(万元)"
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).split())
