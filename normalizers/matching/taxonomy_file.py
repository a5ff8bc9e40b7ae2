"""A user's own indicators: read, checked entry by entry, merged on top of ours.

The file holds ``[[indicator]]`` entries (id, name, level2; optional aliases, units,
direction) and ``[[extend]]`` entries (id of a known indicator, more aliases or units).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from rapidfuzz import fuzz, process

from normalizers.matching.indicator import Direction, Indicator, TaxonomyError
from normalizers.messages import say, tell
from normalizers.vocabulary.bundled import TomlError, parse_toml
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.levels import level2_of, load_levels
from normalizers.vocabulary.units import load_units

_FIELDS = {"indicator": {"id", "name", "level2", "aliases", "units", "direction"}, "extend": {"id", "aliases", "units"}}
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$")
_DIRECTIONS = get_args(Direction)


def merge_user_file(ours: tuple[Indicator, ...], path: Path) -> tuple[Indicator, ...]:
    """Our indicators with the user's additions; the user's own come last.

    Raises:
        TaxonomyError: the first thing in the file that cannot be used.
    """
    text = _read(path)
    data = _parse(path, text)
    merged = {each.id: each for each in ours}
    names = {label_key(spelling): each.id for each in ours for spelling in each.spellings()}
    for index, entry in enumerate(data.get("indicator", [])):
        place = _Place(path, text, "indicator", index, entry)
        made = _entry_to_indicator(entry, place)
        if made.id in merged:
            raise place.error("id", *tell("taxonomy.taken", id=made.id))
        _claim(names, made.spellings(), made.id, place)
        merged[made.id] = made
    for index, entry in enumerate(data.get("extend", [])):
        place = _Place(path, text, "extend", index, entry)
        made = _extended(merged, entry, place)
        _claim(names, _texts(entry, "aliases", place), made.id, place)
        merged[made.id] = made
    return tuple(merged.values())


class _Place:
    """Where an entry stands, to say so in an error."""

    def __init__(self, path: Path, text: str, kind: str, index: int, entry: Any) -> None:
        self.path, self.kind, self.index, self.entry = path, kind, index, entry
        heads = [number for number, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line)]
        self.line = heads[index] if index < len(heads) else None
        if not isinstance(entry, dict):
            raise self.error("entry", *tell("taxonomy.no-entry", kind=kind))
        unknown = sorted(set(entry) - _FIELDS[kind])
        if unknown:
            raise self.error(unknown[0], *tell("taxonomy.no-field", kind=kind, names=", ".join(sorted(_FIELDS[kind]))))

    def error(self, field: str, reason: str, way_out: str) -> TaxonomyError:
        name = self.entry.get("id") or self.entry.get("name") if isinstance(self.entry, dict) else None
        who = f"{self.kind} {self.index + 1}" + (f" ({name})" if name else "")
        where = say("words.line", path=self.path, line=self.line) if self.line else str(self.path)
        return TaxonomyError(say("taxonomy.entry", where=where, who=who, field=field, reason=reason), way_out)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TaxonomyError(*tell("words.not-utf8", path=path, start=error.start)) from error
    except OSError as error:
        raise TaxonomyError(*tell("taxonomy.unreadable", path=path, error=error.strerror)) from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        data = parse_toml(text)
    except TomlError as error:
        raise TaxonomyError(*tell("words.no-toml", path=path, error=error)) from error
    unknown = sorted(set(data) - set(_FIELDS))
    if unknown:
        raise TaxonomyError(*tell("taxonomy.section", path=path, unknown=unknown[0]))
    for kind in _FIELDS:
        if not isinstance(data.get(kind, []), list):
            raise TaxonomyError(*tell("taxonomy.single-brackets", path=path, kind=kind))
    return data


def _entry_to_indicator(entry: dict[str, Any], place: _Place) -> Indicator:
    identity, name = _text(entry, "id", place), _text(entry, "name", place)
    if not _ID.match(identity):
        raise place.error("id", *tell("taxonomy.no-id", identity=identity))
    if not label_key(name):
        raise place.error("name", *tell("taxonomy.no-word"))
    filed = _text(entry, "level2", place)
    level2 = level2_of(filed)
    if level2 is None:
        known = "、".join(load_levels().parents)
        raise place.error("level2", *tell("taxonomy.no-level", filed=filed, known=known))
    units = _units(entry, place)
    direction = entry.get("direction", "positive" if units else "qualitative")
    if direction not in _DIRECTIONS:
        raise place.error("direction", *tell("taxonomy.no-direction", direction=direction, names=", ".join(_DIRECTIONS)))
    return Indicator(identity, name, level2, direction, units, _texts(entry, "aliases", place))


def _extended(merged: dict[str, Indicator], entry: dict[str, Any], place: _Place) -> Indicator:
    identity = _text(entry, "id", place)
    known = merged.get(identity)
    if known is None:
        raise place.error("id", *tell("taxonomy.no-indicator", identity=identity, near=_closest(identity, merged)))
    aliases = tuple(dict.fromkeys((*known.aliases, *_texts(entry, "aliases", place))))
    return replace(known, aliases=aliases, units=tuple(dict.fromkeys((*known.units, *_units(entry, place)))))


def _text(entry: dict[str, Any], field: str, place: _Place) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise place.error(field, *tell("words.missing" if value is None else "words.no-text", field=field))
    return value.strip()


def _texts(entry: dict[str, Any], field: str, place: _Place) -> tuple[str, ...]:
    value = entry.get(field, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise place.error(field, *tell("words.no-list", field=field))
    return tuple(each.strip() for each in value)


def _units(entry: dict[str, Any], place: _Place) -> tuple[str, ...]:
    units = load_units()
    found = []
    for text in _texts(entry, "units", place):
        name = units.canonical(text)
        if name is None:
            hint = _closest(text, units.dimensions)
            raise place.error("units", *tell("taxonomy.no-unit", text=text, hint=hint))
        found.append(name)
    return tuple(found)


def _claim(names: dict[str, str], spellings: Iterable[str], identity: str, place: _Place) -> None:
    """A spelling belongs to one indicator only, or a row that bears it could not be told."""
    for spelling in spellings:
        owner = names.setdefault(label_key(spelling), identity)
        if owner != identity:
            raise place.error("name or aliases", *tell("taxonomy.named-twice", spelling=spelling, owner=owner))


def _closest(text: str, choices: Iterable[str]) -> str:
    found = process.extractOne(text, list(choices), scorer=fuzz.ratio)
    return found[0] if found else "none"
