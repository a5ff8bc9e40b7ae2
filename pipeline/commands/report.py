"""jixiao report"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import dataset_argument


@click.command("report")
@dataset_argument
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="FILE", help="Default: report.html in DATASET.")
def command(dataset: Path, target: Path | None) -> None:
    """Tell how far DATASET can be trusted, in one HTML file.

    What it holds by unit, year and kind, money that does not add up, what was
    corrected, what waits for a person, what is missing, and the upper bound of
    silent errors that a sample gave (`jixiao sample`).
    """
    from pipeline.report.writing import report

    report(dataset, target)
