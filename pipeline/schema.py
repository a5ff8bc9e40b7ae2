"""The published JSON Schema of documents/*.json, and the list of fields for people; ``python -m pipeline.schema`` writes both.

What the schema says of the fields of a form comes from ``normalizers/contract.py``; the rest is written by hand in the file.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from normalizers.contract import CONTRACT, Block, Declared, fields_of

_ROOT = Path(__file__).parents[1]
_TITLES: dict[Block, str] = {
    "table": "The form", "funds": "`funds`, in 万元", "mid_term_funds": "`mid_term_funds`, in 万元",
    "funds_execution": "`funds_execution`, a line each; money in 万元", "signoff": "`signoff`", "indicators": "`indicators`, a row each",
}  # fmt: skip


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


def with_contract(value: dict[str, Any]) -> dict[str, Any]:
    """The schema with what the contract declares put in its place; all else as it was."""
    for each in CONTRACT:
        target = _objects(value)[each.block]
        target["properties"][each.name] = _property(each)
        needed = each.always or each.block == "mid_term_funds"
        if needed and each.name not in target["required"]:
            target["required"].append(each.name)
        elif not needed and each.name in target["required"]:
            target["required"].remove(each.name)
    return value


def _objects(value: dict[str, Any]) -> dict[Block, dict[str, Any]]:
    """Where the fields of each block stand; two blocks of funds are described once."""
    parts = value["$defs"]
    funds = parts["funds"]
    return {
        "table": parts["table"], "funds": funds, "mid_term_funds": funds, "funds_execution": parts["execution_line"],
        "signoff": parts["table"]["properties"]["signoff"], "indicators": parts["indicator"],
    }  # fmt: skip


def _property(declared: Declared) -> dict[str, Any]:
    kind = {"text": "string", "date": "string", "year": "integer"}.get(declared.type, "number")
    found: dict[str, Any] = {"enum": list(declared.choices)} if declared.choices else {"type": [kind, "null"]}
    if declared.block == "indicators" and not declared.always and not declared.choices:
        found["type"] = kind  # a column of some forms has no key where its cell is blank
    if declared.type == "date":
        found["pattern"] = "^\\d{4}-\\d{2}-\\d{2}$"
    kinds = f"{' and '.join(declared.kinds)}: " if declared.kinds and declared.block != "funds_execution" else ""
    return found | ({"description": kinds + declared.description} if declared.description else {})


def fields_text() -> str:
    """``docs/fields.md``: every field of the contract, for people."""
    lines = ["# Fields of a form", "", "Written by `python -m pipeline.schema` from `normalizers/contract.py`.", ""]
    for block, title in _TITLES.items():
        lines += [f"## {title}", "", "| field | column in tables | heading | type | forms | says |", "|---|---|---|---|---|---|"]
        for each in fields_of(block):
            kinds = ", ".join(each.kinds) or ("all" if each.always else "some")
            said = each.description if each.description != each.heading else ""
            lines.append(f"| `{each.name}` | `{each.column}` | {each.heading} | {each.type} | {kinds} | {said} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the schema and the list of fields anew, in a checkout."""
    text = json.dumps(with_contract(json.loads(schema_text())), ensure_ascii=False, indent=2)
    (_ROOT / "pipeline" / "data" / "document.schema.json").write_text(text + "\n", encoding="utf-8")
    (_ROOT / "docs" / "fields.md").write_text(fields_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
