"""Reading one input, in whatever process it happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.options import ReadOptions
from pipeline.dataset import Dataset, to_json, write_whole
from pipeline.errors import JobError
from pipeline.failures import Failure, from_error


@dataclass(frozen=True, slots=True)
class Task:
    """One content to read and where its read goes."""

    path: Path
    name: str
    sha256: str
    dataset: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one content came to."""

    sha256: str
    pages: int
    tables: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """A task that is done: its outcome, or the failure of the input, or what ends the job."""

    task: Task
    outcome: Outcome | None = None
    failure: Failure | None = None
    job_error: JobError | None = None


def read_one(task: Task, options: ReadOptions, on_page: Callable[[int], None] | None = None) -> Result:
    """Read one file and write its read; whatever goes wrong with the file is a Failure.

    Args:
        on_page: told the number of each page before it is read.
    """
    from extractors.reading import read_file
    from extractors.reads import document_to_read

    started = time.monotonic()
    try:
        document = read_file(task.path, replace(options, name=task.name), on_page)
        text = to_json(document_to_read(document))
    except Exception as error:  # one broken file is a line in failures.csv, whatever it broke
        return Result(task, failure=from_error(task.name, error))
    if document.sha256 != task.sha256:
        reason, way_out = "The file changed while it was read.", "Run the same command again when it stands still."
        return Result(task, failure=Failure(task.name, "changed", reason, way_out))
    try:
        write_whole(Dataset(task.dataset).read_path(document.sha256), text)
    except JobError as error:
        return Result(task, job_error=error)
    seconds = time.monotonic() - started
    return Result(task, Outcome(document.sha256, document.page_count, len(document.tables), seconds))
