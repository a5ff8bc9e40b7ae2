"""Labels that nobody knows among people who sign: cut off the names and dates before them, so that none swallows the next."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.labels import Labels
from normalizers.vocabulary.surnames import has_double_surname, lacks_surname

# The field, its label, its value.
Part = tuple[str, str, str]

# A label that nobody knows: a short word before a colon, at the front or behind a gap. What is signed is short.
_UNKNOWN_LABEL = re.compile(rf"(?:^|(?<=\s))([{HAN_RANGE}]{{3,10}})\s*[:：]\s*")
_LABEL_BEHIND_GAP = re.compile(rf"(?<=\S)\s+([{HAN_RANGE}]{{2,10}})\s*[:：]\s*")
# Behind a whole date or a telephone number no gap is needed: 2031年1月2日经手人员：, 2031-01-02经手人员：.
_LABEL_BEHIND_FIGURE = re.compile(rf"(?:(?<=\d日)|(?<=\d{{8}})|(?<=[-./]\d\d)|(?<=[-./]\d))([{HAN_RANGE}]{{2,10}})\s*[:：]\s*")
_LABEL_FIRST = re.compile(rf"([{HAN_RANGE}]{{2,10}})\s*[:：]\s*")
# A name with the next label behind it, whose gap was lost, and what is signed or left blank: 甲乙丙单位主官：丁甲.
_SIGNED_VALUE = rf"(?:[{HAN_RANGE}·]{{2,4}}|(?:19|20)\d\d[-./年]\d{{1,2}}[-./月]\d{{1,2}}日?|1[3-9]\d{{9}})?"
_SWALLOWED = re.compile(rf"^([{HAN_RANGE}·]{{4,14}})\s*[:：]\s*(?:{_SIGNED_VALUE}[{HAN_RANGE}]{{2,12}}\s*[:：]\s*)*{_SIGNED_VALUE}$")
_SIGNED = 14
# A longer word that begins as a name may be a name with the next label, whose gap was lost.
_SURE_LABEL = 4
_NOTES = ("说明", "备注", "填表说明", "注意事项")
_LONG_NAME = 4
_NAME_LENGTHS = (2, 3, _LONG_NAME)
_BEGINNING = 2


def cut_unknown(parts: list[Part], text: str, labels: Labels | None = None) -> list[Part]:
    """The parts of a text with labels that nobody knows cut off the values before them: none swallows the next.

    Args:
        parts: that the known labels give; what stands before the first of them is read, too.
        labels: words by which a label that nobody knows can begin, where no gap parts it from a name.

    >>> cut_unknown([("filled_by", "填表人", "甲乙丙 落款时间：2031年1月2日")], "")
    [('filled_by', '填表人', '甲乙丙'), ('other', '落款时间', '2031年1月2日')]
    >>> cut_unknown([("filled_by", "填表人", "甲乙丙")], "落款时间：2031年1月2日 填表人：甲乙丙")
    [('other', '落款时间', '2031年1月2日'), ('filled_by', '填表人', '甲乙丙')]
    >>> cut_unknown([("filled_on", "填报日期", "2031年1月2日经手人员：甲乙丙")], "")
    [('filled_on', '填报日期', '2031年1月2日'), ('other', '经手人员', '甲乙丙')]
    >>> cut_unknown([], "落款时间：2031年1月2日"), cut_unknown([], "说明：一式两份。")
    ([('other', '落款时间', '2031年1月2日')], [])
    >>> cut_unknown([("responsible", "单位负责人", "王某文")], "经手人员：李某落款时间：2031-01-02单位负责人：王某文")
    [('other', '经手人员', '李某落款时间：2031-01-02'), ('responsible', '单位负责人', '王某文')]
    """
    if not parts:
        return _cut_names(_peeled(_all_unknown(text)), labels)
    before = text[: max(text.find(parts[0][1]), 0)].strip()
    cut = _all_unknown(before) or _cut_at_labels(_first_unknown(before))
    return _cut_names(_peeled(cut + _cut_at_labels(parts)), labels)


def _cut_at_labels(parts: list[Part]) -> list[Part]:
    """Labels behind a gap, a whole date or a number cut off the value before them."""
    cut: list[Part] = []
    for name, label, value in parts:
        places = sorted([*_LABEL_BEHIND_GAP.finditer(value), *_LABEL_BEHIND_FIGURE.finditer(value)], key=lambda place: place.start())
        stops = [*(place.start() for place in places), len(value)]
        cut.append((name, label, value[: stops[0]].strip()))
        cut += [("other", place.group(1), value[place.end() : stop].strip()) for place, stop in zip(places, stops[1:], strict=True)]
    return cut


def left_before(parts: list[Part], text: str) -> str:
    """Words before the first label of a text, which no label takes; empty for a number or a mark.

    >>> left_before([("phone", "联系电话", "1")], "一式两份 联系电话：1"), left_before([("phone", "联系电话", "1")], "（3）联系电话：1")
    ('一式两份', '')
    """
    before = text[: max(text.find(parts[0][1]), 0)].strip() if parts else ""
    return before if len(re.findall(rf"[{HAN_RANGE}]", before)) >= _BEGINNING else ""


def is_swallowed(text: str) -> bool:
    """True for a name with the next label behind it, whose gap was lost.

    >>> is_swallowed("甲乙丙单位主官：丁甲"), is_swallowed("甲乙丙单位主官：丁甲落款时间：2031-01-02"), is_swallowed("进度慢：雨季停工。")
    (True, True, False)
    """
    found = _SWALLOWED.match(text)
    return found is not None and len(found.group(1)) > _SURE_LABEL


def _first_unknown(text: str) -> list[Part]:
    """What stands before the first known label, under the label that it begins with, however long it is; nothing may vanish."""
    place = _UNKNOWN_LABEL.match(text)
    return [("other", place.group(1), text[place.end() :].strip())] if place is not None and place.group(1) not in _NOTES else []


def _peeled(parts: list[Part]) -> list[Part]:
    """Blank labels before the next: a value that begins with a label is none.

    >>> _peeled([("responsible", "单位负责人", "经手人员：甲乙丙")])
    [('responsible', '单位负责人', ''), ('other', '经手人员', '甲乙丙')]
    """
    found = []
    for name, label, value in parts:
        place = _LABEL_FIRST.match(value)
        while place is not None and (len(place.group(1)) <= _SURE_LABEL or lacks_surname(place.group(1))):
            found.append((name, label, ""))
            name, label, value = "other", place.group(1), value[place.end() :]
            place = _LABEL_FIRST.match(value)
        found.append((name, label, value))
    return found


def _cut_names(parts: list[Part], labels: Labels | None) -> list[Part]:
    """Names cut off a label behind them whose first word begins other labels, too.

    >>> from normalizers.vocabulary.labels import load_labels
    >>> _cut_names([("filled_by", "填报人", "庄某文单位主官：石某")], load_labels())
    [('filled_by', '填报人', '庄某文'), ('other', '单位主官', '石某')]
    >>> _cut_names([("filled_by", "填报人", "庄某文落款时间：2031-01-02")], load_labels())
    [('filled_by', '填报人', '庄某文落款时间：2031-01-02')]
    """
    if labels is None:
        return parts
    cut: list[Part] = []
    waiting = list(reversed(parts))
    while waiting:
        name, label, value = waiting.pop()
        place = _LABEL_FIRST.match(value) if is_swallowed(value) else None
        ends = [stop for stop in _NAME_LENGTHS if place is not None and _is_name_before_label(place.group(1), stop, labels)]
        if place is None or len(ends) != 1:
            cut.append((name, label, value))
            continue
        cut.append((name, label, value[: ends[0]]))
        waiting.append(("other", place.group(1)[ends[0] :], value[place.end() :].strip()))
    return cut


def _is_name_before_label(run: str, stop: int, labels: Labels) -> bool:
    name, label = run[:stop], run[stop:]
    if stop == _LONG_NAME and not has_double_surname(name):
        return False
    return not lacks_surname(name) and len(label) > _BEGINNING and label[:_BEGINNING] in _beginnings(labels)


@lru_cache(maxsize=8)
def _beginnings(labels: Labels) -> frozenset[str]:
    """The first words of the labels where people sign: 单位, 填表, 财务."""
    return frozenset(label[:_BEGINNING] for label in labels.signoff if len(label) > _BEGINNING)


def _all_unknown(text: str) -> list[Part]:
    """Labels of a text that knows none of ours, where each has a short value as signatures have; nothing for a remark."""
    places = list(_UNKNOWN_LABEL.finditer(text))
    stops = [*(place.start() for place in places[1:]), len(text)]
    parts = _cut_at_labels(
        [("other", place.group(1), text[place.end() : stop].strip()) for place, stop in zip(places, stops, strict=False)]
    )
    signed = bool(places) and not text[: places[0].start()].strip() and not any(label in _NOTES for _, label, _ in parts)
    short = all((len(value) <= _SIGNED and "。" not in value) or is_swallowed(value) for _, _, value in parts)
    # One label may be left blank beside others; alone it says nothing.
    return parts if signed and short and any(value for _, _, value in parts) else []
