"""How a sample is spread over the sorts of values: every value has the same chance, and each sort its share, up or down to a whole."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from normalizers.contract import Declared, declaration_of
from normalizers.paths import inside_of

_BY_TYPE = {"amount": "money", "figure": "number", "year": "date", "date": "date"}
_BY_SPEECH = {
    "name": "name", "indicator": "name", "level": "level", "sentence": "sentence", "review": "sentence", "value": "target",
    "number": "number", "person": "person", "short": "short",
}  # fmt: skip
_TARGET = frozenset({"operator", "value", "unit"})
# In the order in which they are told.
ROLES = ("money", "target", "number", "date", "name", "person", "level", "sentence", "short", "other")


def role_of_path(path: str) -> str:
    """What sort of field a path of a document is.

    >>> role_of_path("/tables/0/funds/total"), role_of_path("/tables/1/indicators/3/unit"), role_of_path("/tables/0/title")
    ('money', 'target', 'name')
    """
    declared: Declared | None = declaration_of(inside_of(path))
    if declared is None:
        return "other"
    if declared.name in _TARGET:
        return "target"
    return _BY_TYPE.get(declared.type) or _BY_SPEECH.get(declared.speech or "", "other")


def choose(sizes: Mapping[str, int], count: int, seed: int) -> dict[str, set[int]]:
    """Places in each stratum, counted from nought, so that ``count`` are drawn in all, or all there are.

    Args:
        sizes: how many values each stratum has.
    """
    shares = _shares(sizes, count, Random(f"{seed} shares"))
    return {name: set(Random(f"{seed} {name}").sample(range(sizes[name]), shares[name])) for name in sorted(sizes)}


def _shares(sizes: Mapping[str, int], count: int, chance: Random) -> dict[str, int]:
    """The share of each stratum, up or down to a whole by chance, so that its mean is the share itself.

    The pivotal method: two broken shares meet, and one of them becomes whole. In whole numbers, so
    that nothing is lost to rounding.
    """
    total = sum(sizes.values())
    count = min(count, total)
    shares = {name: count * size // total for name, size in sizes.items()}
    rests = {name: count * size % total for name, size in sizes.items()}
    held = ""
    for name in sorted(sizes):
        if not rests[name]:
            continue
        if held:
            one, other = _meet(rests[held], rests[name], total, chance)
            rests[held], rests[name] = one, other
        held = next((each for each in (held, name) if each and 0 < rests[each] < total), "")
    return {name: share + rests[name] // total for name, share in shares.items()}


def _meet(one: int, other: int, total: int, chance: Random) -> tuple[int, int]:
    """Two broken parts of ``total`` with the same sum, one of them none or all; the mean of each is what it was."""
    both = one + other
    if both < total:
        return (both, 0) if chance.randrange(both) < one else (0, both)
    rest = 2 * total - both
    if rest == 0:
        return total, total
    return (total, both - total) if chance.randrange(rest) < total - other else (both - total, total)
