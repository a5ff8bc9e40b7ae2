"""Chinese family names: a person's name that begins with none was most likely misread."""

from __future__ import annotations

from functools import lru_cache

from normalizers.vocabulary.bundled import bundled_text
from normalizers.vocabulary.characters import is_han

# Longer names are those of other peoples, written by their sound; they have no family name of this list.
_LENGTHS = range(2, 5)


@lru_cache(maxsize=1)
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Names of one character, and of two."""
    text = bundled_text("surnames.txt")
    words = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    return frozenset(char for word in words if len(word) > 2 for char in word), frozenset(word for word in words if len(word) == 2)


def lacks_surname(name: str) -> bool:
    """True for two to four characters of which the first are no family name."""
    single, double = _surnames()
    return len(name) in _LENGTHS and all(map(is_han, name)) and name[0] not in single and name[:2] not in double


def has_double_surname(name: str) -> bool:
    """True for a name that begins with a family name of two characters."""
    return name[:2] in _surnames()[1]
