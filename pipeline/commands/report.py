"""jixiao report"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import dataset_argument


@command_named("report")
@dataset_argument
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="FILE")
def command(dataset: Path, target: Path | None) -> None:
    """Tell how far DATASET can be trusted, in one HTML file."""
    from pipeline.report.writing import report

    report(dataset, target)
