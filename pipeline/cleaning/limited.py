"""Processes that clean, each watched: a document that takes too long or too much is given up, and all others are delivered."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from extractors.memory import resident_bytes
from pipeline.errors import JobError
from pipeline.messages import tell
from pipeline.processes.child import be_a_child

_TICK = 0.2
# A child that has grown to this share of what it may take is replaced between two chunks.
_WORN = 0.5
# To write a document as it was read takes time, too, and somebody waits for it: so many times the limit.
_AS_READ = 10


class Chunk(Protocol):
    """Documents to work at, in order."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def rest(self, done: int, given_up: dict[str, str]) -> Any:
        """The chunk without its first documents, and with those given up, each with the reason."""


Work = Callable[[Any], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds and bytes, 0 for no limit."""

    seconds: float = 0.0
    most_bytes: int = 0


@dataclass(slots=True)
class _Child:
    process: Any
    pipe: Connection
    chunk: Any = None
    done: list[Any] = field(default_factory=list)
    # When the document in hand was begun; None before the child has its chunk.
    since: float | None = None
    grew: bool = False

    @property
    def name(self) -> str:
        return str(self.chunk.names[len(self.done)])


class LimitedPool:
    """So many processes, started when there is work; close it at the end.

    ``given_up`` are the names of documents that broke a limit, with what happened.
    """

    def __init__(self, limits: Limits) -> None:
        self.given_up: dict[str, str] = {}
        self._jobs = 1
        self._limits = limits
        self._children: list[_Child] = []
        self._died: set[str] = set()

    def close(self) -> None:
        """End all processes."""
        for child in list(self._children):
            self._end(child)

    def spread(self, work: Work, chunks: Iterable[Chunk], jobs: int) -> Iterator[list[Any]]:
        """Results of each chunk, as they come; few chunks are held at a time.

        Args:
            work: yields a result for each document of a chunk, in order; a function of a module.

        Raises:
            JobError: the work raised it.
        """
        self._jobs, rest = jobs, iter(chunks)
        again: list[Any] = []
        while True:
            self._hand_out(work, rest, again)
            busy = {id(child.pipe): child for child in self._children if child.chunk is not None}
            if not busy:
                return
            for pipe in wait([child.pipe for child in busy.values()], timeout=_TICK):
                if (results := self._listen(busy[id(pipe)], again)) is not None:
                    yield results
            for child in busy.values():
                if child.chunk is not None and child in self._children:
                    self._watch(child, again)

    def _hand_out(self, work: Work, rest: Iterator[Any], again: list[Any]) -> None:
        idle = [child for child in self._children if child.chunk is None]
        while idle or len(self._children) < self._jobs:
            chunk, done = again.pop() if again else (next(rest, None), [])
            if chunk is None:
                return
            child = idle.pop() if idle else self._start()
            child.chunk, child.done, child.since = chunk, done, None
            child.pipe.send((work, chunk.rest(len(done), self.given_up)))

    def _start(self) -> _Child:
        context = _context()
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._limits), daemon=True)
        process.start()
        theirs.close()
        child = _Child(process, ours)
        self._children.append(child)
        return child

    def _listen(self, child: _Child, again: list[Any]) -> list[Any] | None:
        """Take a result, and give back all of a chunk that is done."""
        try:
            kind, value = child.pipe.recv()
        except (EOFError, OSError):
            self._after_death(child, again)
            return None
        child.since = time.monotonic()
        if kind == "error":
            raise value
        if kind == "memory":
            self._give_up(child, "it needs more memory than there is for one document", again)
            return None
        if kind == "result":
            child.done.append(value)
        if len(child.done) < len(child.chunk.names):
            return None
        results, child.chunk, child.done = child.done, None, []
        if self._limits.most_bytes and resident_bytes(child.process.pid) > _WORN * self._limits.most_bytes:
            self._end(child)
        return results

    def _watch(self, child: _Child, again: list[Any]) -> None:
        limits = self._limits
        most = limits.seconds * (_AS_READ if child.name in self.given_up else 1)
        if most and child.since is not None and time.monotonic() - child.since > most:
            self._give_up(child, f"it took longer than {most:g} seconds", again)
        elif limits.most_bytes and resident_bytes(child.process.pid) > limits.most_bytes:
            child.grew = True
            child.process.kill()  # its pipe closes, and it is dealt with as any other that died

    def _after_death(self, child: _Child, again: list[Any]) -> None:
        """Once more for a document whose process died, since another may have been the cause; then it is given up."""
        child.process.join(timeout=5)
        name = child.name
        if name not in self._died:
            self._died.add(name)
            again.append((child.chunk, child.done))
            self._end(child)
            return
        grown = f"it took more than {self._limits.most_bytes >> 20} MB"
        self._give_up(child, grown if child.grew else "the process that cleaned it died", again)

    def _give_up(self, child: _Child, why: str, again: list[Any]) -> None:
        if child.name in self.given_up:
            raise JobError(*tell("clean.undeliverable", name=child.name, why=why))
        self.given_up[child.name] = why
        again.append((child.chunk, child.done))
        self._end(child)

    def _end(self, child: _Child) -> None:
        self._children.remove(child)
        child.process.kill()
        child.pipe.close()
        child.process.join(timeout=5)


def get_ready() -> None:
    """Start what the processes of a pool are forked from, so that it has loaded the rules when there is work."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()


def _context() -> Any:
    """How processes are started: forked from one that has loaded the rules, where the system knows how."""
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["pipeline.cleaning.work", "normalizers.passes"])
    return context


def _serve(pipe: Connection, limits: Limits) -> None:
    """The loop of a child: work in, results out, until the pipe closes."""
    be_a_child(limits.most_bytes)
    _die_with_the_run()
    while True:
        try:
            work, chunk = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(("begun", None))
            for result in work(chunk):
                pipe.send(("result", result))
        except JobError as error:
            pipe.send(("error", error))
        except MemoryError:
            pipe.send(("memory", None))
        except (BrokenPipeError, OSError):
            return  # the run is gone


def _die_with_the_run() -> None:
    """Whoever starts children for the run outlives it for a moment; they must not."""
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
