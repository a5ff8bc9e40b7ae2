"""What is done to one document, in whatever process it happens."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from extractors.model import Document
from extractors.reads import read_to_document
from normalizers.decision import Decision
from normalizers.settings import CleanSettings
from pipeline.cleaning.store import packed, packed_text, unpacked_text
from pipeline.dataset import Dataset, to_json, write_aside
from pipeline.errors import DamagedReadsError, JobError
from pipeline.export.csv_files import document_to_lines
from pipeline.export.rows import document_to_rows
from pipeline.inputs.names import name_of
from pipeline.messages import say, tell
from pipeline.run_counts import Tally

_NAMED = 20


@dataclass(frozen=True, slots=True)
class ToCollect:
    """Reads whose facts are wanted; ``known`` is what each store has them from already, ``decisions`` by name what people decided.

    ``expected`` are the digests of the reads by name, as the ledger noted them.
    """

    dataset: Path
    names: tuple[str, ...]
    known: tuple[str, ...]
    book: str
    settings: CleanSettings
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)

    def rest(self, done: int, given_up: dict[str, str]) -> ToCollect:
        """See ``limited.Chunk``."""
        return replace(self, names=self.names[done:], known=self.known[done:], given_up=_of(self.names, given_up))


@dataclass(frozen=True, slots=True)
class Collected:
    """Digest of a read and of what was decided about it, where its facts come from, and the facts.

    ``content`` is the digest of the read alone, where the ledger has not noted it yet.

    Facts are ``(number, scope, digest, body)``; None when they are known. A read that is
    damaged or of another release has ``facts_of`` empty.
    """

    name: str
    digest: str
    facts_of: str
    facts: tuple[tuple[int, str, str, bytes], ...] | None
    content: str = ""


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """Documents to make, as ``(name, paths, made_from, known made_from, known digest)``, and all that their scopes say.

    ``facts`` are bodies with the path of their document; ``contents`` sha256 by path,
    ``digests`` by name what ``collect`` saw.
    """

    dataset: Path
    documents: tuple[tuple[str, tuple[str, ...], str, str, str], ...]
    facts: dict[str, tuple[tuple[str, bytes], ...]]
    scopes: dict[str, tuple[str, ...]]
    contents: dict[str, str]
    digests: dict[str, str]
    settings: CleanSettings
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """See ``limited.Chunk``."""
        return tuple(name for name, *_ in self.documents)

    def rest(self, done: int, given_up: dict[str, str]) -> ToDeliver:
        """See ``limited.Chunk``."""
        return replace(self, documents=self.documents[done:], given_up=_of(self.names, given_up))


def _of(names: tuple[str, ...], given_up: dict[str, str]) -> dict[str, str]:
    return {name: given_up[name] for name in names if name in given_up}


@dataclass(frozen=True, slots=True)
class Delivered:
    """A document that is in its place; the last three are None when it was there already.

    ``made_from`` is empty where the read is not the one that ``collect`` saw: nothing was written.
    """

    name: str
    made_from: str
    stat: str
    digest: str
    tally: str | None
    csv: bytes | None
    rows: bytes | None


def collect(task: ToCollect) -> Iterator[Collected]:
    """First pass; what was given up says nothing to others.

    Raises:
        JobError: a read is none.
    """
    from normalizers.passes import document_to_facts, facts_to_text

    for name, known in zip(task.names, task.known, strict=True):
        content = _content(Dataset(task.dataset).reads / f"{name}.json")
        decisions = task.decisions.get(name, ())
        digest = digest_of(content + decisions_digest(decisions).encode())
        facts_of, alone = f"{digest} {task.book}", digest_of(content)
        if alone != task.expected.get(name, alone):
            yield Collected(name, digest, "", ())
            continue
        unnoted = "" if name in task.expected else alone
        if facts_of == known:
            yield Collected(name, digest, facts_of, None, unnoted)
            continue
        if name in task.given_up:
            yield Collected(name, digest, facts_of, (), unnoted)
            continue
        try:
            document = _to_document(content, Dataset(task.dataset).reads / f"{name}.json")
        except DamagedReadsError:
            yield Collected(name, digest, "", ())
            continue
        texts = [(each.number, each.scope, facts_to_text(each)) for each in document_to_facts(document, task.settings, decisions)]
        facts = tuple((number, scope, digest_of(text.encode()), packed_text(text)) for number, scope, text in texts)
        yield Collected(name, digest, facts_of, facts, unnoted)


def deliver(task: ToDeliver) -> Iterator[Delivered]:
    """Second pass: each document is written whole, unless the same bytes are there.

    Raises:
        JobError: a read cannot be opened, or the dataset cannot be written.
    """
    from normalizers.passes import document_to_value, given_up_value, text_to_facts

    said = {scope: [text_to_facts(unpacked_text(body), path) for path, body in bodies] for scope, bodies in task.facts.items()}
    dataset = Dataset(task.dataset)
    for name, paths, made_from, known, known_digest in task.documents:
        target = dataset.documents / f"{name}.json"
        there = _digest_there(target)
        if made_from == known and there == known_digest:
            yield Delivered(name, made_from, stat_of(target), there, None, None, None)
            continue
        decisions = task.decisions.get(name, ())
        document = _as_collected(dataset.reads / f"{name}.json", decisions, task.digests.get(name, ""))
        if document is None:
            yield Delivered(name, "", "", "", None, None, None)
            continue
        facts = [each for scope in task.scopes.get(name, ()) for each in said[scope]]
        if name in task.given_up:
            value = given_up_value(document, paths, task.given_up[name])
        else:
            value = document_to_value(document, paths, facts, task.contents, task.settings, decisions)
        content = to_json(value).encode()
        digest = digest_of(content)
        if digest != there:
            write_aside(target, content)
        yield Delivered(name, made_from, stat_of(target), digest, *_remembered(value))


def _as_collected(path: Path, decisions: Sequence[Decision], digest: str) -> Document | None:
    """The read, if it is the one that ``collect`` saw: a wrong sign in it would be delivered for a right one."""
    content = _content(path)
    if digest_of(content + decisions_digest(decisions).encode()) != digest:
        return None
    try:
        return _to_document(content, path)
    except DamagedReadsError:
        return None


def _remembered(value: dict[str, Any]) -> tuple[str, bytes, bytes]:
    """Counts, lines of the CSV files and rows of one document."""
    tally = Tally()
    tally.add(value)
    rows = document_to_rows(value)
    return tally_to_text(tally), packed(document_to_lines(rows)), packed(rows)


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
        raise JobError(*tell("file.unreadable", path=path, error=error.strerror)) from error


def _to_document(content: bytes, path: Path) -> Document:
    try:
        return read_to_document(json.loads(content))
    except MemoryError:
        raise
    except Exception as error:  # odd JSON raises nearly anything
        raise damaged_reads([path]) from error


def is_read(content: bytes) -> bool:
    """Whether this is a read that this release can use."""
    try:
        _to_document(content, Path())
    except DamagedReadsError:
        return False
    return True


def damaged_reads(paths: Sequence[Path]) -> DamagedReadsError:
    """The error that names them, all at once."""
    names = say("comma").join(name_of(path) for path in paths[:_NAMED])
    if len(paths) > _NAMED:
        names = say("reads.and-more", names=names, more=len(paths) - _NAMED)
    error = DamagedReadsError(*tell("reads.damaged", names=names, count=len(paths)))
    error.names = tuple(path.stem for path in paths)
    return error
