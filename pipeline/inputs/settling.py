"""Which files of a folder stand still and are whole: nobody writes them any more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.inputs.failures import Failure
from pipeline.inputs.walk import Input

# Size, times and inode: a file that was replaced, completed or given other rights differs in one of them.
Signature = tuple[int, int, int, int]
# A file without its end is waited for so many times longer; then it is taken as it is.
_PATIENCE = 12
_FIRST_AGAIN, _LONGEST_AGAIN = 60.0, 3600.0


@dataclass(slots=True)
class Settling:
    """Remembers what each file looked like, and which are done with.

    ``seconds`` is how long a file must stand still before it is taken;
    ``is_whole`` tells files that have their end.
    """

    seconds: float
    clock: Callable[[], float] = time.monotonic
    is_whole: Callable[[Path], bool] = lambda _path: True
    _seen: dict[str, tuple[Signature, float]] = field(default_factory=dict)
    _taken: dict[str, Signature] = field(default_factory=dict)
    _again: dict[str, tuple[float, float]] = field(default_factory=dict)

    def look(self, items: Iterable[Input | Failure]) -> tuple[list[Input | Failure], int]:
        """Files that stand still and were not taken yet as they are now, and how many are still on the move."""
        ready: list[Input | Failure] = []
        moving = 0
        seen: dict[str, tuple[Signature, float]] = {}
        taken: dict[str, Signature] = {}
        for item in items:
            if isinstance(item, Failure):
                ready.append(item)
                continue
            signature = signature_of(item.path)
            if signature is None:
                continue
            if self._taken.get(item.key) == signature and not self._is_due(item.key):
                taken[item.key] = signature
                continue
            known = self._seen.get(item.key)
            since = known[1] if known is not None and known[0] == signature else self.clock()
            seen[item.key] = (signature, since)
            if self._is_ready(item.path, self.clock() - since, signature):
                ready.append(item)
            else:
                moving += 1
        # What went away is looked at as new when it comes back.
        self._seen, self._taken = seen, taken
        return ready, moving

    def take(self, items: Iterable[Input | Failure]) -> None:
        """These are dealt with as they looked at the last look."""
        for item in items:
            if isinstance(item, Input) and item.key in self._seen:
                self._taken[item.key] = self._seen.pop(item.key)[0]

    def forget(self, names: Iterable[str]) -> None:
        """Look at these as if they were new."""
        for name in names:
            self._taken.pop(name, None)

    def forget_all(self) -> None:
        """The folder went away: whatever stands there later is looked at as new."""
        self._taken.clear()

    def try_again(self, names: Iterable[str]) -> None:
        """These failed over something that may pass: they are ready again in a minute, then in two, in four, at most in an hour."""
        failing = set(names)
        self._again = {name: each for name, each in self._again.items() if name in failing}
        for name in failing:
            due, pause = self._again.get(name, (0.0, _FIRST_AGAIN / 2))
            if due <= self.clock():
                pause = min(2 * pause, _LONGEST_AGAIN)
                self._again[name] = (self.clock() + pause, pause)

    def _is_due(self, name: str) -> bool:
        return name in self._again and self._again[name][0] <= self.clock()

    def _is_ready(self, path: Path, still: float, signature: Signature) -> bool:
        if still < self.seconds:
            return False
        # The age that its times tell counts as well: each call of cron sees a file for the first time.
        age = max(still, time.time() - max(signature[1], signature[2]) / 1e9)
        return age >= _PATIENCE * self.seconds or self.is_whole(path)


def signature_of(path: Path) -> Signature | None:
    """None when the file is gone."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
