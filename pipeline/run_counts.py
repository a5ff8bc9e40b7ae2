"""Counts over a dataset for the summary at the end of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from normalizers.finding_details import one_a_cause


@dataclass(slots=True)
class Tally:
    """Documents, tables, rows; corrections by rule; findings by code, one a cause, those for a person apart."""

    documents: int = 0
    tables: int = 0
    rows: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    corrections: Counter[str] = field(default_factory=Counter)
    review: Counter[str] = field(default_factory=Counter)
    info: Counter[str] = field(default_factory=Counter)

    def add(self, document: dict[str, Any]) -> None:
        """Count one clean document."""
        self.documents += 1
        self.statuses[document["status"]] += 1
        self.tables += len(document["tables"])
        self.rows += sum(len(table["indicators"]) for table in document["tables"])
        self.corrections.update(each["rule"] for each in document["corrections"])
        for finding in one_a_cause(document["findings"]):
            (self.review if finding["severity"] == "review" else self.info)[finding["code"]] += 1
