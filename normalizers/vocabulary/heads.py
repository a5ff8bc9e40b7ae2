"""A head is what it says: its parts (period, kind) are read, and their combination has the meaning."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.lookalikes import look_alike

Block = Literal["indicators", "funds", "goals"]
OWN = "own"
_FILLER = "filler"
# More words than this are a sentence; a longer text is no head.
_MOST_PARTS, _LONGEST = 7, 24
# A character in a shorter word is not mended: too little of it is left.
_MENDED_WORD = 3
_MARKS = re.compile(r"[\s:：,，、。;；.·*★☆※▲△●#＊/\\|_\"'“”‘’-]+")
_NUMBERED = re.compile(rf"^[(（]?[一二三四五六七八九十\d]{{1,2}}[)）]?[、.．]\s*(?=[{HAN_RANGE}])")
# What stands in brackets behind a head without changing what it says: letters of formulas, points, units of money, years of a plan.
_ASIDE = re.compile(
    r"[(（\[【](?:[A-Za-z](?:[\d/×*÷%％=＝+A-Za-z-]|100)*|[^()（）\[\]【】]*\d分[^()（）\[\]【】]*|(?:单位[:：]?)?(?:百万元|千元|亿元|万元|元|[%％])"
    r"|截[止至]20[\dX]{2}年?[底末前]?|20[\dX]{2}年?(?:[-—–~至到]+20[\dX+n]{2,4}年?|底|末)|必填|选填|可选)[)）\]】]"
)
_MONTHS = re.compile(
    rf"(?:20\d\d年?)?(?:截[至止]?)?(?:\d{{1,2}}[-—–~至到]+)?\d{{1,2}}月(?:份|底|末|\d{{1,2}}日)?(?=[{HAN_RANGE}])|\d[-—–~至到]\d季度|(?:前|第)?[一二三四1-4]季度"
)
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a head says: its periods and kinds by the names of ``labels.toml``, and a year that it names."""

    periods: frozenset[str]
    kinds: frozenset[str]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """One entry of ``heads.toml``: what a combination of parts is called."""

    block: str
    field: str
    kinds: tuple[frozenset[str], ...]
    needs: frozenset[str]
    may: frozenset[str]
    examples: tuple[str, ...]
    seen: str

    def fits(self, parts: Parts) -> bool:
        return parts.kinds in self.kinds and self.needs <= parts.periods <= self.needs | self.may


@dataclass(frozen=True, eq=False)
class Grammar:
    """Words of heads with the part that each says, and what the parts mean together."""

    words: Mapping[str, tuple[str, str]]
    heads: tuple[Head, ...]

    def field_of(self, text: str, block: Block, fiscal_year: int | None = None) -> str | None:
        """The field that a head names; ``own`` for one that is understood and has none; None for one that says nothing known.

        Args:
            fiscal_year: of the form; without it a head that names a year has no field.
        """
        return self.meaning(self.parse(text), block, fiscal_year)

    def meaning(self, readings: Iterable[Parts], block: Block, fiscal_year: int | None = None) -> str | None:
        """The field of all readings; None where they say different things."""
        fields = {self._field(parts, block, fiscal_year) for parts in readings}
        return fields.pop() if len(fields) == 1 else None

    def _field(self, parts: Parts, block: Block, fiscal_year: int | None) -> str | None:
        if parts.year is not None:
            period = _of_year(parts.year, fiscal_year)
            if period is None:
                return OWN if any(parts.kinds in head.kinds for head in self.heads if head.block == block) else None
            parts = Parts(parts.periods | {period}, parts.kinds)
        return next((head.field for head in self.heads if head.block == block and head.fits(parts)), None)

    def parse(self, text: str) -> frozenset[Parts]:
        """The parts of a head, every character explained; empty when a word is not known.

        More than one reading where the fewest words can be cut in several ways.
        """
        return _parse(self, text)

    def mended(self, text: str, block: Block, fiscal_year: int | None = None) -> str | None:
        """The field of a recognised head that nobody knows: one character mended where the parts then fit and no other reading does."""
        key, periods, year = _plain(text)
        if not _MENDED_WORD < len(key) <= _LONGEST:
            return None
        readings = {parts for mended in _one_off(self, key) for parts in _fewest(self, mended, periods, year)}
        return self.meaning(readings, block, fiscal_year)

    @property
    def letters(self) -> frozenset[str]:
        """Every character of a period: to mend one of these away may change what the head says."""
        return _letters(self)


@lru_cache(maxsize=8)
def _letters(grammar: Grammar) -> frozenset[str]:
    return frozenset(char for word, (part, _) in grammar.words.items() if part == "periods" for char in word)


