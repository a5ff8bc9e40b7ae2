"""Which jobs take too long, by the limits of a page and of a document."""

from __future__ import annotations

import time

from pipeline.inputs.failures import Failure
from pipeline.messages import tell
from pipeline.read_job import Job
from pipeline.settings import Settings


def lateness(job: Job, begun: float, page_no: int, page_since: float | None, settings: Settings) -> Failure | None:
    """The failure that a job over its time means; None in time.

    Args:
        begun: when its document was handed out first, by the monotonic clock.
        page_no: in hand; 0 while the file is opened or put together.
        page_since: when that began; None before the worker is up.
    """
    now = time.monotonic()
    most = settings.document_timeout
    if most and now - begun > most:
        return Failure(job.task.name, "timeout", *tell("failure.timeout", most=most))
    most = settings.read.page_timeout
    if most and page_since is not None and now - page_since > most:
        message = "failure.page-timeout" if page_no else "failure.opening-timeout"
        return Failure(job.task.name, "page-timeout", *tell(message, page=page_no, most=most))
    return None
