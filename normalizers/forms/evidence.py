"""What makes a table a form of the family: its title, or the heads of indicators with names of levels below them.

One label is not enough: 项目名称 stands in many tables. What is no form for
certain, but has something of one, is a question for a person.
"""

from __future__ import annotations

from typing import Literal

from normalizers.forms.affinity import is_level2, is_operator, is_scoring
from normalizers.forms.segments import Row, Segment, is_header_row
from normalizers.forms.titles import is_title, names_a_table
from normalizers.paths import fund_path
from normalizers.vocabulary.label_keys import label_key, plain
from normalizers.vocabulary.labels import Labels
from normalizers.vocabulary.levels import level1_of, level2_of, load_levels

# First level, name, and whether it is printed with 指标.
LevelName = tuple[str, str, bool]
Verdict = Literal["form", "unclear", "none"]
# Distinct names of levels that are proof without heads, and with rows of operators or scoring standards beside them.
_MANY_NAMES, _SOME_NAMES, _ANCHORS = 4, 2, 2
_HEADER_FIELDS = ("unit_name", "project_name", "department", "overall_goal", "mid_term_goal")
# Distinct labels of a header block from which a table without title and indicators may be the head of a form.
_HEAD_OF_A_FORM = 4
_PROJECT, _TOTAL = "project_name", "funds/total"
_TITLE_ROWS = 3


def judge(segment: Segment, labels: Labels) -> Verdict:
    """Whether the rows of a segment are a form.

    Args:
        labels: that forgive a character only where the text was recognised.
    """
    head = next((index for index, row in enumerate(segment.rows) if is_header_row(row.texts(), labels)), None)
    below = segment.rows if head is None else segment.rows[head + 1 :]
    names = _level_names(below, labels, loose=head is not None)
    title = _title(segment, labels)
    own = bool(title) and ("绩效" in title or any(word in title for word in labels.titles)) and "考核" not in title
    fields = _header_words(segment.rows, labels)
    if own and (fields or names or head is not None):
        return "form"
    if head is not None and _two_levels(names):
        return "form"
    anchored = sum(_is_anchored(row) for row in segment.rows)
    if len(names) >= _MANY_NAMES or (len(names) >= _SOME_NAMES and anchored >= _ANCHORS and head is None):
        return "form"
    if labels.forgiving and not title and len(fields) >= _HEAD_OF_A_FORM and {_PROJECT, _TOTAL} <= fields:
        # A title may be lost in a scan; a project beside the lines of its funds is no other table.
        return "form"
    if own or (head is not None and (labels.forgiving or bool(names) or not title)) or len(names) >= _SOME_NAMES:
        return "unclear"
    return "unclear" if len(fields) >= _HEAD_OF_A_FORM and not (title and names_a_table(title) and not is_title(title, labels)) else "none"


def has_words_of_a_form(rows: list[Row], labels: Labels) -> bool:
    """A label, a head or a level name of a form stands in the rows; enough to go on with one, not to begin one."""
    if _header_words(rows, labels) or _level_names(rows, labels, loose=False):
        return True
    texts = [text for row in rows for text in row.texts() if text]
    if any(labels.signoff_of(text) or labels.is_closing(text) or is_scoring(text) for text in texts):
        return True
    return any(is_header_row(row.texts(), labels) or _is_anchored(row) for row in rows)


def _title(segment: Segment, labels: Labels) -> str:
    """The last line above that names a table, else a first row that does; squeezed."""
    lines = [text for line in segment.head for text in (*(word.text for word in reversed(line.words)), line.text)]
    rows = [texts[0] for row in segment.rows[:_TITLE_ROWS] if len(texts := [t for t in dict.fromkeys(row.texts()) if t]) == 1]
    for text in [*rows[:1], *reversed(lines), *rows[1:]]:
        if is_title(text, labels) or names_a_table(text):
            return "".join(plain(text).split())
    return ""


def _header_words(rows: list[Row], labels: Labels) -> set[str]:
    """The fields of the header block and of the funds whose labels stand in the rows."""
    found: set[str] = set()
    for row in rows:
        for text in row.texts():
            field = labels.header_of(text) if text else None
            if field in _HEADER_FIELDS:
                found.add(str(field))
            elif text and labels.is_funds_block(text):
                found.add("funds")
            elif text and (fund := labels.fund_of(text)) and fund != "other":
                found.add(fund_path(fund))
    return found


def _level_names(rows: list[Row], labels: Labels, loose: bool) -> set[LevelName]:
    """The levels that stand in the rows.

    Args:
        loose: below heads of indicators 数量 alone is a level, too; elsewhere it is a head of any table.
    """
    found = set()
    for row in rows:
        for cell, text in zip(row.cells, row.texts(), strict=True):
            if text and row.begins(cell):
                name = _level_of(text, labels.forgiving, loose)
                if name:
                    found.add(name)
    return found


def _level_of(text: str, forgiving: bool, loose: bool) -> LevelName | None:
    key = label_key(text)
    called = key.endswith("指标")
    if not loose and not called and not (forgiving and len(key) >= 5 and is_level2(text)):
        return None
    first = level1_of(text)
    if first:
        return first, first, called
    second = level2_of(text)
    if second:
        return load_levels().parents[second], second, called
    return ("", key, called) if forgiving and len(key) >= 4 and is_level2(text) else None


def _two_levels(names: set[LevelName]) -> bool:
    """Names of two first levels, or one that is called a level: 社会效益 alone is a word of many evaluations."""
    return len({first for first, _, _ in names}) >= 2 or any(called for _, _, called in names)


def _is_anchored(row: Row) -> bool:
    texts = [text for text in row.texts() if text]
    return len(texts) >= 3 and any(is_operator(text) or is_scoring(text) for text in texts)
