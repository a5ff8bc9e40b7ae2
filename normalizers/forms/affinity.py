"""How well a text suits a column: positive for what the column holds, negative for what it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import fuzz, process

from normalizers.vocabulary.characters import HAN
from normalizers.vocabulary.label_keys import label_key, plain
from normalizers.vocabulary.levels import is_level1_of_other_system, is_level2_of_other_system, without_points

_NUMBER = re.compile(r"^[\d.,，\s]+[%％]?$")
_OPERATOR = re.compile(r"^(\$?\\?(geq?|leq?|geqslant|leqslant)\$?|[≥≤⩾⩽≧≦>＞<＜=＝]{1,2}|[><]\s?=|定\s?性|定\s?量|区间)$")
# An operator with its figure, or a figure with its unit, in one cell: ≥95%, 32公里, =120.00(场).
_JOINT = re.compile(r"^([≥≤⩾⩽≧≦>＞<＜=＝]\s*)[\d.,]+|^\d[\d.,]*\s*[%％‰]$")
_SCORING_WORD = re.compile(r"得满分|不得分|扣\d*分|得分|扣完为止|满分")
_NATURES = frozenset(
    f"{word}{suffix}" for word in ("定量", "定性", "正向", "反向", "逆向", "负向", "中性") for suffix in ("", "指标")
)  # fmt: skip


@lru_cache(maxsize=1)
def _level_keys() -> tuple[frozenset[str], frozenset[str]]:
    from normalizers.matching.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    return taxonomy.level1_keys, taxonomy.level2_keys


@lru_cache(maxsize=1)
def _unit_keys() -> frozenset[str]:
    from normalizers.vocabulary.units import load_units

    return frozenset(label_key(unit) or unit for unit in load_units().all_spellings())


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    from normalizers.vocabulary.phrases import scoring_phrases

    return tuple(scoring_phrases())


def is_operator(text: str) -> bool:
    """True for an operator in any spelling, LaTeX included."""
    return bool(_OPERATOR.match(text.strip()))


def is_nature(text: str) -> bool:
    """True for words that say whether an indicator is measured or judged, or which way it is good: no operator, no unit."""
    return label_key(text) in _NATURES


def is_number(text: str) -> bool:
    return bool(_NUMBER.match(text.strip())) and any(char.isdigit() for char in text)


@lru_cache(maxsize=4096)
def is_level1(text: str) -> bool:
    return label_key(without_points(text)) in _level_keys()[0]


@lru_cache(maxsize=4096)
def is_level2(text: str) -> bool:
    """True for a second-level name in any known spelling, or one slip away from it."""
    key = label_key(without_points(text))
    known = _level_keys()[1]
    if key in known:
        return True
    if len(key) < 5 or key in _level_keys()[0]:
        return False
    return process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=85.0) is not None


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    from normalizers.vocabulary.units import load_units

    text = text.strip()
    return text in ("%", "％", "‰") or label_key(text) in _unit_keys() or load_units().known(text)


@lru_cache(maxsize=8192)
def is_scoring(text: str) -> bool:
    """True for a scoring standard: its words, or close to a phrase of the lexicon."""
    text = plain(text)
    if len(text) < 5 or not HAN.search(text):
        return False
    if _SCORING_WORD.search(text):
        return True
    return process.extractOne(text, _phrases(), scorer=fuzz.partial_ratio, score_cutoff=85.0) is not None


@lru_cache(maxsize=32768)
def affinity(column: str, text: str, side: bool) -> float:
    """Score of a non-empty text for a column; unknown columns take anything.

    Args:
        side: the text is a word of the vertical label beside the indicators.
    """
    if side and column in _SIDE_WORD:
        return _SIDE_WORD[column]
    judge = _JUDGES.get(column)
    return judge(text) if judge else 0.0


# A side word is as good as certain in its own column, and slips into the next one at times.
_SIDE_WORD = {"side": 5.0, "level1": -1.0}


def _side(_text: str) -> float:
    return -8.0


def _level1(text: str) -> float:
    if is_level1(text):
        return 4.0
    return 3.0 if is_level1_of_other_system(text) else -3.0


def _level2(text: str) -> float:
    if is_level2(text):
        return 6.0
    if is_level2_of_other_system(text):
        return 3.0
    return -1.0 if text.endswith("指标") else -4.0


def _level3(text: str) -> float:
    if is_operator(text) or is_number(text):
        return -4.0
    if is_level2(text) or is_scoring(text):
        return -3.0
    return 1.0


def _operator(text: str) -> float:
    if is_operator(text):
        return 6.0
    return -1.0 if len(text) <= 2 else -6.0


def _value(text: str) -> float:
    if is_operator(text) or is_scoring(text):
        return -5.0
    if is_number(text):
        return 4.0
    if _JOINT.match(text.strip()):
        return 3.0
    return 1.0 if len(text) <= 8 else -0.5


def _unit(text: str) -> float:
    if is_unit(text):
        return 3.0
    if is_operator(text) or is_number(text) or is_scoring(text):
        return -4.0
    # Any short word may be a unit that the list lacks; a long one is another column's text.
    return 0.0 if len(text) <= 4 else -2.0


def _explanation(text: str) -> float:
    if is_operator(text) or is_scoring(text):
        return -4.0
    if is_number(text) or is_unit(text):
        return -2.0
    return 0.5


def _scoring(text: str) -> float:
    if is_scoring(text):
        return 5.0
    return -3.0 if is_operator(text) or is_number(text) or is_unit(text) else -1.5


def _points(text: str) -> float:
    if is_number(text):
        return 4.0
    return 0.0 if len(text) <= 2 and not HAN.search(text) else -2.0


def _remark(text: str) -> float:
    return -3.0 if is_scoring(text) or is_operator(text) else -0.5


_JUDGES: dict[str, Callable[[str], float]] = {
    "side": _side,
    "level1": _level1,
    "level2": _level2,
    "level3": _level3,
    "operator": _operator,
    "value": _value,
    "unit": _unit,
    "explanation": _explanation,
    "scoring_standard": _scoring,
    "remark": _remark,
    "points": _points,
    "score": _points,
    "actual_value": _value,
    "interim_value": _value,
    "expected_value": _value,
    "previous_value": _value,
    "value_before_previous": _value,
}
