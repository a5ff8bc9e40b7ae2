"""Reads that are damaged, cut or of another release: set aside, all named at once, and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from pipeline.cleaning.work import damaged_reads, digest_of, is_read
from pipeline.dataset import NAME_DIGITS, Dataset, sync_folder
from pipeline.errors import DamagedReadsError, from_os_error
from pipeline.inputs.names import path_of_key
from pipeline.inputs.walk import Input
from pipeline.ledger import opened
from pipeline.messages import say
from pipeline.run_counts import Tally

# Damage that is found while documents are delivered, after that which is found before, and what somebody damages meanwhile.
_TIMES = 3


def set_aside_damaged(dataset: Dataset, names: Sequence[str]) -> None:
    """Put them where nobody takes them for reads.

    Raises:
        DamagedReadsError: there are such reads; it says which.
        JobError: they cannot be put aside.
    """
    paths = [dataset.reads / f"{name}.json" for name in _confirmed(dataset, sorted(names))]
    for path in paths:
        try:
            path.replace(path.with_name(f"{path.name}.damaged"))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise from_os_error(error, path) from error
    if paths:
        sync_folder(dataset.reads)
        raise damaged_reads(paths)


def clean_or_heal(dataset: Dataset, clean: Callable[[], Tally], read_again: Callable[[list[Input]], None]) -> Tally:
    """Clean; what turns out to be damaged is read again from wherever its input was last seen, then all is cleaned.

    Raises:
        JobError: the dataset cannot be written, or reads are damaged again and again.
    """
    for _ in range(_TIMES):
        try:
            return clean()
        except DamagedReadsError as error:
            click.echo(say("reads.read-again", reason=error.reason), err=True)
            read_again(_inputs_of(dataset, error.names))
    return clean()


def _confirmed(dataset: Dataset, names: Sequence[str]) -> list[str]:
    """Where machines share a ledger, another may have put a new read in the place of one while it was looked at: that is no damage."""
    if dataset.ledger_url is None or not names:
        return list(names)
    with opened(dataset) as ledger:
        shas = {sha256[:NAME_DIGITS]: sha256 for sha256, _, _ in ledger.places_of(names)}
        noted = {sha256[:NAME_DIGITS]: digest for sha256, digest in ledger.read_digests(list(shas.values())).items()}
    return [name for name in names if not _is_as_noted(dataset.reads / f"{name}.json", noted.get(name, ""))]


def _is_as_noted(path: Path, digest: str) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return digest_of(content) == digest if digest else is_read(content)


def _inputs_of(dataset: Dataset, names: Sequence[str]) -> list[Input]:
    """Of each content the first of its files that is there."""
    found: dict[str, Input] = {}
    with opened(dataset) as ledger:
        for sha256, key, name in ledger.places_of(names):
            path = path_of_key(key)
            if sha256 not in found and path.is_file():
                found[sha256] = Input(path, name or key, key)
    return list(found.values())
