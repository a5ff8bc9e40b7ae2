"""Many documents: what is new is read, by this process or by others that share the ledger."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace

from pipeline.cleaning.run import clean_dataset
from pipeline.dataset import NAME_DIGITS, Dataset, sweep_unpacked
from pipeline.errors import JobError
from pipeline.inputs.archives import Archives, Found
from pipeline.inputs.failures import SKIPPED, Failure
from pipeline.inputs.hashing import items_to_seen
from pipeline.inputs.ignoring import IgnoreList, PassedOver
from pipeline.inputs.walk import Input
from pipeline.ledger import Ledger, Seen, Standing, beating, opened
from pipeline.messages import say, tell
from pipeline.read_job import Result, Task
from pipeline.runners import check_runner, read_all
from pipeline.settings import Settings
from pipeline.versions import reader_version

__all__ = ["OnResult", "ReadReport", "clean_dataset", "list_unfinished", "read_inputs"]
_LOOK_AGAIN = 1.0
_AT_ONCE = 500


@dataclass(slots=True)
class ReadReport:
    """What a run read: counts, and what became of its inputs that were not read.

    ``failures`` are new, ``known_failures`` stood in the ledger before; ``no_forms`` are texts without a table.
    ``contents`` are the sha256 of what was read.
    """

    files: int = 0
    read: int = 0
    skipped: int = 0
    pages: int = 0
    failures: list[Failure] = field(default_factory=list)
    known_failures: list[Failure] = field(default_factory=list)
    no_forms: list[Failure] = field(default_factory=list)
    passed: PassedOver = field(default_factory=PassedOver)
    contents: set[str] = field(default_factory=set)

    def add(self, other: ReadReport) -> None:
        """Take in a later look at the same inputs: its news, and what it passed over instead of what was passed over before."""
        self.files = other.files
        self.read, self.skipped, self.pages = self.read + other.read, self.skipped + other.skipped, self.pages + other.pages
        self.failures += other.failures
        fresh = {each.key for each in self.failures}
        self.known_failures = [each for each in other.known_failures if each.key not in fresh]
        self.no_forms += [each for each in other.no_forms if each not in self.no_forms]
        self.passed = other.passed
        self.contents |= other.contents

    def add_again(self, other: ReadReport) -> None:
        """Take in what was read once more because its read was damaged."""
        self.read, self.pages = self.read + other.read, self.pages + other.pages
        self.skipped = max(0, self.skipped - other.read)
        self.failures += other.failures
        self.contents |= other.contents


OnResult = Callable[[Result], None]


@dataclass(slots=True)
class _Reading:
    """One call of ``read_inputs``: where it notes what, and what is left to do, by sha256 and by the names of files.

    ``waiting`` are those of ``todo`` that this round did not try to claim yet.
    """

    dataset: Dataset
    settings: Settings
    ledger: Ledger
    report: ReadReport
    version: str
    archives: Archives
    todo: dict[str, Task] = field(default_factory=dict)
    waiting: deque[Task] = field(default_factory=deque)
    again: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    before: set[tuple[str, str]] = field(default_factory=set)

    def add_failure(self, failure: Failure) -> None:
        """To where it belongs in the report: the same failure of the same path is news only once."""
        if failure.code in SKIPPED:
            self.report.no_forms.append(failure)
        elif (failure.key, failure.code) in self.before:
            self.report.known_failures.append(failure)
        else:
            self.report.failures.append(failure)


def read_inputs(
    items: Iterable[Input | Failure],
    dataset: Dataset,
    settings: Settings,
    on_start: Callable[[int], None],
    on_result: OnResult,
    stopped: Callable[[], bool] = lambda: False,
    passed: PassedOver | None = None,
    ignored: IgnoreList | None = None,
) -> ReadReport:
    """Read every input that this dataset has not yet; what another process reads now is waited for.

    Args:
        items: from ``walk_inputs``.
        on_start: told the number of files to read; again when archives were found to hold more.
        on_result: told each result as it comes.
        stopped: asked again and again; True lets the files in hand end and begins no other.
        passed: what the walk of the items passes over; documents of files that are ignored by now leave the dataset.
        ignored: what the walk was given, for what lies in archives.

    Raises:
        JobError: the dataset cannot be written, or the ledger cannot be reached.
    """
    check_runner(settings)
    dataset.create()
    with opened(dataset) as ledger:
        report = ReadReport(passed=passed if passed is not None else PassedOver())
        before = {(each.key, each.code) for each in ledger.failures()}
        version = reader_version(settings.read)
        archives = Archives(ledger, ignored, report.passed, version)
        reading = _Reading(dataset, settings, ledger, report, version, archives, before=before)
        try:
            ledger.forget_gone()
            _take_stock(items, reading)
            forgotten = len(report.passed.ignored)
            ledger.forget_ignored(report.passed.ignored)
            on_start(len(reading.todo))
            with beating(ledger):
                while reading.todo and not stopped():
                    _read_round(reading, on_start, on_result, stopped)
            ledger.forget_ignored(report.passed.ignored[forgotten:])
            archives.drop_stale(task.key for task in reading.todo.values())
        except JobError as error:
            list_unfinished(reading.todo.values(), dataset, ledger, error)
            raise
        finally:
            sweep_unpacked(dataset.root)
    return reading.report


def list_unfinished(tasks: Iterable[Task], dataset: Dataset, ledger: Ledger, error: JobError) -> None:
    """Name in failures.csv what the job did not come to, as far as that can still be written."""
    from pipeline.export.csv_files import write_failures

    reason = say("failure.unfinished", reason=error.reason)
    rest = [Failure(task.name, "unfinished", reason, error.way_out, task.key) for task in tasks]
    # The file for people first: the ledger could take the last of the space.
    with suppress(JobError):
        known = {failure.key for failure in rest}
        write_failures(dataset, [failure for failure in ledger.failures() if failure.key not in known] + rest)
    with suppress(JobError):
        for failure in rest:
            ledger.note_failure(failure)


def _take_stock(items: Iterable[Input | Failure], reading: _Reading) -> None:
    """Hash what is given and note it; what is neither known nor in hand is to be read."""
    for chunk in items_to_seen(items, reading.ledger):
        for each in chunk:
            if isinstance(each, Failure):
                reading.ledger.note_failure(each)
        reading.archives.meet([each for each in chunk if not isinstance(each, Failure)])
        _take(chunk, reading)


def _take(chunk: Sequence[Found], reading: _Reading) -> None:
    """Count and note what was found, some hundreds; of an archive that is known what lies in it instead."""
    reading.report.files += len(chunk)
    for each in chunk:
        if isinstance(each, Failure):
            reading.add_failure(each)
    fresh: list[Task] = []
    found = [item for item in chunk if not isinstance(item, Failure)]
    standings = reading.ledger.note_seen([seen for _, seen in found], "" if reading.settings.reread else reading.version)
    for item, seen in found:
        standing = standings[seen.sha256]
        if seen.sha256 in reading.todo:
            reading.report.skipped += 1
        elif not _is_known_archive(item, seen, standing, reading) and not _is_done(seen, standing, reading):
            fresh.append(Task(item.path, item.name, seen.sha256, reading.dataset.root, item.key))
    _take_up(fresh, reading)


def _is_known_archive(item: Input, seen: Seen, standing: Standing, reading: _Reading) -> bool:
    """True for an archive that was looked into before; what lies in it is taken."""
    members = reading.archives.known(item, seen.sha256) if standing.state == "unpacked" else None
    if members is None:
        return False
    reading.report.files -= 1
    for start in range(0, len(members), _AT_ONCE):
        _take(members[start : start + _AT_ONCE], reading)
    return True


def _take_up(tasks: list[Task], reading: _Reading) -> None:
    """These are to be read, but for those whose files would have the name of another document's: one would overwrite the other."""
    namesakes = reading.ledger.namesakes([task.sha256 for task in tasks], NAME_DIGITS)
    for task in tasks:
        first = reading.names.setdefault(task.sha256[:NAME_DIGITS], task.sha256)
        if task.sha256 in namesakes or first != task.sha256:
            failure = Failure(task.name, "name-taken", *tell("failure.name-taken", digits=task.sha256[:NAME_DIGITS]), task.key)
            reading.ledger.note_failure(failure)
            reading.add_failure(failure)
        elif task.sha256 in reading.todo:
            reading.report.skipped += 1
        else:
            reading.todo[task.sha256] = task
            reading.waiting.append(task)


