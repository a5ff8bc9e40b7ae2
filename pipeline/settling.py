"""Which files of a folder stand still: nobody writes them any more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.failures import Failure
from pipeline.inputs import Input

# Size, times and inode: a file that was replaced, completed or given other rights differs in one of them.
Signature = tuple[int, int, int, int]


@dataclass(slots=True)
class Settling:
    """Remembers what each file looked like, and which are done with.

    ``seconds`` is how long a file must stand still before it is taken.
    """

    seconds: float
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[Signature, float]] = field(default_factory=dict)
    _taken: dict[str, Signature] = field(default_factory=dict)

    def look(self, items: Iterable[Input | Failure]) -> tuple[list[Input | Failure], int]:
        """Files that stand still and were not taken yet as they are now, and how many are still on the move."""
        ready: list[Input | Failure] = []
        moving = 0
        present: dict[str, tuple[Signature, float]] = {}
        for item in items:
            if isinstance(item, Failure):
                ready.append(item)
                continue
            signature = signature_of(item.path)
            if signature is None or self._taken.get(item.name) == signature:
                continue
            known = self._seen.get(item.name)
            since = known[1] if known is not None and known[0] == signature else self.clock()
            present[item.name] = (signature, since)
            if self.clock() - since >= self.seconds:
                ready.append(item)
            else:
                moving += 1
        self._seen = present
        return ready, moving

    def take(self, items: Iterable[Input | Failure]) -> None:
        """These are dealt with as they looked at the last look."""
        for item in items:
            if isinstance(item, Input) and item.name in self._seen:
                self._taken[item.name] = self._seen.pop(item.name)[0]

    def forget(self, names: Iterable[str]) -> None:
        """Look at these as if they were new."""
        for name in names:
            self._taken.pop(name, None)


def signature_of(path: Path) -> Signature | None:
    """None when the file is gone."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
