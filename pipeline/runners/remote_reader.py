"""A reader on a machine of a cluster: one job at a time, in a process beside it that it watches."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.dataset import Dataset
from pipeline.inputs.failures import Failure
from pipeline.process_identity import host
from pipeline.read_job import Job, Reply, Result
from pipeline.runners.job_queue import Board
from pipeline.runners.local import LocalRunner
from pipeline.settings import Settings
from pipeline.versions import reader_version

# Other releases of these may read a page otherwise.
_LIBRARIES = ("numpy", "onnxruntime", "opencv-python-headless", "openvino", "pdfplumber", "pillow", "pypdfium2", "rapidocr")


@dataclass(frozen=True, slots=True)
class Hello:
    """What a reader says when it is up; ``trouble`` is why it cannot work here, or empty."""

    host: str
    release: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The process died over the job, in the way that ``Board.lost`` wants to know."""

    page_no: int
    how: str
    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The file of the job cannot be opened on this machine."""

    reason: str


Answer = Reply | Failure | Lost | Refused


def release_of(settings: Settings) -> str:
    """Readers and libraries of this machine, as a line; machines that say the same read the same."""
    return ", ".join([reader_version(settings.read), *(f"{name} {_version_of(name)}" for name in _LIBRARIES)])


class RemoteReader:
    """Lives on a node of the cluster as long as the run does.

    The process that reads is a worker of a local runner: it is bound in time and
    memory, replaced when it is worn, and dies with this one.

    Args:
        settings: of the run; ``jobs`` is how many readers share this machine.
        dataset: its folder, on a path that all machines share.
        identity: what ``Dataset.identity`` says where the run was started.
        environment: variables that bear on what is read.
    """

    def __init__(self, settings: Settings, dataset: Path, identity: str, environment: dict[str, str]) -> None:
        os.environ.update(environment)
        self._settings = settings
        self._dataset = Dataset(dataset)
        self._identity = identity
        self._runner = LocalRunner(settings)

    def hello(self) -> Hello:
        return Hello(host(), release_of(self._settings), self._trouble())

    def do(self, job: Job, seconds_gone: float) -> Answer:
        """Do one job.

        Args:
            seconds_gone: since its document was handed out first: clocks of machines differ.
        """
        try:
            job.task.path.open("rb").close()
        except OSError as error:
            return Refused(error.strerror or str(error))
        board = _OneJob(job, seconds_gone)
        for _ in self._runner.rounds(board, lambda: False):
            pass
        assert board.answer is not None
        return board.answer

    def _trouble(self) -> str:
        root = self._dataset.root
        try:
            if not root.is_dir():
                return f"{root} is not there"
            if self._dataset.identity() != self._identity:
                return f"{root} is another folder there"
        except Exception as error:  # whatever it is, the driver says it and does without this machine
            return f"{root}: {error}"
        return "" if os.access(self._dataset.reads, os.W_OK) else f"{root} may not be written there"


class _OneJob(Board):
    """A board with one job on it, which keeps the answer."""

    def __init__(self, job: Job, seconds_gone: float) -> None:
        super().__init__(())
        self._only: Job | None = job
        self._since = time.monotonic() - seconds_gone
        self.answer: Answer | None = None

    def next_job(self) -> Job | None:
        job, self._only = self._only, None
        return job

    def done(self, job: Job, reply: Reply) -> Result | None:
        self.answer = reply
        return None

    def lost(self, job: Job, page_no: int, how: str, code: str = "worker-died") -> Result | None:
        self.answer = Lost(page_no, how, code)
        return None

    def fail(self, job: Job, failure: Failure) -> Result | None:
        self.answer = failure
        return None

    def begun_at(self, job: Job) -> float:
        return self._since


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
