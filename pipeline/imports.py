"""Which modules of this program another one needs, by its imports, those inside functions counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("extractors", "normalizers", "pipeline", "jixiao")


def modules_needed_by(*roots: str) -> dict[str, Path]:
    """The modules that these need, themselves included, by name; each with its file.

    Imports for types only count, too: what a type says may decide.
    """
    found: dict[str, Path] = {}
    waiting = [*roots]
    while waiting:
        name = waiting.pop()
        file = _file_of(name)
        if name in found or file is None:
            continue
        found[name] = file
        waiting += _imports_of(file)
        waiting += [name.rpartition(".")[0]] if "." in name else []
    return dict(sorted(found.items()))


@lru_cache(maxsize=1024)
def _file_of(name: str) -> Path | None:
    """The file of a module of this program; None for what is none."""
    package, *rest = name.split(".")
    if package not in PACKAGES:
        return None
    spec = find_spec(package)
    root = Path(spec.origin).parent if spec is not None and spec.origin else None
    if root is None:
        return None
    path = root.joinpath(*rest)
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)


@lru_cache(maxsize=1024)
def _imports_of(file: Path) -> tuple[str, ...]:
    return tuple(_names(ast.parse(file.read_bytes())))


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
