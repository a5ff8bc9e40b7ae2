"""What was read of a form in one format, held against another reading of it and against what it says."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jixiao
from bench.forms.compare import misses, same
from jixiao.errors import ReadError

# What says where and how something was read, not what.
_PLACES = {"table_id", "pages", "row"}
# Findings on the page as a picture, and on how sure a reading is, which not every format can have.
_OF_PAGES = ("page.", "reading.")


@dataclass
class Outcome:
    """Of one file: seconds to read it, its values and findings by path, and what kept it from being read."""

    seconds: float = 0.0
    values: dict[str, Any] = field(default_factory=dict)
    findings: set[tuple[str, str]] = field(default_factory=set)
    document: dict[str, Any] = field(default_factory=dict)
    failed: str = ""


def outcome_of(path: Path) -> Outcome:
    started = time.perf_counter()
    try:
        read = jixiao.read(path)
    except ReadError as error:
        return Outcome(failed=f"{error.code}: {error.reason}")
    seconds = time.perf_counter() - started
    document = jixiao.clean(read).json
    values: dict[str, Any] = {}
    for index, table in enumerate(document["tables"]):
        _flatten(f"/tables/{index}", table, values)
    found = {(each["path"], each["code"]) for each in document["findings"] if not each["code"].startswith(_OF_PAGES)}
    return Outcome(seconds, values, found, document)


def _flatten(path: str, value: Any, into: dict[str, Any]) -> None:
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in _PLACES:
                _flatten(f"{path}/{name}", each, into)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            _flatten(f"{path}/{index}", each, into)
    else:
        into[path] = value


@dataclass
class Score:
    """Of one format over all forms."""

    files: int = 0
    failed: int = 0
    fields: int = 0
    equal: int = 0
    silent: int = 0
    truths: int = 0
    wrong: int = 0
    findings: int = 0
    seconds: list[float] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def add(self, name: str, found: Outcome, reference: Outcome, truth: dict[str, Any] | None) -> None:
        self.files += 1
        if found.failed:
            self.failed += 1
            self.differences.append(f"{name}: {found.failed}")
            self.fields += len(reference.values)
            return
        self.seconds.append(found.seconds)
        for path in sorted(reference.values.keys() | found.values.keys()):
            expected, value = reference.values.get(path), found.values.get(path)
            self.fields += 1
            # Blanks do not count: programs leave a gap between Chinese and figures on paper that is in no file.
            if same(value, expected):
                self.equal += 1
            else:
                self.differences.append(f"{name} {path}: {expected!r}, here {value!r}")
        for path, code in sorted(found.findings ^ reference.findings):
            self.findings += 1
            self.differences.append(f"{name} {path}: {code} {'only here' if (path, code) in found.findings else 'missing here'}")
        if truth is not None:
            missed = misses(found.document, truth)
            self.truths += 1
            self.wrong += len(missed)
            self.silent += sum(not each.marked for each in missed)
            self.differences += [f"{name} against what it says: {each}" for each in missed]

    def line(self, name: str) -> str:
        speed = sorted(self.seconds)[len(self.seconds) // 2] if self.seconds else 0.0
        against = f"{self.wrong} / {self.silent}" if self.truths else "–"
        read, equal = f"{self.files - self.failed} of {self.files}", f"{self.equal} of {self.fields}"
        return f"| {name} | {read} | {equal} | {self.findings} | {against} | {speed:.3f} |"
