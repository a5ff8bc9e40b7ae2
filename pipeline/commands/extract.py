"""jixiao extract"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pipeline.commands.command import command_named
from pipeline.commands.options import cleaning_options, inputs_argument, output_option, reading_options, to_settings


@command_named("extract")
@inputs_argument
@output_option
@reading_options
@cleaning_options
def command(inputs: tuple[Path, ...], output: Path, **chosen: Any) -> None:
    """Read INPUT files and folders and deliver a clean dataset."""
    from pipeline.runners.standby import standing_by

    settings = to_settings(output, **chosen)
    with standing_by(inputs, output, settings):
        from pipeline.run import extract

        sys.exit(extract(inputs, output, settings))
