"""A line or a cell that holds several labels with their values: cut at each label, so that none swallows the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalizers.paths import signoff_path
from normalizers.vocabulary.label_keys import label_key, plain
from normalizers.vocabulary.labels import Labels

# What is said behind a label about how it is to be filled in: 填报单位（盖章）.
STAMPED = re.compile(r"[(（](?:加盖|单位|部门)?(?:公章|盖章|签章|签字|签名|章|签字盖章|盖章签字|全称|公章签章)[)）]")
MONEY_LABELS = ("金额单位", "货币单位", "资金单位", "单位金额", "计量单位", "单位")
_MONEY = re.compile(r"^[(（]?\s*(?:人民币)?[/、]?(百万元|千元|亿元|万元|元)\s*[)）]?")
# Where a label ends: at a colon, or at the words that ask for a seal, whose colon a reader may have lost.
_COLON = re.compile(rf"(?:(?<!\s)\s+)?(?:{STAMPED.pattern}\s*(?P<colon>[:：])?|(?P<alone>[:：]))\s*")
# Alone it is also who files the form.
_UNIT = "单位"
_GAP = re.compile(r"\s{1,}")
_LONGEST_LABEL = 12


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label of a line with its value; ``path`` is ``money`` for the unit of the amounts, ``other`` for a label without a field."""

    path: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LabelLine:
    """What stands before the first label, and the labels in their order."""

    before: str
    parts: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label stands: from its first character to behind its colon."""

    start: int
    stop: int
    label: str
    path: str


def read_label_line(text: str, labels: Labels) -> LabelLine:
    """Cut a text at its labels.

    >>> from normalizers.vocabulary.labels import load_labels
    >>> [part.value for part in read_label_line("填报单位：云田县水利局（盖章）（单位：万元）", load_labels()).parts]
    ['云田县水利局', '万元']
    >>> line = read_label_line("填报单位（盖章）：东阳镇人民政府金额单位：万元 填报日期：2028年3月10日", load_labels())
    >>> [(part.path, part.value) for part in line.parts]
    [('unit_name', '东阳镇人民政府'), ('money', '万元'), ('signoff/filled_on', '2028年3月10日')]
    """
    places = _places(text, labels)
    before = text[: places[0].start].strip() if places else text.strip()
    parts = []
    for index, place in enumerate(places):
        stop = places[index + 1].start if index + 1 < len(places) else len(text)
        value = text[place.stop : stop].strip()
        money = _MONEY.match(value) if place.label in MONEY_LABELS else None
        path = "money" if money else place.path
        if path == "money" and not money:
            path = "unit_name" if place.label == _UNIT else "other"
        parts.append(Labelled(path, place.label, money.group(1) if money else _without_stamp(_closed(value), path)))
    return LabelLine(before, tuple(parts))


def _closed(value: str) -> str:
    """A value without the bracket that opens behind it, before the next label: 云田县水利局（单位：万元）."""
    return value.rstrip().rstrip("(（[【").rstrip()


def _without_stamp(value: str, path: str) -> str:
    """A unit's name without the words that ask for its seal behind it: 云田县交通局（公章）."""
    return re.sub(rf"{STAMPED.pattern}$", "", value).strip() if path == "unit_name" else value


def _places(text: str, labels: Labels) -> list[_Place]:
    """The labels of a text, left to right: one before each colon, and known words that stand alone between gaps."""
    found: list[_Place] = []
    for match in _COLON.finditer(text):
        floor = found[-1].stop if found else 0
        place = _before_colon(text, floor, match, labels)
        if place is not None:
            found += _between_gaps(text, floor, place.start, labels) if found else []
            found.append(place)
    return found or _between_gaps(text, 0, len(text), labels)


def _before_colon(text: str, floor: int, colon: re.Match[str], labels: Labels) -> _Place | None:
    """The label that ends at a colon: the longest known one; else the whole word before it, when it is short and follows a gap."""
    head = text[floor : colon.start()]
    word = _last_word(head)
    # A label as it is printed counts before one that a mended character would make: 元申报单位 is 申报单位 behind 万元.
    known = _known_at_end(head, labels.as_filed()) or _known_at_end(head, labels)
    if known is not None:
        start, path = known
        # 编报 before 单位 is the other part of a longer word, where nothing else stands before it.
        whole = len(head) - len(word)
        if whole < start and not head[:whole].strip() and not floor and len(word) <= _LONGEST_LABEL:
            return _Place(whole, colon.end(), _bare(word), "other")
        return _Place(floor + start, colon.end(), _bare(head[start:]), path)
    if colon["colon"] is None and colon["alone"] is None:
        return None
    if word and len(_bare(word)) <= _LONGEST_LABEL and not re.search(r"[\d，。,；;]", word) and (floor or not head[: -len(word)].strip()):
        is_after_gap = not head[: len(head) - len(word)].strip() or head[len(head) - len(word) - 1 : len(head) - len(word)].isspace()
        return _Place(floor + len(head) - len(word), colon.end(), _bare(word), "other") if is_after_gap else None
    return None


def _known_at_end(head: str, labels: Labels) -> tuple[int, str] | None:
    """Where the longest known label begins that ends a text, and its field."""
    for start in range(max(0, len(head) - _LONGEST_LABEL - 6), len(head)):
        label = head[start:].strip()
        path = None if head[start].isspace() else path_of(label, labels)
        if path is not None and _is_one_word(label):
            return start, path
    return None


def _between_gaps(text: str, start: int, stop: int, labels: Labels) -> list[_Place]:
    """Known labels that stand alone between gaps, without a colon: 填报单位 某局 填报日期 2028年3月10日."""
    found = []
    for match in re.finditer(r"\S+", text[start:stop]):
        path = path_of(match.group(0), labels)
        if path is not None and len(_bare(match.group(0))) >= 3:
            found.append(_Place(start + match.start(), start + match.end(), _bare(match.group(0)), path))
    # A label alone says nothing that is worth cutting for.
    return found if len(found) > 1 or (found and found[0].stop < stop and text[found[0].stop : stop].strip()) else []


def _is_one_word(label: str) -> bool:
    """True without a gap, and for letters that are all spaced: 填 表 人."""
    return len(label.split()) == 1 or all(len(part) == 1 for part in label.split())


def _last_word(head: str) -> str:
    return _GAP.split(head)[-1] if head.strip() else ""


def _bare(label: str) -> str:
    """The words of a label, without brackets that say how to fill it in, or that it stands in: （单位：元）."""
    return re.sub(r"\s", "", STAMPED.sub("", plain(label))).strip(":：").lstrip("(（[【")


@lru_cache(maxsize=8192)
def path_of(label: str, labels: Labels) -> str | None:
    """The field of a label above or below a grid; ``money`` for the unit of the amounts; None for no label."""
    bare = _bare(label)
    if bare in MONEY_LABELS:
        return "money"
    if len(label_key(bare)) < 2:
        return None
    field = labels.header_of(bare)
    if field == "group":
        return None
    if field is not None:
        return field
    signed = labels.signoff_of(bare)
    if signed is not None:
        return "other" if signed == "other" else signoff_path(signed)
    return "other" if labels.is_closing(bare) else None
