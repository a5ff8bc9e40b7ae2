"""Cleaning a dataset, from what is there to what people open."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from normalizers.decision import Decision
from pipeline.cleaning.damaged import set_aside_damaged
from pipeline.cleaning.exports import write_exports
from pipeline.cleaning.limited import Chunk, LimitedPool, Limits, Work
from pipeline.cleaning.stock import take_stock
from pipeline.cleaning.store import DamagedStoreError, Store, loaded
from pipeline.cleaning.work import (
    Collected,
    Delivered,
    ToCollect,
    ToDeliver,
    collect,
    decisions_digest,
    deliver,
    digest_of,
    stat_of,
)
from pipeline.dataset import NAME_DIGITS, Dataset, discard, json_files, sync_folder
from pipeline.dataset.own_names import is_document
from pipeline.decisions import decisions_about, load_decisions
from pipeline.ledger import Ledger, opened
from pipeline.ledger.history_file import write_history
from pipeline.processes.memory import hard_limit
from pipeline.run_counts import Tally
from pipeline.settings import Settings
from pipeline.versions import cleaning_version, rulebook_version

_CHUNK = 32
# Below this a second process starts longer than it helps.
_FEW = 64

OnDocument = Callable[[int, int], None]


def clean_dataset(dataset: Dataset, settings: Settings, on_document: OnDocument = lambda _done, _total: None) -> Tally:
    """Bring documents and exports up to the reads, the ledger, the rulebook and the user's files.

    No file but the reads (and the user's) is opened. A document is made again when
    its read, its paths, the rulebook or what the other tables of its units say has
    changed; the result is byte for byte that of cleaning all. Memory does not grow
    with the dataset.

    Args:
        on_document: told how many documents are done, of how many that are to be made.

    Raises:
        JobError: the dataset cannot be written, or a read is none.
    """
    dataset.create()
    try:
        return _clean_dataset(dataset, settings, on_document)
    except DamagedStoreError:
        Store.forget(dataset.cleaning)
        return _clean_dataset(dataset, settings, on_document)


def _clean_dataset(dataset: Dataset, settings: Settings, on_document: OnDocument) -> Tally:
    store = Store(dataset.cleaning)
    pool = LimitedPool(Limits(settings.clean_timeout, hard_limit(settings.clean_memory, settings.jobs)))
    try:
        damaged = take_stock(store, dataset)
        decided = _Decided(load_decisions(dataset))
        _note_decided(store, decided)
        book = cleaning_version(settings.clean.taxonomy_file, settings.clean.templates_file)
        damaged += _collect_all(store, dataset, settings, book, decided, pool)
        set_aside_damaged(dataset, damaged)
        _plan(store, dataset, book)
        set_aside_damaged(dataset, _deliver_all(store, dataset, settings, on_document, decided, pool))
        _remove_stale(store, dataset)
        tally = _count(store)
    finally:
        pool.close()
        store.close()
    write_exports(dataset, settings.formats)
    with opened(dataset) as ledger:
        write_history(dataset, ledger.history())
        ledger.note_cleaned(rulebook_version(settings.clean.taxonomy_file, settings.clean.templates_file))
    return tally


class _Decided:
    """What people decided, by document."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._anywhere = any(each.scope == "raw" for each in decisions)
        self._decisions = decisions
        self._contents = {each.document for each in decisions}

    def about(self, sha256: str) -> tuple[Decision, ...]:
        return decisions_about(self._decisions, sha256) if self._anywhere or sha256 in self._contents else ()


def _note_decided(store: Store, decided: _Decided) -> None:
    """A document about which other things are decided than last time is made again."""
    rows = store.read("SELECT name, sha256, coalesce(decided, '') FROM documents WHERE path IS NOT NULL")
    now = [(decisions_digest(decided.about(sha256)), name, known) for name, sha256, known in rows]
    changed = [(digest, name) for digest, name, known in now if digest != known]
    store.write("UPDATE documents SET digest = NULL, decided = ? WHERE name = ?", changed)
    store.commit()


def _collect_all(store: Store, dataset: Dataset, settings: Settings, book: str, decided: _Decided, pool: LimitedPool) -> list[str]:
    """First pass: the facts of what is new; names of reads that are none, or not as they were written."""
    store.write("DELETE FROM fresh")
    store.write(
        "INSERT INTO fresh (name, known, sha256) SELECT name, coalesce(facts_of, ''), sha256 FROM documents "
        "WHERE path IS NOT NULL AND (digest IS NULL OR facts_of IS NULL OR facts_of <> digest || ' ' || ?)",
        [(book,)],
    )
    count = next(store.read("SELECT count(*) FROM fresh"))[0]
    damaged = []
    with opened(dataset) as ledger:
        for results in _results(collect, _collections(store, dataset, settings, book, decided, ledger), settings, count, pool):
            damaged += [each.name for each in results if not each.facts_of]
            results = [each for each in results if each.facts_of]
            _note_collected(store, ledger, results)
    return damaged


def _collections(
    store: Store, dataset: Dataset, settings: Settings, book: str, decided: _Decided, ledger: Ledger
) -> Iterator[ToCollect]:
    for part in _parts(store.read("SELECT name, known, sha256 FROM fresh ORDER BY name")):
        noted = ledger.read_digests([sha256 for _, _, sha256 in part])
        yield ToCollect(
            dataset.root, tuple(name for name, *_ in part), tuple(known for _, known, _ in part), book, settings.clean,
            {name: found for name, _, sha256 in part if (found := decided.about(sha256))},
            {name: noted[sha256] for name, _, sha256 in part if sha256 in noted},
        )  # fmt: skip


def _note_collected(store: Store, ledger: Ledger, results: Sequence[Collected]) -> None:
    store.write("UPDATE documents SET digest = ?, facts_of = ? WHERE name = ?", ((r.digest, r.facts_of, r.name) for r in results))
    fresh = [each for each in results if each.facts is not None]
    store.write("DELETE FROM facts WHERE name = ?", ((each.name,) for each in fresh))
    store.write("INSERT INTO facts (name, number, scope, digest, body) VALUES (?, ?, ?, ?, ?)", _fact_rows(fresh))
    store.commit()
    unnoted = {each.name: each.content for each in results if each.content}
    shas = {name: next(store.read("SELECT sha256 FROM documents WHERE name = ?", (name,)))[0] for name in unnoted}
    if unnoted:
        ledger.note_digests({shas[name]: content for name, content in unnoted.items()})


def _results(work: Work, chunks: Iterable[Chunk], settings: Settings, count: int, pool: LimitedPool) -> Iterator[list[Any]]:
    """Of each chunk; without limits few documents are cleaned by this process, where nobody watches."""
    if not settings.watches_cleaning and (settings.jobs == 1 or count <= _FEW):
        yield from (list(work(chunk)) for chunk in chunks)
        return
    yield from pool.spread(work, chunks, settings.jobs if count > _FEW else 1)


def _parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while part := list(islice(rest, _CHUNK)):
        yield part


def _fact_rows(results: Iterable[Collected]) -> Iterator[tuple[Any, ...]]:
    for each in results:
        for number, scope, digest, body in each.facts or ():
            yield each.name, number, scope, digest, body


def _plan(store: Store, dataset: Dataset, book: str) -> None:
    """Which documents are to be made: those whose causes changed, or that are not there as they were left."""
    for table in ("slices", "todo"):
        store.write(f"DELETE FROM {table}")
    store.write("INSERT INTO slices (scope, digest) VALUES (?, ?)", _slices(store))
    store.write("INSERT INTO todo VALUES (?, ?, ?, ?, ?, ?, ?)", _changed(store, dataset, book))
    store.commit()


def _slices(store: Store) -> Iterator[tuple[str, str]]:
    """One digest over all that the tables of a scope say, and under which paths."""
    rows = store.read(
        "SELECT f.scope, d.path, d.sha256, f.number, f.digest FROM facts f JOIN documents d ON d.name = f.name "
        "WHERE d.path IS NOT NULL ORDER BY f.scope, d.path, d.name, f.number"
    )
    for scope, members in groupby(rows, key=lambda row: row[0]):
        yield scope, _digest([list(row[1:]) for row in members])


def _changed(store: Store, dataset: Dataset, book: str) -> Iterator[tuple[str, ...]]:
    rows = store.read(
        "SELECT d.name, d.path, d.paths, d.sha256, d.digest, d.made_from, d.out_stat, d.out_digest, s.scope, s.digest "
        "FROM documents d LEFT JOIN facts f ON f.name = d.name LEFT JOIN slices s ON s.scope = f.scope "
        "WHERE d.path IS NOT NULL ORDER BY d.name, s.scope"
    )
    for (name, path, paths, sha256, digest, known, stat, out_digest), members in groupby(rows, key=lambda row: row[:8]):
        scopes = sorted({(row[8], row[9]) for row in members if row[8] is not None})
        made_from = _digest([book, sha256, paths, digest, scopes])
        if made_from != known or stat != stat_of(dataset.documents / f"{name}.json"):
            yield scopes[0][0] if scopes else "", path, name, paths, made_from, known or "", out_digest or ""


def _digest(value: Any) -> str:
    return digest_of(json.dumps(value, ensure_ascii=False).encode())


def _deliver_all(
    store: Store, dataset: Dataset, settings: Settings, on_document: OnDocument, decided: _Decided, pool: LimitedPool
) -> list[str]:
    """Second pass; names of reads that are not as they were in the first.

    Documents of one scope come together: what is looked up in it is built once.
    """
    damaged = []
    total, done = next(store.read("SELECT count(*) FROM todo"))[0], 0
    for results in _results(deliver, _deliveries(store, dataset, settings, decided), settings, total, pool):
        damaged += [each.name for each in results if not each.made_from]
        results = [each for each in results if each.made_from]
        sync_folder(dataset.documents)
        store.write(
            "UPDATE documents SET made_from = ?, out_stat = ?, out_digest = ?, tally = coalesce(?, tally) WHERE name = ?",
            ((each.made_from, each.stat, each.digest, each.tally, each.name) for each in results),
        )
        store.write("INSERT OR REPLACE INTO fragments (name, csv, rows) VALUES (?, ?, ?)", _fragments(results))
        store.commit()
        for _ in results:
            done += 1
            on_document(done, total)
    return damaged


def _fragments(results: Iterable[Delivered]) -> Iterator[tuple[str, bytes | None, bytes | None]]:
    return ((each.name, each.csv, each.rows) for each in results if each.csv is not None)


def _deliveries(store: Store, dataset: Dataset, settings: Settings, decided: _Decided) -> Iterator[ToDeliver]:
    # From a table of its own: a reader of the store would keep its log from being taken in, for as long as this lasts.
    rows = store.read("SELECT name, paths, made_from, known, digest FROM todo ORDER BY scope, path, name")
    for part in _parts((name, tuple(loaded(paths)), *rest) for name, paths, *rest in rows):
        scopes = {name: tuple(scope for (scope,) in store.read(_SCOPES, (name,))) for name, *_ in part}
        facts: dict[str, tuple[tuple[str, bytes], ...]] = {}
        contents: dict[str, str] = {}
        for scope in sorted({scope for each in scopes.values() for scope in each}):
            members = list(store.read(_MEMBERS, (scope,)))
            facts[scope] = tuple((path, body) for path, _, body in members)
            contents |= {path: sha256 for path, sha256, _ in members}
        known = {name: next(store.read("SELECT sha256, digest FROM documents WHERE name = ?", (name,))) for name, *_ in part}
        decisions = {name: found for name, (sha256, _) in known.items() if (found := decided.about(sha256))}
        digests = {name: digest or "" for name, (_, digest) in known.items()}
        yield ToDeliver(dataset.root, tuple(part), facts, scopes, contents, digests, settings.clean, decisions)


_SCOPES = "SELECT DISTINCT scope FROM facts WHERE name = ? ORDER BY scope"
_MEMBERS = (
    "SELECT d.path, d.sha256, f.body FROM facts f JOIN documents d ON d.name = f.name "
    "WHERE f.scope = ? AND d.path IS NOT NULL ORDER BY d.path, d.name, f.number"
)


def _remove_stale(store: Store, dataset: Dataset) -> None:
    """Documents whose read is gone, or whose bytes no path has any more; what somebody else put there stays."""
    wanted = "SELECT count(*) FROM documents WHERE name = ? AND path IS NOT NULL"
    for path in json_files(dataset.documents):
        if next(store.read(wanted, (path.stem,)))[0] == 0 and is_document(path):
            discard(path)


def count_contents(dataset: Dataset, contents: Iterable[str]) -> Tally:
    """The counts of these documents, by sha256; those that are no part of the dataset count nothing."""
    store = Store(dataset.cleaning)
    try:
        query = "SELECT tally FROM documents WHERE path IS NOT NULL AND name = ?"
        return _sum(text for sha256 in sorted(contents) for (text,) in store.read(query, (sha256[:NAME_DIGITS],)))
    finally:
        store.close()


def _count(store: Store) -> Tally:
    return _sum(text for (text,) in store.read("SELECT tally FROM documents WHERE path IS NOT NULL"))


def _sum(tallies: Iterable[str]) -> Tally:
    total = Tally()
    for text in tallies:
        each = loaded(text)
        for name in ("documents", "tables", "rows"):
            setattr(total, name, getattr(total, name) + each[name])
        for name in ("statuses", "corrections", "review", "info"):
            getattr(total, name).update(Counter(each[name]))
    return total
