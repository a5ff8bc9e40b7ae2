"""jixiao sample"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import dataset_argument


@click.command("sample")
@dataset_argument
@click.option("--n", "count", type=click.IntRange(1), default=300, show_default=True, help="How many values.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same values.")
def command(dataset: Path, count: int, seed: int) -> None:
    """Draw accepted values of DATASET at random, for people to compare with the page.

    By reader and sort of field, in the shares that the dataset has. The report
    then states the 95 % upper bound of silent errors.
    """
    from pipeline.report.writing import sample

    sample(dataset, count, seed)
