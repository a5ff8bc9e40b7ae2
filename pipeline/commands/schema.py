"""jixiao schema"""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of documents/*.json."""
    from pipeline.schema import schema_text

    click.echo(schema_text(), nl=False)
