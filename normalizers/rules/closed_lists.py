"""Whether a text is one of those that its column can hold."""

from __future__ import annotations

from normalizers.rules.units import per_mille
from normalizers.vocabulary.phrases import load_lexicon, plan_mend
from normalizers.vocabulary.units import load_units


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
