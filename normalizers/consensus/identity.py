"""Departments, people and phones: the majority's spelling is proposed, never imposed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from normalizers.checks.place import listed
from normalizers.consensus.facts import TableFacts
from normalizers.consensus.spelling import easily_confused, one_off
from normalizers.paths import signoff_path
from normalizers.record import TargetTable

ROLES = ("filled_by", "responsible")
_LABELS = {"filled_by": "填表人", "responsible": "单位负责人"}


class People:
    """Who signs and what department is named in a scope, counted."""

    def __init__(self, tables: Sequence[TableFacts]) -> None:
        self.tables = tables
        self.departments = Counter(t.department for t in tables if t.department)
        self.persons = Counter(name for t in tables for name in (t.filled_by, t.responsible) if name)
        self.by_phone: dict[str, list[TableFacts]] = defaultdict(list)
        self.by_filler: dict[str, list[TableFacts]] = defaultdict(list)
        for table in tables:
            if table.phone:
                self.by_phone[table.phone].append(table)
            if table.filled_by:
                self.by_filler[table.filled_by].append(table)


def propose_department(table: TargetTable, facts: TableFacts, people: People) -> None:
    """N34: a department that differs in one character from what twice as many tables of the unit name."""
    better = majority_spelling(facts.department, people.departments, _clear_majority)
    if better:
        _propose(
            table,
            "consensus.department-spelling",
            "department",
            "主管部门",
            facts,
            better,
            people.departments,
            people,
            lambda t: (t.department,),
        )


def propose_person(table: TargetTable, facts: TableFacts, people: People) -> None:
    """N23: a person whose name differs in one character from a name that signs three times as often."""
    for role in ROLES:
        better = majority_spelling(getattr(facts, role), people.persons, _clear_person)
        if better:
            names = people.persons
            _propose(
                table,
                "consensus.person-spelling",
                signoff_path(role),
                _LABELS[role],
                facts,
                better,
                names,
                people,
                lambda t: (t.filled_by, t.responsible),
            )


def _propose(
    table: TargetTable,
    code: str,
    path: str,
    label: str,
    facts: TableFacts,
    better: str,
    counts: Counter[str],
    people: People,
    names_of: Callable[[TableFacts], Iterable[str]],
) -> None:
    own = table.text(path)
    where = listed(t.place(facts.document) for t in people.tables if better in names_of(t))
    message = f"{label} {own!r} ({counts[own]} times) is {better!r} in {where} ({counts[better]} times). Proposed: {better!r}; not changed."
    table.find(path, code, message)


def majority_spelling(own: str, counts: Counter[str], clear: Callable[[str, str, Counter[str]], bool]) -> str | None:
    """The commonest spelling one character away that clearly outnumbers this one."""
    if not own:
        return None
    rivals = [name for name in counts if one_off(own, name) and clear(own, name, counts)]
    return min(rivals, key=lambda name: (-counts[name], name), default=None)


def _clear_majority(own: str, rival: str, counts: Counter[str]) -> bool:
    return len(own) >= 3 and counts[rival] >= 2 and counts[rival] >= 2 * counts[own]


def _clear_person(own: str, rival: str, counts: Counter[str]) -> bool:
    """Siblings and colleagues have names alike: the family name must agree and the majority be large, or the character a look-alike."""
    if easily_confused(own, rival):
        return counts[rival] >= 2 * counts[own]
    return own[0] == rival[0] and counts[rival] >= 3 and counts[rival] >= 3 * counts[own]


def same_phone_same_person(table: TargetTable, facts: TableFacts, people: People) -> None:
    """N78: one person has one phone. Two numbers of a person that differ in one or two digits, or two
    spellings of a person under one number, are one reading gone wrong; both places are marked."""
    for other in people.by_filler.get(facts.filled_by, ()):
        if other.phone and facts.phone and other.phone != facts.phone:
            _two_phones(table, facts, other, people)
    for other in people.by_phone.get(facts.phone, ()):
        if other.filled_by and one_off(facts.filled_by, other.filled_by):
            _two_spellings(table, "filled_by", facts, other, people)
        if other.filled_by == facts.filled_by and one_off(facts.responsible, other.responsible):
            _two_spellings(table, "responsible", facts, other, people)


def _two_phones(table: TargetTable, facts: TableFacts, other: TableFacts, people: People) -> None:
    off = _digits_apart(facts.phone, other.phone)
    message = f"{facts.filled_by!r} has the phone {facts.phone} here and {other.phone} in {other.place(facts.document)}."
    if off > 2:
        table.find("signoff/phone", "consensus.two-phones", message, "info")
    elif len(people.by_phone[facts.phone]) <= len(people.by_phone[other.phone]):
        table.find("signoff/phone", "consensus.two-phones", f"{message} They differ in {off} digits; compare with the page.")


def _digits_apart(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True)) if len(left) == len(right) else 1 if one_off(left, right) else 9


def _two_spellings(table: TargetTable, role: str, facts: TableFacts, other: TableFacts, people: People) -> None:
    own, rival = getattr(facts, role), getattr(other, role)
    path = signoff_path(role)
    if not own or not rival or people.persons[own] > people.persons[rival]:
        return
    if any(found.path == path and found.code.startswith("consensus.") for found in table.findings):
        return
    message = f"{_LABELS[role]} {own!r} is {rival!r} in {other.place(facts.document)}, with the same phone {facts.phone}. Not changed."
    table.find(path, "consensus.two-spellings", message)
