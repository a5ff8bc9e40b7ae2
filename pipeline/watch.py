"""A folder that is never left in doubt: what arrives in it is read, delivered, or quarantined with its reason."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import click

from pipeline.batch import clean_dataset, read_inputs
from pipeline.dataset import Dataset, write_whole
from pipeline.errors import JobError, UsageError
from pipeline.failures import Failure
from pipeline.inputs import Input, walk_inputs
from pipeline.ledger import opened
from pipeline.lock import held
from pipeline.progress import result_to_event
from pipeline.quarantine import renew
from pipeline.read_job import Result
from pipeline.run import check_user_files
from pipeline.settings import Settings
from pipeline.settling import Settling

_LONGEST_PAUSE = 5.0
_MARGIN = 0.1


@dataclass(slots=True)
class _Watch:
    """One watcher: its folder, its dataset and what it remembers."""

    inbox: Path
    dataset: Dataset
    settings: Settings
    settling: Settling
    stopped: bool = False
    delivered: bool = False
    failed: set[str] = field(default_factory=set)
    complaints: set[str] = field(default_factory=set)

    def stop(self, *_: object) -> None:
        self.stopped = True


def watch(inbox: Path, output: Path, settings: Settings, once: bool, settle: float) -> int:
    """Deliver what is in the folder and what arrives; returns the exit code.

    Args:
        once: deal with what stands still now, then leave; for cron.
        settle: seconds that a file must stand still before it is taken.

    Raises:
        JobError: the dataset cannot be written, or another run holds it.
        UsageError: the dataset lies inside the folder that is watched, or there is no such folder.
    """
    dataset = Dataset(output, settings.ledger)
    _check_places(inbox, output)
    check_user_files(settings)
    watcher = _Watch(inbox, dataset, settings, Settling(settle))
    with held(dataset), _signals(watcher):
        _look(watcher)
        if once:
            _pause(watcher, settle + _MARGIN)
            _look(watcher)  # what moves even now is left to the next call
        while not once and not watcher.stopped:
            _pause(watcher, min(max(settle, _MARGIN), _LONGEST_PAUSE))
            _look(watcher)
        _tell_health(watcher, "stopped", 0)
    return 1 if once and watcher.failed else 0


def _check_places(inbox: Path, output: Path) -> None:
    if not inbox.is_dir():
        raise UsageError(f"{inbox} is no folder.", "Give the folder where files arrive.")
    inside, outside = output.resolve(), inbox.resolve()
    if inside == outside or outside in inside.parents:
        raise UsageError(f"The dataset {output} lies inside {inbox}.", "Give -o a folder outside the one that is watched.")


@contextmanager
def _signals(watcher: _Watch) -> Iterator[None]:
    """SIGTERM and Ctrl-C let the files in hand end, then the watcher leaves."""
    before = {number: signal.signal(number, watcher.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look(watcher: _Watch) -> None:
    """Look once and deal with what stands still."""
    if not watcher.inbox.is_dir():
        _tell_health(watcher, "inbox-missing", 0)
        return
    _take_up_retries(watcher)
    ready, moving = watcher.settling.look(walk_inputs([watcher.inbox], watcher.dataset.root))
    news = [item for item in ready if _is_news(item, watcher)]
    _tell_health(watcher, "reading" if news else "watching", moving)
    if news:
        report = read_inputs(
            news, watcher.dataset, watcher.settings, lambda _count: None, lambda result: _log(result, watcher), lambda: watcher.stopped
        )
        watcher.settling.take(news)
        if report.read or report.failures or watcher.failed != _failed_paths(watcher) or not watcher.delivered:
            _deliver(watcher)
    _tell_health(watcher, "watching", moving)


def _failed_paths(watcher: _Watch) -> set[str]:
    with opened(watcher.dataset) as ledger:
        return {failure.path for failure in ledger.failures()}


def _is_news(item: Input | Failure, watcher: _Watch) -> bool:
    """A folder that cannot be listed is said once, not at every look."""
    if isinstance(item, Input):
        return True
    new = item.path not in watcher.complaints
    watcher.complaints.add(item.path)
    return new


def _deliver(watcher: _Watch) -> None:
    clean_dataset(watcher.dataset, watcher.settings)
    with opened(watcher.dataset) as ledger:
        renew(watcher.dataset, ledger)
    watcher.failed = _failed_paths(watcher)
    watcher.delivered = True


def _take_up_retries(watcher: _Watch) -> None:
    """Failures that ``jixiao retry`` took out of the ledger are looked at again."""
    if watcher.failed:
        gone = watcher.failed - _failed_paths(watcher)
        watcher.settling.forget(gone)
        watcher.complaints -= gone
        watcher.failed -= gone


def _log(result: Result, watcher: _Watch) -> None:
    event = result_to_event(result)
    if watcher.settings.log_format == "json":
        line = json.dumps({"at": _now(), **event}, ensure_ascii=False)
    elif result.failure is not None:
        line = f"failed  {event['path']}: {event['reason']} {event['way_out']}"
    else:
        line = f"read    {event['path']}: {event.get('pages', 0)} pages, {event.get('tables', 0)} tables, {event.get('seconds', 0)} s"
    click.echo(line, err=True)


def _tell_health(watcher: _Watch, state: str, moving: int) -> None:
    health = {
        "at": _now(), "pid": os.getpid(), "state": state,
        "inbox": str(watcher.inbox), "moving": moving, "failed": len(watcher.failed),
    }  # fmt: skip
    with suppress(JobError):  # a full disk shows at the files that matter
        write_whole(watcher.dataset.health, json.dumps(health, ensure_ascii=False) + "\n")


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _pause(watcher: _Watch, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not watcher.stopped and time.monotonic() < until:
        time.sleep(0.1)
