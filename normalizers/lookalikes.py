"""Characters that a reader takes for one another because they look alike."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

_DIGITS = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1"}


@lru_cache(maxsize=1)
def _partners() -> dict[str, frozenset[str]]:
    text = (files("normalizers") / "data" / "lookalikes.txt").read_text(encoding="utf-8")
    partners: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            for char in line.strip():
                partners.setdefault(char, set()).update(line.strip())
    return {char: frozenset(others - {char}) for char, others in partners.items()}


def look_alike(seen: str, meant: str) -> bool:
    """True when the one character is easily read for the other.

    >>> look_alike("未", "末"), look_alike("O", "0"), look_alike("大", "小")
    (True, True, False)
    """
    return meant in _partners().get(seen, frozenset()) or _DIGITS.get(seen) == meant
