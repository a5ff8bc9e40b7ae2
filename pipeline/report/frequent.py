"""Counting names of which there may be more than memory should hold: the common ones are kept."""

from __future__ import annotations

from collections import Counter

_MOST = 50_000


class Frequent:
    """Counts of texts; above ``most`` different ones the rarer half is dropped, and counts become "at least"."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()
        self.total = 0
        self.dropped = 0

    def add(self, text: str) -> None:
        self._counts[text] += 1
        self.total += 1
        if len(self._counts) > self._most:
            kept = Counter(dict(self._counts.most_common(self._most // 2)))
            self.dropped += self._counts.total() - kept.total()
            self._counts = kept

    def most_common(self, count: int) -> list[tuple[str, int]]:
        """The commonest, those alike by their text."""
        return sorted(self._counts.items(), key=lambda each: (-each[1], each[0]))[:count]

    def __len__(self) -> int:
        return len(self._counts)
