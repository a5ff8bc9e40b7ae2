"""``jixiao export``: files of a dataset in another folder or in a database, with people's names masked if so wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cleaning.exports import write_exports
from pipeline.dataset import Dataset
from pipeline.errors import UsageError
from pipeline.export import files_of, writer_of
from pipeline.export.delivery import Delivery
from pipeline.export.destination import claim_destination
from pipeline.inputs.names import name_of
from pipeline.messages import say, tell


def export(root: Path, formats: Sequence[str], folder: Path | None, url: str | None, schema: str, masked: bool) -> None:
    """Write the formats, into the dataset itself where no folder is given; copy the tables to a database.

    Raises:
        UsageError: no dataset, a folder of somebody's, masked files in the dataset itself, or a database that cannot be used.
        JobError: the folder cannot be written, or the database refuses.
    """
    dataset = Dataset(root)
    dataset.check_cleaned()
    if folder is None and masked and (formats or url is None):
        raise UsageError(*tell("export.masked-in-place"))
    delivery = _delivery(dataset, folder, masked)
    if url is not None:
        from pipeline.export.postgres import copy_to

        counts = copy_to(delivery, url, schema)
        click.echo(say("export.copied", schema=schema, rows=f"{sum(counts.values()):,}", tables=len(counts)))
    if delivery.is_own and not masked:
        if formats:
            write_exports(dataset, formats)
    else:
        for name in formats:
            writer_of(name)(delivery)
    for file in (file for name in formats for file in files_of(name)):
        click.echo(name_of(delivery.folder / file))


def _delivery(dataset: Dataset, folder: Path | None, masked: bool) -> Delivery:
    if folder is None:
        return Delivery(dataset, dataset.root, masked)
    claim_destination(folder, dataset.root, masked)
    return Delivery(dataset, folder, masked)
