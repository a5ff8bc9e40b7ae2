"""The commands as one group: parse, one call, print, exit."""

from __future__ import annotations

import errno
import os
from importlib import import_module
from importlib.metadata import version
from typing import IO, Any

import click

from extractors.messages import LANGUAGES, VARIABLE
from pipeline.commands.click_words import translate_click
from pipeline.commands.command import Group, parse_language
from pipeline.messages import say
from pipeline.telling.log import VARIABLE as LOG_FORMAT
from pipeline.telling.log import log, wants_json

# In the order that --help shows them; a command is imported when it is called.
COMMANDS = (
    "extract", "watch", "read", "clean", "review", "decide", "report", "sample", "export", "query", "explain",
    "rules", "taxonomy", "templates", "schema", "doctor", "retry", "ignore",
)  # fmt: skip


INTERRUPTED = 130


class _Ended(click.ClickException):
    """The job ended early: what happened, what to do."""

    def __init__(self, reason: str, way_out: str, exit_code: int) -> None:
        super().__init__(reason)
        self.way_out = way_out
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        from pipeline.inputs.names import printable

        reason, way_out = printable(self.message), printable(self.way_out)
        if wants_json():
            log({"event": "error", "reason": reason, "way_out": way_out, "exit_code": self.exit_code})
        else:
            click.echo(f"jixiao: {reason}\n        {way_out}", err=True)


class LazyGroup(Group):
    """A group whose commands are imported only when they are asked for."""

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        """click's own words are in the language of the environment before any option is looked at: ``--help`` ends the reading."""
        translate_click()
        return super().make_context(info_name, args, parent, **extra)

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
            click.echo(say("ended.interrupted"), err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None


def _speak(_ctx: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    """Worker processes and click itself are told by the environment, too."""
    if name is not None:
        os.environ[VARIABLE] = name
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        parse_language(chosen)
    translate_click()


def _log_as(_ctx: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    """Commands and their workers are told by the environment."""
    if name is not None:
        os.environ[LOG_FORMAT] = name


@click.group("jixiao", cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("jixiao"), prog_name="jixiao")
@click.option("--log-format", type=click.Choice(["text", "json"]), expose_value=False, callback=_log_as)
@click.option("--lang", metavar="|".join(LANGUAGES), expose_value=False, is_eager=True, callback=_speak)
def cli() -> None:
    """Turn performance-target tables (绩效目标表) into one clean dataset."""
