"""What a watcher tells: a log line for each document, and a file that says that it is well."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from pipeline.dataset import Dataset, write_whole
from pipeline.errors import JobError
from pipeline.inputs.failures import Failure
from pipeline.progress import result_to_event
from pipeline.read_job import Result

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
    _told: float = field(default_factory=lambda: -_BEAT_SECONDS)
    _logged: set[Failure] = field(default_factory=set)

    def tell(self, state: str, moving: int | None = None, failed: int | None = None) -> None:
        """Write the health file: ``watching``, ``reading``, ``cleaning``, ``inbox-missing`` or ``stopped``."""
        self.state, self._told = state, time.monotonic()
        self.moving = self.moving if moving is None else moving
        self.failed = self.failed if failed is None else failed
        health = {
            "at": _now(), "pid": os.getpid(), "state": state,
            "inbox": str(self.inbox), "moving": self.moving, "failed": self.failed,
        }  # fmt: skip
        with suppress(JobError):  # a full disk shows at the files that matter
            write_whole(self.dataset.health, json.dumps(health, ensure_ascii=False) + "\n")

    def beat(self) -> None:
        """Renew the time in the health file every ten seconds, however long the work goes on."""
        if time.monotonic() - self._told >= _BEAT_SECONDS:
            self.tell(self.state)

    def log(self, result: Result) -> None:
        """One line for one document."""
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
            line = json.dumps({"at": _now(), **event}, ensure_ascii=False)
        elif event["event"] == "waiting":
            line = f"waiting to deliver: {event['reason']} {event['way_out']}"
        elif event["event"] == "failed":
            line = f"failed  {event['path']}: {event['reason']} {event['way_out']}"
        else:
            line = f"read    {event['path']}: {event.get('pages', 0)} pages, {event.get('tables', 0)} tables, {event.get('seconds', 0)} s"
        click.echo(line, err=True)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
