"""The library prepared for look-up: by name, by the words of a name, by nearness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalizers.matching.naming import Name, take_apart
from normalizers.matching.taxonomy import Indicator, level1_for
from normalizers.vocabulary.name_words import load_words
from normalizers.vocabulary.units import load_units

_NEAR = 2
_SHORTEST_NEAR = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write an indicator's name; ``first`` for the canonical one.

    ``measures`` are the kinds of number that the indicator's unit may count,
    ``named`` those that its names say: 人次 may be the unit of 受益学生人数, but
    受益学生人次 is another indicator.
    """

    indicator: Indicator
    name: Name
    first: bool
    measures: frozenset[str]
    named: frozenset[str]

    @property
    def words(self) -> str:
        """The content words that are compared."""
        return self.name.plain if self.indicator.direction == "qualitative" else self.name.core


class NameIndex:
    """Every spelling of a library; built once a library."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.by_key: dict[str, list[Spelling]] = defaultdict(list)
        self.by_words: dict[str, list[Spelling]] = defaultdict(list)
        self.by_letters: dict[str, list[Spelling]] = defaultdict(list)
        self.level1: dict[str, str | None] = {}
        for indicator in indicators:
            self.level1.setdefault(indicator.level2, level1_for(indicator.level2, old_generation=True))
            for spelling in _spellings(indicator):
                self.by_key[spelling.name.key].append(spelling)
                self.by_words[spelling.words].append(spelling)
                self.by_letters[sorted_letters(spelling.words)].append(spelling)
        self._all_words = [words for words in self.by_words if len(words) >= _SHORTEST_NEAR]
        self._all_keys = [key for key in self.by_key if len(key) >= _SHORTEST_NEAR]
        # Names come again and again; what is near them is looked for once.
        self._near_words = lru_cache(maxsize=16384)(partial(_near, choices=self._all_words))
        self._near_keys = lru_cache(maxsize=16384)(partial(_near, choices=self._all_keys))
        self.pairs = frozenset(pair for words in (*self.by_key, *self.by_words) for pair in letter_groups(words, 2))

    def near_words(self, words: str) -> tuple[str, ...]:
        """Content words of the library one or two characters away, the nearest first."""
        return self._near_words(words)

    def near_keys(self, key: str) -> tuple[str, ...]:
        """Names of the library, as written, one or two characters away."""
        return self._near_keys(key)


def _near(text: str, choices: list[str]) -> tuple[str, ...]:
    if len(text) < _SHORTEST_NEAR:
        return ()
    found = process.extract(text, choices, scorer=Levenshtein.distance, score_cutoff=_NEAR, limit=8)
    return tuple(near for near, distance, _ in found if distance)


def _spellings(indicator: Indicator) -> Iterator[Spelling]:
    names = [take_apart(text) for text in indicator.spellings()]
    named = frozenset(name.measure for name in names if name.measure and name.measure != "count")
    usual = frozenset(load_words().unit_measures[unit] for unit in map(_canonical, indicator.units) if unit)
    measures = frozenset({"words"}) if indicator.direction == "qualitative" else usual | named
    for index, name in enumerate(names):
        yield Spelling(indicator, name, index == 0, measures, named or measures)


def _canonical(unit: str) -> str:
    return load_units().canonical(unit) or ""


def sorted_letters(words: str) -> str:
    """The same for names that say the same words in another order."""
    return "".join(sorted(words))


def letter_groups(words: str, size: int) -> Iterator[str]:
    """So many characters that stand side by side, at each place."""
    return (words[at : at + size] for at in range(len(words) - size + 1))
