"""Files that a machine of the cluster cannot open: is it the file or the machine?"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from pipeline.read_job import Job

# So many files in a row that nobody can open: it is the folder, and every other file would go the same way.
_TOO_MANY = 20


class Refusals:
    """Jobs that wait for a machine which can open their file.

    A machine that refused one gets no other before it is known whose fault it was:
    one without the shared folder would else take and refuse the whole archive.
    """

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()
        self._refused: dict[str, dict[str, str]] = {}
        self._in_a_row = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def note(self, job: Job, node: str, reason: str) -> None:
        self._refused.setdefault(job.task.sha256, {})[node] = reason
        self._waiting.append(job)

    def next_for(self, node: str) -> Job | None:
        """A job that waits and that this machine did not try."""
        for job in self._waiting:
            if node not in self._refused[job.task.sha256]:
                self._waiting.remove(job)
                return job
        return None

    def is_doubted(self, node: str) -> bool:
        return any(node in nodes for nodes in self._refused.values())

    def opened(self, job: Job) -> dict[str, str]:
        """Somebody opened it: the machines that could not, with what they said; empty for nearly every job."""
        self._in_a_row = 0
        return self._refused.pop(job.task.sha256, {})

    def hopeless(self, nodes: Iterable[str]) -> list[tuple[Job, str]]:
        """Jobs that each of these machines refused, with the last reason; they wait no longer."""
        there = set(nodes)
        found = [job for job in self._waiting if there <= set(self._refused[job.task.sha256])]
        for job in found:
            self._waiting.remove(job)
        self._in_a_row += len(found)
        return [(job, [*self._refused.pop(job.task.sha256).values()][-1]) for job in found]

    def is_the_folder(self) -> bool:
        return self._in_a_row >= _TOO_MANY

    def forget(self) -> None:
        """The run stops: nothing waits any more."""
        self._waiting.clear()
        self._refused.clear()
