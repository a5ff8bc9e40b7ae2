"""Workers that die, hang or wear out."""

from __future__ import annotations

import multiprocessing
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.options import ReadOptions
from pipeline.dataset import Dataset
from pipeline.errors import NotWritableError
from pipeline.hashing import hash_file
from pipeline.inputs import Input
from pipeline.read_job import Task
from pipeline.settings import Settings
from pipeline.workers import read_all
from tests.pipeline.bad_inputs import pdf_without_table

SETTINGS = Settings(read=ReadOptions(threads=1), jobs=1)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    dataset = Dataset(tmp_path / "out")
    dataset.create()
    path = tmp_path / "words.pdf"
    pdf_without_table(path)
    return Task(path, "words.pdf", hash_file(Input(path, "words.pdf")), dataset.root)


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


def test_a_page_over_its_time_is_named(task: Task) -> None:
    (result,) = read_all([task], replace(SETTINGS, read=replace(SETTINGS.read, page_timeout=1e-6)))
    assert result.failure is not None and result.failure.code == "page-timeout"
    assert "page 1" in result.failure.reason


def test_what_ends_the_job_comes_back_from_the_worker(task: Task) -> None:
    gone = replace(task, dataset=task.path / "in-the-way")
    (result,) = read_all([gone], SETTINGS)
    assert isinstance(result.job_error, NotWritableError) and "cannot be written" in result.job_error.reason


def test_a_worn_worker_is_replaced_and_no_process_stays(task: Task, tmp_path: Path) -> None:
    tasks = [task]
    for number in range(2):
        path = tmp_path / f"more{number}.pdf"
        pdf_without_table(path)
        path.write_bytes(path.read_bytes() + b"%" * (number + 1))
        tasks.append(Task(path, path.name, hash_file(Input(path, path.name)), task.dataset))
    results = list(read_all(tasks, replace(SETTINGS, recycle_pages=2)))
    assert all(result.outcome is not None for result in results) and len(results) == 3
    assert multiprocessing.active_children() == []
