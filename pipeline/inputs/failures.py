"""Inputs that could not be read: a line each, never the end of a run."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.errors import ReadError
from pipeline.inputs.names import printable
from pipeline.messages import tell

# What another try may get past without any change to the file or the program.
PASSING = frozenset({"access", "changed", "not-found", "no-space", "not-shared", "ocr-unavailable", "out-of-memory", "unfinished"})
# Files that are no forms: nobody has to do anything about them.
SKIPPED = ("no-form",)


@dataclass(frozen=True, slots=True)
class Failure:
    """What happened to one input, and the way out; ``path`` is its name as given, ``key`` its absolute path as the ledger knows it."""

    path: str
    code: str
    reason: str
    way_out: str
    key: str = ""


def from_error(path: str, error: BaseException) -> Failure:
    """The failure that an exception of a reader means."""
    if isinstance(error, ReadError):
        return Failure(path, error.code, printable(error.reason), error.way_out)
    if isinstance(error, MemoryError):
        return Failure(path, "out-of-memory", *tell("failure.out-of-memory"))
    reason = printable(f"{type(error).__name__}: {error}".strip().replace("\n", " ")[:300])
    return Failure(path, "internal-error", *tell("failure.internal", reason=reason))
