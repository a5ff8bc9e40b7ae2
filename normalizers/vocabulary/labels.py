"""The printed words of a form and the field that each stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq, Levenshtein

from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.characters import HAN_RANGE, is_han
from normalizers.vocabulary.heads import Grammar, heads_of, words_of
from normalizers.vocabulary.label_keys import label_key, plain
from normalizers.vocabulary.lookalikes import look_alike
from normalizers.vocabulary.user_words import UserWords, load_user_words

# Below this share of equal characters a header cell is another word, not a misreading.
_HEADER_CUTOFF = 78.0
_FUZZY_LENGTH = 4
_NUMERALS = frozenset("一二三四五六123456")
# A shorter name stands inside many other words (单位, 备注).
_INSIDE = 3
# So many characters of a head can be read as a word; fewer are the rest of one.
_LEGIBLE = 2
# What a side label says beside its words: points, a number of its own.
_SIDE_NOTE = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]|(?<!\d)\d+(?:\.\d+)?分$")
_SIDE_REST = re.compile(r"(?<=[标效])[\d一二三四五六七八九十]{1,2}$|^\d+分|(?<=[标效])\d+分$")


# 2.项目概况, （一）项目名称: the number of a label in its form.
_NUMBER_BEFORE = re.compile(rf"^\s*[（(]?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[)）]?(?:(?<=[)）])|[、.．])\s*(?=[{HAN_RANGE}])")
_FIRST_GOAL = re.compile(r"(?<=目标)\s*[1１一①]\s*[:：]?\s*$")
_BRACKETED_UNIT = re.compile(r"(?:(?<!\s)\s+)?[(（](?:单位[:：])?(?:百万元|千元|亿元|万元|元)[)）](?:\s*[:：])?\s*$")


@dataclass(frozen=True, eq=False)
class Labels:
    """Every known label by its key; built once from ``labels.toml`` and a user's file.

    ``titles`` are title words of the user's own templates. ``grammar`` reads heads
    from their parts. ``forgiving`` labels mend a character of a recognised text;
    what was filed as text says what it says (``as_filed``).
    """

    columns: dict[str, str]
    header: dict[str, str]
    funds_block: frozenset[str]
    funds: dict[str, str]
    signoff: dict[str, str]
    side: frozenset[str]
    closing: frozenset[str]
    signoff_pattern: re.Pattern[str]
    grammar: Grammar
    titles: tuple[str, ...] = ()
    forgiving: bool = True

    def as_filed(self) -> Labels:
        """The same labels for text that was filed as text: no character is forgiven."""
        return _as_filed(self)

    def as_recognised(self) -> Labels:
        """The same labels for text that somebody or something recognised."""
        return _as_recognised(self)

    def column_of(self, text: str, fiscal_year: int | None = None) -> str | None:
        """The column of the indicators that a head names: ``own`` for one that is understood and has no field.

        A word of the list counts as it stands, then the head's parts (去年 + 完成值),
        then, on recognised text, the only reading that one mended character gives.
        """
        return _column(self, plain(text), fiscal_year)

    def nearly_says(self, text: str, column: str) -> bool:
        """Whether one lost or wrong character parts a head from one of the column; none that says for when it is."""
        if self.as_recognised().column_of(text) == column:
            return True
        key = label_key(text)
        words = (label_key(each) for head in self.grammar.heads if head.field == column for each in head.examples)
        # The head of a level says no period, only its number.
        telling = _NUMERALS if column.startswith("level") else self.grammar.letters
        return any(_is_one_off(key, word, telling, lost=column.startswith("level")) for word in words)

    def says_other_words(self, text: str, column: str) -> bool:
        """Whether a head can be read and shares less than half of its characters with each head of the column: no misreading."""
        key = label_key(text)
        if sum(map(is_han, key)) < _LEGIBLE or self.nearly_says(text, column):
            return False
        words = [label_key(each) for head in self.grammar.heads if head.field == column for each in head.examples]
        words += [word for word, name in self.columns.items() if name == column]
        return max((LCSseq.similarity(key, word) for word in words), default=0) * 2 < len(key)

    def fund_column_of(self, text: str, fiscal_year: int | None = None) -> str | None:
        """The column of the matrix of funds that a head names from its parts (全年 + 预算数); ``own`` and None as above."""
        found = self.grammar.field_of(plain(text), "funds", fiscal_year)
        return found or (self.grammar.mended(plain(text), "funds", fiscal_year) if self.forgiving else None)

    def goal_column_of(self, text: str) -> str | None:
        """``overall_goal``, ``mid_term_goal`` or ``actual_outcome`` for a head over a goal's text; None for any other."""
        found = self.grammar.field_of(plain(text), "goals")
        return found or (self.grammar.mended(plain(text), "goals") if self.forgiving else None)

    def column_inside(self, text: str) -> str | None:
        """The column whose name stands inside a recognised head that dirt was read into (八指标值); the longest name wins.

        What stands beside the name may be no part of a period: 土年完成值 says which year, and cannot be read.
        """
        if not self.forgiving:
            return None
        key = label_key(text)
        found = max((alias for alias in self.columns if len(alias) >= _INSIDE and alias in key), key=len, default="")
        beside = set(key.replace(found, "", 1))
        return self.columns[found] if found and not beside & self.grammar.letters else None

    def header_of(self, text: str) -> str | None:
        """The header field that a label cell names; ``other`` for a known one without a field, ``group`` for one without a value."""
        bare = _NUMBER_BEFORE.sub("", _BRACKETED_UNIT.sub("", text))
        found = _lookup(self, "header", bare)
        # A form with several goals numbers them: the first is the goal, the others keep their own words.
        return found or (_lookup(self, "header", first) if (first := _FIRST_GOAL.sub("", bare)) != bare else None)

    def fund_of(self, text: str) -> str | None:
        """The line of funds that a label cell names; a unit in brackets behind it does not count."""
        return _lookup(self, "funds", _BRACKETED_UNIT.sub("", text))

    def is_funds_block(self, text: str) -> bool:
        key = re.sub(r"(百万元|千元|亿元|万元|元)$", "", label_key(text))
        return key in self.funds_block or key.startswith(("项目资金", "预算资金"))

    def signoff_of(self, text: str) -> str | None:
        return _lookup(self, "signoff", text)

    def is_side(self, text: str) -> bool:
        """A word of the label beside the indicators, whatever period, points or number it says: 长期绩效指标, 年度绩效目标2（40分）."""
        return _is_side(self, plain(text))

    def is_closing(self, text: str) -> bool:
        return label_key(text) in self.closing

    def any_of(self, text: str) -> bool:
        """True when the cell is a label of any block, so not a value."""
        return bool(self.header_of(text) or self.fund_of(text) or self.signoff_of(text)) or self.is_funds_block(text)


