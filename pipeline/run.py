"""The jobs: read what is new, clean what was read, say what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from normalizers.cleaned import NOT_CLEANED
from pipeline.batch import ReadReport, clean_dataset, read_inputs
from pipeline.cleaning.damaged import clean_or_heal
from pipeline.cleaning.limited import get_ready
from pipeline.cleaning.run import count_contents
from pipeline.dataset import Dataset
from pipeline.inputs.ignoring import PassedOver, load_ignored
from pipeline.inputs.names import name_of
from pipeline.inputs.places import check_places
from pipeline.inputs.walk import Input, walk_inputs
from pipeline.ledger import opened
from pipeline.ledger.history_file import write_history
from pipeline.lock import held
from pipeline.messages import say
from pipeline.run_counts import Tally
from pipeline.runners.engine_check import check_engine
from pipeline.settings import Settings
from pipeline.telling.log import log
from pipeline.telling.progress import Progress, Shown
from pipeline.telling.summary import summary_lines, to_event
from pipeline.user_files import check_user_files

_TURN_SECONDS = 3600.0

@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: what was read, what the whole dataset holds now (None when nothing was cleaned), and how long it took.

    ``new`` counts what this run read, ``left`` how many documents left the dataset.
    """

    dataset: Path
    reading: ReadReport
    contents: Tally | None
    seconds: float
    left: int
    new: Tally | None = None

    @property
    def exit_code(self) -> int:
        """1 when an input failed that had not failed before, or a document broke the cleaner; else 0."""
        return 1 if self.reading.failures or (self.contents is not None and self.contents.review[NOT_CLEANED]) else 0


# Opens what shows a phase of a run, by its name: a bar on a terminal, lines of a log.
Showing = Callable[[str], AbstractContextManager[Shown]]


def extract(inputs: Sequence[Path], output: Path, settings: Settings) -> int:
    """Read, clean, deliver, and say so; returns the exit code.

    Raises:
        JobError: the job cannot go on; what was delivered stays whole.
    """
    return _told(run_extract(inputs, output, settings, _on_terminal(settings)), settings)


def read(inputs: Sequence[Path], output: Path, settings: Settings) -> int:
    """Read only, and say so; returns the exit code."""
    return _told(run_read(inputs, output, settings, _on_terminal(settings)), settings)


def clean(root: Path, settings: Settings) -> int:
    """Clean the reads of a dataset again, and say so; returns the exit code."""
    return _told(run_clean(root, settings, _on_terminal(settings)), settings)


def run_extract(inputs: Sequence[Path], output: Path, settings: Settings, showing: Showing) -> RunReport:
    """Read what is new, clean everything, deliver.

    Raises:
        JobError: the job cannot go on; what was delivered stays whole.
    """
    started = time.monotonic()
    check_places(inputs, output)
    check_engine(settings)
    dataset = Dataset(output, settings.ledger)
    check_user_files(settings)
    with _own_or_shared(dataset):
        before = _count_left(dataset)
        report = _read(inputs, dataset, settings, showing)
        with _turn_to_clean(dataset):
            tally = _healed(dataset, settings, showing, report)
            new = count_contents(dataset, report.contents)
        left = _count_left(dataset) - before
    return RunReport(output, report, tally, time.monotonic() - started, left, new)


def run_read(inputs: Sequence[Path], output: Path, settings: Settings, showing: Showing) -> RunReport:
    """Read what is new, mend nothing."""
    started = time.monotonic()
    check_places(inputs, output)
    check_engine(settings)
    dataset = Dataset(output, settings.ledger)
    with _own_or_shared(dataset):
        before = _count_left(dataset)
        report = _read(inputs, dataset, settings, showing)
        _write_failures(dataset)
        left = _count_left(dataset) - before
    return RunReport(output, report, None, time.monotonic() - started, left)


def run_clean(root: Path, settings: Settings, showing: Showing) -> RunReport:
    """Clean the reads of a dataset again."""
    started = time.monotonic()
    dataset = _existing(root, settings.ledger)
    check_user_files(settings)
    with held(dataset):
        before = _count_left(dataset)
        tally = _clean(dataset, settings, showing)
        left = _count_left(dataset) - before
    return RunReport(root, ReadReport(), tally, time.monotonic() - started, left)


def _own_or_shared(dataset: Dataset) -> AbstractContextManager[None]:
    """Alone the run holds the dataset; runs that share a ledger hold each content that they read."""
    return held(dataset) if dataset.ledger_url is None else nullcontext()


def _turn_to_clean(dataset: Dataset) -> AbstractContextManager[None]:
    """Of the runs that share a ledger one cleans at a time; what others read meanwhile, the next one takes up."""
    return nullcontext() if dataset.ledger_url is None else held(dataset, _TURN_SECONDS)


def forget_failures(root: Path, ledger_url: str | None = None) -> int:
    """Make the next run try failed inputs again; how many there are."""
    with opened(_existing(root, ledger_url)) as ledger:
        return ledger.forget_failures()


def _existing(root: Path, ledger_url: str | None) -> Dataset:
    dataset = Dataset(root, ledger_url)
    dataset.check()
    return dataset


def _read(inputs: Sequence[Path], dataset: Dataset, settings: Settings, showing: Showing) -> ReadReport:
    passed = PassedOver()
    ignored = load_ignored(dataset.ignored)
    items = walk_inputs(inputs, dataset.root, settings.follow_links, ignored, passed)
    with showing("reading") as shown:

        def start(total: int) -> None:
            if total and settings.watches_cleaning:
                get_ready()
            shown.start(total)

        return read_inputs(items, dataset, settings, start, shown.result, passed=passed, ignored=ignored)


def _clean(dataset: Dataset, settings: Settings, showing: Showing) -> Tally:
    with showing("cleaning") as shown:
        return clean_dataset(dataset, settings, shown.count)


def _healed(dataset: Dataset, settings: Settings, showing: Showing, report: ReadReport) -> Tally:
    """Clean; damaged reads are read again, whether this run was given their inputs or an earlier one."""

    def read_again(items: list[Input]) -> None:
        with showing("reading") as shown:
            report.add_again(read_inputs(items, dataset, settings, shown.start, shown.result))

    return clean_or_heal(dataset, lambda: _clean(dataset, settings, showing), read_again)


def _on_terminal(settings: Settings) -> Showing:
    return lambda phase: Progress(phase, settings.log_format)


def _write_failures(dataset: Dataset) -> None:
    from pipeline.export.csv_files import write_failures, write_skipped

    with opened(dataset) as ledger:
        write_failures(dataset, ledger.failures())
        write_skipped(dataset, ledger.skipped())
        write_history(dataset, ledger.history())


def _count_left(dataset: Dataset) -> int:
    dataset.create()
    with opened(dataset) as ledger:
        return ledger.count_left()


def _told(run: RunReport, settings: Settings) -> int:
    """Print the summary of a run; its exit code."""
    if settings.log_format == "json":
        log(to_event(run.reading, run.new, run.contents, run.exit_code))
    for line in summary_lines(run.reading, run.new, run.contents, run.seconds, run.left):
        click.echo(line)
    if failed := len(run.reading.failures):
        click.echo(say("run.failed", count=failed, file=name_of(run.dataset / "failures.csv")), err=True)
    if run.contents is not None and (broken := run.contents.review[NOT_CLEANED]):
        click.echo(say("run.not-cleaned", count=broken, code=NOT_CLEANED, file=name_of(run.dataset / "findings.csv")), err=True)
    return run.exit_code
