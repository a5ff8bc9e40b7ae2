"""Line breaks inside a cell are typesetting, not content."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = re.compile(r"[¥￥]?-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@lru_cache(maxsize=16384)
def unwrap(text: str) -> str:
    """Join the lines of a cell as a reader would.

    Between Chinese characters nothing is put; between two Latin words a space.
    In a cell with Chinese text a number cut by the line end is one number.

    >>> unwrap("本年度该类工作的经\\n费安排")
    '本年度该类工作的经费安排'
    >>> unwrap("效果得8\\n0%，未达到")
    '效果得80%，未达到'
    >>> unwrap("Total\\namount")
    'Total amount'
    """
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    if len(lines) > 1 and _is_cut_number(lines):
        return "".join(lines)
    chinese = bool(_CJK.search(text))
    joined = lines[0]
    for line in lines[1:]:
        joined += _glue(joined[-1], line[0], chinese) + line
    return joined


def _is_cut_number(lines: list[str]) -> bool:
    """True where the lines are one number and one of them alone is none; 120 above 80 may be two."""
    whole = bool(_NUMBER.fullmatch("".join(lines)))
    return whole and all(any(char.isdigit() for char in line) for line in lines) and not all(_NUMBER.fullmatch(line) for line in lines)


def _glue(left: str, right: str, chinese: bool) -> str:
    if not chinese:
        return " "
    both_latin = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return " " if both_latin else ""
