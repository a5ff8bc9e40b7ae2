"""Whether two wordings differ by slips only, and how much doubt that leaves."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from normalizers.vocabulary.bundled import bundled_text
from normalizers.vocabulary.name_words import load_words

IMPOSSIBLE = 1.0
_DOUBLED, _LIKE, _LOST, _EXTRA, _UNLIKE = 0.015, 0.02, 0.05, 0.055, 0.06
# Shorter wordings leave too little to hold on to.
_SHORTEST, _UNLIKE_LENGTH, _LONG = 5, 6, 9
_COMMON_END = "满意度"


@lru_cache(maxsize=1)
def _partners() -> dict[str, str]:
    text = bundled_text("name-lookalikes.txt")
    return dict(line.split(" ") for line in text.splitlines() if line and not line.startswith("#"))


def looks_like(seen: str, meant: str) -> bool:
    """True when the two characters are near in print."""
    partners = _partners()
    return seen in partners.get(meant, "") or meant in partners.get(seen, "")


@lru_cache(maxsize=4096)
def partners_of(char: str) -> tuple[str, ...]:
    """Characters near to one in print, whichever of the two is listed for the other."""
    partners = _partners()
    return tuple(sorted(set(partners.get(char, "")) | {other for other, near in partners.items() if char in near}))


def slip_cost(seen: str, meant: str, known_pairs: frozenset[str], confirmed: bool = False) -> float:
    """The doubt that slips leave, 1.0 when the difference may be meant.

    Args:
        seen: the words of the row.
        meant: the words of a library entry.
        known_pairs: two characters that stand side by side in the library: a
            changed character that makes such a pair makes a word, not a slip.
        confirmed: the row's explanation says the library's words. Without that a
            character changed into one of another shape proves nothing: 铁路养护里程
            is no slip of 公路养护里程.
    """
    edits = Levenshtein.editops(seen, meant)
    costs = [_edit_cost(seen, meant, edit.tag, edit.src_pos, edit.dest_pos, known_pairs) for edit in edits]
    if not confirmed and _UNLIKE in costs:
        return IMPOSSIBLE
    if not costs or max(costs) >= IMPOSSIBLE:
        return IMPOSSIBLE if costs else 0.0
    # Of 观众满意度 only 观众 tells it from 群众满意度.
    telling = len(meant) - (len(_COMMON_END) if meant.endswith(_COMMON_END) and seen.endswith(_COMMON_END) else 0)
    doubled = len(costs) == 1 and costs[0] == _DOUBLED
    unlike = sum(cost > _LIKE for cost in costs)
    long_enough = telling >= (_SHORTEST - 1 if confirmed or doubled else _UNLIKE_LENGTH if unlike else _SHORTEST)
    few_enough = confirmed or len(costs) == 1 or (telling >= _LONG and unlike <= 1)
    return sum(costs) if long_enough and few_enough else IMPOSSIBLE


def _edit_cost(seen: str, meant: str, tag: str, at: int, to: int, known_pairs: frozenset[str]) -> float:
    contrast = load_words().contrast
    if tag == "replace":
        word = _makes_word(seen, at, known_pairs)
        if looks_like(seen[at], meant[to]):
            return _LOST if word else _LIKE
        return IMPOSSIBLE if word or seen[at] in contrast else _UNLIKE
    if tag == "delete":
        if seen[at] in seen[max(0, at - 1) : at] + seen[at + 1 : at + 2]:
            return _DOUBLED
        inside = 0 < at < len(seen) - 1
        return _EXTRA if inside and seen[at] not in contrast and not _makes_word(seen, at, known_pairs) else IMPOSSIBLE
    # A word that lost its first or last character may have been another word, and so may one whose rest makes a word.
    whole = 0 < to < len(meant) - 1 and meant[to] not in contrast and seen[at - 1 : at + 1] not in known_pairs
    return _LOST if whole else IMPOSSIBLE


def _makes_word(seen: str, at: int, known_pairs: frozenset[str]) -> bool:
    """True when the character makes a known pair with a neighbour."""
    return seen[max(0, at - 1) : at + 1] in known_pairs or seen[at : at + 2] in known_pairs


def is_shortened(short: str, full: str) -> bool:
    """True when the short wording leaves out characters of the full one and keeps most."""
    rest = iter(full)
    return _SHORTEST - 2 < len(short) < len(full) <= 2 * len(short) and all(char in rest for char in short)
