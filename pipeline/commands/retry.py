"""jixiao retry"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.command import command_named
from pipeline.commands.options import dataset_argument, ledger_option
from pipeline.messages import say


@command_named("retry")
@dataset_argument
@ledger_option
def command(dataset: Path, ledger: str | None) -> None:
    """Forget the failures of DATASET, so that the next run tries those inputs again."""
    from pipeline.run import forget_failures

    count = forget_failures(dataset, ledger)
    click.echo(say("retry.forgotten", count=count))
