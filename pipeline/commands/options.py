"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.export import FORMATS
from pipeline.messages import say
from pipeline.settings import RUNNERS, Settings, default_jobs, read_options
from pipeline.telling.log import VARIABLE as LOG_FORMAT

Command = Callable[..., Any]


class _SomePath(click.Path):
    """A path that was said: nothing is what a shell makes of a variable that is not set, and would mean the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail(say("path.empty"), param, ctx)
        return super().convert(value, param, ctx)


PATH = _SomePath(path_type=Path)
_SECONDS = click.FloatRange(0)
# A document of 30,000 rows takes this; four times as much is given.
_CLEAN_MEMORY = 512 << 20


def _chain(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for each in reversed(decorators):
            command = each(command)
        return command

    return decorate


inputs_argument = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=PATH)
dataset_argument = click.argument("dataset", metavar="DATASET", type=PATH)
output_option = click.option("-o", "--output", metavar="DATASET", required=True, type=PATH)

ledger_option = click.option(
    "--ledger", metavar="URL", envvar="JIXIAO_LEDGER", show_envvar=True,
)  # fmt: skip

jobs_option = click.option("--jobs", type=click.IntRange(1))

reading_options = _chain(
    jobs_option,
    ledger_option,
    click.option("--ocr-model", metavar="NAME"),
    click.option("--ocr-model-dir", metavar="DIR", type=PATH),
    click.option("--device", type=click.Choice(["auto", "cpu", "gpu"]), default="auto"),
    click.option("--draw", is_flag=True),
    click.option("--timeout", type=_SECONDS, default=0.0, metavar="SECONDS"),
    click.option(
        "--page-timeout", type=_SECONDS, default=300.0, metavar="SECONDS", show_default=True
    ),
    click.option("--worker-memory", type=click.IntRange(0), default=1536, metavar="MB", show_default=True),
    click.option("--follow-links", is_flag=True),
    click.option("--reread", is_flag=True),
    click.option("--reread-outdated", is_flag=True),
    click.option("--runner", type=click.Choice(RUNNERS), default="local"),
    click.option("--ray-address", metavar="HOST:PORT", envvar="RAY_ADDRESS", show_envvar=True),
    click.option("--log-format", type=click.Choice(["text", "json"]), envvar=LOG_FORMAT, default="text"),
)  # fmt: skip
cleaning_options = _chain(
    click.option(
        "--format", "formats", default="json,csv", metavar="LIST", callback=lambda _c, _p, value: parse_formats(value),
    ),
    click.option("--clean-timeout", type=_SECONDS, default=120.0, metavar="SECONDS", show_default=True),
    click.option("--taxonomy", "taxonomy_file", type=PATH, metavar="FILE"),
    click.option("--templates", "templates_file", type=PATH, metavar="FILE"),
)  # fmt: skip


def parse_formats(value: str) -> tuple[str, ...]:
    """Names of output formats; JSON is always there because documents/ is.

    Raises:
        click.BadParameter: a name is no format.
    """
    names = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    wrong = [name for name in names if name not in FORMATS]
    if wrong or not names:
        raise click.BadParameter(say("formats.unknown", wrong=", ".join(wrong) or '""', names=", ".join(FORMATS)))
    return names


def to_settings(output: Path, **chosen: Any) -> Settings:
    """Settings from the options that a command took; what it did not take has its default."""
    from normalizers.settings import CleanSettings

    on_ray = chosen.get("runner") == "ray"
    # On a cluster each reader has one core; this machine cleans with all that it has.
    jobs = default_jobs() if on_ray else chosen.get("jobs") or default_jobs()
    draw_dir = output / "drawings" if chosen.get("draw") else None
    page_timeout, clean_timeout = chosen.get("page_timeout", 0.0), chosen.get("clean_timeout", 0.0)
    read = read_options(chosen.get("ocr_model"), chosen.get("ocr_model_dir"), chosen.get("device", "auto"), draw_dir, page_timeout, jobs)
    return Settings(
        read=read,
        clean=CleanSettings(chosen.get("taxonomy_file"), chosen.get("templates_file")),
        formats=chosen.get("formats", ("json", "csv")),
        jobs=jobs,
        worker_memory=chosen.get("worker_memory", 0) << 20,
        document_timeout=chosen.get("timeout", 0.0),
        clean_timeout=clean_timeout,
        clean_memory=_CLEAN_MEMORY if clean_timeout else 0,
        follow_links=chosen.get("follow_links", False),
        reread=chosen.get("reread", False),
        reread_outdated=chosen.get("reread_outdated", False),
        ledger=chosen.get("ledger"),
        log_format=chosen.get("log_format", "text"),
        runner=chosen.get("runner", "local"),
        ray_address=chosen.get("ray_address"),
        ray_jobs=(chosen.get("jobs") or 0) if on_ray else 0,
    )
