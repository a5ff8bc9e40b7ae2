"""Runs a command in this process, as the terminal does."""

from __future__ import annotations

from click.testing import CliRunner, Result

from pipeline.cli import cli


def run(*words: object) -> Result:
    """``jixiao WORDS``: its output and its exit code."""
    return CliRunner().invoke(cli, [str(word) for word in words])
