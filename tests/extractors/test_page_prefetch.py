"""Pages read two at a time: the same results, in order, and large ones alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, Lock

import cv2
import pytest
from PIL import Image

from extractors.errors import BrokenFileError
from extractors.model import Page
from extractors.options import ReadOptions
from extractors.page_prefetch import OpenPage, Read, read_pages
from extractors.pictures.file import ocr_engine
from extractors.reading import read_file

SAMPLES = Path(__file__).parents[2] / "samples"
LARGE = 20_000_000


class Pages:
    """Pages that do, when they are read, what a test says; which were begun, and how many were in hand at most."""

    def __init__(self, *work: Callable[[], None], pixels: Sequence[int] = ()) -> None:
        self.work, self.pixels, self.page_count = work, pixels or [0] * len(work), len(work)
        self.begun: list[int] = []
        self.most = self._in_hand = 0
        self._counting = Lock()

    def open_page(self, page_index: int) -> OpenPage:
        return OpenPage(self.pixels[page_index], lambda: self._read(page_index))

    def _read(self, page_index: int) -> Read:
        with self._counting:
            self.begun.append(page_index)
            self._in_hand += 1
            self.most = max(self.most, self._in_hand)
        try:
            self.work[page_index]()
        finally:
            with self._counting:
                self._in_hand -= 1
        return Page(page_index + 1, 1.0, 1.0, "ocr"), []


def nothing() -> None:
    pass


def broken() -> None:
    raise BrokenFileError("The page is damaged.", "Scan it again.")


def test_a_document_reads_the_same_one_page_at_a_time_and_two(tmp_path: Path) -> None:
    path = tmp_path / "pages.tiff"
    scan = Image.open(SAMPLES / "bw-scan" / "input.tiff").convert("L")
    others = [scan.rotate(180), scan.crop((0, 0, 1200, 900))]
    scan.save(path, save_all=True, append_images=others, dpi=(200, 200), compression="tiff_deflate")
    told: list[int] = []
    alone = read_file(path, ReadOptions(threads=1, device="cpu"))
    assert read_file(path, ReadOptions(threads=2, device="cpu"), told.append) == alone
    assert told == [1, 2, 3]
    assert [page.rotation for page in alone.pages][:2] == [0, 180]


def test_two_pages_are_in_hand_and_no_more() -> None:
    both = Barrier(2)
    pages = Pages(*[lambda: both.wait(20)] * 4)
    assert [result()[0].page_no for result in read_pages(pages, 2)] == [1, 2, 3, 4]
    assert pages.most == 2


def test_a_broken_page_raises_where_it_stands_and_the_others_are_read() -> None:
    results = list(read_pages(Pages(nothing, broken, nothing), 2))
    assert [results[0]()[0].page_no, results[2]()[0].page_no] == [1, 3]
    with pytest.raises(BrokenFileError):
        results[1]()


def test_a_large_page_is_read_alone_and_is_not_overtaken() -> None:
    stays = Event()
    pages = Pages(lambda: stays.wait(0.2) and None, nothing, nothing, nothing, pixels=[0, LARGE, 0, LARGE])
    for result in read_pages(pages, 2):
        result()
    assert pages.most == 1
    assert pages.begun.index(1) < pages.begun.index(2)


def test_who_stops_early_leaves_the_rest_unread() -> None:
    pages = Pages(*[nothing] * 200)
    results = read_pages(pages, 2)
    next(results)()
    results.close()
    assert len(pages.begun) < 200


def test_pages_read_at_a_time_share_one_engine_and_its_threads() -> None:
    options = ReadOptions(threads=2, device="auto")  # no other test opens this one
    start = Barrier(2)

    def opened() -> int:
        start.wait(20)
        return id(ocr_engine(options))

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(opened), pool.submit(opened)
        assert one.result() == other.result()
    engine, of_opencv = ocr_engine(options), cv2.getNumThreads()
    with engine.page():
        assert engine.threads == 2
        with engine.page():
            assert (engine.threads, cv2.getNumThreads()) == (1, max(1, of_opencv // 2))
    assert (engine.threads, cv2.getNumThreads()) == (2, of_opencv)
