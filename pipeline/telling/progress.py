"""What a run shows while it works."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Protocol

import click

from pipeline.inputs.failures import SKIPPED
from pipeline.messages import say
from pipeline.read_job import Result
from pipeline.telling.log import log

_LINE_SECONDS = 10.0


class Shown(Protocol):
    """Who is told how a phase of a run goes on."""

    def start(self, total: int) -> None:
        """So many files are to be read; said again when archives were found to hold more."""
        ...

    def result(self, result: Result) -> None:
        """One file is read, or failed."""
        ...

    def count(self, done: int, total: int) -> None:
        """So many documents are done, of so many."""
        ...


class Progress:
    """A bar on a terminal (files, pages, pages per second, time left); plain lines otherwise."""

    def __init__(self, what: str, log_format: str = "text") -> None:
        self._what = what
        self._json = log_format == "json"
        self._pages = 0
        self._done = 0
        self._total = 0
        self._started = self._said = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def start(self, total: int) -> None:
        if self._total:
            self._total = self._done + total
            if self._bar is not None:
                self._bar.update(self._task, total=self._total)
            return
        self._total = total
        self._started = self._said = time.monotonic()
        if total and not self._json and sys.stderr.isatty():
            self._bar = _make_bar(say(f"phase.{self._what}"))
            self._task = self._bar.add_task(self._what, total=total, pages="")
            self._bar.start()

    def result(self, result: Result) -> None:
        """One file is read, or failed."""
        self._done += 1
        self._pages += result.outcome.pages if result.outcome else 0
        if self._json:
            log(result_to_event(result))
            return
        if result.failure is not None:
            told = {"name": result.task.name, "reason": result.failure.reason, "way_out": result.failure.way_out}
            self._say(say("progress.skipped" if result.failure.code in SKIPPED else "progress.failed", **told))
        rate = self._pages / max(time.monotonic() - self._started, 1e-6)
        self._show(say("progress.pages", pages=self._pages, rate=rate), last=self._done == self._total)

    def count(self, done: int, total: int) -> None:
        """So many documents are done, of so many; for work that has no pages."""
        if not self._total:
            self.start(total)
        self._done = done
        self._show(say("progress.documents", rate=done / max(time.monotonic() - self._started, 1e-6)), last=False)

    def _show(self, rate: str, last: bool) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, pages=rate)
        elif not self._json and (last or time.monotonic() - self._said > _LINE_SECONDS):
            self._said = time.monotonic()
            self._say(say("progress.line", what=say(f"phase.{self._what}"), done=self._done, total=self._total, rate=rate))

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)


def _make_bar(what: str) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    counts = (MofNCompleteColumn(), TextColumn(say("progress.files")), TextColumn("{task.fields[pages]}"))
    return Progress(TextColumn(what), BarColumn(), *counts, TimeRemainingColumn(), console=Console(stderr=True))


def result_to_event(result: Result) -> dict[str, Any]:
    """One file as a log line for programs."""
    event: dict[str, Any] = {"path": result.task.name, "sha256": result.task.sha256}
    if result.outcome is not None:
        done = result.outcome
        return {"event": "read", **event, "pages": done.pages, "tables": done.tables, "seconds": round(done.seconds, 2)}
    if result.failure is not None:
        failure = result.failure
        name = "skipped" if failure.code in SKIPPED else "failed"
        return {"event": name, **event, "code": failure.code, "reason": failure.reason, "way_out": failure.way_out}
    if result.listing is not None:
        return {"event": "unpacked", **event, "files": len(result.listing.members)}
    return {"event": "stopped", **event}
