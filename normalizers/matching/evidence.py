"""What a row says besides its name, and how much doubt that throws on an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.matching.name_index import NameIndex, Spelling
from normalizers.matching.naming import Name, fits, measures_conflict, unit_to_measure
from normalizers.matching.taxonomy import level1_for, level2_of
from normalizers.vocabulary.slips import IMPOSSIBLE

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

    @staticmethod
    def of(unit: str, operator: str, level2: str, explanation: str) -> Evidence:
        return Evidence(unit_to_measure(unit), level2_of(level2), level1_for(level2, old_generation=True), operator, explanation)


def doubt_of(index: NameIndex, name: Name, spelling: Spelling, how: str, evidence: Evidence) -> float:
    """What the row's other fields take from the score of an indicator found by ``how``; 1.0 rules it out."""
    doubt = _level_doubt(index, spelling, evidence) + _direction_doubt(spelling, evidence)
    unit = _unit_doubt(spelling, evidence)
    if how in ("exact", "alias"):
        return doubt / 3 + (0.1 if unit >= IMPOSSIBLE and how == "exact" else min(unit, 0.14))
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
