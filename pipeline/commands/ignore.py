"""jixiao ignore"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import dataset_argument


@command_named("ignore")
@dataset_argument
@click.argument("patterns", metavar="[PATTERN|FILE...]", nargs=-1)
@click.option("--remove", is_flag=True)
def command(dataset: Path, patterns: tuple[str, ...], remove: bool) -> None:
    """Pass over files of DATASET's inputs that are no forms."""
    from pipeline.ignore import ignore

    for line in ignore(dataset, patterns, remove):
        click.echo(line)
