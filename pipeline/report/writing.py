"""``jixiao report`` and ``jixiao sample``."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import click

from pipeline.dataset import Dataset, write_whole
from pipeline.errors import from_os_error
from pipeline.inputs.names import name_of, printable
from pipeline.messages import say
from pipeline.report.collect import collect
from pipeline.report.memory import changes_since, last_said, remember, said_now
from pipeline.report.page import Told, report_page
from pipeline.report.sample import Judging, draw_sample, write_sample
from pipeline.report.words import Words


def report(root: Path, target: Path | None, spoken: str = "zh-CN") -> None:
    """Write the report, and remember its figures for the next one.

    Raises:
        UsageError: the folder is no dataset.
        JobError: the file cannot be written.
    """
    dataset = _dataset(root)
    judging = Judging(dataset)
    found = collect(dataset, judging.look)
    now = datetime.now(timezone.utc)
    before, after = last_said(dataset), said_now(found, now)
    told = Told(printable(root.resolve().name), f"{now:%Y-%m-%d}", found, judging.end(), changes_since(dataset, before, after))
    page = report_page(told, Words(spoken))
    path = target or dataset.root / "report.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, path) from error
    write_whole(path, page)
    remember(dataset, after)
    click.echo(f"{name_of(path)}  {len(page.encode()) / 1024:.0f} KB")


def sample(root: Path, count: int, seed: int) -> None:
    """Draw a sample and say how it is looked at.

    Raises:
        UsageError: the folder is no dataset, or holds no value.
    """
    dataset = _dataset(root)
    drawn = draw_sample(dataset, count, seed)
    write_sample(dataset, drawn)
    click.echo(say("sample.drawn", drawn=len(drawn.values), population=f"{drawn.population:,}", strata=len(drawn.strata), seed=seed))
    click.echo(say("sample.next", dataset=name_of(root)))


def _dataset(root: Path) -> Dataset:
    dataset = Dataset(root)
    dataset.check()
    return dataset
