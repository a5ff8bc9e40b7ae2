"""What a run says when it is done: what is new first, then the whole dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline.batch import ReadReport
from pipeline.messages import say
from pipeline.run_counts import Tally
from pipeline.telling.columns import columns_of, padded

_TOP = 12
_Row = tuple[str, str]


def summary_lines(report: ReadReport, new: Tally | None, whole: Tally | None, seconds: float, left: int = 0) -> list[str]:
    """The table at the end of a run.

    Args:
        new: counts of the documents that this run read; None when nothing was cleaned.
        whole: counts of the whole dataset; None when nothing was cleaned.
        left: how many documents left the dataset.
    """
    rows = [*_files(report, left), *_news(new, whole), *_whole(whole), (say("summary.seconds"), f"{seconds:.1f}")]
    width = max(columns_of(name) for name, _ in rows)
    return [f"{padded(name, width)}  {value}".rstrip() for name, value in rows]


def to_event(report: ReadReport, new: Tally | None, whole: Tally | None, exit_code: int) -> dict[str, Any]:
    """The same for programs, as the last line of a log."""
    event: dict[str, Any] = {
        "event": "done", "exit_code": exit_code, "read": report.read, "known": report.skipped, "failed": len(report.failures),
        "failed_before": len(report.known_failures), "no_form": len(report.no_forms), "ignored": len(report.passed.ignored),
        "hidden": report.passed.hidden, "temporary": report.passed.temporary, "pages": report.pages,
    }  # fmt: skip
    for name, tally in (("new", new), ("dataset", whole)):
        if tally is not None:
            event[name] = {"documents": tally.documents, "tables": tally.tables, "rows": tally.rows, "review": sum(tally.review.values())}
    return event


def _files(report: ReadReport, left: int) -> Iterator[_Row]:
    failed, before = len(report.failures), len(report.known_failures)
    if report.read or report.skipped or failed or before or report.no_forms:
        yield say("summary.files"), say("summary.files-read", read=report.read, known=report.skipped, failed=failed)
        if before:
            yield say("summary.failed-before"), say("summary.failed-before-count", count=before)
        if report.no_forms:
            yield say("summary.no-form"), say("summary.no-form-count", count=len(report.no_forms))
        yield say("summary.pages"), str(report.pages)
    passed = {"ignored": len(report.passed.ignored), "hidden": report.passed.hidden, "temporary": report.passed.temporary}
    if any(passed.values()):
        yield say("summary.passed-over"), say("comma").join(say(f"summary.{name}", count=count) for name, count in passed.items() if count)
    if left:
        yield say("summary.left"), say("summary.left-count", count=left)


def _news(new: Tally | None, whole: Tally | None) -> Iterator[_Row]:
    """Nothing where everything is new: the whole says it."""
    if new is not None and whole is not None and 0 < new.documents < whole.documents:
        yield say("summary.new"), say("summary.new-counts", documents=_documents(new), tables=new.tables, rows=new.rows)
        yield say("summary.new-review"), say("summary.findings", count=sum(new.review.values()))
        yield from _top(new.review)
        yield say("summary.whole"), ""


def _whole(tally: Tally | None) -> Iterator[_Row]:
    if tally is None:
        return
    yield say("summary.documents"), _documents(tally)
    yield say("summary.tables"), str(tally.tables)
    yield say("summary.rows"), str(tally.rows)
    yield say("summary.corrections"), str(sum(tally.corrections.values()))
    yield from _top(tally.corrections)
    yield say("summary.review"), say("summary.findings", count=sum(tally.review.values()))
    yield from _top(tally.review)
    yield say("summary.info"), say("summary.findings", count=sum(tally.info.values()))


def _documents(tally: Tally) -> str:
    by_status = say("comma").join(f"{count} {say(f'status.{status}')}" for status, count in sorted(tally.statuses.items()))
    return say("summary.with-statuses", count=tally.documents, statuses=by_status) if by_status else str(tally.documents)


def _top(counts: Counter[str]) -> Iterator[_Row]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for name, count in ordered[:_TOP]:
        yield f"  {name}", str(count)
    if more := ordered[_TOP:]:
        yield say("summary.more", count=len(more)), str(sum(count for _, count in more))
