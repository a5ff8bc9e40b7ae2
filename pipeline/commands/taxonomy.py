"""jixiao taxonomy"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import Command, Group
from pipeline.commands.options import PATH, dataset_argument

_FILE = click.option("--taxonomy", "taxonomy_file", type=PATH, metavar="FILE")


@click.group("taxonomy", cls=Group, invoke_without_command=True)
@_FILE
@click.pass_context
def command(ctx: click.Context, taxonomy_file: Path | None) -> None:
    """Print the canonical indicators: id, name, second level, units, direction."""
    if ctx.invoked_subcommand is None:
        from pipeline.books import taxonomy_lines

        click.echo("\n".join(taxonomy_lines(taxonomy_file)))


@command.command("suggest", cls=Command)
@dataset_argument
@_FILE
def suggest(dataset: Path, taxonomy_file: Path | None) -> None:
    """Cluster the indicator names of DATASET that nothing maps, and propose entries."""
    from pipeline.books import suggestions

    click.echo(suggestions(dataset, taxonomy_file), nl=False)
