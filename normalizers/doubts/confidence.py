"""How sure a delivered value is: cues of its life story weighed, and the sum looked up in a table of what came true.

The recogniser's own score says how sure it was of the ink. A value has more
behind it: other readings of the ink, a closed list it stands in, a seal over
it, a rule that changed it, a check that asks about it. Each cue has a weight;
the sum of weights is looked up in a table that says which share of the values
with such a sum was right. Weights and table were fitted on made-up forms and
stand in ``data/confidence.toml``; ``python -m bench.calibration --fit`` makes
them anew.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.model import Document
from extractors.origin import is_filed
from normalizers.doubts.witnesses import DOUBT, UNDER_SEAL
from normalizers.paths import row_of
from normalizers.record import Field, Finding, TargetTable
from normalizers.rules.closed_lists import is_known
from normalizers.rules.roles import NAMES, NUMBERS, PERSONS, SENTENCES, role_of
from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.characters import folded

Cues = dict[str, float]
# Beyond four nines the recogniser's score says nothing more.
_NINES = 4.0
# Rules that set the same characters in another way.
_FORMAL = (
    "dates.", "money.to-wan", "numbers.thousands", "operators.pairs", "operators.same-sign", "phrases.marks", "text.", "units.percent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the cues of one family of values, and knots (sum, share right), rising in both."""

    weights: Mapping[str, float]
    table: tuple[tuple[float, float], ...]

    def score(self, cues: Mapping[str, float]) -> float:
        """The sum of weights; a cue without a weight counts nothing."""
        return sum(self.weights.get(name, 0.0) * value for name, value in cues.items())

    def confidence(self, cues: Mapping[str, float]) -> float:
        """The share of values like this that are right, 0 to 1."""
        score, table = self.score(cues), self.table
        index = min(max(bisect_right(table, (score, 2.0)), 1), len(table) - 1)
        (low, low_share), (high, high_share) = table[index - 1], table[index]
        place = min(max((score - low) / (high - low), 0.0), 1.0)
        return low_share + place * (high_share - low_share)


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a value: the findings of its table by what they name, how well each page reads, and the rows with an indicator."""

    findings: Mapping[str, Sequence[Finding]]
    pages: Mapping[int, float]
    rows: Set[str] = frozenset()

    def about(self, path: str) -> list[Finding]:
        """Findings that name a field, or the indicator's row that it stands in; the blanks of a blank row were fitted without."""
        row = row_of(path)
        return [*self.findings.get(path, ()), *(self.findings.get(row, ()) if row in self.rows else ())]


def table_to_setting(table: TargetTable, pages: Mapping[int, float]) -> Setting:
    """The setting of the values of one table; ``pages`` from ``document_to_pages``."""
    findings: dict[str, list[Finding]] = {}
    for found in table.findings:
        findings.setdefault(found.path, []).append(found)
    return Setting(findings, pages, {row.path() for row in table.rows})


def document_to_pages(document: Document) -> dict[int, float]:
    """How well each page reads: the mean certainty of its cells with text, 0 to 1."""
    sums: dict[int, list[float]] = {}
    for table in document.tables:
        for cell in table.cells:
            if cell.text:
                sums.setdefault(cell.page_no, []).append(_nines(cell.confidence))
    return {page_no: sum(each) / len(each) for page_no, each in sums.items()}


def value_confidence(field: Field, path: str, setting: Setting) -> float:
    """The share of delivered values like this one that are right, 0 to 1; of a field that is mended and typed."""
    return load_calibration()[family_of(field)].confidence(field_to_cues(field, path, setting))


def family_of(field: Field) -> str:
    """``filed``: characters that a file or a transcript gave; ``blank``: nothing delivered; ``ink``: read from a picture."""
    if not field.text:
        return "blank"
    return "filed" if field.source is None or is_filed(field.source.origin) else "ink"


def field_to_cues(field: Field, path: str, setting: Setting) -> Cues:
    """What speaks for and against a value, each between 0 and 1; ``always`` is the starting point of the sum."""
    role = role_of(path)
    cues: Cues = {"always": 1.0, f"kind-{kind_of(role, field.text)}": 1.0}
    cues |= {question: 1.0 for found in setting.about(path) if (question := _question(found))}
    cues["inferred"] = float(field.status == "inferred")
    cues["changed"] = float(any(not step.rule.startswith(_FORMAL) for step in field.steps))
    if family_of(field) != "filed":
        cues |= _ink_cues(field, role)
        cues["page"] = setting.pages.get(field.source.page_no, 0.5) if field.source is not None else 0.5
    return {name: value for name, value in cues.items() if value}


def kind_of(role: str, text: str) -> str:
    """The sort of thing that a column holds."""
    if role in NUMBERS:
        return "number" if any(char.isdigit() for char in text) else "words"
    for kind, roles in (("person", PERSONS), ("sentence", SENTENCES), ("name", NAMES | {"level3"}), ("level", {"level1", "level2"})):
        if role in roles:
            return kind
    return role if role in ("operator", "unit", "phone", "filled_on", "fiscal_year") else "words"


def _question(found: Finding) -> str:
    if found.code in (DOUBT, UNDER_SEAL):
        return "doubted" if found.severity == "review" else "settled"
    return "questioned" if found.severity == "review" else ""


def _ink_cues(field: Field, role: str) -> Cues:
    source, cell = field.source, field.cell
    raw = source.confidence if source is not None else 0.0
    cues: Cues = {"certainty": _nines(raw), "length": min(len(field.text), 64) / 64, "known": float(is_known(role, field.text))}
    if cell is None:
        return cues | {"outside": 1.0}
    by_how = {reading.how: reading for reading in cell.readings}
    second = by_how.get("second")
    if second is not None:
        same = folded(second.text) in (folded(cell.text), folded(field.text))
        cues |= {"second-agrees": float(same), "second-differs": float(not same), "second-certainty": same * _nines(second.confidence)}
    bound = by_how.get("number" if role in NUMBERS else "operator" if role == "operator" else "")
    if bound is not None:
        cues["vocabulary-differs"] = float(folded(bound.text).rstrip("%") != folded(field.text).rstrip("%"))
    cues |= {f"mark-{mark}": 1.0 for mark in cell.marks}
    return cues


def _nines(confidence: float) -> float:
    """0 for a score of 0, a quarter for 0.9, a half for 0.99 … 1 for 0.9999 and more."""
    return min(-math.log10(max(1.0 - confidence, 10**-_NINES)) / _NINES, 1.0)


@lru_cache(maxsize=1)
def load_calibration() -> dict[str, Calibration]:
    """The families' calibrations that come with the program."""
    return data_to_calibration(bundled("confidence.toml"))


def data_to_calibration(data: Mapping[str, Any]) -> dict[str, Calibration]:
    """Calibrations from the parsed TOML: a section a family with ``weights`` and ``table``."""
    return {
        name: Calibration(dict(family["weights"]), tuple((float(score), float(share)) for score, share in family["table"]))
        for name, family in data.items()
    }
