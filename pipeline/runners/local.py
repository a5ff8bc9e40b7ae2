"""Processes of this machine: one that dies, hangs or grows costs its own file, never the run."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any

from extractors.memory import resident_bytes
from pipeline.read_job import Job, Long, Reply, Result, Task
from pipeline.runners.job_queue import Board
from pipeline.runners.reader_process import ReaderProcess, Terms, most_bytes, start_reader
from pipeline.runners.standby import take_reader
from pipeline.runners.timeouts import lateness
from pipeline.settings import Settings

_TICK = 0.2
_GRACE = 20.0


@dataclass(slots=True)
class _Worker:
    reader: ReaderProcess
    job: Job | None = None
    page_no: int = 0
    # When the worker began the page; None before it says that it is up.
    page_since: float | None = None
    pages: int = 0
    grew: bool = False

    @property
    def pipe(self) -> Connection:
        return self.reader.pipe

    @property
    def process(self) -> Any:
        return self.reader.process


@dataclass(slots=True)
class LocalRunner:
    """``settings.jobs`` processes, each replaced after ``recycle_pages`` pages or when it has grown."""

    settings: Settings
    _workers: list[_Worker] = field(default_factory=list)
    # There is one document, and nobody else to leave cores for.
    _is_lone: bool = False

    def run(self, tasks: Iterable[Task], stopped: Callable[[], bool] = lambda: False) -> Generator[Result, None, None]:
        """See ``Runner.run``; jobs in hand at a stop have ``_GRACE`` seconds to end."""
        tasks = iter(tasks)
        first = list(islice(tasks, 2))
        self._is_lone = len(first) == 1
        board = Board(tasks, first)
        try:
            yield from self.rounds(board, stopped)
        finally:
            for worker in list(self._workers):
                self._retire(worker, kill=worker.job is not None)

    def rounds(self, board: Board, stopped: Callable[[], bool]) -> Iterator[Result]:
        """Do what is on the board; workers then stay for the next one."""
        since_stop: float | None = None
        while True:
            if stopped():
                board.stop()
                since_stop = since_stop or time.monotonic()
                if time.monotonic() - since_stop > _GRACE:
                    return
            self._hand_out(board)
            if not any(worker.job for worker in self._workers):
                return
            for worker in self._ready():
                yield from _one(self._listen(worker, board))
            for worker in list(self._workers):
                yield from _one(self._check(worker, board))

    def _hand_out(self, board: Board) -> None:
        """A job for everybody who is free; a process is started only when there is one for it."""
        idle = [worker for worker in self._workers if worker.job is None]
        while idle or len(self._workers) < self.settings.jobs:
            job = board.next_job()
            if job is None:
                return
            worker = idle.pop() if idle else self._start()
            worker.job, worker.page_no, worker.page_since = job, 0, None
            try:
                worker.pipe.send(job)
            except (BrokenPipeError, OSError):
                continue  # it died between two jobs; its pipe says so at the next look

    def _start(self) -> _Worker:
        terms = Terms.of(self.settings, self._is_lone)
        worker = _Worker(take_reader(terms) or start_reader(terms))
        self._workers.append(worker)
        return worker

    def _ready(self) -> list[_Worker]:
        busy = {id(worker.pipe): worker for worker in self._workers if worker.job is not None}
        ready = wait([worker.pipe for worker in busy.values()], timeout=_TICK)
        return [busy[id(pipe)] for pipe in ready]

    def _listen(self, worker: _Worker, board: Board) -> Result | None:
        """Take what a worker says: the page it begins, its reply, or nothing because it died."""
        assert worker.job is not None
        try:
            said: int | Reply = worker.pipe.recv()
        except (EOFError, OSError):
            return self._after_death(worker, board)
        if isinstance(said, int):
            worker.page_no, worker.page_since = said, time.monotonic()
            return None
        job, worker.job = worker.job, None
        was_lone = self._is_lone
        if isinstance(said, Long) or (isinstance(said, Result) and said.listing is not None):
            self._is_lone = False  # its pages, or the files in it, are for all workers
        worker.pages += said.outcome.pages if isinstance(said, Result) and said.outcome else job.step == "page"
        if self._is_worn(worker) or (was_lone and isinstance(said, Result)):
            self._retire(worker)
        return board.done(job, said)

    def _after_death(self, worker: _Worker, board: Board) -> Result | None:
        """One retry of what a dead worker held; then it is a failure."""
        assert worker.job is not None
        worker.process.join(timeout=5)
        code = worker.process.exitcode
        self._retire(worker, kill=True)
        if worker.grew:
            return board.lost(worker.job, worker.page_no, f"it grew over {self._most_bytes >> 20} MB", "out-of-memory")
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return board.lost(worker.job, worker.page_no, f"{how}: a crash in a library, or no memory left")

    @property
    def _most_bytes(self) -> int:
        return most_bytes(self.settings, self._is_lone)

    def _is_worn(self, worker: _Worker) -> bool:
        # Long CPU batches of OCR grow to gigabytes; a fresh process is the cure.
        most = self.settings.worker_memory
        return worker.pages >= self.settings.recycle_pages or bool(most and resident_bytes(worker.process.pid) > most)

    def _check(self, worker: _Worker, board: Board) -> Result | None:
        """Kill a worker that is over its time or over its memory; the time is a failure, for it would take as long again."""
        if worker.job is None:
            return None
        failure = lateness(worker.job, board.begun_at(worker.job), worker.page_no, worker.page_since, self.settings)
        if failure is not None:
            self._retire(worker, kill=True)
            return board.fail(worker.job, failure)
        most = self._most_bytes
        if most and resident_bytes(worker.process.pid) > most:
            worker.grew = True
            worker.process.kill()  # its pipe closes, and it is dealt with as any other that died
        return None

    def _retire(self, worker: _Worker, kill: bool = False) -> None:
        self._workers.remove(worker)
        worker.reader.end(kill)


def _one(result: Result | None) -> Iterator[Result]:
    if result is not None:
        yield result
