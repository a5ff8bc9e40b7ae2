"""Long documents are read page by page, and come out as if one process had read them whole."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.options import ReadOptions
from extractors.reading import read_file
from extractors.reads import document_to_read
from pipeline.dataset import Dataset, to_json
from pipeline.inputs.hashing import hash_file
from pipeline.inputs.walk import Input
from pipeline.page_store import PageStore, sweep_pages
from pipeline.read_job import Desk, Job, Long, PageRead, Result, Task
from pipeline.runners import read_all
from pipeline.settings import Settings
from tests.pipeline.bad_inputs import hanging_pdf
from tests.pipeline.test_workers import seen_workers

SAMPLES = Path(__file__).parents[2] / "samples"
SETTINGS = Settings(read=ReadOptions(threads=1), jobs=2)


def pdf_of_pages(path: Path, count: int, *extra: Path) -> None:
    """The pages of the samples over and over, then those of other files."""
    import pypdfium2

    target = pypdfium2.PdfDocument.new()
    source = pypdfium2.PdfDocument(SAMPLES / "born-digital" / "input.pdf")
    for number in range(count):
        target.import_pages(source, [number % len(source)])
    for other in extra:
        target.import_pages(pypdfium2.PdfDocument(other))
    target.save(path)


def task_of(path: Path, dataset: Path) -> Task:
    Dataset(dataset).create()
    return Task(path, path.name, hash_file(Input(path, path.name)), dataset)


def whole(path: Path) -> str:
    """The read of a file by one process."""
    return to_json(document_to_read(read_file(path, replace(SETTINGS.read, name=path.name))))


@pytest.fixture
def long(tmp_path: Path) -> Task:
    pdf_of_pages(tmp_path / "long.pdf", 21)
    return task_of(tmp_path / "long.pdf", tmp_path / "out")


def read_text(task: Task) -> str:
    return Dataset(task.dataset).read_path(task.sha256).read_text(encoding="utf-8")


def test_a_long_pdf_is_spread_and_comes_out_the_same(long: Task) -> None:
    (result,) = read_all([long], SETTINGS)
    assert result.outcome is not None and result.outcome.pages == 21
    assert read_text(long) == whole(long.path)
    assert not (long.dataset / ".pages").exists()


@pytest.mark.parametrize("long_pages", [2, 8])
def test_a_tiff_of_many_frames_comes_out_the_same(tmp_path: Path, long_pages: int) -> None:
    """By pages for all workers, or as the only document by one worker that has all cores."""
    from PIL import Image

    with Image.open(SAMPLES / "bw-scan" / "input.tiff") as scan:
        frames = [scan.convert("1").crop((0, 0, scan.width, scan.height // 4)), Image.new("1", (200, 100), 1)]
    frames[0].save(tmp_path / "many.tiff", save_all=True, append_images=frames[1:] * 2, dpi=(200, 200), compression="group4")
    task = task_of(tmp_path / "many.tiff", tmp_path / "out")
    (result,) = read_all([task], replace(SETTINGS, long_pages=long_pages))
    assert result.outcome is not None and result.outcome.pages == 3
    assert read_text(task) == whole(task.path)


def test_both_workers_share_the_pages(long: Task) -> None:
    with seen_workers() as seen:
        list(read_all([long], SETTINGS))
    assert len(seen) == 2


def test_pages_of_a_stopped_run_are_not_read_again(long: Task) -> None:
    desk = Desk(SETTINGS.read)
    split = desk.do(Job(long))
    assert isinstance(split, Long) and split.missing == tuple(range(1, 22))
    for page_no in (1, 2, 3):
        assert isinstance(desk.do(Job(long, "page", page_no)), PageRead)
    desk.close()
    kept = {path: path.stat().st_mtime_ns for path in (long.dataset / ".pages").rglob("*.page")}
    again = Desk(SETTINGS.read).do(Job(long))
    assert isinstance(again, Long) and again.missing == tuple(range(4, 22))
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    list(read_all([long], SETTINGS))
    assert read_text(long) == whole(long.path)


def test_a_spoiled_page_is_read_again(long: Task) -> None:
    desk = Desk(SETTINGS.read)
    for page_no in range(1, 22):
        desk.do(Job(long, "page", page_no))
    pages = sorted((long.dataset / ".pages").rglob("*.page"))
    pages[0].write_bytes(pages[0].read_bytes()[:100])
    pages[1].write_bytes(pickle.dumps(os.system))  # a file that would run code is no page
    (result,) = read_all([long], SETTINGS)
    assert result.outcome is not None and read_text(long) == whole(long.path)


def test_a_worker_that_dies_over_a_page_costs_that_page(long: Task) -> None:
    def kill_one() -> None:
        store = long.dataset / ".pages"
        until = time.monotonic() + 30
        while time.monotonic() < until and len(list(store.rglob("*.page"))) < 4:
            time.sleep(0.005)
        multiprocessing.active_children()[0].kill()

    killer = threading.Thread(target=kill_one)
    killer.start()
    (result,) = read_all([long], SETTINGS)
    killer.join()
    assert result.outcome is not None and read_text(long) == whole(long.path)


def test_a_page_that_hangs_fails_its_document_and_no_other(tmp_path: Path) -> None:
    hanging_pdf(tmp_path / "hangs.pdf")
    pdf_of_pages(tmp_path / "bad.pdf", 9, tmp_path / "hangs.pdf")
    pdf_of_pages(tmp_path / "good.pdf", 10)
    tasks = [task_of(tmp_path / name, tmp_path / "out") for name in ("bad.pdf", "good.pdf")]
    results = {r.task.name: r for r in read_all(tasks, replace(SETTINGS, read=replace(SETTINGS.read, page_timeout=3)))}
    failure = results["bad.pdf"].failure
    assert failure is not None and failure.code == "page-timeout" and "page 10" in failure.reason
    assert results["good.pdf"].outcome is not None


def test_a_document_whose_pages_are_all_broken_fails_as_ever(tmp_path: Path) -> None:
    from PIL import Image

    frames = [Image.new("L", (60, 60), 255) for _ in range(10)]
    frames[0].save(tmp_path / "cut.tiff", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    data = bytearray((tmp_path / "cut.tiff").read_bytes())
    data = bytearray(data.replace(b"\x80\x3f", b"\xff\xff"))
    (tmp_path / "cut.tiff").write_bytes(bytes(data))
    task = task_of(tmp_path / "cut.tiff", tmp_path / "out")
    (short,) = read_all([task], replace(SETTINGS, long_pages=100))
    (long_way,) = read_all([task], SETTINGS)
    assert isinstance(long_way, Result) and long_way.failure == short.failure


def test_pages_that_nobody_needs_are_swept(long: Task) -> None:
    store = PageStore(long.dataset, long.sha256, SETTINGS.read)
    Desk(SETTINGS.read).do(Job(long, "page", 1))
    sweep_pages(Dataset(long.dataset))
    assert store.get(1) is not None
    time.sleep(0.02)
    Dataset(long.dataset).read_path(long.sha256).write_text("{}", encoding="utf-8")
    sweep_pages(Dataset(long.dataset))
    assert store.get(1) is None and not (long.dataset / ".pages").exists()
