"""What was read of a sheet, held against its truth: right, wrong and marked, wrong and silent; and how often an unknown word is named."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.layouts.sheet import Expected, Sheet


@dataclass
class Score:
    """Counts over forms; ``misses`` name each wrong field."""

    fields: int = 0
    wrong: int = 0
    silent: int = 0
    forms: int = 0
    whole: int = 0
    reviews_on_whole: int = 0
    words: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def score_sheet(score: Score, name: str, sheet: Sheet, document: dict[str, Any]) -> None:
    """Add one form. A value under a word that the grammar may not know is right in its field, or under that word."""
    reviews = [found for found in document["findings"] if found["severity"] == "review"]
    marked = {path for found in reviews for path in [found["path"], *found.get("also", [])]}
    said = Counter(word for word in sheet.unseen for found in document["findings"] if repr(word) in found["message"])
    printed = {word for word in sheet.unseen if any(word in span.text for row in sheet.rows for span in row)}
    wrong = 0
    for path, expected in _all_expected(sheet, document):
        score.fields += 1
        if _is_right(document, path, expected):
            continue
        wrong += 1
        silent = not _is_marked(path, marked)
        score.silent += silent
        label = " [SILENT]" if silent else ""
        score.misses.append(
            f"{name} {' / '.join(sheet.parts)}: {path}{label} {expected.word!r}: {expected.value!r}, read {_at(document, path)!r}"
        )
    score.wrong += wrong
    score.forms += 1
    for word in printed:
        times = said[word]
        used = any(expected.word == word and _equal(_at(document, path), expected.value) for path, expected in sheet.truth.items())
        score.words["understood" if used and not times else {0: "not named", 1: "named once"}.get(times, "named more than once")] += 1
    if not wrong and not sheet.unseen:
        score.whole += 1
        score.reviews_on_whole += len(reviews)
        score.misses += [f"{name} {' / '.join(sheet.parts)}: finding {each['path']} {each['message'][:90]}" for each in reviews]


def _all_expected(sheet: Sheet, document: dict[str, Any]) -> Iterable[tuple[str, Expected]]:
    """Every field of the truth, and a miss for each table and each row too many."""
    yield from sheet.truth.items()
    tables = {int(path.split("/")[2]) for path in sheet.truth}
    for number in range(len(tables), len(document["tables"])):
        yield f"/tables/{number}", Expected(None)
    for number in tables:
        rows = {int(path.split("/")[4]) for path in sheet.truth if path.startswith(f"/tables/{number}/indicators/")}
        found = document["tables"][number]["indicators"] if number < len(document["tables"]) else []
        for index in range(len(rows), len(found)):
            yield f"/tables/{number}/indicators/{index}", Expected(None)


def _is_marked(path: str, marked: set[str]) -> bool:
    table = "/".join(path.split("/")[:3])
    return bool({path, path.rsplit("/", 1)[0], table, "/document/pages/0"} & marked)


def _is_right(document: dict[str, Any], path: str, expected: Expected) -> bool:
    if _equal(_at(document, path), expected.value):
        return True
    return bool(expected.word) and _under_its_word(document, path, expected)


def _under_its_word(document: dict[str, Any], path: str, expected: Expected) -> bool:
    """The value stands under the words that the form prints for it, and nothing stands in its field."""
    table = _at(document, "/".join(path.split("/")[:3])) or {}
    row = _at(document, path.rsplit("/", 1)[0]) if "/indicators/" in path else None
    home = (row or {}).get("other", {}) if "/indicators/" in path else table.get("other_fields", {})
    held = {key: value for key, value in home.items() if expected.word.rstrip("：") in key}
    if path.endswith("/line"):
        return bool(held)
    values = expected.value if isinstance(expected.value, list) else [expected.value]
    empty = not _at(document, path) or "funds_execution" in path
    return empty and any(_equal(value, each) or _inside(value, each) for value in held.values() for each in values)


def _inside(value: Any, expected: Any) -> bool:
    return expected is not None and _folded(expected) in _folded(value).replace(",", "")


def _at(document: Any, path: str) -> Any:
    value = document
    for key in path.strip("/").split("/"):
        if isinstance(value, list) and key.startswith("line="):
            value = next((each for each in value if each.get("line") == key[5:]), None)
        elif isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _equal(value: Any, expected: Any) -> bool:
    if isinstance(expected, list):
        return any(_equal(value, each) for each in expected)
    if isinstance(value, (int, float)) and isinstance(expected, (int, float)):
        return abs(value - expected) < 1e-6
    return _folded(value) == _folded(expected)


def _folded(value: Any) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", "" if value is None else str(value)))
