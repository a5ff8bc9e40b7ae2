"""jixiao decide"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from pipeline.commands.options import dataset_argument


@click.command("decide")
@dataset_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--reviewer", metavar="NAME", help="Who decided. Default: the user's name on this machine.")
def command(dataset: Path, file: Path, reviewer: str | None) -> None:
    """Take over what people decided in FILE: findings.csv, or the sheet 待核 of dataset.xlsx, filled in.

    The column 更正值 holds the right value; 处理 may say 正确, 退回 or 无法辨认
    instead. The next `jixiao clean DATASET` applies it. Exit code 1 when a row
    could not be applied; each is named.
    """
    from pipeline.review.deciding import decide

    sys.exit(decide(dataset, file, reviewer or getpass.getuser()))
