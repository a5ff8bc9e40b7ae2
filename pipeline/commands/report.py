"""jixiao report"""

from __future__ import annotations

from pathlib import Path

import click

from extractors.messages import LANGUAGES
from pipeline.commands.command import command_named, parse_language
from pipeline.commands.options import PATH, dataset_argument


@command_named("report")
@dataset_argument
@click.option("-o", "--output", "target", type=PATH, metavar="FILE")
@click.option(
    "--lang", "spoken", default="zh-CN", show_default=True, metavar="|".join(LANGUAGES),
    callback=lambda _c, _p, name: parse_language(name),
)  # fmt: skip
def command(dataset: Path, target: Path | None, spoken: str) -> None:
    """Tell how far DATASET can be trusted, in one HTML file."""
    from pipeline.report.writing import report

    report(dataset, target, spoken)
