"""Where the work of a run happens: a runner takes tasks and gives results, whatever machines it uses."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from pipeline.errors import UsageError
from pipeline.messages import tell
from pipeline.read_job import Result, Task
from pipeline.runners.runner import Runner
from pipeline.settings import Settings

__all__ = ["Runner", "check_runner", "choose_runner", "read_all"]


def check_runner(settings: Settings) -> None:
    """Say at once, before an archive is hashed, that the runner cannot work.

    Raises:
        JobError: no cluster answers.
        UsageError: what it needs is not installed or not given.
    """
    if settings.runner != "ray":
        return
    if settings.ledger is None:
        raise UsageError(*tell("ray.no-ledger"))
    if settings.read.device == "gpu":
        raise UsageError(*tell("ray.no-gpu"))
    from pipeline.runners.ray_cluster import connect

    connect(settings.ray_address)


def choose_runner(settings: Settings) -> Runner:
    """The runner that ``settings.runner`` names."""
    if settings.runner == "ray":
        from pipeline.runners.ray_runner import RayRunner

        return RayRunner(settings)
    from pipeline.runners.local import LocalRunner

    return LocalRunner(settings)


def read_all(tasks: Iterable[Task], settings: Settings, stopped: Callable[[], bool] = lambda: False) -> Generator[Result, None, None]:
    """Read every task; see ``Runner.run``."""
    return choose_runner(settings).run(tasks, stopped)
