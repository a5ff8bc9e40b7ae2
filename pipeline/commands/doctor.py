"""jixiao doctor"""

from __future__ import annotations

import sys

import click

from pipeline.commands.command import command_named
from pipeline.messages import say


@command_named("doctor")
def command() -> None:
    """Check libraries, models, OCR on a built-in picture and disk; no network is used."""
    from pipeline.doctor import examine

    checks = examine()
    for check in checks:
        click.echo(f"{say('doctor.passed' if check.passed else 'doctor.failed')}  {check.name}: {check.detail}")
        if not check.passed:
            click.echo(say("doctor.remedy", remedy=check.remedy))
    sys.exit(0 if all(check.passed for check in checks) else 1)
