"""The jobs: read what is new, clean what was read, say what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from normalizers.cleaned import NOT_CLEANED
from pipeline.batch import ReadReport, clean_dataset, read_inputs
from pipeline.dataset import Dataset
from pipeline.inputs.places import check_places
from pipeline.inputs.walk import walk_inputs
from pipeline.ledger import opened
from pipeline.ledger.history_file import write_history
from pipeline.lock import held
from pipeline.progress import Progress, summary_lines
from pipeline.run_counts import Tally
from pipeline.settings import Settings
from pipeline.user_files import check_user_files

_TURN_SECONDS = 3600.0

def extract(inputs: Sequence[Path], output: Path, settings: Settings) -> int:
    """Read, clean, deliver; returns the exit code.

    Raises:
        JobError: the job cannot go on; what was delivered stays whole.
    """
    started = time.monotonic()
    check_places(inputs, output)
    dataset = Dataset(output, settings.ledger)
    check_user_files(settings)
    with _own_or_shared(dataset):
        before = _count_left(dataset)
        report = _read(inputs, dataset, settings)
        with _turn_to_clean(dataset):
            tally = _clean(dataset, settings)
        left = _count_left(dataset) - before
    _finish(report, tally, started, output, left)
    return 1 if report.failures or tally.review[NOT_CLEANED] else 0


def read(inputs: Sequence[Path], output: Path, settings: Settings) -> int:
    """Read only; returns the exit code."""
    started = time.monotonic()
    check_places(inputs, output)
    dataset = Dataset(output, settings.ledger)
    with _own_or_shared(dataset):
        before = _count_left(dataset)
        report = _read(inputs, dataset, settings)
        _write_failures(dataset)
        left = _count_left(dataset) - before
    _finish(report, None, started, output, left)
    return 1 if report.failures else 0


def _own_or_shared(dataset: Dataset) -> AbstractContextManager[None]:
    """Alone the run holds the dataset; runs that share a ledger hold each content that they read."""
    return held(dataset) if dataset.ledger_url is None else nullcontext()


def _turn_to_clean(dataset: Dataset) -> AbstractContextManager[None]:
    """Of the runs that share a ledger one cleans at a time; what others read meanwhile, the next one takes up."""
    return nullcontext() if dataset.ledger_url is None else held(dataset, _TURN_SECONDS)


def clean(root: Path, settings: Settings) -> int:
    """Clean the reads of a dataset again; returns the exit code."""
    started = time.monotonic()
    dataset = _existing(root, settings.ledger)
    check_user_files(settings)
    with held(dataset):
        before = _count_left(dataset)
        tally = _clean(dataset, settings)
        left = _count_left(dataset) - before
    _finish(ReadReport(), tally, started, root, left)
    return 1 if tally.review[NOT_CLEANED] else 0


def forget_failures(root: Path, ledger_url: str | None = None) -> int:
    """Make the next run try failed inputs again; how many there are."""
    with opened(_existing(root, ledger_url)) as ledger:
        return ledger.forget_failures()


def _existing(root: Path, ledger_url: str | None) -> Dataset:
    dataset = Dataset(root, ledger_url)
    dataset.check()
    return dataset


def _read(inputs: Sequence[Path], dataset: Dataset, settings: Settings) -> ReadReport:
    with Progress("reading", settings.log_format) as progress:
        return read_inputs(walk_inputs(inputs, dataset.root, settings.follow_links), dataset, settings, progress.start, progress.result)


def _clean(dataset: Dataset, settings: Settings) -> Tally:
    with Progress("cleaning", settings.log_format) as progress:
        return clean_dataset(dataset, settings, progress.count)


def _write_failures(dataset: Dataset) -> None:
    from pipeline.export.csv_files import write_failures

    with opened(dataset) as ledger:
        write_failures(dataset, ledger.failures())
        write_history(dataset, ledger.history())


def _count_left(dataset: Dataset) -> int:
    dataset.create()
    with opened(dataset) as ledger:
        return ledger.count_left()


def _finish(report: ReadReport, tally: Tally | None, started: float, output: Path, left: int) -> None:
    seconds = time.monotonic() - started
    for line in summary_lines(tally, report.read, report.skipped, report.pages, len(report.failures), seconds, left):
        click.echo(line)
    if report.failures:
        inputs = "input" if len(report.failures) == 1 else "inputs"
        click.echo(f"{len(report.failures)} {inputs} failed: see {output / 'failures.csv'}", err=True)
    if tally is not None and (broken := tally.review[NOT_CLEANED]):
        documents = "document" if broken == 1 else "documents"
        click.echo(f"{broken} {documents} could not be cleaned and came as read: see {NOT_CLEANED} in {output / 'findings.csv'}", err=True)
