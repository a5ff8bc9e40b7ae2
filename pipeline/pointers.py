"""JSON Pointers into a document, as findings carry them."""

from __future__ import annotations

from typing import Any

from extractors.whole_numbers import whole_number


def pointed(value: Any, pointer: str) -> Any:
    """What a JSON Pointer points at; None when nothing is there."""
    for part in pointer.strip("/").split("/"):
        value = step_into(value, part)
    return value


def step_into(value: Any, part: str) -> Any:
    """What one part of a JSON Pointer leads to; None when nothing is there."""
    if isinstance(value, dict):
        return value.get(part.replace("~1", "/").replace("~0", "~") if "~" in part else part)
    index = whole_number(part, -1) if isinstance(value, list) else -1
    return value[index] if 0 <= index < len(value) else None


def asked_about(document: dict[str, Any]) -> frozenset[str]:
    """All that a finding for a person names or names a part of: its pointer, and the pointers of what it lies in.

    >>> finding = {"path": "/tables/0/title", "severity": "review"}
    >>> sorted(asked_about({"findings": [finding]}))
    ['/tables', '/tables/0', '/tables/0/title']
    """
    found: set[str] = set()
    for finding in document["findings"]:
        pointer = finding["path"] if finding["severity"] == "review" else ""
        while pointer and pointer not in found:
            found.add(pointer)
            pointer = pointer.rpartition("/")[0]
    return frozenset(found)
