"""Delivered values with the cues behind them, and whether they are right."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bench.forms.compare import HEADER, INDICATOR
from extractors.model import Document
from extractors.reads import read_to_document
from normalizers.assemble import table_out
from normalizers.clean import check_all, mend_document
from normalizers.cleaned import CleanDocument
from normalizers.consensus.opinions import build, collect_document, is_shared
from normalizers.doubts.confidence import Cues, Setting, document_to_pages, family_of, field_to_cues, kind_of, table_to_setting
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field
from normalizers.rules.roles import role_of
from normalizers.settings import CleanSettings

# Rows of truth and of the result whose names and values are less alike than this are not the same row.
_ALIKE = 0.3
# Goals of two tables that are less alike than this belong to different projects.
_SAME_GOAL = 0.6


@dataclass(frozen=True, slots=True)
class Sample:
    """One delivered value; ``raw`` is the recogniser's own score, ``marked`` whether a person is asked about it."""

    document: str
    path: str
    family: str
    kind: str
    cues: Cues
    raw: float
    right: bool
    marked: bool


def dataset_to_samples(dataset: Path, truths: Mapping[str, Path]) -> list[Sample]:
    """Clean the reads of a dataset and hold every value against its truth.

    Args:
        dataset: a folder with ``reads/``.
        truths: file of the truth by stem of the document; documents without one are left out.
    """
    paths = sorted((dataset / "reads").glob("*.json"))
    settings, taxonomy = CleanSettings(), load_taxonomy()
    facts = (fact for each in _open(paths) for fact in collect_document(mend_document(each, settings).tables, each.path))
    consensus = build(filter(is_shared, facts))
    samples: list[Sample] = []
    for document in _open(paths):
        stem = Path(document.path).stem
        if stem in truths:
            clean = mend_document(document, settings)
            check_all(clean, consensus, taxonomy)
            samples += _clean_to_samples(stem, clean, json.loads(truths[stem].read_text(encoding="utf-8")))
    return samples


def _open(paths: Sequence[Path]) -> Iterator[Document]:
    for path in paths:
        yield read_to_document(json.loads(path.read_text(encoding="utf-8")))


def _clean_to_samples(stem: str, clean: CleanDocument, truth: dict[str, Any]) -> Iterator[Sample]:
    written, pages = [table_out(table, "") for table in clean.tables], document_to_pages(clean.document)
    for number, expected in _tables_of(written, truth["tables"]):
        table, pairs = clean.tables[number], dict(_table_to_pairs(written[number], expected))
        setting = table_to_setting(table, pages)
        for path, field in table.all_fields():
            if path in pairs and field.source is not None:
                yield _sample(stem, path, field, setting, same(*pairs[path]))


def _sample(stem: str, path: str, field: Field, setting: Setting, right: bool) -> Sample:
    raw = field.source.confidence if field.source is not None else 0.0
    marked = any(found.severity == "review" for found in setting.about(path))
    kind = kind_of(role_of(path), field.text)
    return Sample(stem, path, family_of(field), kind, field_to_cues(field, path, setting), raw, right, marked)


def _tables_of(written: Sequence[dict[str, Any]], truths: Sequence[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each table of the truth with the number of the written one that is most like it; none where a sheet was lost."""
    left = dict(enumerate(written))
    for expected in truths:
        alike = {number: _ratio(expected["goal"], table.get("overall_goal")) for number, table in left.items()}
        best = max(alike, key=lambda number: alike[number], default=None)
        if best is not None and alike[best] > _SAME_GOAL:
            del left[best]
            yield best, expected


def _table_to_pairs(table: dict[str, Any], truth: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Path, and what was found beside what is right."""
    for name, key in HEADER.items():
        if key in truth and name != "kind":
            yield name, (table.get(name), truth[key])
    for part in ("funds", "signoff"):
        for name, expected in truth[part].items():
            yield f"{part}/{name}", ((table.get(part) or {}).get(name), expected)
    rows = [row for row in truth["rows"] if row.get("l3")]
    for row, index in _aligned(rows, table["indicators"]):
        for name, key in INDICATOR.items():
            yield f"indicators/{index}/{name}", (table["indicators"][index].get(name), row[key])


def _aligned(rows: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], int]]:
    """Rows in order, so that what they share is most."""
    alike = [[_ratio(_key(row, "l3", "value", "l2"), _key(each, "level3", "value", "level2")) for each in found] for row in rows]
    best: dict[tuple[int, int], float] = defaultdict(float)
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(found))):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], best[i + 1, j + 1] + alike[i][j])
    i = j = 0
    while i < len(rows) and j < len(found):
        if alike[i][j] > _ALIKE and best[i, j] == best[i + 1, j + 1] + alike[i][j]:
            yield rows[i], j
            i, j = i + 1, j + 1
        elif best[i + 1, j] >= best[i, j + 1]:
            i += 1
        else:
            j += 1


def _key(row: Mapping[str, Any], *names: str) -> str:
    values = (row.get(name) for name in names)
    return "".join(folded(value[0] if isinstance(value, list) else value) for value in values)


def _ratio(one: Any, other: Any) -> float:
    return SequenceMatcher(None, folded(one)[:120], folded(other)[:120], autojunk=False).ratio()


def same(found: Any, truth: Any) -> bool:
    """Equal after width, white space and the mark at the end are folded; numbers as numbers; a list of truths allows each."""
    if isinstance(truth, list):
        return any(same(found, each) for each in truth)
    if folded(found) == folded(truth):
        return True
    try:
        return Decimal(str(found)) == Decimal(str(truth))
    except InvalidOperation:
        return False


def folded(value: Any) -> str:
    text = "".join(unicodedata.normalize("NFKC", "" if value is None else str(value)).split())
    return re.sub("[。、]", lambda mark: "." if mark.group() == "。" else ",", text).rstrip(".,")
