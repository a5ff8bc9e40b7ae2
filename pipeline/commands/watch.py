"""jixiao watch"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import cleaning_options, output_option, reading_options, to_settings


@click.command("watch")
@click.argument("inbox", metavar="INBOX", type=click.Path(path_type=Path))
@output_option
@click.option("--once", is_flag=True, help="Deal with what is there, then leave; for cron.")
@click.option("--settle", type=click.FloatRange(0), default=5.0, show_default=True, metavar="SECONDS",
              help="How long a file must stand still before it is taken.")
@reading_options
@cleaning_options
def command(inbox: Path, output: Path, once: bool, settle: float, **chosen: Any) -> None:
    """Watch INBOX and deliver what arrives in it and its sub-folders.

    The originals are never changed. What cannot be read is copied to
    DATASET/quarantine beside its reason, and tried again when the file changes
    or after `jixiao retry`. SIGTERM lets the files in hand end.
    """  # fmt: skip
    from pipeline.watch import watch

    sys.exit(watch(inbox, output, to_settings(output, **chosen), once, settle))
