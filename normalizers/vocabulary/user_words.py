"""A user's own words and forms: read, checked entry by entry, to be added to ours.

The file holds the sections of ``labels.toml``, ``[[template]]`` entries of
``templates.toml`` and ``[[head]]`` entries of ``heads.toml``. A word that ours know
under ``other`` may be given a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from normalizers.contract import Kind, names_of
from normalizers.messages import say, tell
from normalizers.vocabulary.bundled import TomlError, bundled, parse_toml
from normalizers.vocabulary.label_keys import head_key, label_key

KINDS: tuple[str, ...] = get_args(Kind)
# What the heads of a block may stand for.
FIELDS = {
    "funds_columns": names_of("funds_execution"),
    "goal_columns": ("overall_goal", "mid_term_goal", "actual_outcome"),
    "task_columns": ("task", "content", "amount", "fiscal_appropriation", "other"),
}
Section = dict[str, list[str]]
# What a head may be called, beside ``own`` for one that keeps its own words.
HEADS = {
    "indicators": (
        "level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard", "remark", "basis", "points", "score",
        "previous_value", "value_before_previous", "actual_value", "interim_value", "expected_value", "reason", "deviation", "own",
    ),
    "funds": (*FIELDS["funds_columns"], "own"),
    "goals": FIELDS["goal_columns"],
}  # fmt: skip
_HEAD = ("block", "field", "kinds", "needs", "may", "examples", "seen")
_ENTRY = ("kind", "title", "funds_columns", "goal_columns", "task_columns", "without_checks")


class TemplateFileError(Exception):
    """A user's template file cannot be used: what is wrong, and the way out."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason} {way_out}")
        self.reason = reason
        self.way_out = way_out


@dataclass(frozen=True, eq=False)
class UserWords:
    """What the file adds: sections of labels as they stand, and entries of templates and of heads."""

    sections: dict[str, Section] = field(default_factory=dict)
    templates: tuple[dict[str, Any], ...] = ()
    heads: tuple[dict[str, Any], ...] = ()
    source: _Source | None = None


