"""Whose fault it is that a file cannot be opened: its own or the machine's."""

from __future__ import annotations

from pathlib import Path

from pipeline.read_job import Job, Task
from pipeline.runners.unreachable_inputs import Refusals


def job(name: str) -> Job:
    return Job(Task(Path(name), name, name, Path("dataset")))


def test_a_machine_without_the_folder_gets_nothing_more() -> None:
    refusals = Refusals()
    refusals.note(job("a"), "bare", "No such file")
    assert refusals.is_doubted("bare") and refusals.next_for("bare") is None
    assert not refusals.is_doubted("mounted")
    assert refusals.next_for("mounted") == job("a")
    assert refusals.opened(job("a")) == {"bare": "No such file"}
    assert not refusals.is_doubted("bare") and len(refusals) == 0


def test_a_file_that_nobody_can_open_is_no_machines_fault() -> None:
    refusals = Refusals()
    refusals.note(job("a"), "one", "No such file")
    assert refusals.hopeless(["one", "two"]) == []
    tried = refusals.next_for("two")
    assert tried is not None and refusals.hopeless(["one", "two"]) == []
    refusals.note(tried, "two", "Permission denied")
    assert refusals.hopeless(["one", "two"]) == [(job("a"), "Permission denied")]
    assert not refusals.is_doubted("one") and not refusals.is_doubted("two")


def test_a_machine_that_leaves_is_not_waited_for() -> None:
    refusals = Refusals()
    refusals.note(job("a"), "one", "No such file")
    assert refusals.hopeless(["one"]) == [(job("a"), "No such file")]


def test_many_in_a_row_are_the_folder() -> None:
    refusals = Refusals()
    for number in range(20):
        assert not refusals.is_the_folder()
        refusals.note(job(str(number)), "one", "No such file")
        refusals.hopeless(["one"])
    assert refusals.is_the_folder()
    refusals.opened(job("another"))
    assert not refusals.is_the_folder()
