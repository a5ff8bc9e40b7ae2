"""Workers that die, hang or wear out."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.options import ReadOptions
from pipeline.dataset import Dataset
from pipeline.errors import NotWritableError
from pipeline.inputs.hashing import hash_file
from pipeline.inputs.walk import Input
from pipeline.processes.memory import hard_limit, total_bytes
from pipeline.read_job import Task
from pipeline.runners import read_all
from pipeline.settings import Settings
from tests.pipeline.bad_inputs import hanging_pdf, pdf_without_table, vast_png

SETTINGS = Settings(read=ReadOptions(threads=1), jobs=1)


def task_of(path: Path, dataset: Path) -> Task:
    return Task(path, path.name, hash_file(Input(path, path.name)), dataset)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    dataset = Dataset(tmp_path / "out")
    dataset.create()
    path = tmp_path / "words.pdf"
    pdf_without_table(path)
    return task_of(path, dataset.root)


def kill_workers(times: int) -> threading.Thread:
    """Kill the next workers as soon as each has started, as the kernel does when memory is out."""

    def hunt() -> None:
        killed: set[int | None] = set()
        until = time.monotonic() + 30
        while len(killed) < times and time.monotonic() < until:
            for process in multiprocessing.active_children():
                if process.pid not in killed:
                    process.kill()
                    killed.add(process.pid)
            time.sleep(0.005)

    hunter = threading.Thread(target=hunt, daemon=True)
    hunter.start()
    return hunter


@contextmanager
def seen_workers() -> Iterator[set[int | None]]:
    """The processes that there were during the block."""
    seen: set[int | None] = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            seen.update(process.pid for process in multiprocessing.active_children())

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield seen
    finally:
        ended.set()
        looker.join()


def test_a_worker_that_dies_once_costs_one_retry(task: Task) -> None:
    hunter = kill_workers(1)
    (result,) = read_all([task], SETTINGS)
    hunter.join()
    assert result.outcome is not None and result.outcome.pages == 1


def test_a_file_that_kills_two_workers_is_a_failure(task: Task) -> None:
    hunter = kill_workers(2)
    (result,) = read_all([task], SETTINGS)
    hunter.join()
    assert result.failure is not None and result.failure.code == "worker-died"
    assert "signal 9" in result.failure.reason and "retry" in result.failure.way_out


def test_a_file_over_its_time_is_a_failure(task: Task) -> None:
    (result,) = read_all([task], replace(SETTINGS, document_timeout=1e-6))
    assert result.failure is not None and result.failure.code == "timeout"


def test_a_page_that_hangs_the_reader_is_named(task: Task, tmp_path: Path) -> None:
    hanging_pdf(tmp_path / "hangs.pdf")
    tasks = [task_of(tmp_path / "hangs.pdf", task.dataset), task]
    hung, fine = sorted(read_all(tasks, replace(SETTINGS, read=replace(SETTINGS.read, page_timeout=3))), key=lambda each: each.task.name)
    assert hung.failure is not None and hung.failure.code == "page-timeout" and "page 1" in hung.failure.reason
    assert fine.outcome is not None


def test_a_picture_that_takes_all_memory_costs_itself(task: Task, tmp_path: Path) -> None:
    vast_png(tmp_path / "vast.png")
    tasks = [task_of(tmp_path / "vast.png", task.dataset), task]
    vast, fine = sorted(read_all(tasks, replace(SETTINGS, worker_memory=100 << 20)), key=lambda each: each.task.name)
    assert vast.failure is not None and vast.failure.code == "out-of-memory" and "--worker-memory" in vast.failure.way_out
    assert fine.outcome is not None


def test_what_ends_the_job_comes_back_from_the_worker(task: Task) -> None:
    gone = replace(task, dataset=task.path / "in-the-way")
    (result,) = read_all([gone], SETTINGS)
    assert isinstance(result.job_error, NotWritableError) and "cannot be written" in result.job_error.reason


def test_a_worker_that_has_grown_is_replaced(task: Task, tmp_path: Path) -> None:
    tasks = [task]
    for number in range(3):
        path = tmp_path / f"more{number}.pdf"
        path.write_bytes(task.path.read_bytes() + b"%" * (number + 1))
        tasks.append(task_of(path, task.dataset))
    with seen_workers() as workers:
        assert all(result.outcome is not None for result in read_all(tasks, replace(SETTINGS, worker_memory=1 << 20)))
    assert len(workers) >= 3


def test_the_bound_of_a_worker_fits_the_machine() -> None:
    gigabyte = 1 << 30
    assert hard_limit(0, 2) == 0
    assert hard_limit(1 << 20, 1) == gigabyte
    total = total_bytes()
    assert total == 0 or hard_limit(1536 << 20, 10_000) == 1536 << 20
    assert total < 8 * gigabyte or hard_limit(gigabyte, 1) == 4 * gigabyte


def test_a_worn_worker_is_replaced_and_no_process_stays(task: Task, tmp_path: Path) -> None:
    tasks = [task]
    for number in range(2):
        path = tmp_path / f"more{number}.pdf"
        pdf_without_table(path)
        path.write_bytes(path.read_bytes() + b"%" * (number + 1))
        tasks.append(task_of(path, task.dataset))
    results = list(read_all(tasks, replace(SETTINGS, recycle_pages=2)))
    assert all(result.outcome is not None for result in results) and len(results) == 3
    assert multiprocessing.active_children() == []
