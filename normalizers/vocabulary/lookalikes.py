"""Characters that a reader takes for one another because they look alike."""

from __future__ import annotations

from functools import lru_cache

from normalizers.vocabulary.bundled import bundled_text

_DIGITS = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1"}


@lru_cache(maxsize=1)
def _partners() -> dict[str, frozenset[str]]:
    """Characters read in place of one that forms print; made by ``bench/lookalikes.py``."""
    text = bundled_text("lookalikes.txt")
    lines = (line.split(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {meant: frozenset(seen) for meant, seen in lines}


def look_alike(seen: str, meant: str) -> bool:
    """True when the one character is easily read for the other.

    >>> look_alike("末", "未"), look_alike("O", "0"), look_alike("大", "小")
    (True, True, False)
    """
    return seen in _partners().get(meant, frozenset()) or _DIGITS.get(seen) == meant
