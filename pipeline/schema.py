"""The published JSON Schema of documents/*.json."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any


def schema_text() -> str:
    """The schema file as it is published."""
    return (files("pipeline") / "data" / "document.schema.json").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(schema_text())
    return value


def problems_of(document: dict[str, Any]) -> list[str]:
    """Where a document breaks the schema; empty when it does not."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema()).iter_errors(document)
    return [f"/{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]
