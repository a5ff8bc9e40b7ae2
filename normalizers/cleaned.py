"""A document after cleaning: what the contract's JSON is made of."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path

from extractors.model import Document
from normalizers.decision import Decision
from normalizers.grids.build import cells_to_grid
from normalizers.grids.grid import Grid
from normalizers.record import Field, Finding, TargetTable


@dataclass(slots=True)
class CleanDocument:
    """A document with its forms, its other grids and what a person should look at.

    ``decided`` are the fields that people decided about, with the decision.
    """

    document: Document
    tables: list[TargetTable]
    grids: list[Grid]
    findings: list[Finding] = field(default_factory=list)
    decided: list[tuple[Field, Decision]] = field(default_factory=list)


NOT_CLEANED = "document.not-cleaned"


def as_read(document: Document, error: Exception) -> CleanDocument:
    """A document that the cleaner broke on: its tables as they were read, and a person is asked for; the run goes on.

    Where it broke is named, for the report; the same error gives the same words.
    """
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" ({Path(frame.filename).name}, line {frame.lineno})" for frame in last)
    what = f"{type(error).__name__}: {error}".strip().replace("\n", " ")[:300]
    return _uncleaned(document, f"The cleaner failed: {what}{place}.", "Report it, with the file if it may be shared.")


def given_up(document: Document, why: str) -> CleanDocument:
    """A document that would have held up all others."""
    return _uncleaned(document, f"Cleaning was given up: {why}.", "Split the file, or give it more with --clean-timeout.")


def _uncleaned(document: Document, happened: str, way_out: str) -> CleanDocument:
    message = f"{happened} The tables are delivered as they were read. {way_out}"
    grids = [cells_to_grid(table.cells, ()) for table in document.tables if table.cells]
    return CleanDocument(document, [], grids, [Finding("/document", NOT_CLEANED, "review", message)])
