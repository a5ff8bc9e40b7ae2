"""``jixiao report`` and ``jixiao sample``."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from pipeline.dataset import Dataset, load_json, write_whole
from pipeline.errors import UsageError, from_os_error
from pipeline.messages import tell
from pipeline.report.collect import collect
from pipeline.report.page import figures_of, report_page
from pipeline.report.sample import draw_sample, judged, read_sample, write_sample


def report(root: Path, target: Path | None) -> None:
    """Write the report, and remember its figures for the next one.

    Raises:
        UsageError: the folder is no dataset.
        JobError: the file cannot be written.
    """
    dataset = _dataset(root)
    found = collect(dataset)
    memory = dataset.root / ".report.json"
    last: dict[str, Any] = load_json(memory) if memory.is_file() else {}
    now = datetime.now(timezone.utc)
    seen, wrong = judged(dataset)
    sample = (len(read_sample(dataset)), seen, wrong)
    changes = _changes(dataset, last.get("when", ""))
    page = report_page(found, root.resolve().name, f"{now:%Y-%m-%d}", sample, changes, last.get("figures", {}))
    path = target or dataset.root / "report.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, path) from error
    write_whole(path, page)
    write_whole(memory, json.dumps({"when": now.isoformat(), "figures": figures_of(found)}, ensure_ascii=False) + "\n")
    click.echo(f"{path}  {len(page.encode()) / 1024:.0f} KB")


def sample(root: Path, count: int, seed: int) -> None:
    """Draw a sample and say how it is looked at.

    Raises:
        UsageError: the folder is no dataset, or holds no value.
    """
    dataset = _dataset(root)
    entries = draw_sample(dataset, count, seed)
    write_sample(dataset, entries, seed)
    click.echo(f"{len(entries)} accepted values drawn (seed {seed}).")
    click.echo(f"`jixiao review {root} --sample` shows them; `jixiao report {root}` then states the bound.")


def _dataset(root: Path) -> Dataset:
    dataset = Dataset(root)
    if not dataset.documents.is_dir():
        raise UsageError(*tell("dataset.no-documents", root=root))
    return dataset


def _changes(dataset: Dataset, since: str) -> list[dict[str, Any]]:
    """Lines of history.csv that are younger than the last report."""
    try:
        text = dataset.history.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return []
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if (row.get("when") or "") > since]
