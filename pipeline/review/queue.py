"""What waits for a person, most urgent first: read once from what cleaning remembers, again when that has changed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalizers.decision import Decision
from normalizers.finding_details import field_of
from pipeline.dataset import NAME_DIGITS, Dataset
from pipeline.decisions import decisions_path, load_decisions
from pipeline.export.names import chinese_field
from pipeline.export.rows import COLUMNS
from pipeline.export.source import source_of
from pipeline.report.sample import CODE, Sample, read_sample, said_of

FACETS = ("unit", "year", "code", "reader", "file")
_MOST_FACETS = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One finding for a person."""

    sha256: str
    finding_id: str
    path: str
    priority: int
    file: str
    unit: str
    year: str
    code: str
    reader: str
    page_no: int | None
    row: int | None
    field: str
    field_name: str
    value: str
    raw: str
    message: str

    @property
    def key(self) -> tuple[str, str]:
        return self.sha256, self.finding_id


class Queue:
    """The findings of a dataset, or the values of its sample, and which of them are decided; safe to ask from several threads."""

    def __init__(self, dataset: Dataset, of_sample: bool = False) -> None:
        self._dataset = dataset
        self._of_sample = of_sample
        self._lock = threading.Lock()
        self._items: list[Item] = []
        self._by_key: dict[tuple[str, str], Item] = {}
        self._sample = Sample([])
        self._decisions: list[Decision] = []
        self._items_look: object = None
        self._decisions_look: object = None

    def items(self) -> list[Item]:
        """All of them, most urgent first, then by file and page; a sample in its own order, which is by chance."""
        with self._lock:
            sources = [self._dataset.sample] if self._of_sample else [self._dataset.cleaning, _wal(self._dataset.cleaning)]
            look = [_look(path) for path in sources]
            if look != self._items_look:
                if self._of_sample:
                    self._sample = read_sample(self._dataset)
                self._items = list(_drawn(self._sample)) if self._of_sample else sorted(_read(self._dataset), key=_urgency)
                self._by_key = {item.key: item for item in self._items}
                self._items_look = look
            return self._items

    def decisions(self) -> list[Decision]:
        """Those in force, other reviewers' and other processes' included."""
        with self._lock:
            look = _look(decisions_path(self._dataset))
            if look != self._decisions_look:
                self._decisions = load_decisions(self._dataset)
                self._decisions_look = look
            return self._decisions

    def item(self, sha256: str, finding_id: str) -> Item | None:
        self.items()
        return self._by_key.get((sha256, finding_id))

    def decided(self) -> Callable[[Item], Decision | None]:
        """Who decided about an item already, and what: about it, about its field, or about its reading anywhere."""
        decisions = self.decisions()
        if self._of_sample:
            self.items()
            said = said_of(self._sample, decisions)
            return lambda item: said.get(item.key)
        by_key = {(each.document, each.finding_id): each for each in decisions}
        by_field = {(each.document, each.path): each for each in decisions if each.field is not None}
        anywhere = {(each.field, each.raw): each for each in decisions if each.scope == "raw"}
        return lambda item: by_key.get(item.key) or by_field.get((item.sha256, item.path)) or anywhere.get((item.field, item.raw))

    def select(self, filters: dict[str, str], words: str = "", state: str = "open") -> list[Item]:
        """Items that fit.

        Args:
            filters: exact values by the names of ``FACETS``.
            words: parts of the file, unit, field, value or message, all of which must occur.
            state: ``open``, ``done`` or ``all``.
        """
        decided = self.decided()
        parts = words.lower().split()
        return [
            item
            for item in self.items()
            if all(getattr(item, name) == wanted for name, wanted in filters.items())
            and (not parts or _holds(item, parts))
            and (state == "all" or (decided(item) is None) == (state == "open"))
        ]


def facets(items: Iterable[Item]) -> dict[str, list[tuple[str, int]]]:
    """The values of each facet with their counts, most frequent first."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for item in items:
        for name in FACETS:
            counts[name][getattr(item, name)] += 1
    return {name: count.most_common(_MOST_FACETS) for name, count in counts.items()}


def _urgency(item: Item) -> tuple[int, str, int, int]:
    return item.priority, item.file, item.page_no or 0, item.row or 0


def _holds(item: Item, parts: list[str]) -> bool:
    text = f"{item.file} {item.unit} {item.field_name} {item.value} {item.raw} {item.message} {item.code}".lower()
    return all(part in text for part in parts)


def _read(dataset: Dataset) -> Iterator[Item]:
    tables: dict[str, tuple[str, str]] = {}
    with source_of(dataset) as source:
        for name, row in source.rows():
            named = dict(zip(COLUMNS[name], row, strict=True))
            if name == "tables":
                tables[named["table_id"]] = (named["unit_name"] or "", str(named["fiscal_year"] or ""))
            elif name == "findings" and named["severity"] == "review":
                yield _to_item(named, *tables.get(named["table_id"], ("", "")))


def _drawn(sample: Sample) -> Iterator[Item]:
    for each in sample.values:
        name = field_of(each["path"]) or ""
        reader, _, _ = each["stratum"].partition(" ")
        yield Item(
            each["sha256"], each["finding_id"], each["path"], 1, each.get("file") or each["sha256"][:NAME_DIGITS], "", "", CODE, reader,
            each["page_no"], None, name, chinese_field(name) or "", each["value"], each["raw"], "",
        )  # fmt: skip


def _to_item(row: dict[str, Any], unit: str, year: str) -> Item:
    return Item(
        row["sha256"], row["finding_id"], row["path"], row["priority"], row["document"], unit, year, row["code"], row["reader"] or "",
        row["page_no"], row["row"], row["field"] or "", row["field_name"] or "", row["value"] or "", row["raw"] or "", row["message"],
    )  # fmt: skip


def _look(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
