"""What was read of a sheet, held against its truth: right, wrong and marked, wrong and silent; and how often an unknown word is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.forms.compare import folded
from bench.layouts.sheet import Expected, Sheet, merged_truth


@dataclass
class Score:
    """Counts over forms; ``misses`` name each wrong field."""

    fields: int = 0
    wrong: int = 0
    silent: int = 0
    unnamed: int = 0
    forms: int = 0
    whole: int = 0
    reviews_on_whole: int = 0
    words: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def score_file(score: Score, name: str, sheets: list[Sheet], document: dict[str, Any]) -> None:
    """Add one file. A value under a word that the grammar may not know is right in its field, or under that word."""
    reviews = [found for found in document["findings"] if found["severity"] == "review"]
    marked = {path for found in reviews for path in [found["path"], *found.get("also", [])]}
    parts = " + ".join(" / ".join(sheet.parts) for sheet in sheets)
    truth = [(path, expected) for _, path, expected in merged_truth(sheets)]
    wrong = 0
    for path, expected in _all_expected(truth, document):
        score.fields += 1
        if _is_right(document, path, expected):
            continue
        wrong += 1
        silent = not _is_marked(_indexed(document, path), marked)
        named = not silent and _is_named(_indexed(document, path), expected, reviews)
        score.silent += silent
        score.unnamed += not named
        label = " [SILENT]" if silent else "" if named else " [NOT NAMED]"
        score.misses.append(f"{name} {parts}: {path}{label} {expected.word!r}: {expected.value!r}, read {_at(document, path)!r}")
    score.wrong += wrong
    score.forms += len(sheets)
    _count_words(score, name, sheets, truth, document)
    if not wrong and not any(sheet.unseen for sheet in sheets):
        score.whole += len(sheets)
        score.reviews_on_whole += len(reviews)
        score.misses += [f"{name} {parts}: finding {each['code']} {each['path']} {each['message'][:90]}" for each in reviews]


def _count_words(score: Score, name: str, sheets: list[Sheet], truth: list[tuple[str, Expected]], document: dict[str, Any]) -> None:
    """Each unknown word of a file is named once, or it was understood; the word of a block without a value needs neither."""
    unseen = {word for sheet in sheets for word in sheet.unseen}
    found = document["findings"]
    named = {
        (word, each["path"][:10], each["finding_id"]) for word in unseen for each in found if repr(word.rstrip("：")) in each["message"]
    }
    tables = Counter((word, table) for word, table, _ in named)
    said = {word: max((count for (each, _), count in tables.items() if each == word), default=0) for word in unseen}
    blank = (None, "", [None, ""])
    for word in sorted({expected.word for _, expected in truth if expected.word in unseen}):
        values = [(path, expected.value) for path, expected in truth if expected.word == word and expected.value not in blank]
        if not values:
            continue
        understood = any(_equal(_at(document, path), value) for path, value in values)
        verdict = "named more than once" if said[word] > 1 else "named once" if said[word] else "understood" if understood else "not named"
        score.words[verdict] += 1
        if verdict in ("not named", "named more than once"):
            score.misses.append(f"{name}: the word {word!r} is {verdict}")


def _all_expected(truth: list[tuple[str, Expected]], document: dict[str, Any]) -> Iterable[tuple[str, Expected]]:
    """Every field of the truth, and a miss for each table and each row too many."""
    yield from truth
    tables = {int(path.split("/")[2]) for path, _ in truth}
    for number in range(len(tables), len(document["tables"])):
        yield f"/tables/{number}", Expected(None)
    for number in tables:
        rows = {int(path.split("/")[4]) for path, _ in truth if path.startswith(f"/tables/{number}/indicators/")}
        found = document["tables"][number]["indicators"] if number < len(document["tables"]) else []
        for index in range(len(rows), len(found)):
            yield f"/tables/{number}/indicators/{index}", Expected(None)


def _indexed(document: dict[str, Any], path: str) -> str:
    """The path with the place of a line of execution for its name, as findings say it."""
    found = re.match(r"(/tables/\d+/funds_execution)/line=([^/]+)(.*)", path)
    lines = _at(document, found.group(1)) or [] if found else []
    place = next((index for index, line in enumerate(lines) if found and line.get("line") == found.group(2)), None)
    return f"{found.group(1)}/{place}{found.group(3)}".split("|")[0] if found and place is not None else path


def _is_marked(path: str, marked: set[str]) -> bool:
    table = "/".join(path.split("/")[:3])
    return bool({path, path.rsplit("/", 1)[0], table, "/document/pages/0"} & marked)


def _is_named(path: str, expected: Expected, reviews: list[dict[str, Any]]) -> bool:
    """Whether a finding speaks of the field itself: of its path, row or block, or of its table in words that quote what is printed."""
    own = {path, path.rsplit("/", 1)[0]} - {"/".join(path.split("/")[:3])}
    quoted = [folded(text) for text in (expected.word, expected.printed, *_texts(expected.value)) if text]
    for found in reviews:
        if own & {found["path"], *found.get("also", [])}:
            return True
        message = folded(found["message"])
        if path.startswith(found["path"]) and any(len(text) > 1 and text in message for text in quoted):
            return True
    return False


def _texts(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each not in (None, "")]


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
    values = list(expected.value) if isinstance(expected.value, list) else [expected.value]
    values += [expected.printed] if expected.printed else []
    empty = not _at(document, path) or "funds_execution" in path
    return empty and any(_equal(value, each) or _inside(value, each) for value in held.values() for each in values)


def _inside(value: Any, expected: Any) -> bool:
    return expected is not None and folded(expected) in folded(value).replace(",", "")


def _at(document: Any, path: str) -> Any:
    value = document
    for key in path.strip("/").split("/"):
        if isinstance(value, dict) and "|" in key:
            value = next((value[each] for each in key.split("|") if value.get(each) is not None), None)
        elif isinstance(value, list) and key.startswith("line="):
            value = next((each for each in value if each.get("line") == key[5:]), None)
        elif isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = _get(value, key) if isinstance(value, dict) else None
    return value


def _get(value: dict[str, Any], key: str) -> Any:
    """The value of a key; a printed label is the same in another width."""
    return value[key] if key in value else next((each for name, each in value.items() if folded(name) == folded(key)), None)


def _equal(value: Any, expected: Any) -> bool:
    if isinstance(expected, list):
        return any(_equal(value, each) for each in expected)
    if isinstance(value, (int, float)) and isinstance(expected, (int, float)):
        return abs(value - expected) < 1e-6
    return folded(value) == folded(expected)
