"""Commands whose help comes from the catalogue, in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from extractors.messages import LANGUAGES, known_language
from pipeline.commands.wrapping import Formatter
from pipeline.export import FORMATS
from pipeline.messages import MESSAGES, say


class _Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose words stand in the catalogue.

    ``help.NAME`` is its help; ``option.NAME.PARAMETER``, else ``option.PARAMETER``, that of each option.
    """

    context_class = _Context

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters, each with its help in the language of the moment."""
        params = super().get_params(ctx)
        for each in params:
            if isinstance(each, click.Option) and (key := _option_key(self.name or "", each)):
                each.help = say(key, formats=", ".join(FORMATS))
            if isinstance(each.type, click.types.IntParamType):
                each.metavar = say("metavar.number")
        return params

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = say(f"help.{self.name}")
        super().format_help_text(ctx, formatter)


class Group(Command, click.Group):
    """The same for a command that has commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, say(f"command.{name}")) for name in self.list_commands(ctx)]
        with formatter.section(say("commands")):
            formatter.write_dl(rows)


def command_named(name: str) -> Callable[[Callable[..., Any]], Command]:
    """Decorator: the function becomes the command of this name, with its words from the catalogue."""
    return click.command(name, cls=Command)


def parse_language(name: str) -> str:
    """The language that an option names.

    Raises:
        click.BadParameter: it is none of ours.
    """
    found = known_language(name)
    if found is None:
        raise click.BadParameter(say("language.unknown", name=name, names=", ".join(LANGUAGES)))
    return found


def _option_key(command: str, option: click.Option) -> str | None:
    # click's own option has a name that is its affair, and changed before.
    name = "help" if "--help" in option.opts else option.name
    return next((key for key in (f"option.{command}.{name}", f"option.{name}") if MESSAGES.has(key)), None)
