"""Whether a text is one of those that its column can hold."""

from __future__ import annotations

from functools import lru_cache

from normalizers.rules.units import per_mille
from normalizers.vocabulary.phrases import load_lexicon, plan_mend
from normalizers.vocabulary.slips import partners_of
from normalizers.vocabulary.units import load_units, unit_key

# What a raised figure is read as: another one, or nothing.
_FIGURES = ("2", "3", "")


def is_printed(role: str, text: str) -> bool:
    """True for a text of the column's closed list as it stands; what would have to be mended first is none."""
    column = "level2" if role == "level1" else role
    return is_known(role, text) and plan_mend(column, text) is None


def is_known(role: str, text: str) -> bool:
    """True for a text of the column's closed list, or one that the rules mend to it."""
    if role == "unit":
        return load_units().known(text) or load_units().is_sentinel(text) or per_mille.mend(text) != text
    column = "level2" if role == "level1" else role
    if load_lexicon().knows(column, text):
        return True
    plan = plan_mend(column, text)
    return plan is not None and all(slip.kind in ("doubled", "inserted", "misread") for slip in plan.slips)


@lru_cache(maxsize=4096)
def has_near_unit(text: str) -> bool:
    """True for a unit that one misread character, or a raised figure that is lost or another, makes another unit.

    >>> has_near_unit("m2"), has_near_unit("m"), has_near_unit("株"), has_near_unit("公里")
    (True, True, True, False)
    """
    units, key = load_units(), unit_key(text)
    name = units.canonical(text)
    stem = key.rstrip("23")
    others = {stem + figure for figure in _FIGURES} if stem.endswith("m") else set()
    others |= {key[:at] + near + key[at + 1 :] for at, char in enumerate(key) for near in partners_of(char)}
    return any(units.canonical(other) not in (None, name) for other in others)
