"""Where the file of a document lies now, whatever folder the user works in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset
from pipeline.errors import JobError
from pipeline.inputs.names import path_of_key
from pipeline.ledger import opened


def original_of(dataset: Dataset, document: dict[str, Any]) -> Path:
    """The file to look at: under a path that the ledger knows, else under one that the document names, else the first, gone or not."""
    candidates = [*_known(dataset, document["document"]["sha256"]), *map(Path, document["document"]["paths"])]
    return next((path for path in candidates if path.exists()), candidates[-1])


def _known(dataset: Dataset, sha256: str) -> list[Path]:
    """None where the ledger is kept in a database that was not named, or cannot be asked: the document names paths, too."""
    try:
        with opened(dataset) as ledger:
            return [path_of_key(key) for key in ledger.keys_of(sha256)]
    except JobError:
        return []
