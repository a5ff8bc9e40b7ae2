"""Every code that the program can emit is registered once, and nothing is registered that it cannot emit."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import jixiao
import normalizers.checks
import normalizers.rules
from normalizers.checks.catalogue import CHECKS
from normalizers.checks.check import Check
from normalizers.codebook import known_codes
from normalizers.decision import ACTIONS
from normalizers.messages import MESSAGES
from normalizers.rules.rule import Rule
from normalizers.rules.rulebook import RULEBOOK, TABLE_RULES
from normalizers.rules.table_rule import TableRule
from pipeline.books import rulebook_entries
from tests.normalizers.forms import ROWS, document_of, form_text

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[a-z][a-z-]*\.[a-z][a-z0-9-]*")
# What has the shape of a code and is the name of a file.
FILE = re.compile(r".*\.(?:toml|txt|csv|json|jsonl|py|ini|xlsx|duckdb|parquet|sqlite(?:-\w+)?|png|tsv|md|html)")
# Put together from the action of a person.
DECISIONS = {f"decision.{action}" for action in ACTIONS}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / "normalizers").rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def literals() -> dict[str, set[str]]:
    """Every text in the code of the shape ``family.what``, with where it stands."""
    found: dict[str, set[str]] = {}
    for file, tree in sources():
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if CODE.fullmatch(text) and not FILE.fullmatch(text) and not MESSAGES.has(text):
                found.setdefault(text, set()).add(f"{file.relative_to(ROOT)}:{node.lineno}")
    return found


def emitted() -> Iterator[tuple[str, str]]:
    """The codes that are written into the calls themselves; ``(code, place)``."""
    for file, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            index = {"find": 1, "Finding": 1, "change": 0}.get(name)
            if index is not None and len(node.args) > index:
                for part in ast.walk(node.args[index]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                        yield part.value, f"{file.relative_to(ROOT)}:{node.lineno}"


def test_every_code_is_registered_once() -> None:
    assert {code: places for code, places in known_codes().items() if len(places) != 1} == {}


def test_every_code_in_the_code_is_registered() -> None:
    known = set(known_codes()) | DECISIONS
    assert {code: places for code, places in literals().items() if code not in known} == {}
    calls = dict(emitted())
    assert len(calls) > 100, "the search finds the calls"
    assert {code: place for code, place in calls.items() if code not in known} == {}


def test_nothing_is_registered_that_the_code_does_not_say() -> None:
    assert set(known_codes()) - set(literals()) - DECISIONS == set()
    assert set(known_codes()) >= DECISIONS


def made(package: Any, kinds: tuple[type, ...]) -> set[str]:
    """The ids of all rules or checks that the modules of a package make."""
    modules = [importlib.import_module(f"{package.__name__}.{each.name}") for each in pkgutil.iter_modules(package.__path__)]
    return {value.id for module in modules for value in vars(module).values() if isinstance(value, kinds)}


def test_a_rule_or_check_that_is_left_out_of_its_book_is_seen() -> None:
    assert made(normalizers.rules, (Rule, TableRule)) == {rule.id for rule in RULEBOOK} | {rule.id for rule in TABLE_RULES}
    assert made(normalizers.checks, (Check,)) == {check.id for check in CHECKS}


def test_the_printed_books_know_every_code() -> None:
    printed = {code for entry in rulebook_entries() for code in (entry["id"], *entry.get("codes", ()))}
    assert printed == set(known_codes())
    assert all(entry["story"] for entry in rulebook_entries())


def delivered(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Documents of the samples as they are expected, and of some forms with faults in them."""
    for file in (ROOT / "samples").glob("*/expected.json"):
        yield json.loads(file.read_text(encoding="utf-8"))
    faulty = [[*row[:3], "~", row[4] + " 3", *row[5:]] for row in ROWS]
    for rows in (ROWS, faulty, [[*row[:6], *ROWS[0][6:]] for row in ROWS]):
        yield jixiao.clean(document_of(form_text(rows), tmp_path)).json


def test_what_runs_deliver_is_registered(tmp_path: Path) -> None:
    codes = set()
    for document in delivered(tmp_path):
        codes |= {each["code"] for each in document.get("findings", ())} | {each["rule"] for each in document.get("corrections", ())}
    assert len(codes) > 20
    assert codes - set(known_codes()) == set()


@pytest.mark.parametrize("text", ["page.note", "coverage.missing-level1", "funds.mid-term"])
def test_the_shape_of_a_code(text: str) -> None:
    assert CODE.fullmatch(text) and not FILE.fullmatch(text)