@lru_cache(maxsize=16)
def _as_filed(labels: Labels) -> Labels:
    return replace(labels, forgiving=False)


@lru_cache(maxsize=16)
def _as_recognised(labels: Labels) -> Labels:
    return replace(labels, forgiving=True)


@lru_cache(maxsize=16384)
def _column(labels: Labels, text: str, fiscal_year: int | None) -> str | None:
    # The same few hundred cell texts come again on every form.
    key = label_key(text)
    found = labels.columns.get(key) or labels.grammar.field_of(text, "indicators", fiscal_year)
    if found or not labels.forgiving:
        return found
    near = {_closest(key, labels.columns, labels.grammar.letters), labels.grammar.mended(text, "indicators", fiscal_year)} - {None}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=16384)
def _is_side(labels: Labels, text: str) -> bool:
    key = label_key(text)
    if key in labels.side or not key:
        return bool(key)
    bare = _SIDE_REST.sub("", label_key(_SIDE_NOTE.sub("", text)))
    periods = [word for word, (part, name) in labels.grammar.words.items() if part == "periods" and name in ("mid_term", "current")]
    before = max((word for word in periods if bare.startswith(word)), key=len, default="")
    rest = bare.removeprefix(before)
    return rest in labels.side and len(rest) > 2


@lru_cache(maxsize=16384)
def _lookup(labels: Labels, section: str, text: str) -> str | None:
    key, table = label_key(text), getattr(labels, section)
    return table.get(key) or (_closest(key, table, labels.grammar.letters) if labels.forgiving else None)


def _closest(key: str, table: dict[str, str], telling: frozenset[str]) -> str | None:
    """The field of the label that a recognised text was meant to be; None where it may be two, or a telling character would change."""
    if len(key) < _FUZZY_LENGTH:
        return None
    close = [choice for choice in table if abs(len(choice) - len(key)) <= 1 and len(choice) >= _FUZZY_LENGTH]
    one_off = [choice for choice in close if len(choice) == len(key) and sum(map(str.__ne__, choice, key)) == 1]
    near = one_off or [choice for choice, *_ in process.extract(key, close, scorer=fuzz.ratio, score_cutoff=_HEADER_CUTOFF, limit=None)]
    fields = {table[choice] for choice in near}
    return fields.pop() if len(fields) == 1 and not any(_tells_apart(key, choice, telling) for choice in near) else None


