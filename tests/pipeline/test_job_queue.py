"""Which job comes next, and what a death or a delay costs; no process is started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.inputs.failures import Failure
from pipeline.inputs.outcome import Outcome
from pipeline.read_job import Job, Long, PageRead, Result, Task
from pipeline.runners.job_queue import Board


def task(name: str) -> Task:
    return Task(Path(name), name, name * 8, Path("out"))


def ended(job: Job) -> Result:
    return Result(job.task, Outcome(job.task.sha256, 3, 1, 0.5))


def jobs_of(board: Board) -> list[Job]:
    found = []
    while (job := board.next_job()) is not None:
        found.append(job)
    return found


def test_tasks_are_taken_one_at_a_time() -> None:
    taken: list[str] = []

    def tasks() -> Iterator[Task]:
        for name in "ab":
            taken.append(name)
            yield task(name)

    board = Board(tasks())
    first = board.next_job()
    assert first == Job(task("a")) and taken == ["a"]
    result = board.done(first, ended(first))
    assert result is not None and result.task.name == "a"
    assert [job.task.name for job in jobs_of(board)] == ["b"]


def test_pages_go_before_the_next_document_and_end_in_one_result() -> None:
    board = Board([task("a"), task("b")])
    first = board.next_job()
    assert first is not None and board.done(first, Long(3, (1, 3))) is None
    pages = [board.next_job(), board.next_job()]
    assert [job.page_no for job in pages if job] == [1, 3]
    assert board.next_job() == Job(task("b"))
    for job in pages:
        assert job is not None and board.done(job, PageRead(job.page_no, 1.0)) is None
    last = board.next_job()
    assert last == Job(task("a"), "assemble", page_count=3)
    result = board.done(last, ended(last))
    assert result is not None and result.outcome is not None and result.outcome.seconds == 2.5


def test_a_death_costs_one_retry_of_that_page_then_the_document() -> None:
    board = Board([task("a")])
    first = board.next_job()
    assert first is not None
    board.done(first, Long(9, tuple(range(1, 10))))
    one, two = board.next_job(), board.next_job()
    assert one is not None and two is not None
    assert board.lost(one, 1, "signal 9") is None and board.lost(two, 2, "signal 9") is None
    again = board.next_job()
    assert again is not None and again.page_no == 2
    result = board.lost(again, 2, "signal 9")
    assert result is not None and result.failure is not None and result.failure.code == "worker-died"
    assert "page 2" in result.failure.reason
    # Nobody begins its other pages, and what those in hand say does not matter any more.
    assert board.next_job() is None
    assert board.done(one, PageRead(1, 1.0)) is None and board.lost(one, 1, "signal 9") is None


def test_a_failure_ends_a_document_once() -> None:
    board = Board([task("a")])
    job = board.next_job()
    assert job is not None
    failure = Failure("a", "timeout", "slow", "wait")
    assert board.fail(job, failure) == Result(job.task, failure=failure)
    assert board.fail(job, failure) is None


def test_a_stop_begins_nothing_more() -> None:
    board = Board([task("a"), task("b")])
    job = board.next_job()
    assert job is not None
    board.done(job, Long(9, tuple(range(1, 10))))
    board.stop()
    assert board.next_job() is None


def test_pages_that_got_lost_are_read_again() -> None:
    board = Board([task("a")])
    job = board.next_job()
    assert job is not None
    board.done(job, Long(9, ()))
    whole = board.next_job()
    assert whole is not None and whole.step == "assemble"
    assert board.done(whole, Long(9, (4,))) is None
    page = board.next_job()
    assert page == Job(task("a"), "page", 4)
