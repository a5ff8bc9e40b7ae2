"""What the words of a row say against its figures or its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from normalizers.checks.check import check
from normalizers.checks.figures import fold, number_of, say
from normalizers.consensus.spelling import is_slip
from normalizers.doubts.misreading import already_marked, row_severity
from normalizers.record import IndicatorRow, TargetTable
from normalizers.vocabulary.characters import HAN_RANGE

# Times a year of what is said to happen each day, week, month …
_PER_YEAR = {"天": 365, "日": 365, "周": 52, "星期": 52, "月": 12, "季": 4, "季度": 4, "半年": 2, "学期": 2}
_EVERY = re.compile(r"(?:每|一)个?(天|日|周|星期|季度|季|月|半年|学期)")
_TIMES = re.compile(r"((?<![\d.])\d+(?:\.\d+)?|[一二两三四五六七八九十])\s*(?:次|期|场|场次|人次|回)")
_HAN = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_OCCASIONS = ("次", "期", "场", "场次", "人次", "回")
_HEADS = re.compile(r"^(.{2,}?)(合格率|完成率|及时率|覆盖率|达标率|到位率|办结率|满意率|满意度|成功率|发放率|参与率)$")
_PROMISE = re.compile(rf"([{HAN_RANGE}]{{2,14}}?(?:率|满意度))(?:[^\d，。；、]{{0,6}})(\d+(?:\.\d+)?)\s*[%％]")
# No indicator has a longer name; in a longer text it is some other cell's that ran in.
_LONGEST_NAME = 100
_VERBS = re.compile(r"^.*?(达到|达|实现|确保|保证|保持|保障|使|将|完成|提高|力争)")


@check("wording.frequency")
def frequency(table: TargetTable) -> None:
    """N13: the explanation says once a month or twice a day, the target of the year is smaller than that makes.

    Nothing is recomputed: what the county counts is a question for the one who filed it.
    """
    for row in table.rows:
        number, every = number_of(row), _EVERY.search(row.text("explanation"))
        if number is None or every is None or row.text("unit") not in _OCCASIONS:
            continue
        yearly = _PER_YEAR[every.group(1)] * _times(row.text("explanation"))
        if number < yearly:
            target = f"{row.text('operator')} {say(number)} {row.text('unit')}"
            message = f"{row.text('level3')}: the target is {target}, but the explanation says {row.text('explanation')!r}, "
            message += f"which makes {say(yearly)} a year. As filed; ask which is meant."
            table.find(row.path("value"), "wording.frequency", message, "info")


def _times(text: str) -> Decimal:
    found = _TIMES.search(text)
    if not found:
        return Decimal(1)
    return Decimal(_HAN[found.group(1)]) if found.group(1) in _HAN else Decimal(found.group(1))


@check("wording.name-explanation")
def name_and_explanation(table: TargetTable) -> None:
    """N72: name and explanation are rates of one kind, but of two things (年终考核合格率, 调解案卷合格率)."""
    for row in table.rows:
        name, text = _HEADS.match(fold(row.text("level3"))), _HEADS.match(fold(row.text("explanation")))
        if name and text and len(text.group(1)) <= 8 and name.group(2) == text.group(2) and not set(name.group(1)) & set(text.group(1)):
            message = f"The name says {row.text('level3')!r}, the explanation {row.text('explanation')!r}; which is meant? As filed."
            table.find(row.path("level3"), "wording.name-explanation", message, "info")


@check("wording.name-slip")
def name_repeated_in_explanation(table: TargetTable) -> None:
    """The explanation repeats the name but for one character: one of the two is misread."""
    for row in table.rows:
        name, text = fold(row.text("level3")), fold(row.text("explanation"))
        if not 5 <= len(name) <= _LONGEST_NAME or name in text or not any(is_slip(name, part) for part in _windows(text, len(name))):
            continue
        message = f"The name {row.text('level3')!r} and the explanation {row.text('explanation')!r} differ in one character."
        severity = row_severity(row, "level3", "explanation")
        for column in ("level3", "explanation"):
            if not already_marked(table, row.path(column)):
                table.find(row.path(column), "wording.name-slip", message, severity)


def _windows(text: str, length: int) -> Iterator[str]:
    """Every part of the text as long as the name, and the whole text where it is one shorter or longer."""
    if abs(len(text) - length) == 1:
        yield text
    yield from (text[start : start + length] for start in range(max(len(text) - length, 0) + 1))


@check("goal.promise-without-indicator")
def goal_promises(table: TargetTable) -> None:
    """I2 and N73: a rate that the goal promises with a figure has its indicator below."""
    texts = [fold(row.text("level3") + row.text("explanation")) for row in table.rows]
    for found in _PROMISE.finditer(table.text("overall_goal")):
        subject = fold(_VERBS.sub("", found.group(1)) or found.group(1))
        if texts and not any(_covers(text, subject) for text in texts):
            message = f"The goal promises {found.group().strip()!r}, but no indicator measures {subject!r}."
            table.find("overall_goal", "goal.promise-without-indicator", message, "info")


def _covers(text: str, subject: str) -> bool:
    """Most pairs of characters of the subject stand in the text."""
    pairs = [subject[start : start + 2] for start in range(len(subject) - 1)]
    return sum(pair in text for pair in pairs) >= 0.7 * len(pairs)


@check("row.duplicate", also=("row.repeated-name",))
def duplicate_rows(table: TargetTable) -> None:
    """The same indicator twice in one form: a row read twice, or filed twice; with two targets it is noted."""
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(table.rows):
        if row.text("level3"):
            seen[_identity(row)].append(index)
    for members in seen.values():
        for index in members[1:]:
            _repeated(table, members[0], index)


def _identity(row: IndicatorRow) -> tuple[str, ...]:
    return tuple(fold(row.text(name)) for name in ("horizon", "level2", "level3", "explanation"))


def _repeated(table: TargetTable, first: int, index: int) -> None:
    row, other = table.rows[index], table.rows[first]
    where = f"{row.text('level3')} also stands in row {first + 1}"
    if all(row.text(name) == other.text(name) for name in ("operator", "value", "unit")):
        table.find(row.path(), "row.duplicate", f"{where}, the same in every column; read or filed twice?")
    else:
        figures = f"{other.text('operator')} {other.text('value')} there, {row.text('operator')} {row.text('value')} here"
        table.find(row.path("value"), "row.repeated-name", f"{where}: {figures}.", "info")
