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

from normalizers.matching.evidence import Evidence, doubt_of
from normalizers.matching.name_index import NameIndex, Spelling, sorted_letters
from normalizers.matching.naming import Name, measures_conflict, take_apart
from normalizers.matching.taxonomy import Taxonomy
from normalizers.record import IndicatorRow, Match
from normalizers.vocabulary.slips import IMPOSSIBLE, is_shortened, slip_cost

# Set by bench/matching.py: below it more than 1 accepted mapping in 200 is wrong.
ACCEPT = 0.85
# A second indicator this close makes the choice a guess.
MARGIN = 0.03

_SCORES = {"exact": 1.0, "alias": 0.98, "words": 0.95, "order": 0.93, "slip": 0.93, "explained": 0.89}
_SHORTEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a name may mean, before the row's other fields are heard."""

    spelling: Spelling
    how: str
    score: float


def match_row(row: IndicatorRow, taxonomy: Taxonomy) -> Match:
    """The canonical indicator of a row, or ``unmapped`` with the score and id of the nearest as runner-up."""
    fields = (row.text("level3"), row.text("unit"), row.text("operator"), row.text("level2"), row.text("explanation"))
    return replace(_match(taxonomy, *fields))


def match_rows(rows: Iterable[IndicatorRow], taxonomy: Taxonomy) -> Iterator[Match]:
    """``match_row`` for each row."""
    return (match_row(row, taxonomy) for row in rows)


@lru_cache(maxsize=8)
def _index_of(taxonomy: Taxonomy) -> NameIndex:
    return NameIndex(taxonomy.indicators)


@lru_cache(maxsize=32768)
def _match(taxonomy: Taxonomy, text: str, unit: str, operator: str, level2: str, explanation: str) -> Match:
    name = take_apart(text)
    if not name.key:
        return Match()
    evidence = Evidence.of(unit, operator, level2, explanation)
    found = _best_of_each(_index_of(taxonomy), name, evidence)
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
            score = round(candidate.score - doubt_of(index, name, candidate.spelling, candidate.how, evidence), 4)
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
