"""Many documents: what is new is read, then everything is cleaned."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.errors import AccessError
from extractors.model import Document
from extractors.reads import read_to_document
from pipeline.dataset import Dataset, in_order, load_json, to_json, write_whole
from pipeline.errors import JobError
from pipeline.failures import Failure, from_error
from pipeline.inputs import Input
from pipeline.ledger import Ledger, opened
from pipeline.read_job import Result, Task
from pipeline.settings import Settings
from pipeline.tally import Tally
from pipeline.versions import reader_version, rulebook_version
from pipeline.workers import read_all


@dataclass(slots=True)
class ReadReport:
    """What a run read: counts and the failures of its own inputs."""

    files: int = 0
    read: int = 0
    skipped: int = 0
    pages: int = 0
    failures: list[Failure] = field(default_factory=list)


OnResult = Callable[[Result], None]


def read_inputs(
    items: Iterable[Input | Failure],
    dataset: Dataset,
    settings: Settings,
    on_start: Callable[[int], None],
    on_result: OnResult,
    stopped: Callable[[], bool] = lambda: False,
) -> ReadReport:
    """Read every input that this dataset has not yet.

    Args:
        items: from ``walk_inputs``.
        on_start: told the number of files to read.
        on_result: told each result as it comes.
        stopped: asked again and again; True lets the files in hand end and begins no other.

    Raises:
        JobError: the dataset cannot be written.
    """
    dataset.create()
    ledger = Ledger(dataset.ledger)
    report = ReadReport()
    unfinished: dict[str, Task] = {}
    try:
        ledger.forget_mended_folders()
        tasks = list(_new_tasks(items, dataset, ledger, report, settings.reread))
        unfinished = {task.name: task for task in tasks}
        on_start(len(tasks))
        with closing(read_all(tasks, settings, stopped)) as results:
            for result in results:
                _note(result, ledger, report)
                unfinished.pop(result.task.name)
                on_result(result)
    except JobError as error:
        list_unfinished(unfinished, dataset, ledger, error)
        raise
    finally:
        ledger.close()
    return report


def list_unfinished(names: Iterable[str], dataset: Dataset, ledger: Ledger, error: JobError) -> None:
    """Name in failures.csv what the job did not come to, as far as that can still be written."""
    from pipeline.export.csv_files import write_failures

    rest = [Failure(name, "unfinished", f"The run ended before this file was read: {error.reason}", error.way_out) for name in names]
    # The file for people first: the ledger could take the last of the space.
    with suppress(JobError):
        known = {failure.path for failure in rest}
        write_failures(dataset, [failure for failure in ledger.failures() if failure.path not in known] + rest)
    with suppress(JobError):
        for failure in rest:
            ledger.note_failure(failure)


def _new_tasks(
    items: Iterable[Input | Failure], dataset: Dataset, ledger: Ledger, report: ReadReport, reread: bool
) -> Iterator[Task]:
    queued: dict[str, str] = {}
    for item in items:
        report.files += 1
        if isinstance(item, Failure):
            _fail(item, "", ledger, report)
            continue
        try:
            sha256 = hash_file(item)
        except AccessError as error:
            _fail(from_error(item.name, error), "", ledger, report)
            continue
        known = not reread and dataset.read_path(sha256).exists() and ledger.is_read(sha256)
        failed = None if reread else ledger.lasting_failure(sha256, reader_version())
        if known or sha256 in queued:
            ledger.note_path(item.name, sha256)
            report.skipped += 1
        elif failed is not None:
            failure = replace(failed, path=item.name)
            ledger.note_failed_path(failure, sha256)
            report.failures.append(failure)
        else:
            queued[sha256] = item.name
            yield Task(item.path, item.name, sha256, dataset.root)


def hash_file(item: Input) -> str:
    """sha256 of a file.

    Raises:
        AccessError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with item.path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise AccessError(f"The file cannot be opened: {error.strerror}.", "Give this user the right to read it.") from error
    return digest.hexdigest()


def _note(result: Result, ledger: Ledger, report: ReadReport) -> None:
    if result.job_error is not None:
        raise result.job_error
    if result.failure is not None:
        _fail(result.failure, result.task.sha256, ledger, report)
        return
    assert result.outcome is not None
    ledger.note_read(result.task.name, result.outcome, reader_version())
    report.read += 1
    report.pages += result.outcome.pages


def _fail(failure: Failure, sha256: str, ledger: Ledger, report: ReadReport) -> None:
    ledger.note_failure(failure, sha256, reader_version())
    report.failures.append(failure)


def clean_dataset(dataset: Dataset, settings: Settings, on_document: Callable[[int, int], None] = lambda _done, _total: None) -> Tally:
    """Clean every read of a dataset and write its documents and exports.

    No file but the reads (and the taxonomy) is opened. Documents whose read is
    gone are removed. Same reads, same bytes.

    Args:
        on_document: told after each document how many are done, of how many.

    Raises:
        JobError: the dataset cannot be written.
    """
    from normalizers.clean import clean_batch

    dataset.create()
    paths = in_order(dataset.reads)
    tally = Tally()
    written = set()
    for index, value in enumerate(clean_batch(lambda: _open_reads(paths), settings.clean)):
        target = dataset.document_path(value["document"]["sha256"])
        write_whole(target, to_json(value))
        written.add(target.name)
        tally.add(value)
        on_document(index + 1, len(paths))
    for stale in dataset.documents.glob("*.json"):
        if stale.name not in written:
            stale.unlink()
    write_exports(dataset, settings.formats)
    _note_cleaned(dataset, settings)
    return tally


def _note_cleaned(dataset: Dataset, settings: Settings) -> None:
    with opened(dataset) as ledger:
        ledger.note_cleaned(rulebook_version(settings.clean.taxonomy_file, settings.clean.templates_file))


def _open_reads(paths: list[Path]) -> Iterator[Document]:
    for path in paths:
        try:
            yield read_to_document(load_json(path))
        except (ValueError, KeyError, TypeError) as error:
            raise JobError(f"{path} is no read of this version: {error}.", "Delete it and run `jixiao read` on its input again.") from error


def write_exports(dataset: Dataset, formats: Iterable[str]) -> None:
    """The dataset-wide files of each format, complete or not at all."""
    from pipeline.export import formats_of, writer_of

    for name in formats_of(dataset, formats):
        writer_of(name)(dataset)
