"""Inputs are there, and stand apart from the dataset: neither lies inside the other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.inputs.names import name_of
from pipeline.messages import tell

_Identity = tuple[int, int]


def check_places(inputs: Iterable[Path], output: Path) -> None:
    """What is read must not be what is written.

    Raises:
        UsageError: an input is not there or lies inside the dataset, or the dataset inside an input, by whatever name.
    """
    dataset, around = _identity(output), set(_identities(output))
    for given in inputs:
        if not os.path.lexists(given):
            raise UsageError(*tell("input.not-there", name=name_of(given)))
        itself = _identity(given)
        if itself is not None and itself in around:
            key = "input.is-dataset" if itself == dataset else "input.dataset-inside"
            raise UsageError(*tell(key, output=output, given=given))
        if dataset is not None and dataset in _identities(given):
            raise UsageError(*tell("input.inside-dataset", given=given, output=output))


def _identities(path: Path) -> Iterable[_Identity]:
    """Of a path and of all folders that it lies in, links followed; those that are not there yet are passed over."""
    # Path.resolve raises over a link that leads to itself.
    real = Path(os.path.realpath(path))
    return [found for found in map(_identity, (real, *real.parents)) if found is not None]


def _identity(path: Path) -> _Identity | None:
    """Which file this is: two names, or two mounts, of one folder have the same."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino
