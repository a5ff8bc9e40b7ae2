"""What an indicator's name says, taken apart for comparison: its words and its kind of number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.name_words import Words, load_words
from normalizers.vocabulary.units import load_units

# 指标1：…, 1、…, (2) …, ① … before a name; a target glued behind it; a unit in brackets at its end.
_NUMBERING = re.compile(r"^\s*(?:指标\s*\d*\s*[:：]|[(（]?\d{1,2}[)）]|\d{1,2}\s*[.、．:：](?!\d)|[①-⑳])\s*")
_TARGET = re.compile(r"[≥≤≧≦⩾⩽＞＜>=＝].*$")
_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]\s*$")
# What a name says in brackets about itself: 受益户（含监测对象）, 结余率（计算方法为：…）, 及时（按期）完工率.
_ASIDE = re.compile(r"[(（](?:含|包括|包含|计算|指|即|如|按|注)[^()（）]*[)）]")
_AND = re.compile(r"(?<!参)与|及(?![时格率]|$)")
_SHORTEST_BODY = 3
_COUNTED = frozenset({"people", "persontimes", "households", "events", "cases", "copies", "things"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    ``key`` tells names apart as written; ``core`` is its content words in one
    spelling, ``plain`` the same without words of improvement, ``measure`` the kind
    of number that its end asks for, or empty.
    """

    key: str
    core: str
    plain: str
    measure: str


def name_key(text: str) -> str:
    """Fold width, white space, punctuation, numbering, a glued target, a unit or an aside in brackets.

    >>> name_key("指标1：服务对象 满意度（%）") == name_key("服务对象满意度≥95%")
    True
    """
    folded = _TARGET.sub("", _NUMBERING.sub("", _ASIDE.sub("", unicodedata.normalize("NFKC", text).strip())))
    inner = _BRACKETED.search(folded)
    if inner and load_units().known(inner.group(1)):
        folded = folded[: inner.start()]
    return label_key(folded)


@lru_cache(maxsize=65536)
def take_apart(text: str) -> Name:
    """The parts of a name; the same text gives the same object."""
    words = load_words()
    key = name_key(text)
    body = words.same.sub(lambda found: words.same_as[found.group()], name_key(text.replace("、", "和")))
    body = words.trailing.sub("", body) if len(body) > _SHORTEST_BODY + 1 else body
    body = _without_leading(body, words)
    body, measure = _without_measure(body, words)
    core = _AND.sub("和", body).replace("的", "") or body
    return Name(key, core, words.improving.sub("", core) or core, measure)


def _without_leading(body: str, words: Words) -> str:
    while True:
        found = words.leading.match(body)
        rest = body[found.end() :] if found else ""
        if len(rest) <= _SHORTEST_BODY or rest[0] in "率及数":
            return body
        body = rest


def _without_measure(body: str, words: Words) -> tuple[str, str]:
    for end, kind in words.measures:
        if body.endswith(end):
            # 满意度 is the word itself, not only a kind of number; 案件数 keeps its 案件.
            kept = len(end) if kind == "satisfaction" else 2 if end == "案件数" else 0
            cut = len(body) - len(end) + kept
            return (body[:cut] or body), ("rate" if kind == "satisfaction" else kind)
    return body, ""


def unit_to_measure(unit: str) -> str:
    """The kind of number that a unit counts: ``rate``, ``people`` …; ``words`` for a sentinel, empty when unknown."""
    units = load_units()
    name = units.canonical(unit)
    if name is not None:
        return load_words().unit_measures.get(name, "")
    return "words" if unit and units.is_sentinel(unit) else ""


def fits(measure: str, measures: frozenset[str]) -> bool:
    """True when a kind of number is, or may be, among those; a plain 数 may count anything that is counted."""
    return not measure or not measures or measure in measures or (measure == "count" and bool(measures & _COUNTED))


def measures_conflict(one: Name, other: Name) -> bool:
    """True when two names ask for two kinds of number, as 案件数 and 案件率 do."""
    if not one.measure or not other.measure:
        return False
    return not fits(one.measure, frozenset({other.measure})) and not fits(other.measure, frozenset({one.measure}))
