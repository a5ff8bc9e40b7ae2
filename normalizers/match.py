"""How a row finds its canonical indicator: by its name, and by all else that the row says.

Matching adds an id, a name, a score and a method; it never changes what was filed.
Two names are taken for one only when what differs between them cannot carry
meaning: a word like 开展, another order, a slip of the reader. Character likeness
alone proves nothing: 案件数 is not 案件率, 新建 is not 改建.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from normalizers.name_index import NameIndex, Spelling, sorted_letters
from normalizers.naming import Name, fits, measures_conflict, take_apart, unit_to_measure
from normalizers.record import IndicatorRow, Match
from normalizers.slips import IMPOSSIBLE, is_shortened, slip_cost
from normalizers.taxonomy import Taxonomy, level1_for, level2_of

# Set by bench/matching.py: below it more than 1 accepted mapping in 200 is wrong.
ACCEPT = 0.85
# A second indicator this close makes the choice a guess.
MARGIN = 0.03

_SCORES = {"exact": 1.0, "alias": 0.98, "words": 0.95, "order": 0.93, "slip": 0.93, "explained": 0.89}
_SHORTEST_WORDS = 3
# Kinds of number that counties write for one another in the unit column: 30 件 or 30 个, 2 次 or 2 个.
_MIXED = (
    frozenset({"things", "cases", "copies"}),
    frozenset({"events", "cases"}),
    frozenset({"events", "things"}),
    frozenset({"people", "persontimes"}),
)
# A second level in forms until 2021, a first level since.
_COST = "成本指标"
_LOWER = frozenset({"≤", "<", "＜", "≦"})
_HIGHER = frozenset({"≥", ">", "＞", "≧"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a row says besides its name."""

    measure: str
    level2: str | None
    level1: str | None
    operator: str
    explanation: str

    @property
    def in_words(self) -> bool:
        return self.operator == "定性" or self.measure == "words"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a name may mean, before the row's other fields are heard."""

    spelling: Spelling
    how: str
    score: float


def match_row(row: IndicatorRow, taxonomy: Taxonomy) -> Match:
    """The canonical indicator of a row, or ``unmapped`` with the score and id of the nearest as runner-up."""
    fields = (row.text("level3"), row.text("unit"), row.text("operator"), row.text("level2"), row.text("explanation"))
    return replace(_match(_Library.of(taxonomy), *fields))


def match_rows(rows: Iterable[IndicatorRow], taxonomy: Taxonomy) -> Iterator[Match]:
    """``match_row`` for each row."""
    return (match_row(row, taxonomy) for row in rows)


