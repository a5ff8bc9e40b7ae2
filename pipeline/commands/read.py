"""jixiao read"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pipeline.commands.command import command_named
from pipeline.commands.options import inputs_argument, output_option, reading_options, to_settings


@command_named("read")
@inputs_argument
@output_option
@reading_options
def command(inputs: tuple[Path, ...], output: Path, **chosen: Any) -> None:
    """Read INPUT files and folders into DATASET/reads; nothing is mended."""
    from pipeline.runners.standby import standing_by

    settings = to_settings(output, **chosen)
    with standing_by(inputs, output, settings):
        from pipeline.run import read

        sys.exit(read(inputs, output, settings))
