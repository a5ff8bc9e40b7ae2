"""Many files into a dataset, and the life of one of its values."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.read_job import Result

_LOG = logging.getLogger("jixiao")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: a stable code, what happened, what to do."""

    path: str
    code: str
    reason: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did (``read``, ``known_already``, ``pages``, ``failures``) and what the dataset holds after it.

    ``questions`` are findings for a person by their code, ``corrections`` by their rule.
    """

    dataset: Path
    read: int
    known_already: int
    pages: int
    failures: tuple[Failure, ...]
    documents: int
    tables: int
    rows: int
    statuses: dict[str, int]
    corrections: dict[str, int]
    questions: dict[str, int]
    seconds: float


class _Log:
    """A phase of a run as lines of the log."""

    def __init__(self, phase: str) -> None:
        self._phase = phase

    def __enter__(self) -> _Log:
        return self

    def __exit__(self, *ended: object) -> None:
        _LOG.debug("%s: done", self._phase)

    def start(self, total: int) -> None:
        _LOG.info("%s: %d files", self._phase, total)

    def result(self, result: Result) -> None:
        if result.failure is not None:
            _LOG.warning("failed: %s: %s %s", result.failure.path, result.failure.reason, result.failure.way_out)
        elif result.outcome is not None:
            _LOG.info("read: %s: %d pages in %.1f s", result.task.name, result.outcome.pages, result.outcome.seconds)

    def count(self, done: int, total: int) -> None:
        _LOG.debug("%s: %d of %d documents", self._phase, done, total)


def extract(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], output: str | os.PathLike[str], settings: Settings | None = None
) -> Report:
    """Read what is new among files and folders, clean everything, and deliver the dataset; what the command ``extract`` does.

    Inputs that cannot be read do not end the run: they stand in the report.

    Raises:
        JobError: the run cannot go on; what was delivered before stays whole.
    """
    from pipeline.run import run_extract

    given = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    run = run_extract([Path(each) for each in given], Path(output), settings or Settings(), _Log)
    standing = (*run.reading.failures, *run.reading.known_failures)
    failures = tuple(Failure(each.path, each.code, each.reason, each.way_out) for each in standing)
    held: Any = run.contents
    return Report(
        run.dataset, run.reading.read, run.reading.skipped, run.reading.pages, failures, held.documents, held.tables, held.rows,
        dict(held.statuses), dict(held.corrections), dict(held.review), run.seconds,
    )  # fmt: skip


def explain(
    dataset: str | os.PathLike[str], document: str, path: str, crop: str | os.PathLike[str] | None = None
) -> tuple[str, ...]:
    """The life of one value, a line each: where it was read, what changed it by which rule, what is doubted.

    Args:
        document: the first characters of its sha256, or words of its path.
        path: JSON Pointer of a field, a row or a table.
        crop: where a picture of the place on the page is written; None for none.

    Raises:
        UsageError: there is no such dataset, document or field, or no picture of it.
    """
    from pipeline.explain import explain as lines_of

    return tuple(lines_of(Path(dataset), document, path, None if crop is None else Path(crop)))
