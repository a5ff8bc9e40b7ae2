"""What stands below the indicators: remarks, opinions, signatures."""

from __future__ import annotations

import random

from bench.forms.content import Form
from bench.layouts.sheet import UNITS, Sheet, Span
from bench.layouts.words import REMARKS, Wording

_SAID = "按季调度，及时整改。"
_OPINION = "同意申报。"


def add_below(sheet: Sheet, form: Form, words: Wording, rng: random.Random) -> None:
    """Remarks with their labels, then people in a line, with gaps or without, in cells, in pairs, or with their numbers."""
    for label in rng.sample(REMARKS, rng.choice((0, 0, 1, 2))):
        said = _OPINION if label.endswith("意见") else _SAID
        sheet.row(Span(label, 6), Span(said, UNITS - 6))
        sheet.expect(f"/tables/0/other_fields/{label}", said)
    shape = rng.choice(("none", "line", "lines", "cells", "pair", "phone", "blank", "tight", "one-cell"))
    sheet.parts.append(f"below {shape}")
    if shape == "none":
        return
    if shape == "phone":
        _person_and_number(sheet, form, rng)
        return
    said = _people(sheet, form, words, rng, blank=shape == "blank")
    if shape in ("line", "blank"):
        sheet.below.append((" " * rng.choice((1, 3, 6))).join(f"{label}：{value}" for label, value in said))
    elif shape == "lines":
        half = len(said) // 2
        sheet.below += ["      ".join(f"{label}：{value}" for label, value in part) for part in (said[:half], said[half:])]
    elif shape == "tight":
        sheet.below.append("".join(f"{label}：{value}" for label, value in said))
    elif shape == "one-cell":
        sheet.row(Span(rng.choice(("", " ")).join(f"{label}：{value}" for label, value in said), UNITS))
    elif shape == "cells":
        widths = _shared(len(said))
        sheet.row(*(Span(f"{label}：{value}", width) for (label, value), width in zip(said, widths, strict=True)))
    else:
        widths = _shared(2 * len(said))
        texts = [text for pair in said for text in pair]
        sheet.row(*(Span(text, width) for text, width in zip(texts, widths, strict=True)))


def _shared(count: int) -> list[int]:
    return [UNITS // count] * (count - 1) + [UNITS - UNITS // count * (count - 1)]


def _person_and_number(sheet: Sheet, form: Form, rng: random.Random) -> None:
    label = rng.choice(("填报人及联系电话", "填表人及电话", "填报人/联系电话"))
    joint = rng.choice((" ", "  ", "，", ""))
    sheet.row(Span(label, 6), Span(f"{form.filled_by}{joint}{form.phone}", UNITS - 6))
    sheet.expect("/tables/0/signoff/filled_by", form.filled_by)
    sheet.expect("/tables/0/signoff/phone", form.phone)


def _people(sheet: Sheet, form: Form, words: Wording, rng: random.Random, blank: bool) -> list[tuple[str, str]]:
    """Labels and values in an order of their own; ``blank`` leaves the responsible one unsigned."""
    day = form.filled_on
    printed = rng.choice((f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", day.isoformat()))
    responsible = "" if blank else form.responsible
    said = [(words.say("filled_by"), form.filled_by), (words.say("responsible"), responsible)]
    sheet.expect("/tables/0/signoff/filled_by", form.filled_by, words.say("filled_by"))
    sheet.expect("/tables/0/signoff/responsible", responsible or None, words.say("responsible"))
    if rng.random() < 0.4:
        said.append(("联系电话", form.phone))
        sheet.expect("/tables/0/signoff/phone", form.phone)
    if "/tables/0/signoff/filled_on" not in sheet.truth:
        said.append((words.say("filled_on"), printed))
        sheet.expect("/tables/0/signoff/filled_on", day.isoformat(), words.say("filled_on"), printed)
    if rng.random() < 0.3:
        said.append(("财务负责人", form.filled_by[::-1]))
        sheet.expect("/tables/0/other_fields/财务负责人", form.filled_by[::-1])
    rng.shuffle(said)
    return said
