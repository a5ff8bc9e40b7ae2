"""The closed vocabulary of units of measure, with their dimensions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from normalizers.vocabulary.bundled import bundled

Dimension = Literal["money", "ratio", "count", "time", "length", "area", "volume", "mass", "other"]

_DIMENSIONS: tuple[Dimension, ...] = ("money", "ratio", "count", "time", "length", "area", "volume", "mass", "other")
# What may be counted in ten thousands, or as so many times of it.
_COUNTED: tuple[Dimension, ...] = ("count", "length", "area", "volume", "mass")
_BUILT = re.compile(r"^(百万|千万|十万|百|千|万|亿)?(.*[^次])(次)?$")
_MULTIPLE = re.compile(r"^(百万|千万|十万|百|千|万|亿)(.+)$")
_TIMES = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
# Short for amounts of money where they stand alone only.
_NO_PART = ("万", "亿")
_MOST_PARTS = 3
_SPACE = re.compile(r"\s+")
_BRACKETED = re.compile(r"^[(\[](.+)[)\]]$")


@lru_cache(maxsize=16384)
def unit_key(text: str) -> str:
    """Fold width, white space and brackets around the whole; case stays (m is not M to a reader).

    >>> unit_key("（万 元）")
    '万元'
    >>> unit_key("㎡"), unit_key("人／次")
    ('m2', '人/次')
    """
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    inner = _BRACKETED.match(folded)
    return inner.group(1) if inner else folded


@dataclass(frozen=True)
class Units:
    """Every known unit by its key; built once from ``units.toml``."""

    names: dict[str, str]
    dimensions: dict[str, Dimension]
    factors: dict[str, Fraction]
    bases: dict[Dimension, str]
    sentinels: frozenset[str]
    spellings: tuple[str, ...]

    def known(self, text: str) -> bool:
        """True for a unit in any spelling, or built of known ones (万元/条, 万亩次); a sentinel is no unit."""
        return self.canonical(text) is not None

    def canonical(self, text: str) -> str | None:
        """The unit as it should stand: ``％`` gives ``%``; None for what is no unit."""
        return self._find(text)[0]

    def dimension(self, text: str) -> Dimension | None:
        """What is measured, of a built unit what its first part measures; None for what is no unit."""
        return self._find(text)[1]

    def _find(self, text: str) -> tuple[str | None, Dimension | None]:
        """Name and dimension of a known unit, or of one by another (万元/条)."""
        key = unit_key(text)
        name = self.names.get(key)
        if name is not None:
            return name, self.dimensions[name]
        parts = [self._of_one(part) for part in key.split("/") if part not in _NO_PART]
        if key.count("/") >= len(parts) or len(parts) > _MOST_PARTS or not all(name for name, _ in parts):
            return None, None
        return "/".join(name or "" for name, _ in parts), parts[0][1]

    def _of_one(self, key: str) -> tuple[str | None, Dimension | None]:
        """Name and dimension of a known unit, of ten thousands of it (万亩), or of so many times of it (亩次)."""
        name = self.names.get(key)
        if name is not None:
            return name, self.dimensions[name]
        found = _BUILT.match(key)
        name = self.names.get(found.group(2)) if found else None
        if found is None or name is None or self.dimensions[name] not in _COUNTED:
            return None, None
        return f"{found.group(1) or ''}{name}{found.group(3) or ''}", self.dimensions[name]

    def is_sentinel(self, text: str) -> bool:
        """True for what stands in place of a unit where the indicator is judged in words."""
        return unit_key(text) in self.sentinels

    def to_base(self, number: Decimal, unit: str) -> Decimal | None:
        """The number in the base unit of its dimension (万元 to 元, 公里 to 米); None when no fixed factor leads there."""
        name = self.canonical(unit)
        factor = self.factors.get(name) if name else None
        return None if factor is None else number * factor.numerator / factor.denominator

    def base_of(self, unit: str) -> tuple[str, Fraction] | None:
        """The unit in which its like are compared, and how many of these one of it is; None for what is no unit.

        万元 is 10,000 元, 亩 2000/3 平方米, 万人次 10,000 人次, 万元/公里 10,000 元/公里. What has no fixed
        factor (月, 分), what is in a volume (毫克/升) and how long of a time (小时/天) stays as it is.

        >>> load_units().base_of("万元/公里"), load_units().base_of("毫克/升")
        (('元/公里', Fraction(10000, 1)), ('毫克/升', Fraction(1, 1)))
        """
        name = self.canonical(unit)
        if name is None:
            return None
        head, slash, rest = name.partition("/")
        if name in self.names and name in self.factors or not slash:
            return self._base_of_one(name)
        if not head or self.dimension(rest) == "volume" or self.dimension(head) == "time":
            return name, Fraction(1)
        base, factor = self._base_of_one(head)
        return f"{base}/{rest}", factor

    def _base_of_one(self, name: str) -> tuple[str, Fraction]:
        if name in self.factors:
            return self.bases[self.dimensions[name]], self.factors[name]
        found = _MULTIPLE.match(name)
        rest, dimension = self._of_one(found.group(2)) if found else (None, None)
        if found and rest and dimension in _COUNTED:
            base, factor = self._base_of_one(rest)
            return base, _TIMES[found.group(1)] * factor
        return name, Fraction(1)

    def all_spellings(self) -> Iterator[str]:
        """Every way a unit or a sentinel may be written, as in the data file."""
        return iter(self.spellings)


@lru_cache(maxsize=1)
def load_units() -> Units:
    """The units that come with the program."""
    data = bundled("units.toml")
    return data_to_units(data)


def data_to_units(data: dict[str, Any]) -> Units:
    """Units from the parsed TOML.

    Raises:
        ValueError: a spelling stands for two units, or an alias for none.
    """
    names: dict[str, str] = {}
    dimensions: dict[str, Dimension] = {}
    factors: dict[str, Fraction] = {}
    spellings: list[str] = []
    for dimension in _DIMENSIONS:
        section = data[dimension]
        for name in section["names"]:
            _put(names, name, name)
            dimensions[name] = dimension
        for alias, name in section.get("aliases", {}).items():
            if name not in section["names"]:
                raise ValueError(f"units: {alias!r} is an alias of {name!r}, which is no unit of {dimension}")
            _put(names, alias, name)
        factors |= {name: Fraction(factor) for name, factor in section.get("factors", {}).items()}
        spellings += [*section["names"], *section.get("aliases", {})]
    sentinels = data["sentinels"]["names"]
    bases: dict[Dimension, str] = {each: data[each]["base"] for each in _DIMENSIONS if "base" in data[each]}
    return Units(names, dimensions, factors, bases, frozenset(map(unit_key, sentinels)), (*spellings, *sentinels))


def _put(names: dict[str, str], spelling: str, name: str) -> None:
    key = unit_key(spelling)
    if names.setdefault(key, name) != name:
        raise ValueError(f"units: {spelling!r} stands for {names[key]!r} and for {name!r}")
