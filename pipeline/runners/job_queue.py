"""What is to be done next: documents, the pages of long ones, and putting those together. No process is started here."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.inputs.failures import Failure
from pipeline.messages import tell
from pipeline.read_job import Job, Long, PageRead, Reply, Result, Task

_ATTEMPTS = 2


@dataclass(slots=True)
class _Begun:
    """A document in hand: since when, which pages are still missing, and who died over what."""

    since: float
    missing: set[int] = field(default_factory=set)
    page_count: int = 0
    seconds: float = 0.0
    deaths: dict[int, int] = field(default_factory=dict)


class Board:
    """Hands out jobs and takes their replies; every task ends in one result.

    Args:
        tasks: asked again after they ended, for archives bring more.
        first: those that were taken from them already.

    A runner asks ``next_job`` when somebody is free, and tells what came of it:
    ``done``, ``lost`` (the process died) or ``fail`` (it took too long).
    """

    def __init__(self, tasks: Iterable[Task], first: Iterable[Task] = ()) -> None:
        self._first = deque(first)
        self._tasks = iter(tasks)
        self._jobs: deque[Job] = deque()
        self._begun: dict[str, _Begun] = {}

    def next_job(self) -> Job | None:
        """What to do now; None when nothing is left that could be begun.

        Pages of a document that was begun go before the next document.
        """
        if self._jobs:
            return self._jobs.popleft()
        task = self._first.popleft() if self._first else next(self._tasks, None)
        if task is None:
            return None
        self._begun[task.sha256] = _Begun(time.monotonic())
        return Job(task)

    def stop(self) -> None:
        """Begin nothing more; pages that were read stay for the next run."""
        self._tasks = iter(())
        self._first.clear()
        self._jobs.clear()

    def done(self, job: Job, reply: Reply) -> Result | None:
        """The result of a document, when this reply ends it."""
        begun = self._begun.get(job.task.sha256)
        if begun is None:
            return None  # it failed meanwhile over another page
        if isinstance(reply, Result):
            return self._end(reply)
        if isinstance(reply, Long):
            begun.page_count, begun.missing = reply.page_count, set(reply.missing)
            self._jobs.extend(Job(job.task, "page", page_no) for page_no in reply.missing)
        elif isinstance(reply, PageRead):
            begun.missing.discard(reply.page_no)
            begun.seconds += reply.seconds
        if not begun.missing:
            self._jobs.appendleft(Job(job.task, "assemble", page_count=begun.page_count))
        return None

    def lost(self, job: Job, page_no: int, how: str, code: str = "worker-died") -> Result | None:
        """Its process ended over this job: one more try, then a failure.

        Args:
            page_no: the page in hand; 0 when the file was being opened or put together.
            how: how the process ended, for the message.
            code: of the failure.
        """
        begun = self._begun.get(job.task.sha256)
        if begun is None:
            return None
        key = page_no if job.step == "page" else 0
        begun.deaths[key] = begun.deaths.get(key, 0) + 1
        if begun.deaths[key] < _ATTEMPTS:
            self._jobs.appendleft(job)
            return None
        message = tell("failure.page-died" if page_no else "failure.died", page=page_no, how=how)
        return self.fail(job, Failure(job.task.name, code, *message))

    def fail(self, job: Job, failure: Failure) -> Result | None:
        """The document fails for good; its other pages are not begun."""
        if job.task.sha256 not in self._begun:
            return None
        return self._end(Result(job.task, failure=failure))

    def begun_at(self, job: Job) -> float:
        """When its document was handed out first, by the monotonic clock."""
        begun = self._begun.get(job.task.sha256)
        return begun.since if begun is not None else time.monotonic()

    def _end(self, result: Result) -> Result:
        sha256 = result.task.sha256
        begun = self._begun.pop(sha256)
        self._jobs = deque(job for job in self._jobs if job.task.sha256 != sha256)
        if result.outcome is not None and begun.seconds:
            return replace(result, outcome=replace(result.outcome, seconds=result.outcome.seconds + begun.seconds))
        return result
