"""What a run shows while it works and when it is done."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import Any, Protocol

import click

from pipeline.read_job import Result
from pipeline.run_counts import Tally

_LINE_SECONDS = 10.0
_TOP = 12


class Shown(Protocol):
    """Who is told how a phase of a run goes on."""

    def start(self, total: int) -> None:
        """So many files are to be read."""
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
        self._total = total
        self._started = self._said = time.monotonic()
        if total and not self._json and sys.stderr.isatty():
            self._bar = _make_bar(self._what)
            self._task = self._bar.add_task(self._what, total=total, pages="")
            self._bar.start()

    def result(self, result: Result) -> None:
        """One file is read, or failed."""
        self._done += 1
        self._pages += result.outcome.pages if result.outcome else 0
        if self._json:
            click.echo(json.dumps(result_to_event(result), ensure_ascii=False), err=True)
            return
        if result.failure is not None:
            self._say(f"failed: {result.task.name}: {result.failure.reason} {result.failure.way_out}")
        rate = self._pages / max(time.monotonic() - self._started, 1e-6)
        self._show(f"{self._pages} pages, {rate:.1f} pages/s", last=self._done == self._total)

    def count(self, done: int, total: int) -> None:
        """So many documents are done, of so many; for work that has no pages."""
        if not self._total:
            self.start(total)
        self._done = done
        self._show(f"{done / max(time.monotonic() - self._started, 1e-6):.0f} documents/s", last=False)

    def _show(self, rate: str, last: bool) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, pages=rate)
        elif not self._json and (last or time.monotonic() - self._said > _LINE_SECONDS):
            self._said = time.monotonic()
            self._say(f"{self._what}: {self._done} of {self._total} files, {rate}")

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)


def _make_bar(what: str) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    counts = (MofNCompleteColumn(), TextColumn("files"), TextColumn("{task.fields[pages]}"))
    return Progress(TextColumn(what), BarColumn(), *counts, TimeRemainingColumn(), console=Console(stderr=True))


def result_to_event(result: Result) -> dict[str, Any]:
    """One file as a log line for programs."""
    event: dict[str, Any] = {"path": result.task.name, "sha256": result.task.sha256}
    if result.outcome is not None:
        done = result.outcome
        return {"event": "read", **event, "pages": done.pages, "tables": done.tables, "seconds": round(done.seconds, 2)}
    if result.failure is not None:
        failure = result.failure
        return {"event": "failed", **event, "code": failure.code, "reason": failure.reason, "way_out": failure.way_out}
    return {"event": "stopped", **event}


def summary_lines(tally: Tally | None, read: int, skipped: int, pages: int, failed: int, seconds: float, left: int = 0) -> list[str]:
    """The table at the end of a run."""
    rows: list[tuple[str, str]] = []
    if read or skipped or failed:
        rows.append(("files", f"{read} read, {skipped} known already, {failed} failed"))
        rows.append(("pages read", str(pages)))
    if left:
        rows.append(("left the dataset", f"{left} {'document' if left == 1 else 'documents'}: see history.csv"))
    if tally is not None:
        by_status = ", ".join(f"{count} {status}" for status, count in sorted(tally.statuses.items()))
        rows.append(("documents", f"{tally.documents}" + (f" ({by_status})" if by_status else "")))
        rows += [("tables", str(tally.tables)), ("rows", str(tally.rows))]
        rows.append(("corrections", str(sum(tally.corrections.values()))))
        rows += _top(tally.corrections)
        rows.append(("for a person", f"{sum(tally.review.values())} findings"))
        rows += _top(tally.review)
        rows.append(("for information", f"{sum(tally.info.values())} findings"))
    rows.append(("seconds", f"{seconds:.1f}"))
    width = max(len(name) for name, _ in rows)
    return [f"{name:<{width}}  {value}" for name, value in rows]


def _top(counts: Any) -> list[tuple[str, str]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [(f"  {name}", str(count)) for name, count in ordered[:_TOP]]
    more = len(ordered) - _TOP
    return shown + ([(f"  and {more} more", str(sum(count for _, count in ordered[_TOP:])))] if more > 0 else [])