def load_user_words(path: Path | None) -> UserWords:
    """The user's additions, checked; none without a file. A changed file is read again.

    Raises:
        TemplateFileError: the first thing in the file that cannot be used.
    """
    if path is None:
        return UserWords()
    try:
        stamp = path.stat()
    except OSError as error:
        raise TemplateFileError(*tell("words.unreadable", path=path, error=error.strerror)) from error
    return _checked(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _checked(path: Path, mtime_ns: int, size: int) -> UserWords:
    source = _Source(path, _read(path))
    data = source.parse()
    ours = bundled("labels.toml")
    unknown = sorted(set(data) - set(ours) - {"template", "head"})
    if unknown:
        known = ", ".join(f"[{name}]" for name in ours)
        raise source.error(unknown[0], *tell("words.no-section", known=known), unknown[0])
    sections = {name: source.section(name, data[name], ours[name], label_key) for name in ours if name in data}
    templates = tuple(_template(source, index, entry) for index, entry in enumerate(source.entries("template", data)))
    heads = tuple(_head(source, index, entry) for index, entry in enumerate(source.entries("head", data)))
    return UserWords(sections, templates, heads, source)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateFileError(*tell("words.not-utf8", path=path, start=error.start)) from error
    except OSError as error:
        raise TemplateFileError(*tell("words.unreadable", path=path, error=error.strerror)) from error


@dataclass(frozen=True)
class _Source:
    """The file, to say where in it a thing is wrong."""

    path: Path
    text: str

    def parse(self) -> dict[str, Any]:
        try:
            return parse_toml(self.text)
        except TomlError as error:
            raise TemplateFileError(*tell("words.no-toml", path=self.path, error=error)) from error

    def error(self, section: str, reason: str, way_out: str, word: str = "") -> TemplateFileError:
        """The error, with the first line behind the section's head on which the word stands."""
        lines = self.text.splitlines()
        head = next((number for number, line in enumerate(lines) if re.match(rf"\s*\[+\s*{re.escape(section)}\b", line)), 0)
        line = next((number + 1 for number in range(head, len(lines)) if word and word in lines[number]), None)
        where = say("words.line", path=self.path, line=line) if line else str(self.path)
        return TemplateFileError(say("words.section", where=where, section=section, reason=reason), way_out)

    def entries(self, name: str, data: dict[str, Any]) -> list[Any]:
        """The entries of a list of tables."""
        entries = data.get(name, [])
        if not isinstance(entries, list):
            raise self.error(name, *tell("words.single-brackets", name=name), name)
        return entries

    def section(self, name: str, given: Any, ours: Section, key_of: Callable[[str], str]) -> Section:
        """A section of aliases; each stands for one field only, ours included."""
        owners = {key_of(alias): owner for owner, aliases in ours.items() for alias in aliases if owner != "other"}
        for owner, alias in self.aliases(name, given, tuple(ours)):
            key = key_of(alias)
            if not key:
                raise self.error(name, *tell("words.alias-no-word", owner=owner, alias=alias), owner)
            known = owners.setdefault(key, owner)
            if known != owner:
                raise self.error(name, *tell("words.alias-twice", alias=alias, owner=owner, known=known), alias)
        return {str(owner): list(aliases) for owner, aliases in given.items()}

    def aliases(self, name: str, given: Any, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Every alias of a section with its field."""
        if not isinstance(given, dict):
            raise self.error(name, *tell("words.section-no-table", name=name), name)
        for owner, aliases in given.items():
            what = "column" if name.endswith("columns") else "field"
            if owner not in fields:
                raise self.error(name, *tell("words.no-owner", owner=owner, what=what, names=", ".join(fields)), owner)
            if not _is_texts(aliases):
                raise self.error(name, *tell("words.owner-list", owner=owner), owner)
            yield from ((owner, alias) for alias in aliases)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)


def _template(source: _Source, index: int, entry: Any) -> dict[str, Any]:
    """One ``[[template]]``, checked against the words of its kind."""
    who = say("words.entry", number=index + 1)
    if not isinstance(entry, dict):
        raise source.error("template", *tell("words.entry-no-table", who=who), "template")
    unknown = next((name for name in entry if name not in _ENTRY), None)
    if unknown is not None:
        raise source.error("template", *tell("words.entry-no-field", who=who, unknown=unknown, names=", ".join(_ENTRY)), unknown)
    if entry.get("kind") not in KINDS:
        raise source.error("template", *tell("words.entry-kind", who=who, entry=entry.get("kind"), names=", ".join(KINDS)), "kind")
    if not _is_texts(entry.get("title")) or not entry["title"]:
        raise source.error("template", *tell("words.entry-title", who=who), "title")
    for block, fields in FIELDS.items():
        source.section(f"template.{block}", entry.get(block, {}), {name: [] for name in fields}, head_key)
    return entry


def _head(source: _Source, index: int, entry: Any) -> dict[str, Any]:
    """One ``[[head]]``: a block, a field of it, and parts that are known."""
    who = say("words.entry", number=index + 1)
    if not isinstance(entry, dict) or (unknown := next((name for name in entry if name not in _HEAD), None)):
        what = say("words.unknown-field", name=unknown) if isinstance(entry, dict) else say("words.no-table")
        raise source.error(
            "head", *tell("words.head", who=who, what=what, names=", ".join(_HEAD)), str(unknown) if isinstance(entry, dict) else "head"
        )
    if entry.get("block") not in HEADS:
        raise source.error("head", *tell("words.head-block", who=who, entry=entry.get("block"), names=", ".join(HEADS)), "block")
    fields = HEADS[entry["block"]]
    if entry.get("field") not in fields:
        raise source.error("head", *tell("words.head-field", who=who, entry=entry.get("field"), names=", ".join(fields)), "field")
    if not _is_texts(entry.get("kinds")) or not entry["kinds"]:
        raise source.error("head", *tell("words.head-kinds", who=who), "kinds")
    ours = bundled("labels.toml")
    for name, parts in (("kinds", ours["kinds"]), ("needs", ours["periods"]), ("may", ours["periods"])):
        given = entry.get(name, [])
        if not _is_texts(given):
            raise source.error("head", *tell("words.head-list", who=who, name=name), name)
        wrong = next((part for text in given for part in text.split("+") if part not in parts or part == "filler"), None)
        if wrong is not None:
            known = ", ".join(part for part in parts if part != "filler")
            raise source.error("head", *tell("words.head-part", who=who, name=name, wrong=wrong, known=known), wrong)
    return entry


def refuse_unknown_checks(own: UserWords, known: Sequence[str]) -> None:
    """Only checks that look at one form by itself can be left out for a form.

    Args:
        known: the ids of these checks, in the order in which they are told.

    Raises:
        TemplateFileError: an entry leaves out something else.
    """
    for index, entry in enumerate(own.templates):
        given = entry.get("without_checks", [])
        wrong = next((each for each in given if each not in known), None) if _is_texts(given) else str(given)
        if wrong is not None and own.source is not None:
            message = tell("words.no-check", number=index + 1, wrong=wrong, names=", ".join(known))
            raise own.source.error("template", *message, wrong)
