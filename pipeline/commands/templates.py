"""jixiao templates"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.commands.command import Command, Group
from pipeline.commands.options import PATH

_FILE = click.option("--templates", "templates_file", type=PATH, metavar="FILE")


@click.group("templates", cls=Group, invoke_without_command=True)
@_FILE
@click.pass_context
def command(ctx: click.Context, templates_file: Path | None) -> None:
    """Print the forms that are known and what their heads mean."""
    if ctx.invoked_subcommand is None:
        from pipeline.report.understanding import known_forms

        click.echo("\n".join(known_forms(templates_file)))


@command.command("check", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@_FILE
def check(files: tuple[Path, ...], templates_file: Path | None) -> None:
    """Tell what of the forms in FILE is understood: exit code 0 where all of it is, 1 where something is not."""
    from normalizers.settings import CleanSettings
    from pipeline.report.understanding import understand

    found = [understand(path, CleanSettings(templates_file=templates_file)) for path in files]
    click.echo("\n".join(line for each in found for line in each.lines))
    sys.exit(0 if all(each.is_whole for each in found) else 1)
