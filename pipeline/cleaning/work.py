"""What is done to one document, in whatever process it happens."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from extractors.model import Document
from extractors.reads import read_to_document
from normalizers.decision import Decision
from normalizers.settings import CleanSettings
from pipeline.dataset import Dataset, to_json, write_aside
from pipeline.errors import JobError
from pipeline.export.csv_files import document_to_lines
from pipeline.export.rows import document_to_rows
from pipeline.run_counts import Tally

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")
_FAST = 1


@dataclass(frozen=True, slots=True)
class ToCollect:
    """Reads whose facts are wanted; ``known`` is what each store has them from already, ``decisions`` by name what people decided."""

    dataset: Path
    names: tuple[str, ...]
    known: tuple[str, ...]
    book: str
    settings: CleanSettings
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collected:
    """Digest of a read and of what was decided about it, where its facts come from, and the facts.

    Facts are ``(number, scope, digest, body)``; None when they are known.
    """

    name: str
    digest: str
    facts_of: str
    facts: tuple[tuple[int, str, str, bytes], ...] | None


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """Documents to make, as ``(name, paths, made_from, known made_from, known digest)``, and all that their scopes say.

    ``facts`` are bodies with the path of their document; ``contents`` sha256 by path.
    """

    dataset: Path
    documents: tuple[tuple[str, tuple[str, ...], str, str, str], ...]
    facts: dict[str, tuple[tuple[str, bytes], ...]]
    scopes: dict[str, tuple[str, ...]]
    contents: dict[str, str]
    settings: CleanSettings
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A document that is in its place; the last three are None when it was there already."""

    name: str
    made_from: str
    stat: str
    digest: str
    tally: str | None
    csv: bytes | None
    rows: bytes | None


def collect(task: ToCollect) -> list[Collected]:
    """First pass.

    Raises:
        JobError: a read is none.
    """
    from normalizers.passes import document_to_facts, facts_to_text

    result = []
    for name, known in zip(task.names, task.known, strict=True):
        content = _content(Dataset(task.dataset).reads / f"{name}.json")
        decisions = task.decisions.get(name, ())
        digest = digest_of(content + decisions_digest(decisions).encode())
        facts_of = f"{digest} {task.book}"
        if facts_of == known:
            result.append(Collected(name, digest, facts_of, None))
            continue
        document = _to_document(content, Dataset(task.dataset).reads / f"{name}.json")
        texts = [(each.number, each.scope, facts_to_text(each).encode()) for each in document_to_facts(document, task.settings, decisions)]
        facts = tuple((number, scope, digest_of(text), zlib.compress(text, _FAST)) for number, scope, text in texts)
        result.append(Collected(name, digest, facts_of, facts))
    return result


def deliver(task: ToDeliver) -> list[Delivered]:
    """Second pass: each document is written whole, unless the same bytes are there.

    Raises:
        JobError: a read is none, or the dataset cannot be written.
    """
    from normalizers.passes import document_to_value, text_to_facts

    said = {
        scope: [text_to_facts(zlib.decompress(body).decode(), path) for path, body in bodies] for scope, bodies in task.facts.items()
    }
    dataset = Dataset(task.dataset)
    result = []
    for name, paths, made_from, known, known_digest in task.documents:
        target = dataset.documents / f"{name}.json"
        there = _digest_there(target)
        if made_from == known and there == known_digest:
            result.append(Delivered(name, made_from, stat_of(target), there, None, None, None))
            continue
        source = dataset.reads / f"{name}.json"
        document = _to_document(_content(source), source)
        facts = [each for scope in task.scopes.get(name, ()) for each in said[scope]]
        value = document_to_value(document, paths, facts, task.contents, task.settings, task.decisions.get(name, ()))
        content = to_json(value).encode()
        digest = digest_of(content)
        if digest != there:
            write_aside(target, content)
        result.append(Delivered(name, made_from, stat_of(target), digest, *_remembered(value)))
    return result


def _remembered(value: dict[str, Any]) -> tuple[str, bytes, bytes]:
    """Counts, lines of the CSV files and rows of one document."""
    tally = Tally()
    tally.add(value)
    rows = document_to_rows(value)
    return tally_to_text(tally), _packed(document_to_lines(rows)), _packed(rows)


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), _FAST)


def tally_to_text(tally: Tally) -> str:
    return json.dumps({each.name: getattr(tally, each.name) for each in fields(tally)}, ensure_ascii=False, separators=(",", ":"))


def decisions_digest(decisions: Sequence[Decision]) -> str:
    """Empty for none; else the same for the same decisions in the same order."""
    return digest_of(repr(decisions).encode()) if decisions else ""


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stat_of(path: Path) -> str:
    """How a file looks: another content has another look, as files are replaced and never written over. Empty when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


def _digest_there(path: Path) -> str:
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return ""


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise JobError(f"{path} cannot be read: {error.strerror}.", "Give this user the right to read it.") from error


def _to_document(content: bytes, path: Path) -> Document:
    try:
        return read_to_document(json.loads(content))
    except (ValueError, KeyError, TypeError) as error:
        raise JobError(f"{path} is no read of this version: {error}.", "Delete it and run `jixiao read` on its input again.") from error


def spread(work: Callable[[Chunk], Done], chunks: Iterable[Chunk], jobs: int) -> Iterator[Done]:
    """Results of work, done by so many processes, as they come; few chunks are held at a time.

    Raises:
        JobError: the work raised it, or a process died.
    """
    if jobs == 1:
        yield from map(work, chunks)
        return
    import multiprocessing

    rest = iter(chunks)
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_signals) as pool:
        running: set[Future[Done]] = set()
        try:
            for chunk in rest:
                running.add(pool.submit(work, chunk))
                if len(running) >= 2 * jobs:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (each.result() for each in done)
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        except BrokenProcessPool as error:
            way_out = "Run the same command again, with --jobs 1 if memory is short; it goes on from here."
            raise JobError("A process that cleaned documents died.", way_out) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _leave_signals() -> None:
    """Ctrl-C to the whole group is the parent's to handle."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
