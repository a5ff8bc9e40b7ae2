"""jixiao watch"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import PATH, cleaning_options, output_option, reading_options, to_settings


@command_named("watch")
@click.argument("inbox", metavar="INBOX", type=PATH)
@output_option
@click.option("--once", is_flag=True)
@click.option("--settle", type=click.FloatRange(0), default=5.0, show_default=True, metavar="SECONDS")
@reading_options
@cleaning_options
def command(inbox: Path, output: Path, once: bool, settle: float, **chosen: Any) -> None:
    """Watch INBOX and deliver what arrives in it and its sub-folders."""  # fmt: skip
    from pipeline.watch import watch

    sys.exit(watch(inbox, output, to_settings(output, **chosen), once, settle))
