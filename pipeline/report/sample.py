"""A seeded, stratified sample of values that nobody was asked about, for people to compare with the page."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from normalizers.decision import Decision
from normalizers.rules.roles import SENTENCES
from pipeline.dataset import Dataset, load_json, write_whole
from pipeline.decisions import load_decisions
from pipeline.errors import UsageError
from pipeline.explain import pointed
from pipeline.messages import tell

Entry = dict[str, Any]
CODE = "sample"
_TEXT = SENTENCES | {"level1", "level2", "level3"}


def sample_path(dataset: Dataset) -> Path:
    return dataset.root / "sample.json"


def draw_sample(dataset: Dataset, count: int, seed: int) -> list[Entry]:
    """Draw ``count`` accepted values, by reader and sort of field in the shares that the dataset has; the same seed, the same sample.

    Memory holds the sample and one document.

    Raises:
        UsageError: the dataset holds no value that was accepted.
    """
    sizes: dict[str, int] = defaultdict(int)
    for entry in accepted_values(dataset):
        sizes[entry["stratum"]] += 1
    if not sizes:
        raise UsageError(*tell("sample.nothing", root=dataset.root))
    wanted = _shares(dict(sizes), count)
    chosen = {name: set(Random(f"{seed} {name}").sample(range(sizes[name]), wanted[name])) for name in sorted(sizes)}
    at: dict[str, int] = defaultdict(int)
    drawn = []
    for entry in accepted_values(dataset):
        name = entry["stratum"]
        if at[name] in chosen[name]:
            drawn.append(entry | {"finding_id": _number(entry)})
        at[name] += 1
    return drawn


def write_sample(dataset: Dataset, entries: list[Entry], seed: int) -> None:
    """``sample.json``: what the review page shows and the report counts."""
    write_whole(sample_path(dataset), json.dumps({"seed": seed, "values": entries}, ensure_ascii=False, indent=1) + "\n")


def read_sample(dataset: Dataset) -> list[Entry]:
    """The sample that was drawn last; empty when none was."""
    path = sample_path(dataset)
    return list(load_json(path)["values"]) if path.is_file() else []


def judged(dataset: Dataset) -> tuple[int, int]:
    """How many values of the sample a person has judged, and how many of these were wrong."""
    entries = {(each["sha256"], each["finding_id"]): each for each in read_sample(dataset)}
    said = {(each.document, each.finding_id): each for each in load_decisions(dataset) if (each.document, each.finding_id) in entries}
    return len(said), sum(_is_wrong(decision, entries[key]) for key, decision in said.items())


def _is_wrong(decision: Decision, entry: Entry) -> bool:
    """A value that was confirmed by another way of typing it is right."""
    return decision.action != "accept" and "".join(decision.text.split()) != "".join(str(entry["value"]).split())


def accepted_values(dataset: Dataset) -> Iterator[Entry]:
    """Every delivered value that no finding for a person covers, in the order of the documents."""
    for document in dataset.load_documents():
        marked = {each["path"] for each in document["findings"] if each["severity"] == "review"}
        readers = {page["page_no"]: page["reader"] for page in document["document"]["pages"]}
        for path, source in document["provenance"].items():
            value = pointed(document, path)
            if value is None or isinstance(value, (list, dict)) or _covered(path, marked):
                continue
            name = path.rsplit("/", 1)[-1]
            kind = "text" if name in _TEXT else "number" if isinstance(value, (int, float)) or name in ("value", "operator") else "short"
            yield {
                "sha256": document["document"]["sha256"], "path": path, "value": str(value), "raw": source["raw"],
                "stratum": f"{readers.get(source.get('page_no'), '')} {kind}", "page_no": source.get("page_no"), "bbox": source.get("bbox"),
            }  # fmt: skip


def _covered(path: str, marked: set[str]) -> bool:
    """A finding on the field, its row, its table or the document asks already."""
    parts = path.split("/")
    return any("/".join(parts[:length]) in marked for length in range(1, len(parts) + 1))


def _shares(sizes: dict[str, int], count: int) -> dict[str, int]:
    """Largest remainders: shares add up to ``count``, or to all there is."""
    total = sum(sizes.values())
    count = min(count, total)
    exact = {name: count * size / total for name, size in sizes.items()}
    shares = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda each: (shares[each] - exact[each], each))[: count - sum(shares.values())]:
        shares[name] += 1
    return shares


def _number(entry: Entry) -> str:
    return hashlib.sha256(f"{CODE} {entry['sha256']} {entry['path']}".encode()).hexdigest()[:12]
