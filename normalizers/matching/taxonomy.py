"""The library of canonical indicators; the functions on levels stand here too for those who use both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from normalizers.matching.indicator import Direction, Indicator, TaxonomyError
from normalizers.matching.taxonomy_file import merge_user_file
from normalizers.messages import tell
from normalizers.vocabulary.bundled import bundled, bundled_names
from normalizers.vocabulary.levels import is_level1, is_old_generation, level1_for, level1_of, level2_of, load_levels

__all__ = [
    "Direction", "Indicator", "Taxonomy", "TaxonomyError", "is_level1", "is_old_generation", "level1_for", "level1_of", "level2_of",
    "load_levels", "load_taxonomy",
]  # fmt: skip


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
        raise TaxonomyError(*tell("taxonomy.unreadable", path=user_file, error=error.strerror)) from error
    return _merged_taxonomy(user_file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=1)
def _bundled_taxonomy() -> Taxonomy:
    names = [each for each in bundled_names("taxonomy") if each.endswith(".toml") and each != "taxonomy/levels.toml"]
    return Taxonomy(tuple(_indicator(entry) for name in names for entry in bundled(name)["indicator"]))


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(
        entry["id"], entry["name"], entry["level2"], entry["direction"], tuple(entry.get("units", ())), tuple(entry.get("aliases", ()))
    )


@lru_cache(maxsize=8)
def _merged_taxonomy(user_file: Path, mtime_ns: int, size: int) -> Taxonomy:
    return Taxonomy(merge_user_file(_bundled_taxonomy().indicators, user_file))