def _tells_apart(key: str, choice: str, telling: frozenset[str]) -> bool:
    """True when a character of a period stands in one of the two only, and nothing in the other looks like it."""
    for edit in Levenshtein.editops(key, choice):
        seen = key[edit.src_pos] if edit.tag != "insert" else ""
        meant = choice[edit.dest_pos] if edit.tag != "delete" else ""
        if (seen in telling or meant in telling) and not (seen and meant and look_alike(seen, meant)):
            return True
    return False


def _is_one_off(key: str, word: str, telling: frozenset[str], lost: bool) -> bool:
    """One character other or missing, and no telling one; ``lost``: a telling one may be missing."""
    if not key or not 0 <= len(word) - len(key) <= 1 or len(word) < _FUZZY_LENGTH - 1:
        return False
    if Levenshtein.distance(key, word, score_cutoff=1) != 1:
        return False
    (edit,) = Levenshtein.editops(key, word)
    if edit.tag == "insert":
        return lost or word[edit.dest_pos] not in telling
    return word[edit.dest_pos] not in telling and key[edit.src_pos] not in telling


def load_labels(user_file: Path | None = None) -> Labels:
    """The labels that come with the program, and those of a user's template file.

    Raises:
        TemplateFileError: the user's file cannot be used.
    """
    return _labels(load_user_words(user_file)) if user_file else _bundled_labels()


@lru_cache(maxsize=1)
def _bundled_labels() -> Labels:
    return _labels(UserWords())


@lru_cache(maxsize=8)
def _labels(own: UserWords) -> Labels:
    """Ours first: a word that they know as ``other`` gets the field that the user gives it."""
    data = {name: (section, own.sections.get(name, {})) for name, section in bundled("labels.toml").items()}
    keys = {name: {**_by_key(ours), **_by_key(theirs)} for name, (ours, theirs) in data.items()}
    return Labels(
        columns=keys["columns"],
        header=keys["header"],
        funds_block=frozenset(keys["funds_block"]),
        funds=keys["funds"],
        signoff=keys["signoff"],
        side=frozenset(keys["side"]),
        closing=frozenset(keys["closing"]),
        grammar=Grammar(
            words_of(*({name: [*ours[name], *theirs.get(name, ())] for name in ours} for ours, theirs in (data["periods"], data["kinds"]))),
            heads_of([*own.heads, *bundled("heads.toml")["head"]]),
        ),
        signoff_pattern=_any_label([alias for section in data["signoff"] for aliases in section.values() for alias in aliases]),
        titles=tuple(re.sub(r"\s", "", word) for entry in own.templates for word in entry["title"]),
    )


def _by_key(section: dict[str, list[str]]) -> dict[str, str]:
    return {label_key(alias): name for name, aliases in section.items() for alias in aliases}


def _any_label(names: list[str]) -> re.Pattern[str]:
    """Any of the labels inside a line, longest first, spaces allowed between its characters."""
    aliases = sorted(dict.fromkeys(names), key=len, reverse=True)
    spaced = [r"\s*".join(re.escape(char) for char in alias.replace("（", "(").replace("）", ")")) for alias in aliases]
    body = "|".join(spaced).replace(r"\(", "[(（]").replace(r"\)", "[)）]")
    return re.compile(rf"({body})\s*[:：;；]?\s*")


def split_labelled(text: str, labels: Labels) -> list[tuple[str, str, str]]:
    """Cut a sign-off line at its labels: ``(field, label, value)`` in order.

    >>> split_labelled("填表人: 王某 联系电话: 13900000000", load_labels())
    [('filled_by', '填表人', '王某'), ('phone', '联系电话', '13900000000')]
    """
    # A label begins the line or stands behind white space, a colon-value or another label.
    found = [m for m in labels.signoff_pattern.finditer(plain(text)) if _begins_label(text, m)]
    parts = []
    for index, match in enumerate(found):
        stop = found[index + 1].start() if index + 1 < len(found) else len(text)
        label = match.group(1)
        parts.append((labels.signoff_of(label) or "other", re.sub(r"\s", "", label), text[match.end() : stop].strip()))
    return parts


def _begins_label(text: str, match: re.Match[str]) -> bool:
    """A label word inside a longer word (负责人 in 单位负责人的意见) is no label."""
    colon = any(mark in match.group(0) for mark in ":：;；")
    rest = text[match.end() :]
    before = text[: match.start()]
    at_start = not before.strip() or before[-1].isspace()
    return colon or (at_start and (not rest or match.group(0)[-1].isspace())) or (at_start and len(match.group(1)) >= 4)
