"""``decisions.jsonl``: what people decided, a line each, only ever added to.

A line is a ``Decision``, or ``{"undo": ID, "when": …, "who": …}``. Several
processes may add at once: each line is written whole, under a lock.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from normalizers.decision import ACTIONS, Decision
from pipeline.dataset import Dataset
from pipeline.errors import UsageError, from_os_error
from pipeline.messages import say, tell

_FIELDS = frozenset(each.name for each in fields(Decision))


def decisions_path(dataset: Dataset) -> Path:
    return dataset.root / "decisions.jsonl"


def new_id() -> str:
    return uuid.uuid4().hex[:16]


def now() -> str:
    """UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def add_lines(dataset: Dataset, lines: Iterable[dict[str, Any]]) -> None:
    """Add lines whole and lasting, also while other processes add theirs.

    Raises:
        JobError: the file cannot be written.
    """
    path = decisions_path(dataset)
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(", ", ": ")) + "\n" for line in lines)
    try:
        with path.open("ab+") as file, _locked(file.fileno()):
            end = file.seek(0, os.SEEK_END)
            # A line that a killed process left half written must not swallow the next one.
            if end and _last_byte(file, end) != b"\n":
                file.write(b"\n")
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise from_os_error(error, path) from error


def _last_byte(file: Any, end: int) -> bytes:
    file.seek(end - 1)
    last: bytes = file.read(1)
    return last


@contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Nobody else adds meanwhile; a system without such locks relies on appending whole lines."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def decision_to_line(decision: Decision) -> dict[str, Any]:
    """The line of a decision; what is not said is left out."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(decision).items() if value is not None}


def undo_line(decision_id: str, who: str) -> dict[str, Any]:
    return {"undo": decision_id, "when": now(), "who": who}


def load_decisions(dataset: Dataset) -> list[Decision]:
    """The decisions in force, in the order they were made: undone ones and those that a later one replaced are left out.

    Raises:
        UsageError: a line is no decision.
    """
    in_force: dict[str, Decision] = {}
    latest: dict[tuple[Any, ...], str] = {}
    for number, line in _lines(decisions_path(dataset)):
        if "undo" in line:
            in_force.pop(str(line["undo"]), None)
            continue
        decision = _to_decision(decisions_path(dataset), number, line)
        # The replaced one stays in ``in_force``: it is in force again when the later one is undone.
        in_force[decision.decision_id] = decision
    for each in in_force.values():
        latest[each.target] = each.decision_id
    return [each for each in in_force.values() if latest[each.target] == each.decision_id]


def decisions_about(decisions: Iterable[Decision], sha256: str) -> tuple[Decision, ...]:
    """Those that may change this document: made on it, or for the same reading anywhere."""
    return tuple(each for each in decisions if each.scope == "raw" or each.document == sha256)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(*tell("decisions.unreadable", path=path, error=error)) from error
    whole, _, _half = text.rpartition("\n")
    for number, line in enumerate(whole.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            if _is_half(line):
                continue
            raise _wrong(path, number, say("decisions.no-object"))
        yield number, value


def _is_half(line: str) -> bool:
    """The beginning of a line whose writer was killed: it never said anything whole, and its writer was told so."""
    return line.startswith("{") and not line.endswith("}")


def _to_decision(path: Path, number: int, line: dict[str, Any]) -> Decision:
    known = {name: value for name, value in line.items() if name in _FIELDS}
    if known.get("bbox") is not None:
        known["bbox"] = tuple(known["bbox"])
    missing = [name for name in ("field", "raw", "before", "after") if name not in known]
    try:
        decision = Decision(**(known | dict.fromkeys(missing)))
    except TypeError as error:
        raise _wrong(path, number, say("decisions.lacks-part")) from error
    if decision.action not in ACTIONS:
        raise _wrong(path, number, say("decisions.no-action", action=decision.action))
    return decision


def _wrong(path: Path, number: int, what: str) -> UsageError:
    return UsageError(*tell("decisions.bad-line", path=path, number=number, what=what))
