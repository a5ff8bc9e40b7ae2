"""Names of what nobody means to give: files that are not whole yet, and those of editors and systems."""

from __future__ import annotations

_TEMPORARY = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")
_SYSTEM = {"Thumbs.db", "desktop.ini"}


def is_temporary(name: str) -> bool:
    """True for names that copy tools give to files that are not whole yet."""
    return name.endswith(_TEMPORARY) or name in _SYSTEM or name.startswith("~$")


def is_hidden(name: str) -> bool:
    return name.startswith(".")
