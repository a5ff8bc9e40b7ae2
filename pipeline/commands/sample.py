"""jixiao sample"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import dataset_argument


@command_named("sample")
@dataset_argument
@click.option("--n", "count", type=click.IntRange(1), default=300, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def command(dataset: Path, count: int, seed: int) -> None:
    """Draw accepted values of DATASET at random, for people to compare with the page."""
    from pipeline.report.writing import sample

    sample(dataset, count, seed)
