"""A folder that is never left in doubt: what arrives in it is read, delivered, or quarantined with its reason."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from extractors.completeness import has_its_end
from pipeline.batch import ReadReport, clean_dataset, read_inputs
from pipeline.cleaning.damaged import clean_or_heal
from pipeline.cleaning.run import count_contents
from pipeline.dataset import Dataset
from pipeline.errors import UsageError
from pipeline.inputs.failures import PASSING, Failure
from pipeline.inputs.ignoring import IgnoreList, PassedOver, load_ignored
from pipeline.inputs.names import archive_of_key
from pipeline.inputs.places import check_places
from pipeline.inputs.quarantine import renew
from pipeline.inputs.settling import Settling
from pipeline.inputs.walk import Input, walk_inputs
from pipeline.ledger import opened
from pipeline.lock import held
from pipeline.messages import tell
from pipeline.run_counts import Tally
from pipeline.runners.engine_check import check_engine
from pipeline.settings import Settings
from pipeline.telling.log import log
from pipeline.telling.summary import summary_lines, to_event
from pipeline.telling.watch_signs import Signs
from pipeline.user_files import UserFileError, UserFiles, check_user_files, told_to_the_user

_LONGEST_PAUSE = 5.0
_MARGIN = 0.1
# Looking over a large folder may take a fifth of the time, no more.
_REST = 4.0


@dataclass(slots=True)
class _Watch:
    """One watcher: its folder, its dataset and what it remembers."""

    inbox: Path
    dataset: Dataset
    settings: Settings
    settling: Settling
    signs: Signs
    user_files: UserFiles
    stopped: bool = False
    delivered: bool = False
    failed: set[Failure] = field(default_factory=set)
    complaints: set[Failure] = field(default_factory=set)
    report: ReadReport = field(default_factory=ReadReport)
    whole: Tally | None = None

    def stop(self, *_: object) -> None:
        self.stopped = True

    def is_stopped(self) -> bool:
        self.signs.beat()
        return self.stopped


def watch(inbox: Path, output: Path, settings: Settings, once: bool, settle: float) -> int:
    """Deliver what is in the folder and what arrives; returns the exit code.

    Looks are repeated rather than waiting for events: network shares have none, and a
    file must stand still for some seconds anyway.

    Args:
        once: deal with what stands still now, then leave; for cron.
        settle: seconds that a file must stand still before it is taken.

    Raises:
        JobError: the dataset cannot be written, or another run holds it.
        UsageError: the dataset lies inside the folder that is watched, or there is no such folder.
    """
    dataset = Dataset(output, settings.ledger)
    _check_places(inbox, output)
    check_engine(settings)
    check_user_files(settings)
    signs = Signs(inbox, dataset, settings.log_format)
    user_files = UserFiles(settings, dataset.ignored)
    watcher = _Watch(inbox, dataset, settings, Settling(settle, is_whole=has_its_end), signs, user_files)
    started = time.monotonic()
    with held(dataset), _signals(watcher):
        try:
            _watch(watcher, once, settle)
        finally:
            signs.tell("stopped", 0)
    return _told(watcher, time.monotonic() - started) if once else 0


def _told(watcher: _Watch, seconds: float) -> int:
    """Print what a single call did; 1 when something failed that had not failed before."""
    report, code = watcher.report, 1 if watcher.report.failures else 0
    new = count_contents(watcher.dataset, report.contents)
    if watcher.settings.log_format == "json":
        log(to_event(report, new, watcher.whole, code))
    for line in summary_lines(report, new, watcher.whole, seconds):
        click.echo(line)
    return code


def _watch(watcher: _Watch, once: bool, settle: float) -> None:
    took = _look(watcher)
    if once:
        _pause(watcher, settle + _MARGIN)
        _look(watcher)  # what moves even now is left to the next call
        return
    while not watcher.stopped:
        _pause(watcher, max(min(max(settle, _MARGIN), _LONGEST_PAUSE), _REST * took))
        took = _look(watcher)


def _check_places(inbox: Path, output: Path) -> None:
    if not inbox.is_dir():
        raise UsageError(*tell("watch.no-folder", inbox=inbox))
    check_places([inbox], output)


@contextmanager
def _signals(watcher: _Watch) -> Iterator[None]:
    """SIGTERM and Ctrl-C let the pages in hand end, then the watcher leaves."""
    before = {number: signal.signal(number, watcher.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look(watcher: _Watch) -> float:
    """Look once and deal with what stands still; how many seconds the looking took."""
    if watcher.stopped:
        return 0.0
    if not watcher.inbox.is_dir():
        watcher.settling.forget_all()
        watcher.signs.tell("inbox-missing", 0)
        return 0.0
    started = time.monotonic()
    _take_up_retries(watcher)
    passed = PassedOver()
    ignored = load_ignored(watcher.dataset.ignored)
    ready, moving = watcher.settling.look(
        walk_inputs([watcher.inbox], watcher.dataset.root, watcher.settings.follow_links, ignored, passed)
    )
    took = time.monotonic() - started
    files = [item for item in ready if isinstance(item, Input)]
    complaints = {item for item in ready if isinstance(item, Failure)}
    news: list[Input | Failure] = [*files, *complaints]
    # What cannot be listed is said once, not at every look, and taken back when it can be.
    if not files and complaints == watcher.complaints:
        news = []
    changed = complaints != watcher.complaints or watcher.user_files.are_edited()
    watcher.complaints = complaints
    watcher.signs.tell("reading" if news else "watching", moving)
    if news or changed or not watcher.delivered:
        _deal_with(news, watcher, passed, ignored)
        watcher.signs.tell("watching", moving)
    return took


def _deal_with(news: list[Input | Failure], watcher: _Watch, passed: PassedOver, ignored: IgnoreList | None) -> None:
    signs = watcher.signs
    report = read_inputs(news, watcher.dataset, watcher.settings, signs.queue, signs.log, watcher.is_stopped, passed, ignored)
    watcher.report.add(report)
    if not watcher.stopped:
        watcher.settling.take(news)
    edited = watcher.user_files.are_edited()
    if report.read or report.failures or edited or watcher.failed != _failures(watcher) or not watcher.delivered:
        _deliver(watcher)


def _failures(watcher: _Watch) -> set[Failure]:
    with opened(watcher.dataset) as ledger:
        return set(ledger.failures())


def _deliver(watcher: _Watch) -> None:
    # As they stand now: a retry that is asked for while this goes on is then noticed at the next look.
    watcher.failed = _failures(watcher)
    watcher.signs.tell("cleaning", failed=len(watcher.failed))
    watcher.user_files.take()
    try:
        with told_to_the_user():
            check_user_files(watcher.settings)
            watcher.whole = clean_or_heal(watcher.dataset, lambda: _clean(watcher), lambda items: _read_again(items, watcher))
    except UserFileError as error:
        # The reads are kept; they are delivered when the file is mended.
        watcher.signs.complain(error)
        return
    with opened(watcher.dataset) as ledger:
        renew(watcher.dataset, ledger)
    watcher.settling.try_again(archive_of_key(each.key) for each in watcher.failed if each.code in PASSING)
    watcher.signs.log_failures(watcher.failed)
    watcher.signs.delivered(watcher.whole)
    watcher.delivered = True


def _clean(watcher: _Watch) -> Tally:
    return clean_dataset(watcher.dataset, watcher.settings, lambda _done, _total: watcher.signs.beat())


def _read_again(items: list[Input], watcher: _Watch) -> None:
    """What was damaged on the disk, from wherever its input was last seen."""
    signs = watcher.signs
    watcher.report.add_again(read_inputs(items, watcher.dataset, watcher.settings, signs.queue, signs.log, watcher.is_stopped))
    watcher.failed = _failures(watcher)


def _take_up_retries(watcher: _Watch) -> None:
    """Failures that ``jixiao retry`` took out of the ledger are looked at again."""
    if watcher.failed:
        gone = watcher.failed - _failures(watcher)
        watcher.settling.forget(archive_of_key(each.key) for each in gone)
        watcher.complaints -= gone
        watcher.failed -= gone


def _pause(watcher: _Watch, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not watcher.stopped and time.monotonic() < until:
        time.sleep(0.1)
