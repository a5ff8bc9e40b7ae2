"""Every code that a finding or a correction may carry, and what it says; for ``jixiao rules`` and the documentation."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from normalizers.checks.catalogue import describe_checks
from normalizers.rules.rulebook import describe_rulebook
from normalizers.vocabulary.bundled import bundled

_SECTIONS = {"finding": ("finding",), "correction": ("correction",), "both": ("finding", "correction")}


def describe_codes() -> list[dict[str, Any]]:
    """The codes that stand in no rule, check or consensus of their own, as plain data."""
    return [
        {"id": code, "scope": " and ".join(_SECTIONS[section]), "story": story, "kinds": []}
        for section, entries in bundled("codes.toml").items()
        for code, story in entries.items()
    ]


def known_codes() -> dict[str, list[str]]:
    """Every code with the places that register it: one each, or the books are wrong."""
    found: dict[str, list[str]] = {}
    for rule in describe_rulebook():
        found.setdefault(rule["id"], []).append(f"rule {rule['id']}")
    for check in describe_checks():
        for code in check["codes"]:
            found.setdefault(code, []).append(f"check {check['id']}")
    for entry in describe_codes():
        found.setdefault(entry["id"], []).append("codes.toml")
    return found


def in_chinese(code: str) -> str:
    """What a code says, in Chinese: of a correction what was done, of a finding what to look at; the code itself where nobody wrote it."""
    return _chinese().get(code, code)


def in_english(code: str) -> str:
    """The same in English: the first sentence of the story of the rule or check, or what ``codes.toml`` says."""
    return _english().get(code, code)


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    found: dict[str, str] = {}
    for check in describe_checks():
        found |= dict.fromkeys(check["codes"], check["story"])
    for entry in (*describe_rulebook(), *describe_codes()):
        found[entry["id"]] = entry["story"]
    return {code: " ".join(story.split("\n\n")[0].split()) for code, story in found.items()}


@lru_cache(maxsize=1)
def _chinese() -> dict[str, str]:
    return {f"{family}.{what}": text for family, entries in bundled("codes.zh-CN.toml").items() for what, text in entries.items()}
