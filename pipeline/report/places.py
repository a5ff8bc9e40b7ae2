"""Whether a finding speaks of a value: on the field itself, its row, its table or the whole document."""

from __future__ import annotations

from collections.abc import Set


def covered(path: str, marked: Set[str]) -> bool:
    """Whether one of these paths is the path or holds it.

    >>> covered("/tables/0/funds/total", {"/tables/0"}), covered("/tables/10/title", {"/tables/1"})
    (True, False)
    """
    if not marked:
        return False
    end = len(path)
    while end > 0:
        if path[:end] in marked:
            return True
        end = path.rfind("/", 0, end)
    return "" in marked or "/" in marked
