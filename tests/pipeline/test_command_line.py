"""The command line by itself: help that is there, a start that is quick."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import COMMANDS, cli

HEAVY = ("numpy", "cv2", "pandas", "pdfplumber", "paddleocr", "sqlalchemy", "rapidfuzz", "onnxruntime", "pyarrow", "duckdb", "rich")


def command_of(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_prints(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0 and "Usage:" in result.output


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys, pipeline.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_commands_import_nothing_heavy_before_they_run() -> None:
    names = [f"pipeline.commands.{name}" for name in COMMANDS]
    code = f"import sys, importlib; [importlib.import_module(n) for n in {names!r}]; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_rules_and_taxonomy_print_their_books() -> None:
    rules = CliRunner().invoke(cli, ["rules"]).output
    assert "phrases.doubled" in rules and "funds.sum" in rules
    assert len(CliRunner().invoke(cli, ["taxonomy"]).output.splitlines()) >= 300


def test_schema_prints_json() -> None:
    assert '"$schema"' in CliRunner().invoke(cli, ["schema"]).output
