"""Where the work of a run happens: a runner takes tasks and gives results, whatever machines it uses."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from pipeline.read_job import Result, Task
from pipeline.runners.runner import Runner
from pipeline.settings import Settings

__all__ = ["Runner", "choose_runner", "read_all"]


def choose_runner(settings: Settings) -> Runner:
    """The runner that ``settings.runner`` names."""
    from pipeline.runners.local import LocalRunner

    return LocalRunner(settings)


def read_all(tasks: Iterable[Task], settings: Settings, stopped: Callable[[], bool] = lambda: False) -> Generator[Result, None, None]:
    """Read every task; see ``Runner.run``."""
    return choose_runner(settings).run(tasks, stopped)
