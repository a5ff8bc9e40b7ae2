"""By what two printed labels are the same label."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.radicals import fold_radicals

_DROP = re.compile(r"[\s★☆※●▲△#()\[\]{}<>:;,.、。/\\|_\-—·*'\"“”‘’《》〈〉【】〔〕]+")
_MONTHS = re.compile(rf"^(20\d\d年?)?\d{{1,2}}[-—~至到]?\d{{0,2}}月(?=[{HAN_RANGE}])")
_POINTS = re.compile(r"[(（]\d+分[^()（）]*[)）]")
_YEARS = re.compile(r"(20[\dX]{2}年?)?[-—~至到]*(20[\dX+n]{2,4}年?)?$")



@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """Fold what never tells two labels apart: width, brackets, colons, white space.

    >>> label_key("评（扣）分 标准：") == label_key("评(扣)分标准")
    True
    """
    return _DROP.sub("", unicodedata.normalize("NFKC", plain(text)))


def plain(text: str) -> str:
    """The text with the radicals of PDF fonts as characters, place by place: same length."""
    return fold_radicals(text)


@lru_cache(maxsize=16384)
def head_key(text: str) -> str:
    """Key of a head without the months, years or points that change from form to form.

    >>> head_key("1-7月执行数") == head_key("1—9月 执行数") == "执行数"
    True
    """
    squeezed = re.sub(r"\s", "", plain(text))
    return _YEARS.sub("", label_key(_MONTHS.sub("", _POINTS.sub("", squeezed))))
