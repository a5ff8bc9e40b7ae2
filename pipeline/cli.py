"""The command line: parse, one call, print, exit."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version

import click

# Name -> the line that --help shows; the command itself is imported when it is called.
COMMANDS = {
    "extract": "Read files and deliver a clean dataset (read, then clean).",
    "read": "Read files into a dataset; nothing is mended.",
    "clean": "Clean what a dataset has read, again, without opening a file.",
    "explain": "Tell the life of one field: where it was read, each change, each finding.",
    "rules": "Print the rulebook and the checks.",
    "taxonomy": "Print the indicator taxonomy, or suggest entries for it.",
    "schema": "Print the JSON Schema of a document.",
    "doctor": "Check the installation, offline, and name the remedy of what is missing.",
    "retry": "Forget the failures of a dataset, so that the next run tries them again.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("jixiao"), prog_name="jixiao")
def cli() -> None:
    """Turn performance-target tables (绩效目标表) into one clean dataset.

    Give it PDFs, scans, photographs or OCR transcripts; every value comes back
    typed, with its place on the page, what was changed by which rule, and a
    mark where a person must look.
    """


def main() -> None:
    """Run the command line; job errors become a message and an exit code."""
    from pipeline.errors import JobError

    try:
        cli()
    except JobError as error:
        click.echo(f"jixiao: {error.reason}\n        {error.way_out}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
