"""jixiao explain"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import PATH, dataset_argument


@command_named("explain")
@dataset_argument
@click.argument("document", metavar="DOCUMENT")
@click.argument("path", metavar="PATH")
@click.option("--crop", type=PATH, metavar="FILE")
def command(dataset: Path, document: str, path: str, crop: Path | None) -> None:
    """Tell the life of one field of DATASET."""
    from pipeline.explain import explain

    click.echo("\n".join(explain(dataset, document, path, crop)))
