"""``datapackage.json``: what each CSV file and each of its columns is, as a Frictionless Data Package."""

from __future__ import annotations

from typing import Any

from pipeline.dataset import to_json, write_whole
from pipeline.export.columns import TABLES, Column, columns_of
from pipeline.export.delivery import Delivery

_TYPES = {"text": "string", "whole": "integer", "number": "number", "flag": "boolean", "date": "date"}
_KEYS = {"tables": ["table_id"], "grids": ["grid_id"]}
_PARENTS = {"indicators": ("table_id", "tables"), "grid_cells": ("grid_id", "grids")}


def write_package(delivery: Delivery) -> None:
    """Raises JobError when the folder cannot be written."""
    write_whole(delivery.folder / "datapackage.json", to_json(package()))


def package() -> dict[str, Any]:
    """The same for every dataset: its files have their columns, filled or not."""
    return {
        "profile": "tabular-data-package",
        "name": "jixiao-dataset",
        "title": "绩效目标数据集",
        "description": "Performance-target tables of public offices: every value typed, with its place on the page.",
        "resources": [_resource(name) for name in TABLES],
    }


def _resource(table: str) -> dict[str, Any]:
    title, description = TABLES[table]
    return {
        "profile": "tabular-data-resource",
        "name": table.replace("_", "-"),
        "path": f"{table}.csv",
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        # With the mark of the bytes' order, as Excel wants it.
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns_of(table)], "missingValues": [""]}
    if table in _KEYS:
        schema["primaryKey"] = _KEYS[table]
    if table in _PARENTS:
        name, parent = _PARENTS[table]
        schema["foreignKeys"] = [{"fields": [name], "reference": {"resource": parent, "fields": [name]}}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name, "type": _TYPES[column.type], "title": column.heading, "description": column.description,
    }  # fmt: skip
    if column.type == "flag":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    if column.choices:
        field["constraints"] = {"enum": list(column.choices)}
    return field
