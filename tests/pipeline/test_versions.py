"""A document is stale when something that it is made by has changed, and only then."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.imports import _imports_of, modules_needed_by
from pipeline.versions import CLEANED_BY

ROOT = Path(__file__).parents[2]
PACKAGES = ("extractors", "normalizers", "pipeline")


def version_in(code: Path) -> str:
    told = "from pipeline.versions import cleaning_version; print(cleaning_version(None, None))"
    env = {**os.environ, "PYTHONPATH": str(code)}
    run = subprocess.run([sys.executable, "-c", told], cwd=code, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("code")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ("extractors/tables/wrap.py", True),
        ("extractors/origin.py", True),
        ("extractors/model.py", True),
        ("normalizers/rules/money.py", True),
        ("normalizers/data/labels.toml", True),
        ("pipeline/export/rows.py", True),
        ("extractors/ocr/recognizer.py", False),
        ("pipeline/watch.py", False),
        ("pipeline/commands/clean.py", False),
    ],
)
def test_what_makes_a_document_stale(code: Path, changed: str, stale: bool) -> None:
    before = version_in(code)
    with (code / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert (version_in(code) != before) == stale


def test_what_cleaning_calls_is_what_is_looked_at() -> None:
    """Whatever of reading, mending and rows the work on one document imports itself."""
    covered = modules_needed_by(*CLEANED_BY)
    text = (ROOT / "pipeline" / "cleaning" / "work.py").read_text(encoding="utf-8")
    words = [line.split()[1] for line in map(str.strip, text.splitlines()) if line.startswith("from ")]
    asked = {name for name in words if name.startswith(("extractors.", "normalizers.", "pipeline.export."))}
    assert len(asked) >= 4 and asked - {"pipeline.export.csv_files"} <= set(covered), "its folder is looked at whole"


def test_imports_inside_functions_and_of_packages_count() -> None:
    needed = modules_needed_by("extractors.pdf.reader")
    assert {"extractors", "extractors.pdf", "extractors.pdf.file", "extractors.pictures.scan"} <= set(needed)
    assert all(path.is_file() for path in needed.values())


def test_the_imports_that_are_seen_are_those_that_python_sees() -> None:
    """Lines are looked at there, the whole parse here."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            seen = {name for name in _imports_of(path) if name.partition(".")[0] in PACKAGES}
            nodes = list(ast.walk(ast.parse(path.read_bytes())))
            plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
            taken = {(node.module or "", alias.name) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
            imported = plain | {module for module, _ in taken} | {f"{module}.{name}" for module, name in taken}
            assert seen == {name for name in imported if name.partition(".")[0] in PACKAGES}, path


def test_imports_over_lines_with_comments_and_other_names_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "import extractors.one, extractors.two as two  # why\nfrom extractors import (\n    three,  # a comment\n    # (another)\n"
        "    four as five,\n)\ndef later():\n    from extractors.six import seven, eight as nine  # here\n",
        encoding="utf-8",
    )
    found = {"extractors.one", "extractors.two", "extractors", "extractors.three", "extractors.four"}
    assert set(_imports_of(file)) >= found | {"extractors.six", "extractors.six.seven", "extractors.six.eight"}
