"""A seeded, stratified sample of values that nobody was asked about, for people to compare with the page."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from normalizers.decision import Decision
from normalizers.paths import table_of
from pipeline.dataset import Dataset, load_json, to_json, write_whole
from pipeline.decisions import load_decisions, now
from pipeline.errors import UsageError
from pipeline.messages import tell
from pipeline.pointers import pointed
from pipeline.report.delivered import delivered_values
from pipeline.report.strata import choose, role_of_path

Entry = dict[str, Any]
CODE = "sample"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: values in the order in which they are looked at, and the dataset that they stand for."""

    values: list[Entry]
    seed: int = 0
    when: str = ""
    population: int = 0
    strata: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Judged:
    """What people said about a sample; ``roles`` gives seen and not right by the sort of the field."""

    drawn: int
    population: int
    when: str
    seen: int = 0
    wrong: int = 0
    unreadable: int = 0
    changed: int = 0
    roles: dict[str, tuple[int, int]] = field(default_factory=dict)
    errors: list[tuple[Entry, Decision]] = field(default_factory=list)

    @property
    def not_right(self) -> int:
        """What nobody can read counts as wrong: nobody can say that it is right."""
        return self.wrong + self.unreadable


def draw_sample(dataset: Dataset, count: int, seed: int) -> Sample:
    """Draw ``count`` accepted values, by reader, kind of form and sort of field; the same seed, the same sample.

    Each value has the same chance. The order is by chance, too: whoever looks at the first hundred
    has looked at a sample. Memory holds the sample and one document.

    Raises:
        UsageError: the dataset holds no value that was accepted.
    """
    sizes = Counter(entry["stratum"] for entry in accepted_values(dataset))
    if not sizes:
        raise UsageError(*tell("sample.nothing", root=dataset.root))
    drawn = drawn_from(accepted_values(dataset), sizes, count, seed)
    return Sample(drawn, seed, now(), sizes.total(), dict(sorted(sizes.items())))


def drawn_from(values: Iterable[Entry], sizes: dict[str, int], count: int, seed: int) -> list[Entry]:
    """The chosen ones of all values, in the order in which they are looked at."""
    chosen = choose(sizes, count, seed)
    at: dict[str, int] = defaultdict(int)
    drawn = []
    for entry in values:
        name = entry["stratum"]
        if at[name] in chosen[name]:
            drawn.append(entry | {"finding_id": _number(entry)})
        at[name] += 1
    Random(f"{seed} order").shuffle(drawn)
    return drawn


def write_sample(dataset: Dataset, sample: Sample) -> None:
    """``sample.json``: what the review page shows and the report counts.

    Raises:
        JobError: the dataset cannot be written.
    """
    value = {
        "version": _VERSION, "seed": sample.seed, "when": sample.when, "population": sample.population, "strata": sample.strata,
        "values": sample.values,
    }  # fmt: skip
    write_whole(dataset.sample, to_json(value))


def read_sample(dataset: Dataset) -> Sample:
    """The sample that was drawn last; empty when none was.

    Raises:
        UsageError: the file is none of ours.
    """
    if not dataset.sample.is_file():
        return Sample([])
    try:
        value = load_json(dataset.sample)
        values = [each for each in value["values"] if isinstance(each["path"], str) and each["sha256"] and each["finding_id"]]
        known = value.get("strata") or {}
        return Sample(values, int(value["seed"]), str(value.get("when", "")), int(value.get("population", 0)), dict(known))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(*tell("sample.no-sample", path=dataset.sample)) from error


class Judging:
    """What people said about the sample of a dataset; shown the documents, it knows which values have changed since."""

    def __init__(self, dataset: Dataset) -> None:
        sample = read_sample(dataset)
        entries = {(each["sha256"], each["finding_id"]): each for each in sample.values}
        self._said = said_of(sample, load_decisions(dataset))
        self._by_document: dict[str, list[Entry]] = defaultdict(list)
        for each in sample.values:
            self._by_document[each["sha256"]].append(each)
        self._same = 0
        self.result = Judged(len(entries), sample.population, sample.when)
        for key, entry in entries.items():
            if key in self._said:
                self._count(entry, self._said[key])

    def look(self, document: dict[str, Any]) -> None:
        """A document of the dataset as it is now."""
        for entry in self._by_document.get(document["document"]["sha256"], ()):
            decided = (entry["sha256"], entry["finding_id"]) in self._said
            self._same += decided or as_text(pointed(document, entry["path"])) == entry["value"]

    def end(self) -> Judged:
        """All documents were looked at."""
        self.result.changed = self.result.drawn - self._same
        return self.result

    def _count(self, entry: Entry, decision: Decision) -> None:
        found, role = self.result, role_of_path(entry["path"])
        unreadable = decision.action == "unreadable"
        wrong = not unreadable and is_wrong(decision, entry)
        found.seen += 1
        found.wrong += wrong
        found.unreadable += unreadable
        seen, not_right = found.roles.get(role, (0, 0))
        found.roles[role] = (seen + 1, not_right + (wrong or unreadable))
        if wrong or unreadable:
            found.errors.append((entry, decision))


def said_of(sample: Sample, decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """What was said about each drawn value, by content and number: as one of the sample, or about its field after it was drawn."""
    by_path = {(each["sha256"], each["path"]): each["finding_id"] for each in sample.values}
    numbers = set(zip((each["sha256"] for each in sample.values), by_path.values(), strict=True))
    said: dict[tuple[str, str], Decision] = {}
    for each in decisions:
        number = each.finding_id if (each.document, each.finding_id) in numbers else None
        if number is None and each.when >= sample.when:
            number = by_path.get((each.document, each.path))
        if number is not None and each.field is not None:
            said[each.document, number] = each
    return said


def is_wrong(decision: Decision, entry: Entry) -> bool:
    """A value that was confirmed by another way of typing it is right."""
    return decision.action != "accept" and "".join(decision.text.split()) != "".join(str(entry["value"]).split())


def accepted_values(dataset: Dataset) -> Iterator[Entry]:
    """Every delivered value of a form that no finding for a person covers, in the order of the documents."""
    for document in dataset.load_documents():
        yield from accepted_of(document)


def accepted_of(document: dict[str, Any]) -> Iterator[Entry]:
    """Those of one document."""
    kinds = [table["kind"] for table in document["tables"]]
    for each in delivered_values(document):
        if each.is_marked:
            continue
        yield {
            "sha256": document["document"]["sha256"], "file": document["document"]["path"], "path": each.path,
            "value": as_text(each.value), "raw": each.source["raw"],
            "stratum": f"{each.reader} {_kind(each.path, kinds)} {role_of_path(each.path)}",
            "page_no": each.source.get("page_no"), "bbox": each.source.get("bbox"),
        }  # fmt: skip


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _kind(path: str, kinds: list[str]) -> str:
    index = table_of(path)
    return kinds[index] if index is not None and index < len(kinds) else ""


def _number(entry: Entry) -> str:
    return hashlib.sha256(f"{CODE} {entry['sha256']} {entry['path']}".encode()).hexdigest()[:12]
