"""jixiao query"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import PATH


@command_named("query")
@click.argument("dataset", metavar="[DATASET]", required=False, type=PATH)
@click.argument("asked", metavar="[SQL|NAME]", required=False)
@click.option("--list", "listed", is_flag=True)
@click.option("--csv", "as_csv", is_flag=True)
def command(dataset: Path | None, asked: str | None, listed: bool, as_csv: bool) -> None:
    """Ask DATASET in SQL, or by the name of a ready question."""
    from pipeline.query.asking import query, question_lines

    if listed:
        click.echo("\n".join(question_lines()))
        return
    if dataset is None or asked is None:
        raise click.UsageError(click.get_current_context().get_usage())
    query(dataset, asked, as_csv)
