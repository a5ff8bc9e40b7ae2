"""jixiao clean"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pipeline.commands.command import command_named
from pipeline.commands.options import cleaning_options, dataset_argument, jobs_option, ledger_option, to_settings


@command_named("clean")
@dataset_argument
@jobs_option
@ledger_option
@cleaning_options
def command(dataset: Path, **chosen: Any) -> None:
    """Clean what DATASET has read, again: after a new rulebook, a new taxonomy."""
    from pipeline.run import clean

    sys.exit(clean(dataset, to_settings(dataset, **chosen)))
