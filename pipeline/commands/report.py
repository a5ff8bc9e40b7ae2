"""jixiao report"""

from __future__ import annotations

from pathlib import Path

import click

from extractors.messages import LANGUAGES, known_language
from pipeline.commands.command import command_named
from pipeline.commands.options import PATH, dataset_argument
from pipeline.messages import say


def _known(_ctx: click.Context, _parameter: click.Parameter, name: str) -> str:
    found = known_language(name)
    if found is None:
        raise click.BadParameter(say("language.unknown", name=name, names=", ".join(LANGUAGES)))
    return found


@command_named("report")
@dataset_argument
@click.option("-o", "--output", "target", type=PATH, metavar="FILE")
@click.option("--lang", "spoken", default="zh-CN", show_default=True, metavar="|".join(LANGUAGES), callback=_known)
def command(dataset: Path, target: Path | None, spoken: str) -> None:
    """Tell how far DATASET can be trusted, in one HTML file."""
    from pipeline.report.writing import report

    report(dataset, target, spoken)
