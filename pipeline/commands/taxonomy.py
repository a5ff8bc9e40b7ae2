"""jixiao taxonomy"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import dataset_argument

_FILE = click.option(
    "--taxonomy", "taxonomy_file", type=click.Path(path_type=Path), metavar="FILE", help="Your own indicators (TOML), added to ours."
)


@click.group("taxonomy", invoke_without_command=True)
@_FILE
@click.pass_context
def command(ctx: click.Context, taxonomy_file: Path | None) -> None:
    """Print the canonical indicators: id, name, second level, units, direction."""
    if ctx.invoked_subcommand is None:
        from pipeline.books import taxonomy_lines

        click.echo("\n".join(taxonomy_lines(taxonomy_file)))


@command.command("suggest")
@dataset_argument
@_FILE
def suggest(dataset: Path, taxonomy_file: Path | None) -> None:
    """Cluster the indicator names of DATASET that nothing maps, and propose entries.

    Prints TOML; edit it and give it back with --taxonomy.
    """
    from pipeline.books import suggestions

    click.echo(suggestions(dataset, taxonomy_file), nl=False)
