"""jixiao review"""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import dataset_argument


@command_named("review")
@dataset_argument
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option("--token", metavar="WORD")
@click.option("--no-browser", is_flag=True)
@click.option("--reviewer", metavar="NAME")
@click.option("--sample", "of_sample", is_flag=True)
def command(dataset: Path, host: str, port: int, token: str | None, no_browser: bool, reviewer: str | None, of_sample: bool) -> None:
    """Look at what waits for a person in DATASET, on a local web page."""
    from pipeline.review.serving import serve

    serve(dataset, host, port, token, not no_browser, reviewer or getpass.getuser(), of_sample)
