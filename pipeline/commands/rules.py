"""jixiao rules"""

from __future__ import annotations

import click

from pipeline.commands.command import command_named
from pipeline.messages import tell


@command_named("rules")
@click.option("--json", "as_json", is_flag=True)
@click.argument("pattern", metavar="[PATTERN]", required=False)
def command(as_json: bool, pattern: str | None) -> None:
    """Print the rules that mend text and the checks, in the order they run."""
    import json

    from pipeline.books import rulebook_entries, rulebook_lines
    from pipeline.errors import UsageError

    entries = [entry for entry in rulebook_entries() if pattern is None or pattern in entry["id"]]
    if not entries:
        raise UsageError(*tell("rules.none", pattern=pattern))
    click.echo(json.dumps(entries, ensure_ascii=False, indent=1) if as_json else "\n".join(rulebook_lines(entries)))
