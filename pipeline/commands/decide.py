"""jixiao decide"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import PATH, dataset_argument


@command_named("decide")
@dataset_argument
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--reviewer", metavar="NAME")
def command(dataset: Path, file: Path, reviewer: str | None) -> None:
    """Take over what people decided in FILE: findings.csv, or the sheet 待核 of dataset.xlsx, filled in."""
    from pipeline.review.deciding import decide

    sys.exit(decide(dataset, file, reviewer or getpass.getuser()))
