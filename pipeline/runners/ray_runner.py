"""Machines of a Ray cluster: one that goes away costs what it held, never the run."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.errors import JobError
from pipeline.inputs.failures import Failure
from pipeline.messages import say, tell
from pipeline.read_job import Job, Result, Task
from pipeline.runners.job_queue import Board
from pipeline.runners.ray_cluster import Cluster, Node
from pipeline.runners.remote_reader import Answer, Hello, Lost, Refused, release_of
from pipeline.runners.unreachable_inputs import Refusals
from pipeline.settings import Settings

_TICK = 0.2
_GRACE = 20.0
_LOOK_AROUND = 2.0
# A cluster that grows by itself takes minutes to start a machine.
_PATIENCE = 600.0
# So many readers that end before they are up: something is wrong with their machine.
_STRIKES = 3


@dataclass(slots=True)
class _Reader:
    """A reader on a node, and what it is asked now: ``hello`` first, then a job at a time."""

    node: Node
    actor: Any
    ref: Any = None
    job: Job | None = None
    is_up: bool = False


@dataclass(slots=True)
class RayRunner:
    """One reader a processor of the cluster, ``settings.ray_jobs`` at most; nodes may come and go."""

    settings: Settings
    _cluster: Cluster = field(init=False)
    _readers: list[_Reader] = field(default_factory=list)
    _nodes: list[Node] = field(default_factory=list)
    _looked: float = float("-inf")
    _worked: float = 0.0
    # Nodes that are not used any more, and how often each lost a reader that was not up yet.
    _parked: dict[str, str] = field(default_factory=dict)
    _strikes: Counter[str] = field(default_factory=Counter)
    _refusals: Refusals = field(default_factory=Refusals)

    def run(self, tasks: Iterable[Task], stopped: Callable[[], bool] = lambda: False) -> Generator[Result, None, None]:
        """See ``Runner.run``.

        Raises:
            JobError: there is no cluster, or none of its nodes can read.
        """
        tasks = map(_from_everywhere, tasks)
        first = next(tasks, None)
        if first is None:
            return
        self._cluster, self._worked = Cluster(self.settings), time.monotonic()
        board = Board(tasks, [first])
        try:
            yield from self._rounds(board, first, stopped)
        finally:
            for reader in list(self._readers):
                self._dismiss(reader)

    def _rounds(self, board: Board, first: Task, stopped: Callable[[], bool]) -> Iterator[Result]:
        since_stop: float | None = None
        while True:
            if stopped():
                board.stop()
                self._refusals.forget()
                since_stop = since_stop or time.monotonic()
            is_empty = self._hand_out(board)
            is_busy = any(reader.job for reader in self._readers)
            if not is_busy and (since_stop or (is_empty and not self._refusals)):
                return
            if since_stop and time.monotonic() - since_stop > _GRACE:
                return
            self._look_around(first)
            asked = {reader.ref: reader for reader in self._readers if reader.ref is not None}
            for ref in self._cluster.ready(list(asked), _TICK):
                yield from _one(self._listen(asked[ref], board))
            yield from self._give_up(board)
            if not asked:
                time.sleep(_TICK)

    def _hand_out(self, board: Board) -> bool:
        """A job for everybody who is free; True when the board has none left."""
        for reader in self._readers:
            if not reader.is_up or reader.job is not None:
                continue
            job = self._refusals.next_for(reader.node.id)
            if job is None and self._refusals.is_doubted(reader.node.id):
                continue
            job = job or board.next_job()
            if job is None:
                return True
            reader.job = job
            reader.ref = reader.actor.do.remote(job, time.monotonic() - board.begun_at(job))
        return False

    def _look_around(self, first: Task) -> None:
        """Start readers where processors are, few at first: a small run needs no large cluster."""
        now = time.monotonic()
        if now - self._looked > _LOOK_AROUND:
            self._nodes, self._looked = [node for node in self._cluster.nodes() if node.id not in self._parked], now
        up = sum(reader.is_up for reader in self._readers)
        self._worked = now if up else self._worked
        if self._parked and not self._nodes:
            raise JobError(*tell("ray.no-node", reasons="; ".join(self._parked.values())))
        if now - self._worked > _PATIENCE:
            raise JobError(*tell("ray.no-reader", patience=_PATIENCE))
        if any(reader.is_up and reader.job is None for reader in self._readers):
            return
        most = self.settings.ray_jobs or sum(node.cpus for node in self._nodes)
        for node in self._free_places()[: max(0, min(most - len(self._readers), max(2, up) - (len(self._readers) - up)))]:
            actor = self._cluster.start(node, first.dataset)
            self._readers.append(_Reader(node, actor, actor.hello.remote()))

    def _free_places(self) -> list[Node]:
        """Nodes with processors that no reader has, each as often as it has one, in turn."""
        taken = Counter(reader.node.id for reader in self._readers)
        turns = ((turn, node) for node in self._nodes for turn in range(taken[node.id], node.cpus))
        return [node for _, node in sorted(turns, key=lambda each: (each[0], each[1].id))]

    def _listen(self, reader: _Reader, board: Board) -> Result | None:
        """Take what a reader says: that it is up, its answer, or nothing because it is gone."""
        ref, reader.ref = reader.ref, None
        try:
            said: Hello | Answer = self._cluster.ray.get(ref)
        except self._cluster.ray.exceptions.RayError as error:
            return self._after_death(reader, board, error)
        if isinstance(said, Hello):
            self._greet(reader, said)
            return None
        assert reader.job is not None
        job, reader.job = reader.job, None
        if isinstance(said, Refused):
            self._refusals.note(job, reader.node.id, said.reason)
            return None
        for node, reason in self._refusals.opened(job).items():
            self._park(node, f"it cannot open {job.task.path} ({reason}), which other nodes can")
        if isinstance(said, Failure):
            return board.fail(job, said)
        if isinstance(said, Lost):
            return board.lost(job, said.page_no, said.how, said.code)
        return board.done(job, said)

    def _greet(self, reader: _Reader, hello: Hello) -> None:
        trouble = hello.trouble or _difference(hello.release, release_of(self.settings))
        if trouble:
            self._park(reader.node.id, trouble)
        else:
            reader.is_up = True
            self._strikes.pop(reader.node.id, None)

    def _after_death(self, reader: _Reader, board: Board, error: Exception) -> Result | None:
        """One retry of what a reader held that is gone, with its node or alone."""
        self._dismiss(reader)
        self._looked = float("-inf")
        how = str(error).strip().split("\n")[0]
        if reader.job is None:
            self._strikes[reader.node.id] += 1
            if self._strikes[reader.node.id] >= _STRIKES:
                self._park(reader.node.id, f"readers cannot start there: {str(error).strip()[-300:]}")
            return None
        return board.lost(reader.job, reader.job.page_no, f"its reader on {reader.node.name} is gone: {how}")

    def _park(self, node_id: str, why: str) -> None:
        """Use a node no more in this run, and say so; what it holds it may end."""
        name = next((node.name for node in self._nodes if node.id == node_id), node_id[:8])
        if node_id not in self._parked:
            self._parked[node_id] = f"{name}: {why}"
            print(say("ray.parked", name=name, why=why), file=sys.stderr, flush=True)
        self._nodes = [node for node in self._nodes if node.id != node_id]
        for reader in [each for each in self._readers if each.node.id == node_id and each.job is None]:
            self._dismiss(reader)

    def _give_up(self, board: Board) -> Iterator[Result]:
        """Files that no node can open are failures; too many in a row end the run."""
        if not self._refusals or not self._nodes:
            return
        for job, reason in self._refusals.hopeless(node.id for node in self._nodes):
            if self._refusals.is_the_folder():
                raise JobError(*tell("ray.no-folder", path=job.task.path, reason=reason))
            yield from _one(
                board.fail(job, Failure(job.task.name, "not-shared", *tell("ray.not-shared", path=job.task.path, reason=reason)))
            )

    def _dismiss(self, reader: _Reader) -> None:
        self._readers.remove(reader)
        self._cluster.ray.kill(reader.actor)


def _from_everywhere(task: Task) -> Task:
    return replace(task, path=task.path.absolute(), dataset=task.dataset.absolute())


def _difference(theirs: str, ours: str) -> str:
    """What is of another release there, in words; empty when nothing is."""
    there, here = theirs.split(", "), ours.split(", ")
    other = ", ".join(each for each in there if each not in here)
    wanted = ", ".join(each for each in here if each not in there)
    return f"its release is another: {other} there, {wanted} here" if theirs != ours else ""


def _one(result: Result | None) -> Iterator[Result]:
    if result is not None:
        yield result
