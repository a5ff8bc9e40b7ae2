"""What a watcher tells: a log line for each document, and a file that says that it is well."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from pipeline.dataset import Dataset, write_whole
from pipeline.errors import JobError
from pipeline.inputs.failures import Failure
from pipeline.messages import say
from pipeline.read_job import Result
from pipeline.run_counts import Tally
from pipeline.telling.log import log, now
from pipeline.telling.progress import result_to_event

_BEAT_SECONDS = 10.0


@dataclass(slots=True)
class Signs:
    """The log and the health file of one watcher."""

    inbox: Path
    dataset: Dataset
    log_format: str
    state: str = "starting"
    moving: int = 0
    failed: int = 0
    waiting: int = 0
    last_success: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    _told: float = field(default_factory=lambda: -_BEAT_SECONDS)
    _logged: set[Failure] = field(default_factory=set)

    def __post_init__(self) -> None:
        """The last success may be that of a call before this one."""
        with suppress(OSError, ValueError, AttributeError):
            self.last_success = json.loads(self.dataset.health.read_text(encoding="utf-8")).get("last_success")

    def queue(self, count: int) -> None:
        """So many files are to be read now."""
        self.waiting = count
        self.tell(self.state)

    def delivered(self, whole: Tally | None) -> None:
        """The dataset is up to date, as of now."""
        self.waiting, self.last_success = 0, now()
        if whole is not None:
            review = sum(whole.review.values())
            self.counts = {"documents": whole.documents, "tables": whole.tables, "rows": whole.rows, "review": review}
        self.tell(self.state)

    def tell(self, state: str, moving: int | None = None, failed: int | None = None) -> None:
        """Write the health file: ``watching``, ``reading``, ``cleaning``, ``inbox-missing`` or ``stopped``."""
        self.state, self._told = state, time.monotonic()
        self.moving = self.moving if moving is None else moving
        self.failed = self.failed if failed is None else failed
        health = {
            "at": now(), "pid": os.getpid(), "state": state,
            "inbox": str(self.inbox), "moving": self.moving, "waiting": self.waiting, "failed": self.failed,
            "last_success": self.last_success, **self.counts,
        }  # fmt: skip
        with suppress(JobError):  # a full disk shows at the files that matter
            write_whole(self.dataset.health, json.dumps(health, ensure_ascii=False) + "\n")

    def beat(self) -> None:
        """Renew the time in the health file every ten seconds, however long the work goes on."""
        if time.monotonic() - self._told >= _BEAT_SECONDS:
            self.tell(self.state)

    def log(self, result: Result) -> None:
        """One line for one document."""
        self.waiting -= 1
        if result.failure is not None:
            self._logged.add(result.failure)
        self._say(result_to_event(result))

    def log_failures(self, failures: Iterable[Failure]) -> None:
        """A line for each failure that has none yet: files that could not be opened at all."""
        standing = set(failures)
        for failure in sorted(standing - self._logged, key=lambda each: each.path):
            told = {"path": failure.path, "sha256": "", "code": failure.code, "reason": failure.reason, "way_out": failure.way_out}
            self._say({"event": "failed", **told})
        self._logged = standing

    def complain(self, error: JobError) -> None:
        """Delivery has to wait for somebody to mend a file."""
        self._say({"event": "waiting", "reason": error.reason, "way_out": error.way_out})

    def _say(self, event: dict[str, Any]) -> None:
        if self.log_format == "json":
            log(event)
            return
        if event["event"] == "waiting":
            line = say("watch.waiting", **event)
        elif event["event"] == "unpacked":
            line = say("watch.unpacked", **event)
        elif event["event"] in ("failed", "skipped"):
            line = say(f"progress.{event['event']}", name=event["path"], **event)
        else:
            line = say("watch.read", **{"pages": 0, "tables": 0, "seconds": 0} | event)
        click.echo(line, err=True)

