"""jixiao schema"""

from __future__ import annotations

import click

from pipeline.commands.command import command_named


@command_named("schema")
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of documents/*.json."""
    from pipeline.schema import schema_text

    click.echo(schema_text(), nl=False)
