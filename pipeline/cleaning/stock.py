"""Which reads there are, which paths have their bytes, and so which documents the dataset holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.cleaning.store import Store
from pipeline.cleaning.work import damaged_reads, stat_of
from pipeline.dataset import NAME_DIGITS, Dataset, json_files, load_json
from pipeline.errors import DamagedReadsError
from pipeline.inputs.names import shown, shown_by_bytes
from pipeline.ledger import Ledger, opened

_HEAD = 8192
_CHUNK = 500
_PATH = re.compile(r'^ "path": ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
_SHA = re.compile(r'^ "sha256": "([0-9a-f]{64})",$', re.MULTILINE)


def take_stock(store: Store, dataset: Dataset) -> list[str]:
    """Bring the store's list of documents up to what lies in ``reads/`` and stands in the ledger.

    A document whose paths all have other bytes by now is no part of the dataset
    any more; its read stays, so that it need not be read again if they come back.

    Returns:
        Names of reads that do not even say what they are of.

    Raises:
        JobError: the reads or the ledger cannot be read.
    """
    run = next(store.read("SELECT coalesce(max(run), 0) + 1 FROM documents"))[0]
    store.write(
        "INSERT INTO documents (name, stat, run) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
        "digest = CASE WHEN stat = excluded.stat THEN digest END, stat = excluded.stat, run = excluded.run",
        ((path.stem, stat_of(path), run) for path in json_files(dataset.reads)),
    )
    store.write("DELETE FROM seen")
    with opened(dataset) as ledger:
        paths = ((sha256[:NAME_DIGITS], key, name, sha256) for sha256, key, name in ledger.named_contents())
        store.write("INSERT OR REPLACE INTO seen (name, key, path, sha256) VALUES (?, ?, ?, ?)", paths)
        damaged = _add_unknown(store, dataset, ledger, run)
        lost = store.read("SELECT path, sha256 FROM documents WHERE run <> ? AND path IS NOT NULL", (run,))
        ledger.note_lost_reads([(path, sha256) for path, sha256 in lost])
    _tell_namesakes_apart(store)
    store.write(
        "UPDATE documents SET sha256 = ?, path = ?, paths = ? WHERE name = ? AND (paths, path, sha256) IS NOT (?, ?, ?)", _identities(store)
    )
    for table in ("facts", "fragments"):
        store.write(f"DELETE FROM {table} WHERE name IN (SELECT name FROM documents WHERE run <> {run} OR path IS NULL)")
    store.write(f"DELETE FROM documents WHERE run <> {run}")
    store.write("UPDATE documents SET facts_of = NULL, made_from = NULL, out_stat = NULL, tally = NULL WHERE path IS NULL")
    store.commit()
    return damaged


def _add_unknown(store: Store, dataset: Dataset, ledger: Ledger, run: int) -> list[str]:
    """A read that the ledger does not know came with the folder: it speaks for itself, but where the history says that it left."""
    unknown = [name for (name,) in store.read("SELECT name FROM documents WHERE run = ? AND name NOT IN (SELECT name FROM seen)", (run,))]
    damaged: list[str] = []
    for start in range(0, len(unknown), _CHUNK):
        words = []
        for name in unknown[start : start + _CHUNK]:
            try:
                words.append(_own_words(dataset, name))
            except DamagedReadsError:
                damaged.append(name)
        left = ledger.left([sha256 for _, _, sha256 in words])
        rows = [(name, "", "", sha256) if sha256 in left else (name, f"?{name}", path, sha256) for name, path, sha256 in words]
        store.write("INSERT INTO seen (name, key, path, sha256) VALUES (?, ?, ?, ?)", rows)
    return damaged


def _tell_namesakes_apart(store: Store) -> None:
    """Paths that were given alike and are not the same get their absolute paths, and those that print alike their bytes."""
    twice = "SELECT key, path FROM seen WHERE path IN (SELECT path FROM seen WHERE path <> '' GROUP BY path HAVING count(DISTINCT key) > 1)"
    for longer in (shown, shown_by_bytes):
        rows = [(path + f" ({key[1:]})" if key.startswith("?") else longer(key), key) for key, path in store.read(twice)]
        store.write("UPDATE seen SET path = ? WHERE key = ?", rows)


def _own_words(dataset: Dataset, name: str) -> tuple[str, str, str]:
    """Name, path and sha256 from the head of a read; one of many pages is megabytes."""
    file = dataset.reads / f"{name}.json"
    try:
        with file.open(encoding="utf-8") as opened_file:
            head = opened_file.read(_HEAD)
        path, sha256 = _PATH.search(head), _SHA.search(head)
        if path and sha256:
            return name, str(json.loads(path[1])), sha256[1]
        value = load_json(file)
        return name, str(value["path"]), str(value["sha256"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged_reads([file]) from error


def _identities(store: Store) -> Iterator[tuple[Any, ...]]:
    """sha256, first path and all paths of each content, sorted; no path where none has these bytes any more."""
    rows: Iterable[tuple[Any, ...]] = store.read("SELECT name, path, sha256 FROM seen ORDER BY name, path")
    for name, group in groupby(rows, key=lambda row: row[0]):
        members = list(group)
        paths = [path for _, path, _ in members if path]
        sha256, first, text = members[0][2], paths[0] if paths else None, json.dumps(paths, ensure_ascii=False)
        yield sha256, first, text, name, text, first, sha256
