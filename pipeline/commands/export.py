"""jixiao export"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import PATH, dataset_argument, parse_formats


@command_named("export")
@dataset_argument
@click.option("--format", "formats", metavar="LIST", callback=lambda _c, _p, value: parse_formats(value) if value else ())
@click.option("-o", "--output", "folder", type=PATH, metavar="FOLDER")
@click.option("--to", "url", metavar="URL")
@click.option("--schema", default="jixiao", show_default=True, metavar="NAME")
@click.option("--mask-personal", "masked", is_flag=True)
def command(dataset: Path, formats: tuple[str, ...], folder: Path | None, url: str | None, schema: str, masked: bool) -> None:
    """Write DATASET in other formats, into another folder or a database."""
    from pipeline.export.delivering import export

    export(dataset, formats or (() if url else ("json", "csv")), folder, url, schema, masked)
