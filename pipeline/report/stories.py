"""What a finding's code means, in a sentence: from the check that makes it."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def _stories() -> dict[str, str]:
    from normalizers.checks.catalogue import CHECKS

    return {code: each.story.split("\n")[0] for each in CHECKS for code in (each.id, *each.also)}


def story_of(code: str) -> str:
    """The first sentence of the check's story; empty for what readers and rules ask about."""
    return _stories().get(code, "")