def _of_year(year: int, fiscal_year: int | None) -> str | None:
    """The period of a year beside that of the form."""
    return None if fiscal_year is None else {0: "current", 1: "previous", 2: "before_previous"}.get(fiscal_year - year)


@lru_cache(maxsize=8192)
def _parse(grammar: Grammar, text: str) -> frozenset[Parts]:
    key, periods, year = _plain(text)
    return _fewest(grammar, key, periods, year) if 0 < len(key) <= _LONGEST else frozenset()


@lru_cache(maxsize=8192)
def _plain(text: str) -> tuple[str, frozenset[str], int | None]:
    """The words of a head without marks, brackets that say nothing, months and years; and the periods that those were."""
    squeezed = unicodedata.normalize("NFKC", re.sub(r"\s+", "", text))
    squeezed = _NUMBERED.sub("", _ASIDE.sub("", squeezed))
    monthless = _MONTHS.sub("", squeezed)
    periods = frozenset({"interim"}) if monthless != squeezed else frozenset()
    years = _YEAR.findall(monthless)
    monthless = _YEAR.sub("", monthless) if len(years) == 1 else monthless
    key = re.sub(r"[()\[\]{}<>【】〔〕《》]", "", _MARKS.sub("", monthless))
    return key, periods, int(years[0]) if len(years) == 1 else None


def _fewest(grammar: Grammar, key: str, periods: frozenset[str], year: int | None) -> frozenset[Parts]:
    """The readings with the fewest words; those without a kind are none."""
    cuts = list(_cuts(grammar, key, _MOST_PARTS))
    fewest = min((len(cut) for cut in cuts), default=0)
    found = set()
    for cut in (cut for cut in cuts if len(cut) == fewest):
        kinds = frozenset(name for part, name in cut if part == "kinds" and name != _FILLER)
        if kinds:
            found.add(Parts(periods | {name for part, name in cut if part == "periods"}, kinds, year))
    return frozenset(found)


def _cuts(grammar: Grammar, key: str, left: int) -> Iterator[list[tuple[str, str]]]:
    """Every way to cut the key into known words."""
    if not key:
        yield []
    if not key or not left:
        return
    for stop in range(len(key), 0, -1):
        word = grammar.words.get(key[:stop])
        if word is not None:
            yield from ([word, *rest] for rest in _cuts(grammar, key[stop:], left - 1))


@lru_cache(maxsize=2048)
def _one_off(grammar: Grammar, key: str) -> frozenset[str]:
    """Keys that differ from this one in one character and are made of known words.

    A character that is part of a period, and a digit, is mended only into one that it looks like.
    """
    found = set()
    for at, seen in enumerate(key):
        for start in range(max(0, at - 7), at + 1):
            for word in _words_with_gap(grammar, key, start, at):
                meant = word[at - start]
                if look_alike(seen, meant) or (len(word) >= _MENDED_WORD and not (seen in grammar.letters or seen.isdigit())):
                    found.add(key[:at] + meant + key[at + 1 :])
    return frozenset(found)


def _words_with_gap(grammar: Grammar, key: str, start: int, at: int) -> list[str]:
    """Known words that stand at a place of the key but for one character."""
    gaps, most = _by_gap(grammar)
    ends = range(at + 1, min(start + most, len(key)) + 1)
    return [word for end in ends for word in gaps.get((key[start:at], key[at + 1 : end]), ()) if word[at - start] != key[at]]


@lru_cache(maxsize=8)
def _by_gap(grammar: Grammar) -> tuple[dict[tuple[str, str], list[str]], int]:
    """The words by what stands before and behind each of their characters, and the length of the longest."""
    gaps: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in grammar.words:
        for at in range(len(word)):
            gaps[word[:at], word[at + 1 :]].append(word)
    return dict(gaps), max(map(len, grammar.words), default=0)


def heads_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Head, ...]:
    """The entries of ``heads.toml``."""
    return tuple(
        Head(
            each["block"],
            each["field"],
            tuple(frozenset(kinds.split("+")) for kinds in each["kinds"]),
            frozenset(each.get("needs", ())),
            frozenset(each.get("may", ())),
            tuple(each.get("examples", ())),
            each.get("seen", ""),
        )
        for each in entries
    )


def words_of(periods: Mapping[str, Iterable[str]], kinds: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, str]]:
    """Every word of the two sections with the part that it says; a word of a kind counts before one of a period."""
    words = {"periods": periods, "kinds": kinds}
    return {_plain(word)[0] or word: (part, name) for part, section in words.items() for name, each in section.items() for word in each}
