"""How the code is put together: no import circle, imports inside functions counted, and no crowded folder."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = tuple(name for name in ("jixiao", "pipeline", "normalizers", "extractors") if (ROOT / name).is_dir())
# One file a rule, a check, a format: such a folder may grow.
FAMILIES = {"rules", "checks", "export"}


def modules(root: Path, packages: tuple[str, ...]) -> dict[str, Path]:
    found = {}
    for file in (file for package in packages for file in (root / package).rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imported(file: Path, known: dict[str, Path]) -> Iterator[str]:
    """The project's modules that a file imports, wherever in it; the imports of this project are absolute."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            for name in (f"{node.module}.{alias.name}" for alias in node.names):
                yield from (each for each in (name, name.rpartition(".")[0]) if each in known)


def graph(root: Path, packages: tuple[str, ...]) -> dict[str, set[str]]:
    known = modules(root, packages)
    # A package that names one of its own modules in a from-import asks for the module, not for the package.
    return {name: {each for each in imported(file, known) if not f"{name}.".startswith(f"{each}.")} for name, file in known.items()}


def test_no_module_imports_itself_over_others() -> None:
    TopologicalSorter(graph(ROOT, PACKAGES)).prepare()


def test_an_import_inside_a_function_closes_a_circle(tmp_path: Path) -> None:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "one.py").write_text("from toy.two import b\n")
    (tmp_path / "toy" / "two.py").write_text("def b():\n    from toy import one\n")
    with pytest.raises(CycleError):
        TopologicalSorter(graph(tmp_path, ("toy",))).prepare()


def test_no_folder_is_crowded() -> None:
    counts = Counter(file.parent for file in modules(ROOT, PACKAGES).values() if file.name != "__init__.py")
    assert {str(folder): count for folder, count in counts.items() if count > 25 and folder.name not in FAMILIES} == {}