class _Library:
    """An index that hashes by identity, so that answers can be kept."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.index = NameIndex(taxonomy.indicators)

    @staticmethod
    def of(taxonomy: Taxonomy) -> _Library:
        found = taxonomy.__dict__.get("_library")
        if found is None:
            found = taxonomy.__dict__.setdefault("_library", _Library(taxonomy))
        assert isinstance(found, _Library)
        return found


@lru_cache(maxsize=32768)
def _match(library: _Library, text: str, unit: str, operator: str, level2: str, explanation: str) -> Match:
    name = take_apart(text)
    if not name.key:
        return Match()
    second = level2_of(level2)
    evidence = Evidence(unit_to_measure(unit), second, level1_for(level2, old_generation=True), operator, explanation)
    found = _best_of_each(library.index, name, evidence)
    if not found:
        return Match()
    score, best = found[0]
    runner = found[1] if len(found) > 1 else None
    clear = runner is None or score - runner[0] >= MARGIN
    if score < ACCEPT or not clear:
        return Match(score=score, runner_up=best.spelling.indicator.id)
    method = "exact" if best.how == "exact" else "alias" if best.how == "alias" else "fuzzy"
    indicator = best.spelling.indicator
    return Match(indicator.id, indicator.name, score, method, runner[1].spelling.indicator.id if runner else None)  # type: ignore[arg-type]


def _best_of_each(index: NameIndex, name: Name, evidence: Evidence) -> list[tuple[float, Candidate]]:
    """The best candidate of each indicator with its score, best first."""
    best: dict[str, tuple[float, Candidate]] = {}
    for search in (_named, _nearly_named):
        for candidate in search(index, name, evidence):
            score = round(candidate.score - _doubt(index, name, candidate, evidence), 4)
            known = best.get(candidate.spelling.indicator.id)
            if score > 0 and (known is None or score > known[0]):
                best[candidate.spelling.indicator.id] = (score, candidate)
        # No slip scores as high, so there is nothing to look for.
        if any(score >= _SCORES["words"] for score, _ in best.values()):
            break
    return sorted(best.values(), key=lambda each: (-each[0], each[1].spelling.indicator.id))


def _compared(name: Name, evidence: Evidence) -> str:
    return name.plain if evidence.in_words else name.core


def _named(index: NameIndex, name: Name, evidence: Evidence) -> Iterator[Candidate]:
    """Indicators that the name says, in these words or in another order."""
    for spelling in index.by_key.get(name.key, ()):
        how = "exact" if spelling.first else "alias"
        yield Candidate(spelling, how, _SCORES[how])
    words = _compared(name, evidence)
    # Two characters without a kind of number (培训, 受益) name too much.
    if len(words) >= _SHORTEST_WORDS or name.measure:
        yield from (Candidate(spelling, "words", _SCORES["words"]) for spelling in index.by_words.get(words, ()))
    if len(words) > _SHORTEST_WORDS:
        for spelling in index.by_letters.get(sorted_letters(words), ()):
            yield Candidate(spelling, "order", _SCORES["order"])


def _nearly_named(index: NameIndex, name: Name, evidence: Evidence) -> Iterator[Candidate]:
    """Indicators that the name says with slips, or in part while the explanation says it in full."""
    words, said = _compared(name, evidence), take_apart(evidence.explanation)
    for near in index.near_words(words):
        cost = slip_cost(words, near, index.pairs, confirmed=near in said.core)
        yield from (Candidate(spelling, "slip", _SCORES["slip"] - cost) for spelling in index.by_words[near])
    for near in index.near_keys(name.key):
        cost = slip_cost(name.key, near, index.pairs, confirmed=near in said.key)
        yield from (Candidate(spelling, "slip", _SCORES["slip"] - cost) for spelling in index.by_key[near])
    yield from _explained(index, name, words, evidence)


def _explained(index: NameIndex, name: Name, words: str, evidence: Evidence) -> Iterator[Candidate]:
    """Indicators that the explanation names in full and the row's own name in part or with slips."""
    said = take_apart(evidence.explanation)
    if said.key == name.key:
        return
    full = said.plain if evidence.in_words else said.core
    if not is_shortened(words, full) and slip_cost(words, full, index.pairs, confirmed=True) >= IMPOSSIBLE:
        return
    for spelling in index.by_words.get(full, ()):
        if not measures_conflict(said, spelling.name):
            yield Candidate(spelling, "explained", _SCORES["explained"])


def _doubt(index: NameIndex, name: Name, candidate: Candidate, evidence: Evidence) -> float:
    """What the row's other fields take from a candidate's score; 1.0 rules it out."""
    spelling = candidate.spelling
    doubt = _level_doubt(index, spelling, evidence) + _direction_doubt(spelling, evidence)
    unit = _unit_doubt(spelling, evidence)
    if candidate.how in ("exact", "alias"):
        return doubt / 3 + (0.1 if unit >= IMPOSSIBLE and candidate.how == "exact" else min(unit, 0.14))
    if measures_conflict(name, spelling.name) or not fits(name.measure, spelling.named) or _contradicts_itself(name, evidence):
        return IMPOSSIBLE
    unsaid = not name.measure and not evidence.measure and not evidence.in_words and "words" not in spelling.measures
    return doubt + unit + (0.04 if unsaid else 0.0)


def _level_doubt(index: NameIndex, spelling: Spelling, evidence: Evidence) -> float:
    usual = spelling.indicator.level2
    if evidence.level2 is None or evidence.level2 == usual or (evidence.level2 == _COST and index.level1[usual] == _COST):
        return 0.0
    return 0.02 if evidence.level1 == index.level1[usual] else 0.05


def _direction_doubt(spelling: Spelling, evidence: Evidence) -> float:
    wrong = {"positive": _LOWER, "negative": _HIGHER}.get(spelling.indicator.direction, frozenset())
    return 0.04 if evidence.operator in wrong else 0.0


def _unit_doubt(spelling: Spelling, evidence: Evidence) -> float:
    """1.0 when the row's unit counts another kind of thing, a little when counties mix the two kinds."""
    said = "words" if evidence.in_words else evidence.measure
    if not said or not spelling.measures or said in spelling.measures:
        return 0.0
    return 0.03 if any(_mixed(said, usual) for usual in spelling.measures) else IMPOSSIBLE


def _contradicts_itself(name: Name, evidence: Evidence) -> bool:
    """True when the row's name counts one kind of thing and its unit another."""
    said = evidence.measure
    return bool(said) and said != "words" and not fits(name.measure, frozenset({said})) and not _mixed(name.measure, said)


def _mixed(one: str, other: str) -> bool:
    return any({one, other} <= group for group in _MIXED)
