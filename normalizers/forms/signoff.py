"""The lines below the grid: who reviewed, filled in and signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from extractors.model import Reader, TextLine
from normalizers.forms.field_builder import line_to_field
from normalizers.forms.label_runs import cut_unknown, left_before
from normalizers.forms.signoff_rows import split_name_and_number
from normalizers.forms.titles import is_page_mark
from normalizers.paths import signoff_path
from normalizers.record import Field
from normalizers.rules.dates import parse_date
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.labels import Labels, split_labelled

# Labels that are known by their rest, and how little a word is believed over which something lies.
_WORN = ("单位负责人", "填表日期", "联系电话")
_COVERED = 0.5
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_NAME_LINE = re.compile(rf"^[{HAN_RANGE}·]{{2,5}}$")
_PERSON_BEFORE = re.compile(rf"([{HAN_RANGE}]{{2,6}}?)(?:及其?|和|与|、|/|／)$")


class SignoffLines(NamedTuple):
    """Fields, labelled values without a place, the lines that were neither, and the labels that nobody knows."""

    fields: dict[str, Field]
    others: dict[str, Field]
    rest: list[TextLine]
    unknown: list[str]


def read_signoff_lines(lines: list[TextLine], labels: Labels, readers: Mapping[int, Reader]) -> SignoffLines:
    """What the lines say.

    A label at the end of a line takes the next line when that is a short name.
    """
    fields: dict[str, Field] = {}
    others: dict[str, Field] = {}
    rest: list[TextLine] = []
    unknown: list[str] = []
    waiting: str | None = None
    for line in lines:
        line = _with_whole_labels(line, labels)
        known = _with_persons(split_labelled(line.text, labels), line.text, labels)
        parts = cut_unknown(known, line.text, labels)
        unknown += [label for field, label, _ in parts if (field, label) not in [each[:2] for each in known]]
        if not parts:
            if waiting and _NAME_LINE.match(line.text.strip()):
                joined = line_to_field(line, line.text.strip(), readers[line.page_no])
                joined.raw = joined.text = ""
                joined.change("layout.join-label", line.text.strip())
                fields[waiting] = joined
                waiting = None
            elif not is_page_mark(line.text):
                rest.append(line)
            continue
        if not labels.forgiving and (before := left_before(parts, line.text)):
            rest.append(replace(line, text=before, words=()))
        for field, label, value in parts:
            home, key = (others, label) if field == "other" else (fields, signoff_path(field))
            whole = _whole_before_dirt(field, value) if line.confidence <= _COVERED else ""
            if whole:
                home[key] = line_to_field(replace(line, words=()), whole, readers[line.page_no])
                rest.append(replace(line, text=value.removeprefix(whole).strip(), words=()))
            elif key not in home or not home[key].text:
                home[key] = line_to_field(line, value, readers[line.page_no])
        last_field, _, last_value = parts[-1]
        waiting = signoff_path(last_field) if last_field != "other" and not last_value else None
    return SignoffLines(fields, others, rest, unknown)


def _with_persons(parts: list[tuple[str, str, str]], text: str, labels: Labels) -> list[tuple[str, str, str]]:
    """填报人及联系电话：甲乙丙 13900000001 is a person and a number, whatever label its last words are."""
    found = []
    for field, label, value in parts:
        both = split_name_and_number(value) if field == "phone" else None
        before = _PERSON_BEFORE.search(text[: text.find(label)]) if both else None
        if both is None or before is None:
            found.append((field, label, value))
            continue
        person = before.group(1)
        found += [(labels.signoff_of(person) or "other", person, both[0]), (field, label, both[1])]
    return found


def _whole_before_dirt(field: str, value: str) -> str:
    """A whole date or mobile number with words of a seal behind it; empty for anything else.

    >>> _whole_before_dirt("filled_on", "2023.10.2 位身三"), _whole_before_dirt("phone", "1580 00")
    ('2023.10.2', '')
    """
    first, _, dirt = value.partition(" ")
    known = parse_date(first) is not None if field == "filled_on" else field == "phone" and bool(_MOBILE.match(first))
    return first if known and dirt and parse_date(value) is None else ""


def _with_whole_labels(line: TextLine, labels: Labels) -> TextLine:
    """The line with labels that something lies over put right, so that the names and dates behind them are found.

    Only words that their reader hardly believes; what stands behind the label stays as it was read.
    """
    words = tuple(replace(word, text=_with_whole_label(word.text, labels)) if word.confidence <= _COVERED else word for word in line.words)
    return line if words == line.words else replace(line, text=" ".join(word.text for word in words), words=words)


def _with_whole_label(text: str, labels: Labels) -> str:
    """A damaged label at the front of a text made whole.

    Three characters of it in their order are left, or its last two before a colon.

    >>> from normalizers.vocabulary.labels import load_labels
    >>> _with_whole_label("分责人：方某文", load_labels()), _with_whole_label("单位负责方某文", load_labels())
    ('单位负责人：方某文', '单位负责人：方某文')
    >>> _with_whole_label("方某文", load_labels())
    '方某文'
    """
    found = split_labelled(text, labels)
    if found:
        # What stands before the rest of a label is the other part of it, or the seal's.
        start = text.find(found[0][1])
        return text[start:] if 0 < start <= len(found[0][1]) else text
    for label in _WORN:
        for stop in range(min(len(label) + 1, len(text) - 1), 1, -1):
            head, rest = text[:stop].rstrip(":："), text[stop:]
            ends = head.endswith(label[-2:]) and (text[stop - 1] in ":：" or rest[:1] in (":", "："))
            if ends or (head[-1:] in label and LCSseq.similarity(head, label) >= max(3, len(label) - 1)):
                return f"{label}：{rest.lstrip(':：')}"
    return text
