"""Pages of one document read two at a time, where there are cores for it; their results come in the order of the pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Condition, Lock
from typing import Protocol

from extractors.memory import keep_some
from extractors.model import Page, Table

Read = tuple[Page, list[Table]]

_AT_ONCE = 2
# A page of more pixels than this (A4 at 350 dpi has 12 million) is read with no other beside it, to be sparing of memory.
_LARGE = 12_000_000


@dataclass(frozen=True, slots=True)
class OpenPage:
    """What one page holds is taken from its file; ``read`` reads it, in any thread.

    ``pixels`` is how many its picture has, or will have when ``read`` decodes it; 0 for a page with a text layer.
    """

    pixels: int
    read: Callable[[], Read]


class PageSource(Protocol):
    """An open file of pages."""

    page_count: int

    def open_page(self, page_index: int) -> OpenPage:
        """For one thread at a time."""
        ...


def pages_at_once(threads: int | None) -> int:
    """How many pages of a document are read at a time where so many cores may be busy; None for all."""
    return min(_AT_ONCE, threads or os.cpu_count() or 1)


def read_pages(source: PageSource, at_once: int) -> Generator[Callable[[], Read], None, None]:
    """For each page in order a function that returns it as read, or raises what is wrong with it.

    Args:
        at_once: 1 reads a page when its function is called; with more, the next one may be read meanwhile.
    """
    if at_once < 2 or source.page_count < 2:
        for page_index in range(source.page_count):
            yield partial(_read, source, page_index)
        return
    opening, room = Lock(), _Room(at_once)

    def read(page_index: int) -> Read:
        with opening:
            opened = source.open_page(page_index)
        with room.taken(at_once if opened.pixels > _LARGE else 1):
            return opened.read()

    keep_some(at_once)  # before there are threads, each with a heap of its own
    pool = ThreadPoolExecutor(at_once, "page")
    try:
        for later in [pool.submit(read, page_index) for page_index in range(source.page_count)]:
            yield later.result
    finally:
        pool.shutdown(cancel_futures=True)


def _read(source: PageSource, page_index: int) -> Read:
    return source.open_page(page_index).read()


class _Room:
    """Places for pages; who waits for several is not overtaken by those who need one."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._changed = Condition()
        self._gate = Lock()

    @contextmanager
    def taken(self, places: int) -> Iterator[None]:
        with self._gate, self._changed:
            self._changed.wait_for(lambda: self._free >= places)
            self._free -= places
        try:
            yield
        finally:
            with self._changed:
                self._free += places
                self._changed.notify_all()
