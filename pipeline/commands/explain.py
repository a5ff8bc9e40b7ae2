"""jixiao explain"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import dataset_argument


@click.command("explain")
@dataset_argument
@click.argument("document", metavar="DOCUMENT")
@click.argument("path", metavar="PATH")
@click.option("--crop", type=click.Path(path_type=Path), metavar="FILE", help="Cut the field's place out of the original into this PNG.")
def command(dataset: Path, document: str, path: str, crop: Path | None) -> None:
    """Tell the life of one field of DATASET.

    DOCUMENT is the first characters of a document's sha256, or a part of its
    path; PATH is the JSON Pointer of the field, such as /tables/0/funds/total.
    """
    from pipeline.explain import explain

    click.echo("\n".join(explain(dataset, document, path, crop)))
