"""The command line: parse, one call, print, exit."""

from __future__ import annotations

import errno
import signal
import sys
from importlib import import_module
from importlib.metadata import version
from typing import IO, Any

import click

# Name -> the line that --help shows; the command itself is imported when it is called.
COMMANDS = {
    "extract": "Read files and deliver a clean dataset (read, then clean).",
    "watch": "Watch a folder and deliver what arrives in it.",
    "read": "Read files into a dataset; nothing is mended.",
    "clean": "Clean what a dataset has read, again, without opening a file.",
    "review": "Look at what waits for a person, on a local web page.",
    "decide": "Take over the corrections that people wrote into findings.csv or the workbook.",
    "report": "Tell in one HTML file how far a dataset can be trusted.",
    "sample": "Draw accepted values at random, for people to check.",
    "explain": "Tell the life of one field: where it was read, each change, each finding.",
    "rules": "Print the rulebook and the checks.",
    "taxonomy": "Print the indicator taxonomy, or suggest entries for it.",
    "schema": "Print the JSON Schema of a document.",
    "doctor": "Check the installation, offline, and name the remedy of what is missing.",
    "retry": "Forget the failures of a dataset, so that the next run tries them again.",
}


INTERRUPTED = 130
TERMINATED = 143


class _Ended(click.ClickException):
    """The job ended early: what happened, what to do."""

    def __init__(self, reason: str, way_out: str, exit_code: int) -> None:
        super().__init__(reason)
        self.way_out = way_out
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"jixiao: {self.message}\n        {self.way_out}", err=True)


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that ends the job becomes a message and its exit code."""
        from pipeline.errors import JobError, from_os_error

        try:
            return super().invoke(ctx)
        except JobError as error:
            raise _Ended(error.reason, error.way_out, error.exit_code) from error
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
                raise
            ended = from_os_error(error, error.filename or "the dataset")
            raise _Ended(ended.reason, ended.way_out, ended.exit_code) from error
        except KeyboardInterrupt:
            click.echo("Stopped. What was read is kept: the same command goes on from here.", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None

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
    """Run the command line. SIGTERM leaves as Ctrl-C does: workers are stopped, files are whole."""
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(TERMINATED))
    cli()


if __name__ == "__main__":
    main()
