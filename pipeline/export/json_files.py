"""JSON: the documents themselves, already in place."""

from __future__ import annotations

from pipeline.dataset import Dataset


def write(dataset: Dataset) -> None:
    """Nothing to do: ``documents/`` is the JSON of a dataset."""
