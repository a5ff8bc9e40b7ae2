"""Which modules of this program another one needs, by its imports, those inside functions counted."""

from __future__ import annotations

import re
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


# Lines are looked at, since a whole parse of so many files takes longer than cleaning a form. A line of a text that looks
# like an import names a module too many, which does no harm.
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\((?:#[^\n]*|[^)#])*\)|[^\n#]+)|import[ \t]+([^\n#]+))", re.MULTILINE)
_COMMENT = re.compile(r"#[^\n]*")
_NAME = re.compile(r"(?:^|[,(])\s*([\w.]+)")


@lru_cache(maxsize=1024)
def _imports_of(file: Path) -> tuple[str, ...]:
    return tuple(_names(file.read_text(encoding="utf-8")))


def _names(code: str) -> Iterator[str]:
    """Modules that some code imports, and what it takes from them, which may be modules, too."""
    for module, taken, modules in _IMPORT.findall(code):
        if modules:
            yield from _NAME.findall(modules)
        else:
            yield module
            yield from (f"{module}.{name}" for name in _NAME.findall(_COMMENT.sub("", taken)))
