"""What ends a job, each kind with its exit code, what happened and what to do."""

from __future__ import annotations

from pipeline.messages import tell


class JobError(Exception):
    """The job cannot go on; what was delivered before stays whole.

    Args:
        reason: what happened, one sentence.
        way_out: what the user can do, one sentence.
    """

    exit_code = 1

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.way_out = way_out

    def __reduce__(self) -> tuple[type[JobError], tuple[str, str]]:
        """Errors come back from worker processes as they are."""
        return type(self), (self.reason, self.way_out)


class UsageError(JobError):
    """The command's words do not fit together."""

    exit_code = 2


class NoSpaceError(JobError):
    """The disk of the dataset is full."""


class NotWritableError(JobError):
    """The dataset folder may not be written."""


class DamagedReadsError(JobError):
    """Reads are damaged, cut or of another release; they were set aside, and their inputs are to be read again.

    ``names`` are their stems.
    """

    names: tuple[str, ...] = ()


class BusyDatasetError(JobError):
    """Another run works on the same dataset."""


class LedgerAwayError(JobError):
    """The database of the ledger does not answer."""


def from_os_error(error: OSError, where: object) -> JobError:
    """The job error that an operating system error on an output file means."""
    import errno

    # Arrow and DuckDB carry the cause in their words only.
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "no space left" in str(error).lower():
        return NoSpaceError(*tell("disk.full", path=where))
    return NotWritableError(*tell("disk.not-writable", path=where, error=error.strerror or error))
