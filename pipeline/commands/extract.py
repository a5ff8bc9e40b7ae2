"""jixiao extract"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import cleaning_options, inputs_argument, output_option, reading_options, to_settings


@click.command("extract")
@inputs_argument
@output_option
@reading_options
@cleaning_options
def command(inputs: tuple[Path, ...], output: Path, **chosen: Any) -> None:
    """Read INPUT files and folders and deliver a clean dataset.

    Running again over the same DATASET reads only what is new. Exit code 0:
    everything was read; 1: some inputs failed and stand in failures.csv;
    2: wrong usage.
    """
    from pipeline.run import extract

    sys.exit(extract(inputs, output, to_settings(output, **chosen)))
