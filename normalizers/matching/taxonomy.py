"""The library of canonical indicators; the functions on levels stand here too for those who use both."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from normalizers.vocabulary.levels import is_level1, is_old_generation, level1_for, level1_of, level2_of, load_levels

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = [
    "Direction", "Indicator", "Taxonomy", "TaxonomyError", "is_level1", "is_old_generation", "level1_for", "level1_of", "level2_of",
    "load_levels", "load_taxonomy",
]  # fmt: skip

Direction = Literal["positive", "negative", "equal", "qualitative"]


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


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """Canonical indicators in the order of the files; each library is equal to itself only."""

    indicators: tuple[Indicator, ...] = ()

    @property
    def level1_keys(self) -> frozenset[str]:
        """Every first-level name as ``label_key`` gives it."""
        return load_levels().level1_keys

    @property
    def level2_keys(self) -> frozenset[str]:
        """Every second-level name as ``label_key`` gives it, but usual third levels."""
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


def _bundled(name: str) -> dict[str, Any]:
    return tomllib.loads((files("normalizers") / "data" / "taxonomy" / name).read_text(encoding="utf-8"))


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
    from normalizers.matching.taxonomy_file import merge_user_file

    return Taxonomy(merge_user_file(_bundled_taxonomy().indicators, user_file))
