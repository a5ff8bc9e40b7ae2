"""What every runner is: tasks in, results out, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Protocol

from pipeline.read_job import Result, Task


class Runner(Protocol):
    """Runs the jobs of a ``Board`` somewhere: in processes of this machine, or on a cluster."""

    def run(self, tasks: Iterable[Task], stopped: Callable[[], bool]) -> Generator[Result, None, None]:
        """Read every task; one result for each comes as soon as it is done, in any order.

        Args:
            tasks: taken one at a time, when there is somebody to read it: taking one claims it.
            stopped: asked again and again; True begins no more jobs and lets those in hand end.
                Tasks that were begun and not ended then have no result.

        Closing the generator ends the work at once.
        """
        ...
