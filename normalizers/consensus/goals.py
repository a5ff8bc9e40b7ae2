"""A sentence of a goal that stands in two forms of one unit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from normalizers.checks.place import listed
from normalizers.consensus.facts import TableFacts
from normalizers.consensus.spelling import is_slip
from normalizers.doubts.misreading import already_marked
from normalizers.record import TargetTable
from normalizers.vocabulary.characters import folded

_ENDS = re.compile(r"[。；;！!]|(?:^|(?<=[。；;\s]))[（(]?\d{1,2}[)）、.．:：]")
_MARKS = str.maketrans("", "", "，。、；：！？“”‘’（）《》,.;:!?()")
_SHORTEST_SENTENCE = 12
# Two slips in a long sentence; more is another sentence.
_LONG, _SLIPS = 24, 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence as it stands, marks inside it included, and whether it has a number in front and an end mark behind."""

    text: str
    is_numbered: bool
    is_ended: bool

    def is_borne_out_by(self, other: Clause, same_kind: bool) -> bool:
        """Whether this sentence, read elsewhere, says that nothing of this one was lost.

        A goal of the unit numbers the sentences of its projects, which stand there without a number.
        """
        return self.text == other.text and self.is_ended >= other.is_ended and (not same_kind or self.is_numbered >= other.is_numbered)


class Goals:
    """The sentences of all goals of a scope, folded, with who says them; ``wordings`` with their marks, by their text."""

    def __init__(self, tables: Sequence[TableFacts]) -> None:
        self.sayings: dict[str, list[TableFacts]] = defaultdict(list)
        self.wordings: dict[str, list[tuple[TableFacts, Clause]]] = defaultdict(list)
        for table in tables:
            for sentence in sentences(table.goal):
                self.sayings[sentence].append(table)
            # A goal that was completed from others is no witness for them.
            for clause in () if table.goal_guessed else clauses(table.goal):
                self.wordings[clause.text].append((table, clause))
        self.counts = Counter({sentence: len(tables) for sentence, tables in self.sayings.items()})


def sentences(goal: str) -> list[str]:
    """Sentences long enough to be compared, without numbering and the usual marks; a dash or a dot of dirt stays."""
    return [text for part in clauses(goal) if len(text := part.text.translate(_MARKS)) >= _SHORTEST_SENTENCE]


def clauses(goal: str) -> list[Clause]:
    """The sentences of a goal; width and white space do not count."""
    plain = folded(goal)
    breaks = [(0, 0, ""), *((*found.span(), found[0]) for found in _ENDS.finditer(plain)), (len(plain), len(plain), "")]
    found = [
        Clause(plain[end:start], _is_number(before), bool(behind) and not _is_number(behind))
        for (_, end, before), (start, _, behind) in pairwise(breaks)
    ]
    return [clause for clause in found if clause.text.translate(_MARKS)]


def _is_number(part: str) -> bool:
    return any(char.isdigit() for char in part)


def compare_goals(table: TargetTable, facts: TableFacts, goals: Goals) -> None:
    """The overall goal repeats the goals of its projects: a sentence that differs in a character or two was misread in one place.

    The rarer reading is marked, or both where it is one against one.
    """
    if not facts.misreadable or already_marked(table, "overall_goal"):
        return
    for own in sentences(facts.goal):
        rivals = [other for other in goals.sayings if _is_reading_of(own, other) and goals.counts[other] >= goals.counts[own]]
        if rivals:
            places = listed(f"{other!r} in {where.place(facts.document)}" for other in rivals for where in goals.sayings[other])
            table.find("overall_goal", "consensus.goal-differs", f"The goal says {own!r} here, {places}. Compare with the page.")
            return


def _is_reading_of(own: str, other: str) -> bool:
    if own == other or abs(len(own) - len(other)) > _SLIPS:
        return False
    if is_slip(own, other):
        return True
    if len(own) < _LONG or any(c.isdigit() for c in own + other):
        return False
    return 0 < Levenshtein.distance(own, other, score_cutoff=_SLIPS) <= _SLIPS
