"""The data files that come with the program, and the one place where TOML is parsed."""

from __future__ import annotations

import sys
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TomlError = tomllib.TOMLDecodeError


def parse_toml(text: str) -> dict[str, Any]:
    """The values of a TOML text.

    Raises:
        TomlError: it is none; the message says where.
    """
    return tomllib.loads(text)


def bundled_text(name: str) -> str:
    """One of the data files as text; ``name`` may hold a folder (``taxonomy/levels.toml``)."""
    return (files("normalizers") / "data").joinpath(*name.split("/")).read_text(encoding="utf-8")


def bundled_names(folder: str) -> list[str]:
    """The data files of a folder, ready for :func:`bundled`, in order."""
    return sorted(f"{folder}/{each.name}" for each in (files("normalizers") / "data" / folder).iterdir())


def bundled(name: str) -> dict[str, Any]:
    """One of the data files, parsed."""
    return parse_toml(bundled_text(name))
