"""Log lines for programs: one JSON object a line on stderr, with ``at`` (UTC), ``level`` and ``event``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Literal

import click

VARIABLE = "JIXIAO_LOG_FORMAT"
Level = Literal["info", "warning", "error"]
_LEVELS: dict[str, Level] = {"failed": "error", "error": "error", "skipped": "warning", "waiting": "warning", "stopped": "warning"}


def wants_json() -> bool:
    """Whether this process logs for programs: the command line says so by the environment."""
    return os.environ.get(VARIABLE, "text") == "json"


def log(event: Mapping[str, Any]) -> None:
    """Write one event; its name decides the level."""
    line = {"at": now(), "level": _LEVELS.get(event["event"], "info"), **event}
    click.echo(json.dumps(line, ensure_ascii=False), err=True)


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
