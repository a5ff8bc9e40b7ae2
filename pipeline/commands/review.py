"""jixiao review"""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from pipeline.commands.options import dataset_argument


@click.command("review")
@dataset_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; another than this machine's needs --token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--token", metavar="WORD", help="What the browser must know, 16 characters or more.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--reviewer", metavar="NAME", help="Who decides. Default: the user's name on this machine.")
@click.option("--sample", "of_sample", is_flag=True, help="Show what `jixiao sample` drew instead of what waits.")
def command(dataset: Path, host: str, port: int, token: str | None, no_browser: bool, reviewer: str | None, of_sample: bool) -> None:
    """Look at what waits for a person in DATASET, on a local web page.

    Decisions go to decisions.jsonl; `jixiao clean DATASET` applies them.
    """
    from pipeline.review.serving import serve

    serve(dataset, host, port, token, not no_browser, reviewer or getpass.getuser(), of_sample)
