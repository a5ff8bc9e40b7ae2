"""Processes that read: a worker that dies or hangs costs its own file, never the run."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from extractors.options import ReadOptions
from pipeline.failures import Failure
from pipeline.read_job import Result, Task, read_one
from pipeline.settings import Settings

# fork would copy the threads' locks of OCR and PDF libraries in whatever state they are.
_CONTEXT = multiprocessing.get_context("spawn")
_ATTEMPTS = 2
_TICK = 0.5
_SMALL = 1 << 20
_GRACE = 20.0


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: Task | None = None
    since: float = 0.0
    page_no: int = 0
    page_since: float = 0.0
    pages: int = 0


def read_all(tasks: Iterable[Task], settings: Settings, stopped: Callable[[], bool] = lambda: False) -> Generator[Result, None, None]:
    """Read every task with ``settings.jobs`` processes; results come as they are done.

    Args:
        stopped: True begins no more files; those in hand have ``_GRACE`` seconds to end.
    """
    todo = deque(tasks)
    if len(todo) == 1 and _is_harmless(todo[0]):
        yield read_one(todo.popleft(), settings.read)
        return
    attempts: dict[str, int] = {}
    workers: list[_Worker] = []
    try:
        since_stop: float | None = None
        while todo or any(worker.task for worker in workers):
            if stopped():
                todo.clear()
                since_stop = since_stop or time.monotonic()
                if time.monotonic() - since_stop > _GRACE:
                    return
            _hand_out(todo, workers, settings)
            for worker in _ready(workers):
                yield from _listen(worker, workers, todo, attempts, settings)
            yield from _stop_late(workers, settings)
    finally:
        for worker in list(workers):
            _retire(worker, workers, kill=worker.task is not None)


def _is_harmless(task: Task) -> bool:
    """A small text is read by this process: nothing in it can crash or hang one."""
    from extractors.errors import ReadError
    from extractors.identify import TEXT, identify

    try:
        return task.path.stat().st_size < _SMALL and identify(task.path) == TEXT
    except (OSError, ReadError):
        return False


def _listen(
    worker: _Worker, workers: list[_Worker], todo: deque[Task], attempts: dict[str, int], settings: Settings
) -> Iterator[Result]:
    """Take what a worker says: the page it begins, its result, or nothing because it died."""
    try:
        said: int | Result = worker.pipe.recv()
    except (EOFError, OSError):
        result = _after_death(worker, workers, todo, attempts)
        if result is not None:
            yield result
        return
    if isinstance(said, int):
        worker.page_no, worker.page_since = said, time.monotonic()
        return
    worker.task, worker.page_no = None, 0
    if _is_worn(worker, said, settings):
        _retire(worker, workers)
    yield said


def _hand_out(todo: deque[Task], workers: list[_Worker], settings: Settings) -> None:
    while todo and len(workers) < min(settings.jobs, len(todo) + sum(1 for worker in workers if worker.task)):
        workers.append(_start(settings.read))
    for worker in workers:
        if worker.task is None and todo:
            worker.task, worker.since, worker.page_no = todo.popleft(), time.monotonic(), 0
            try:
                worker.pipe.send(worker.task)
            except (BrokenPipeError, OSError):
                continue  # it died between two files; its pipe says so at the next look


def _start(options: ReadOptions) -> _Worker:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(theirs, options), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection, options: ReadOptions) -> None:
    """The loop of a worker: a task in, a result out, until the pipe closes."""
    import signal

    # Ctrl-C and SIGTERM to the whole group are the parent's to handle: it stops the workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        if task is None:
            return
        try:
            pipe.send(read_one(task, options, pipe.send))
        except (BrokenPipeError, OSError):
            return  # the run is gone; its successor reads this file again


def _ready(workers: list[_Worker]) -> list[_Worker]:
    busy = {id(worker.pipe): worker for worker in workers if worker.task is not None}
    ready = wait([worker.pipe for worker in busy.values()], timeout=_TICK)
    return [busy[id(pipe)] for pipe in ready]


def _after_death(worker: _Worker, workers: list[_Worker], todo: deque[Task], attempts: dict[str, int]) -> Result | None:
    """One retry of what a dead worker held; then it is a failure."""
    task = worker.task
    assert task is not None
    worker.process.join(timeout=5)
    code = worker.process.exitcode
    _retire(worker, workers, kill=True)
    attempts[task.sha256] = attempts.get(task.sha256, 1) + 1
    if attempts[task.sha256] <= _ATTEMPTS:
        todo.appendleft(task)
        return None
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    reason = f"The reading process died twice over this file ({how}); a crash in a library, or no memory left."
    way_out = "Run jixiao retry, then extract with --jobs 1; report it if it dies again."
    return Result(task, failure=Failure(task.name, "worker-died", reason, way_out))


def _is_worn(worker: _Worker, result: Result, settings: Settings) -> bool:
    # Long CPU batches of OCR grow to gigabytes; a fresh process is the cure.
    worker.pages += result.outcome.pages if result.outcome else 1
    return worker.pages >= settings.recycle_pages


def _stop_late(workers: list[_Worker], settings: Settings) -> Iterator[Result]:
    """Workers over their time are killed; what they held is a failure, for it would take as long again."""
    for worker in list(workers):
        task = worker.task
        late = None if task is None else _lateness(worker, task, settings)
        if task is not None and late is not None:
            _retire(worker, workers, kill=True)
            yield Result(task, failure=late)


def _lateness(worker: _Worker, task: Task, settings: Settings) -> Failure | None:
    now = time.monotonic()
    most = settings.document_timeout
    if most and now - worker.since > most:
        reason = f"Reading took longer than {most:g} seconds."
        return Failure(task.name, "timeout", reason, "Give it more time with --timeout, or look at the file; then jixiao retry.")
    most = settings.read.page_timeout
    if most and worker.page_no and now - worker.page_since > most:
        reason = f"Reading page {worker.page_no} took longer than {most:g} seconds."
        return Failure(task.name, "page-timeout", reason, "Give it more time with --page-timeout, or look at the page; then jixiao retry.")
    return None


def _retire(worker: _Worker, workers: list[_Worker], kill: bool = False) -> None:
    workers.remove(worker)
    if kill:
        worker.process.kill()
    else:
        try:
            worker.pipe.send(None)
        except (BrokenPipeError, OSError):
            worker.process.kill()
    worker.pipe.close()
    worker.process.join(timeout=5)