def _is_done(seen: Seen, standing: Standing, reading: _Reading) -> bool:
    """True for what was read and has its read, and for what is known to fail."""
    if standing.failure is not None:
        reading.add_failure(replace(standing.failure, path=seen.name or seen.path, key=seen.path))
        return True
    if standing.state == "read":
        if reading.dataset.read_path(seen.sha256).exists() and not _is_wanted_again(standing, reading):
            reading.report.skipped += 1
            return True
        reading.again.add(seen.sha256)
    return False


def _is_wanted_again(standing: Standing, reading: _Reading) -> bool:
    settings = reading.settings
    return settings.reread or (settings.reread_outdated and standing.reader_version != reading.version)


def _read_round(reading: _Reading, on_start: Callable[[int], None], on_result: OnResult, stopped: Callable[[], bool]) -> None:
    """Read what this process can claim, then look what others made of the rest."""
    reading.waiting = deque(reading.todo.values())
    with closing(read_all(_Claimed(reading), reading.settings, stopped)) as results:
        for result in results:
            del reading.todo[result.task.sha256]
            _note(result, reading)
            on_result(result)
            if result.listing is not None:
                on_start(len(reading.todo))
    if stopped() or not reading.todo:
        return
    tasks = list(reading.todo.values())
    standings = reading.ledger.standings([task.sha256 for task in tasks], reading.version)
    plain = replace(reading, settings=Settings())
    for task in tasks:
        seen, standing = Seen(task.key or task.name, task.sha256, None, task.name), standings[task.sha256]
        reading.again.discard(task.sha256)
        if _is_known_archive(Input(task.path, task.name, task.key), seen, standing, plain) or _is_done(seen, standing, plain):
            del reading.todo[task.sha256]
    if reading.todo:
        time.sleep(_LOOK_AGAIN)


@dataclass(slots=True)
class _Claimed(Iterator[Task]):
    """Tasks that this process may read, each claimed when it is taken; there may be more after the last, when an archive was listed."""

    reading: _Reading

    def __next__(self) -> Task:
        waiting, ledger = self.reading.waiting, self.reading.ledger
        while waiting:
            task = waiting.popleft()
            if ledger.claim(task.sha256, again=task.sha256 in self.reading.again):
                return task
        raise StopIteration


def _note(result: Result, reading: _Reading) -> None:
    if result.job_error is not None:
        raise result.job_error
    if result.failure is not None:
        failure = replace(result.failure, key=result.task.key)
        reading.ledger.note_failure(failure, result.task.sha256, reading.version)
        reading.add_failure(failure)
        return
    if result.listing is not None:
        reading.report.files -= 1
        for chunk in reading.archives.listed(result.task.sha256, result.listing):
            _take(chunk, reading)
        return
    assert result.outcome is not None
    reading.ledger.note_read(result.task.key or result.task.name, result.outcome, reading.version, result.task.name)
    reading.report.contents.add(result.task.sha256)
    reading.report.read += 1
    reading.report.pages += result.outcome.pages
