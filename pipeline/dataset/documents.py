"""A file of ``documents/`` as it is opened again: what somebody damaged says so, and breaks nobody who works with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.dataset.files import load_json
from pipeline.errors import JobError
from pipeline.messages import tell

_LISTS = ("tables", "corrections", "findings")
_OF_FINDING = ("path", "code", "severity", "message")


def load_document(path: Path) -> dict[str, Any]:
    """One clean document.

    Raises:
        JobError: the file cannot be opened, or is none of ours any more.
    """
    try:
        value = load_json(path)
        whole = _is_whole(value)
    except (OSError, ValueError, RecursionError) as error:
        raise JobError(*tell("document.damaged", path=path)) from error
    if not whole:
        raise JobError(*tell("document.damaged", path=path))
    return value


def _is_whole(value: Any) -> bool:
    """Whether all is there that programs which open it ask for: kinds and names, not what they say."""
    if not isinstance(value, dict) or not isinstance(value.get("document"), dict) or not isinstance(value.get("provenance"), dict):
        return False
    about = value["document"]
    if not all(isinstance(about.get(name), str) for name in ("path", "sha256")) or not _are(about.get("paths"), str):
        return False
    if not all(_are(value.get(name), dict) for name in _LISTS) or not _are(list(value["provenance"].values()), dict):
        return False
    return all(_are(table.get("indicators"), dict) for table in value["tables"]) and all(
        isinstance(found.get(name), str) for found in value["findings"] for name in _OF_FINDING
    )


def _are(values: Any, kind: type) -> bool:
    return isinstance(values, list) and all(isinstance(each, kind) for each in values)
