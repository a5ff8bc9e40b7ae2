"""The first and second levels of the indicator system, in the spellings of all templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.label_keys import label_key

_SUFFIX = "指标"
_NUMBER = r"(?:(?:权重|分值)[:：]?\s*|[:：]\s*)?\d[\d.]*(?:\s*[-—–~～至]\s*\d[\d.]*)?"
# No blank is looked at twice: a cell of blanks would take hours.
_POINTS = re.compile(
    rf"(?:(?<!\s)\s+)?(?:[(（\[【]\s*{_NUMBER}(?:\s*(?:分|[%％]))?\s*[)）\]】]|(?<![\d.]){_NUMBER}\s*(?:分|[%％]))$"
)


@dataclass(frozen=True)
class Levels:
    """First and second levels by every known spelling, keyed by ``level_key``.

    ``parents`` gives the first level of each second one; ``level1_keys`` and
    ``level2_keys`` are the spellings as ``label_key`` gives them, with and without
    指标. Of the second levels only the canonical ones stand there without it:
    群众满意度 is a usual third level, so it does not tell a column apart.
    ``other_level1`` and ``other_level2`` are the keys of levels of other systems (决策, 过程; 履职效能, 管理效率).
    """

    level1: dict[str, str]
    level2: dict[str, str]
    parents: dict[str, str]
    old_only: frozenset[str]
    level1_keys: frozenset[str]
    level2_keys: frozenset[str]
    other_level1: frozenset[str]
    other_level2: frozenset[str]


def level_key(text: str) -> str:
    """What tells one level name from another: no white space, brackets, width; 指标 or 目标 at the end counts not.

    >>> level_key("服务对象\\n满意度（指标）") == level_key("服务对象满意度指标")
    True
    >>> level_key("数量目标") == level_key("数量指标")
    True
    """
    key = label_key(text).removesuffix(_SUFFIX)
    return key.removesuffix("目标") or key


def without_points(text: str) -> str:
    """A level's name without the points that a form prints behind it.

    >>> without_points("产出指标（40-60分）"), without_points("质量指标20分")
    ('产出指标', '质量指标')
    """
    return _POINTS.sub("", text)


@lru_cache(maxsize=1)
def load_levels() -> Levels:
    """The levels that come with the program; they are the same for every user."""
    data = bundled("taxonomy/levels.toml")
    level1 = _spellings_to_names(data["level1"])
    return Levels(
        level1=level1,
        level2=_spellings_to_names(data["level2"]),
        parents={each["name"]: each["parent"] for each in data["level2"]},
        old_only=frozenset(each["name"] for each in data["level2"] if each.get("old_only")),
        level1_keys=frozenset(form for key in level1 for form in (key, key + _SUFFIX)),
        level2_keys=frozenset(_column_keys(data["level2"])),
        other_level1=frozenset(level_key(text) for each in data["other_system"] for text in each["level1"]),
        other_level2=frozenset(level_key(text) for each in data["other_system"] for text in each["level2"]),
    )


def _column_keys(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for each in entries:
        yield level_key(each["name"])
        yield from (label_key(text) for text in [each["name"], *each.get("aliases", [])])


def _spellings_to_names(entries: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {level_key(text): each["name"] for each in entries for text in [each["name"], *each.get("aliases", [])]}


def is_level1(text: str) -> bool:
    """True for a first level in any known spelling; 绩效指标 is a side label, not a level."""
    return level_key(text) in load_levels().level1


def is_level1_of_other_system(text: str) -> bool:
    """True for a first level of an evaluation or of a department as a whole: 决策（15分）, 履职效能."""
    return level_key(without_points(text)) in load_levels().other_level1


def is_level2_of_other_system(text: str) -> bool:
    """True for a second level of such a system: 项目立项, 重点工作履行情况."""
    return level_key(without_points(text)) in load_levels().other_level2


def level1_of(text: str) -> str | None:
    """The canonical first level that the text names."""
    return load_levels().level1.get(level_key(text))


def level2_of(text: str) -> str | None:
    """The canonical second level that the text names.

    成本指标 gives 成本指标, which is a second level in forms of 2015 to 2021
    only: ``level1_for`` decides by the generation of the table.
    """
    return load_levels().level2.get(level_key(text))


def level1_for(level2_text: str, old_generation: bool = False) -> str | None:
    """The canonical first level above a second level; None when the text names no second level.

    Args:
        level2_text: the second level as filed.
        old_generation: True for a table of the older kind, where 成本指标 stands under 产出指标.
    """
    levels = load_levels()
    name = level2_of(level2_text)
    if name is None or (name in levels.old_only and not old_generation):
        return None
    return levels.parents[name]


@lru_cache(maxsize=4096)
def is_old_generation(level2_texts: tuple[str, ...], level1_texts: tuple[str, ...] = ()) -> bool:
    """True when a table's levels are of the older kind: 成本指标 is a second level and no kind of it stands there."""
    levels = load_levels()
    seconds = {level2_of(text) for text in level2_texts}
    firsts = {level1_of(text) for text in level1_texts}
    newer = any(levels.parents.get(name or "") == "成本指标" for name in seconds)
    return not newer and bool(seconds & levels.old_only) and "成本指标" not in firsts
