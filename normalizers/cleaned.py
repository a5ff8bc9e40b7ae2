"""A document after cleaning: what the contract's JSON is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Document
from normalizers.form import Grid
from normalizers.record import Finding, TargetTable


@dataclass(slots=True)
class CleanDocument:
    """A document with its forms, its other grids and what a person should look at."""

    document: Document
    tables: list[TargetTable]
    grids: list[Grid]
    findings: list[Finding] = field(default_factory=list)
