"""The words of indicators' names that say what is counted, or say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.units import load_units


@dataclass(frozen=True)
class Words:
    """The word lists of ``name-words.toml``, ready to use."""

    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    improving: re.Pattern[str]
    same: re.Pattern[str]
    same_as: dict[str, str]
    measures: tuple[tuple[str, str], ...]
    unit_measures: dict[str, str]
    contrast: frozenset[str]


@lru_cache(maxsize=1)
def load_words() -> Words:
    data = bundled("name-words.toml")
    measures = [(end, kind) for kind, ends in data["measure"].items() for end in ends]
    return Words(
        leading=re.compile(f"^(?:{_any(data['leading'])})"),
        trailing=re.compile(f"(?:{_any(data['trailing'])})$"),
        improving=re.compile(f"(?<!可)(?:{_any(data['improving'])})"),
        same=re.compile(_any(data["same"])),
        same_as=data["same"],
        measures=tuple(sorted(measures, key=lambda each: -len(each[0]))),
        unit_measures=_unit_measures(data["unit_measure"]),
        contrast=frozenset(data["contrast"]),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _unit_measures(section: dict[str, Any]) -> dict[str, str]:
    """The kind of number of every unit; 起 counts events and cases alike, so the last wins and `fits` forgives."""
    units = load_units()
    by_dimension = {
        "money": "money",
        "ratio": "rate",
        "time": "time",
        "length": "length",
        "area": "area",
        "volume": "volume",
        "mass": "mass",
    }
    kinds = {name: by_dimension.get(dimension, "things") for name, dimension in units.dimensions.items()}
    return kinds | {unit: kind for kind, names in section.items() for unit in names}
