"""The levels of the indicator system and the library of canonical indicators."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from normalizers.labels import label_key

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Direction = Literal["positive", "negative", "equal", "qualitative"]

_SUFFIX = "指标"


class TaxonomyError(Exception):
    """A user's taxonomy file cannot be used: what is wrong, and the way out."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason} {way_out}")
        self.reason = reason
        self.way_out = way_out


@dataclass(frozen=True, slots=True)
class Indicator:
    """One canonical third-level indicator.

    ``units`` are the usual ones, the commonest first; empty for one judged in
    words. ``direction`` says which way is better, ``level2`` where it usually stands.
    """

    id: str
    name: str
    level2: str
    direction: Direction
    units: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def department(self) -> str:
        """The first part of the id: ``judicial``, ``common`` …"""
        return self.id.partition(".")[0]

    def spellings(self) -> Iterator[str]:
        yield self.name
        yield from self.aliases


@dataclass(frozen=True)
class Levels:
    """First and second levels by every known spelling, keyed by ``level_key``."""

    level1: dict[str, str]
    level2: dict[str, str]
    parents: dict[str, str]
    old_only: frozenset[str]
    level2_keys: frozenset[str]


def level_key(text: str) -> str:
    """What tells one level name from another: no white space, brackets, width; 指标 or 目标 at the end counts not.

    >>> level_key("服务对象\\n满意度（指标）") == level_key("服务对象满意度指标")
    True
    >>> level_key("数量目标") == level_key("数量指标")
    True
    """
    key = label_key(text).removesuffix(_SUFFIX)
    return key.removesuffix("目标") or key


@lru_cache(maxsize=1)
def load_levels() -> Levels:
    """The levels that come with the program; they are the same for every user."""
    data = _bundled("levels.toml")
    return Levels(
        level1=_spellings_to_names(data["level1"]),
        level2=_spellings_to_names(data["level2"]),
        parents={each["name"]: each["parent"] for each in data["level2"]},
        old_only=frozenset(each["name"] for each in data["level2"] if each.get("old_only")),
        level2_keys=frozenset(_column_keys(data["level2"])),
    )


def _column_keys(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for each in entries:
        yield level_key(each["name"])
        yield from (label_key(text) for text in [each["name"], *each.get("aliases", [])])


def _spellings_to_names(entries: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {level_key(text): each["name"] for each in entries for text in [each["name"], *each.get("aliases", [])]}


def _bundled(name: str) -> dict[str, Any]:
    return tomllib.loads((files("normalizers") / "data" / "taxonomy" / name).read_text(encoding="utf-8"))


def is_level1(text: str) -> bool:
    """True for a first level in any known spelling; 绩效指标 is a side label, not a level."""
    return level_key(text) in load_levels().level1


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


@dataclass(frozen=True)
class Taxonomy:
    """Levels and canonical indicators; indicators in the order of the files."""

    indicators: tuple[Indicator, ...] = ()

    @property
    def level1_keys(self) -> frozenset[str]:
        """Every first-level name as ``label_key`` gives it, with and without 指标."""
        return frozenset(form for key in load_levels().level1 for form in (key, key + _SUFFIX))

    @property
    def level2_keys(self) -> frozenset[str]:
        """Every second-level name as ``label_key`` gives it; without 指标 only the canonical ones.

        群众满意度 without 指标 is a usual third level, so it does not tell a column apart.
        """
        return load_levels().level2_keys

    def find(self, indicator_id: str) -> Indicator | None:
        return self._by_id.get(indicator_id)

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        return {each.id: each for each in self.indicators}


def load_taxonomy(user_file: Path | None = None) -> Taxonomy:
    """The library that comes with the program, a user's own file merged on top.

    The result is kept; a changed user file is read again.

    Raises:
        TaxonomyError: the user's file cannot be used; it says which entry, field and line.
    """
    if user_file is None:
        return _bundled_taxonomy()
    try:
        stamp = user_file.stat()
    except OSError as error:
        raise TaxonomyError(f"{user_file}: {error.strerror}.", "Give --taxonomy the path of a TOML file that you may read.") from error
    return _merged_taxonomy(user_file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=1)
def _bundled_taxonomy() -> Taxonomy:
    folder = files("normalizers") / "data" / "taxonomy"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml") and each.name != "levels.toml")
    return Taxonomy(tuple(_indicator(entry) for name in names for entry in _bundled(name)["indicator"]))


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(
        entry["id"], entry["name"], entry["level2"], entry["direction"], tuple(entry.get("units", ())), tuple(entry.get("aliases", ()))
    )


@lru_cache(maxsize=8)
def _merged_taxonomy(user_file: Path, mtime_ns: int, size: int) -> Taxonomy:
    from normalizers.taxonomy_file import merge_user_file

    return Taxonomy(merge_user_file(_bundled_taxonomy().indicators, user_file))
