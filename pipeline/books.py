"""The rulebook and the taxonomy as text for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractors.messages import language
from pipeline.dataset import Dataset
from pipeline.messages import say

# Two words of Latin letters in a row are a sentence; names of rules and fields are not.
_ENGLISH = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,}\b|e\.g\.")


def rulebook_entries() -> list[dict[str, Any]]:
    """Every rule in the order it runs, every check, and the codes that neither of them owns, as plain data."""
    from normalizers.checks.catalogue import describe_checks
    from normalizers.codebook import describe_codes
    from normalizers.rules.rulebook import describe_rulebook

    books = {"rule": describe_rulebook(), "check": describe_checks(), "code": describe_codes()}
    return [{"what": what, **each, **_cases_of(what, each["id"])} for what, entries in books.items() for each in entries]


def _cases_of(what: str, id: str) -> dict[str, Any]:
    """The executed cases of a table rule or a check, where it has a file of them."""
    from normalizers.vocabulary.bundled import parse_toml

    # A wheel carries them among the data; in a checkout they are the tests' own.
    for root in (files("normalizers") / "data" / "cases", Path(__file__).parents[1] / "tests" / "cases"):
        file = root / f"{what}s" / f"{id}.toml"
        if file.is_file():
            return {"cases": parse_toml(file.read_text(encoding="utf-8"))["case"]}
    return {}


def _case_line(case: dict[str, Any]) -> str:
    changes = [f"{path} -> {after!r}" for path, after in case["changes"].items()]
    findings = [say("rules.found", code=code, severity=severity, path=path or "/") for path, severity, code in case["findings"]]
    if language() == "zh-CN":
        return "；".join(changes + findings)  # what a case is about is told in English only
    return f"{case['about']}: {'; '.join(changes + findings)}" if changes or findings else str(case["about"])


def rulebook_lines(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Id, where it looks, its story, examples and near misses."""
    for entry in entries:
        where = ", ".join(entry.get("roles") or entry.get("kinds") or entry.get("scope", "").split(" and "))
        guess = "" if entry.get("certain", True) else say("rules.guess")
        yield f"{entry['id']}  [{say('rules.' + entry['what'])}: {where}]{guess}"
        yield from (f"    {line}" for line in _story(entry))
        yield from filter(_is_spoken, _cases_in_words(entry))
        yield ""


def _cases_in_words(entry: dict[str, Any]) -> Iterator[str]:
    for example in entry.get("examples", []):
        yield f"    {example[0]!r} -> {example[1]!r}" if isinstance(example, list) else f"    e.g. {example}"
    if near := [each for each in map(repr, entry.get("near_misses", ())) if _is_spoken(each)]:
        yield say("rules.stays") + ", ".join(near)
    for case in entry.get("cases", []):
        if line := _case_line(case):
            yield f"{say('rules.case')}{line}"


def _is_spoken(line: str) -> bool:
    """Not for whoever reads Chinese: what tells of an example in English words."""
    return language() != "zh-CN" or not _ENGLISH.search(line)


def _story(entry: dict[str, Any]) -> Iterator[str]:
    """What the entry does; in Chinese with that of each of its codes."""
    from normalizers.codebook import in_chinese

    if language() != "zh-CN":
        yield from (line.strip() for line in entry["story"].splitlines() if line.strip())
        return
    yield in_chinese(entry["id"])
    yield from (f"{code}  {in_chinese(code)}" for code in entry.get("codes", []) if code != entry["id"])


def taxonomy_lines(user_file: Path | None) -> Iterator[str]:
    """One line an indicator: id, name, second level, units, direction, aliases."""
    from normalizers.matching.taxonomy import load_taxonomy
    from pipeline.user_files import told_to_the_user

    with told_to_the_user():
        library = load_taxonomy(user_file)
    for each in library.indicators:
        units = "/".join(each.units) or "-"
        aliases = f"  = {'、'.join(each.aliases)}" if each.aliases else ""
        yield f"{each.id}\t{each.name}\t{each.level2}\t{units}\t{each.direction}{aliases}"


def suggestions(root: Path, user_file: Path | None) -> str:
    """Proposed taxonomy entries (TOML) for the unmapped names of a dataset."""
    from normalizers.matching.suggest import suggest
    from normalizers.matching.taxonomy import load_taxonomy
    from pipeline.user_files import told_to_the_user

    with told_to_the_user():
        library = load_taxonomy(user_file)
    dataset = Dataset(root)
    dataset.check()
    names = (row for document in dataset.load_documents() for table in document["tables"] for row in table["indicators"])
    return suggest((row for row in names if row["match_method"] == "unmapped"), library)
