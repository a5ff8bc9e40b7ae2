"""Two independent pieces of work on one page at the same time: while one waits for the recogniser, the other computes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


def side_by_side(one: Callable[[], One], other: Callable[[], Other], threads: int) -> tuple[One, Other]:
    """What both give; one after the other where only one thread may be busy.

    Raises:
        Exception: what ``one`` or ``other`` raises, when both have ended.
    """
    if threads < 2:
        return one(), other()
    with ThreadPoolExecutor(1, "aside") as aside:
        later = aside.submit(one)
        done = other()
        return later.result(), done
