"""Words under a seal, or that their reader doubts: what stands there, from what is left of the ink and what else the document says.

Every change is a guess: it leaves a review finding of its own beside that of the reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming, LCSseq, Levenshtein

from extractors.origin import is_filed
from normalizers.doubts.witnesses import DOUBT
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.table_rule import Context, change_on_guess, table_rule
from normalizers.rules.under_seal import is_sealed
from normalizers.vocabulary.characters import HAN_RANGE, is_han
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.levels import is_level1, level1_of, level2_of, load_levels
from normalizers.vocabulary.phrases import load_lexicon, nearest_wording, to_key
from normalizers.vocabulary.slips import looks_like, partners_of

# Share of a level's name that must be left, and by how much the next name must fall behind.
_LEFT, _AHEAD = 0.4, 0.2
# Two characters in common (成本) say nothing.
_LEAST_LEFT = 3
# Share of a scoring standard that may be lost when another row has the whole of it.
_WORDING_LOST = 0.45
# Share of a sentence that may be lost when another cell has it: of the row's twin, of any row, of one that two preparations read alike.
_TWIN_LOST, _SENTENCE_LOST, _AGREED_LOST = 0.6, 0.34, 0.13
_SHORTEST_WORDING = 4
_SIGNS = re.compile(r"[*×=＝]")
# What no sentence of a form begins or ends with: letters, kana, marks and a seal's serial number.
_KANA = "\u3040-\u30ff"
_DIRT = rf"A-Za-z{_KANA}»«•·|'\"\-—~^*"
_EDGES = re.compile(
    rf"^(?:[{_DIRT}“”]|(?<!\d)\d{{5,}}(?!\d))+(?=[{HAN_RANGE}])"
    rf"|(?<=[{HAN_RANGE}])[，,.]?(?:[{_DIRT} .]|(?<!\d)\d{{3,}}(?!\d))+$|(?<=。)[{_DIRT} .一丨\d]+$"
)

_change = partial(change_on_guess, how=" with doubt")


@table_rule(
    "doubted.level-name",
    examples=(
        "产出指标 | '数囊指标' under a seal, or doubted -> 数量指标",
        "效益指标 | '奇社会兼盗指标尚' under a seal -> 社会效益指标",
        "成本指标 | '经济成本指杯' recognised without doubt -> 经济成本指标",
        "'效益指标GV' under a seal | 可持续影响指标 -> 效益指标",
    ),
    near_misses=(
        "数据指标 read without doubt, which is the county's own",
        "经济成本指杯 in a born-digital form",
        "(blank) | '社会兼盗指标' under a seal: 社会成本指标 or 社会效益指标",
        "运行成本",
    ),
)
def level_name(table: TargetTable, context: Context) -> None:
    """The names of the first two levels are a closed list: the one that clearly most of the ink is left of.

    A first level that is legible leaves only its own second levels; an illegible
    first level is that of its second level.
    """
    for path, row in _all_rows(table):
        first, second = row.fields.get("level1"), row.fields.get("level2")
        if second is not None and second.text and level2_of(second.text) is None:
            names = _seconds_of(row.text("level1"))
            doubted = _is_doubted(table, f"{path}/level2", second)
            name = _most_left(second.text, names) if doubted else _one_slip_away(second, names)
            _change(table, f"{path}/level2", second, "doubted.level-name", name)
        above = load_levels().parents.get(level2_of(row.text("level2")) or "")
        if first is None or not above or is_level1(first.text) or not _is_doubted(table, f"{path}/level1", first):
            continue
        if LCSseq.similarity(label_key(first.text), above) >= 0.5 * len(above):
            _change(table, f"{path}/level1", first, "doubted.level-name", above)


def _one_slip_away(field: Field, names: Iterable[str]) -> str:
    """The only name that a recognised one differs from by one character; of a short name, by a look-alike."""
    if field.source is None or is_filed(field.source.origin):
        return ""
    key = label_key(field.text)
    near = [name for name in names if len(name) == len(key) and Hamming.distance(name, key) == 1]
    alike = [name for name in near if any(a != b and looks_like(a, b) for a, b in zip(key, name, strict=True))]
    left = alike if alike or len(key) <= _SHORTEST_WORDING else near
    return left[0] if len(left) == 1 else ""


def _all_rows(table: TargetTable) -> Iterator[tuple[str, IndicatorRow]]:
    yield from ((row.path(), row) for row in (*table.rows, *table.blank_rows))


def _is_doubted(table: TargetTable, path: str, field: Field) -> bool:
    """True for a text under a seal, or one that the reader asks about."""
    if not field.text:
        return False
    return is_sealed(field) or any(found.path == path and found.code == DOUBT and found.severity == "review" for found in table.findings)


def _seconds_of(first: str) -> list[str]:
    """Second levels that may stand beside a first level; all of them beside none that is legible."""
    parent = level1_of(first)
    return [name for name, above in load_levels().parents.items() if parent in (None, above)]


def _most_left(text: str, names: Iterable[str]) -> str:
    """The name that most is left of in the text, when no other is near it; empty otherwise."""
    key = label_key(text)
    shares = sorted(((_left_of(each, key) / max(len(each), 0.75 * len(key)), each) for each in names), reverse=True)
    if not shares or (len(shares) > 1 and shares[0][0] - shares[1][0] < _AHEAD):
        return ""
    share, best = shares[0]
    return best if share >= _LEFT and LCSseq.similarity(key, best) >= _LEAST_LEFT else ""


def _left_of(name: str, key: str) -> float:
    """Characters of a name that are left; one in whose place a look-alike stands counts, too: 教量指标 is 数量指标, not 质量指标."""
    alike = sum(looks_like(a, b) for a, b in zip(key, name, strict=True) if a != b) if len(name) == len(key) else 0
    return LCSseq.similarity(key, name) + alike


@table_rule(
    "doubted.wording",
    examples=("'达到或超过标海通分' under a seal, 达到或超过标准值得满分 in another row -> 达到或超过标准值得满分",),
    near_misses=("达到或超过标准 read without doubt", "'达到或超过标海通分' where no row of the document has the whole wording"),
)
def wording(table: TargetTable, context: Context) -> None:
    """A scoring standard that is damaged, and whose whole stands legible in another row of the document.

    Two cues: the ink that is left, and the column that repeats its few wordings.
    A wording that slipped into the remarks goes back, and a sign of a formula (*)
    that only this row lacks comes back.
    """
    printed = {row["scoring_standard"] for row in context.rows if row.get("scoring_standard")}
    for row in table.rows:
        path, field = row.path(), row.fields.get("scoring_standard")
        remark = row.fields.get("remark")
        if field is not None and not field.text and remark and _is_doubted(table, f"{path}/remark", remark):
            if name := _nearest(remark.text, printed, _WORDING_LOST):
                _change(table, f"{path}/scoring_standard", field, "doubted.wording", name)
                remark.change("doubted.wording", "")
        elif field is not None and field.text and (whole := _one_sign_short(field, printed)):
            _change(table, f"{path}/scoring_standard", field, "doubted.wording", whole)
        elif field is not None and _is_doubted(table, f"{path}/scoring_standard", field) and not _is_wording(field.text):
            name = nearest_wording("scoring_standard", field.text) or _nearest(field.text, printed - {field.text}, _WORDING_LOST)
            _change(table, f"{path}/scoring_standard", field, "doubted.wording", name)


def _one_sign_short(field: Field, printed: set[str]) -> str:
    """The wording that another row prints with one sign of a formula more, for a text read from a picture: a thin * is lost."""
    if field.cell is None or is_filed(field.cell.origin) or _is_wording(field.text):
        return ""
    whole = [each for each in sorted(printed) if _is_wording(each) and _SIGNS.sub("", each) == _SIGNS.sub("", field.text)]
    return whole[0] if len(whole) == 1 and len(whole[0]) == len(field.text) + 1 else ""


def _is_wording(text: str) -> bool:
    return load_lexicon().knows("scoring_standard", text)


def _nearest(text: str, choices: Iterable[str], lost: float) -> str:
    """The choice that the text is a damaged form of, when every other one is clearly further away; empty otherwise."""
    key = to_key(text).key
    by_key = {to_key(each).key: each for each in sorted(choices) if len(each) >= _SHORTEST_WORDING}
    scored = sorted((Levenshtein.distance(key, other), other) for other in by_key)
    if not scored:
        return ""
    distance, best = scored[0]
    if distance > lost * len(best) or (len(scored) > 1 and scored[1][0] - distance < max(2, 0.2 * len(best))):
        return ""
    return by_key[best]


@table_rule(
    "doubted.same-sentence",
    examples=(
        "服务对象满意率 | … | '务对象满意率一' under a seal -> 服务对象满意率",
        "'完成改造的老旧小区数尉' doubted, and the whole sentence in another form of the file",
        "'结果公示及时率忆出' under a seal -> 结果公示及时率, a name of the library",
    ),
    near_misses=(
        "'完成改造的小区数' read without doubt",
        "a text under a seal that no other cell is like",
        "the other cell is doubted as well",
    ),
)
def same_sentence(table: TargetTable, context: Context) -> None:
    """A damaged name or explanation that another cell of the document has whole, or the library of names.

    An explanation often repeats the name of its row, and the form of the whole
    repeats the rows of its projects. Names of the library count where the text
    begins with one or is one character away from one alone.
    """
    for row in table.rows:
        for name in ("level3", "explanation"):
            field, path = row.fields.get(name), row.path(name)
            if field is None or len(field.text) < _SHORTEST_WORDING or load_lexicon().knows(name, field.text):
                continue
            if _is_doubted(table, path, field) and not (name == "level3" and label_key(field.text) in context.known_names):
                _change(table, path, field, "doubted.same-sentence", _whole_elsewhere(field, name, row, context))


def _whole_elsewhere(field: Field, name: str, row: IndicatorRow, context: Context) -> str:
    twins = context.twins(row.text("level3"), name) - {field.text} - context.unsure if name == "explanation" else set()
    if len(twins) == 1 and _nearest(field.text, twins, _TWIN_LOST):
        return twins.pop()
    others = [each[name] for each in context.rows if each.get(name) and each[name] != field.text and each[name] not in context.unsure]
    named = row.fields.get("level3")
    own = [row.text("level3")] if name == "explanation" and named is not None and not is_sealed(named) else []
    choices = [*own, *others, *load_lexicon().wordings.get(name, {}).values()]
    held = sorted({each for each in choices if len(each) >= _SHORTEST_WORDING and _holds(field.text, each)}, key=len)
    found = held[-1] if held else _nearest(field.text, choices, _lost(field))
    return found or (_known_name(label_key(field.text), context.known_names) if name == "level3" else "")


def _lost(field: Field) -> float:
    """How much of a sentence may be lost: little where another preparation of the crop gives the same text."""
    readings = field.cell.readings if field.cell is not None else ()
    agreed = any(label_key(each.text) == label_key(field.raw) for each in readings if each.how == "second")
    return _AGREED_LOST if agreed or not is_sealed(field) else _SENTENCE_LOST


def _holds(text: str, whole: str) -> bool:
    """True for the whole text with a little dirt before or behind it: what a writer adds is words."""
    rest = text.replace(whole, "", 1) if whole in text else ""
    return 0 < len(rest) <= max(3, len(whole) // 3) and (len(rest) == 1 or not re.fullmatch(rf"[{HAN_RANGE}]+", rest))


def _known_name(key: str, names: frozenset[str]) -> str:
    begun = [key[:stop] for stop in range(len(key) - 1, _SHORTEST_WORDING, -1) if key[:stop] in names and len(key) - stop <= 3]
    if begun:
        return begun[0]
    near = [each for each in names if len(each) == len(key) >= _SHORTEST_WORDING and Levenshtein.distance(each, key, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else ""


@table_rule(
    "doubted.look-alike",
    examples=("'改造小区数景' doubted -> 改造小区数量: 量 looks like 景, and 数量 stands in the library",),
    near_misses=("'改造小区数景' read without doubt", "养护里程: its pairs stand in the library", "two partners that fit"),
)
def look_alike(table: TargetTable, context: Context) -> None:
    """A character of a doubted name or explanation that makes no known pair with its neighbours, where one that looks like it does.

    Three cues: the reader's doubt, the shape, and words of the library on both
    sides of the character.
    """
    for row in table.rows:
        for name in ("level3", "explanation"):
            field, path = row.fields.get(name), row.path(name)
            if field is None or label_key(field.text) in context.known_names or not _is_doubted(table, path, field):
                continue
            _change(table, path, field, "doubted.look-alike", _with_partners(field.text, context.pairs))


def _with_partners(text: str, pairs: frozenset[str]) -> str:
    for place, char in enumerate(text):
        if not is_han(char) or any(text[start : start + 2] in pairs for start in (place - 1, place) if start >= 0):
            continue
        near = [other for other in partners_of(char) if _fits(text, place, other, pairs)]
        if len(near) == 1:
            text = text[:place] + near[0] + text[place + 1 :]
    return text


def _fits(text: str, place: int, char: str, pairs: frozenset[str]) -> bool:
    """True when a character makes known pairs with both its neighbours; at an end it has one."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    made = [pair for pair in (before + char, char + after) if len(pair) == 2]
    return bool(made) and all(pair in pairs for pair in made)


@table_rule(
    "words.look-alike",
    examples=("'敏老院实际可供使用的床位数' read without doubt: a finding, for 敬老院 stands in the library and 敏老 nowhere",),
    near_misses=("主动发现机制: 生动 stands in the library, 生动发 does not", "the same word twice in the file", "a born-digital form"),
)
def odd_word(table: TargetTable, context: Context) -> None:
    """A character that makes no known pair, where one that looks like it makes a word of three with its neighbours.

    The recogniser is sure of a character that it takes for another one. The text
    stays, for a county has words that the library lacks; a word that stands twice
    in the file is its own.
    """
    said = Counter(row.get(name, "") for row in context.rows for name in ("level3", "explanation"))
    for row in table.rows:
        for name in ("level3", "explanation"):
            field, path = row.fields.get(name), row.path(name)
            if field is None or field.source is None or is_filed(field.source.origin) or said[field.text] > 1:
                continue
            if label_key(field.text) in context.known_names or any(found.path == path for found in table.findings):
                continue
            if (char := _unlikely_variant(field, context.pairs)) is not None:
                message = f"A traditional character is taken as {char!r}, which makes no known word here. Compare with the page."
                table.find(path, "word.look-alike", message)
                continue
            likely = _with_partners(field.text, context.pairs)
            changed = [at for at, (one, other) in enumerate(zip(field.text, likely, strict=True)) if one != other]
            if changed and all(_stands_in(likely, at, context.triples) for at in changed):
                message = f"Read as {field.text!r}; {likely!r} is likelier by its words. Compare with the page."
                table.find(path, "word.look-alike", message)


def _unlikely_variant(field: Field, pairs: frozenset[str]) -> str | None:
    """A character put into its standard form that makes no known pair: the blotted ink of 量 was read as 叢, which is 丛."""
    for step in field.steps:
        if step.rule == "readings.variant-form" and len(step.before) == len(step.after) == len(field.text):
            for at, (one, other) in enumerate(zip(step.before, step.after, strict=True)):
                around = [field.text[start : start + 2] for start in (at - 1, at) if start >= 0]
                if one != other and not any(pair in pairs for pair in around):
                    return other
    return None


def _stands_in(text: str, at: int, triples: frozenset[str]) -> bool:
    """True when three characters around a place are known together."""
    return any(text[start : start + 3] in triples for start in range(max(0, at - 2), at + 1))


@table_rule(
    "doubted.edge-dirt",
    examples=(
        "'91036122服务对象满意度' under a seal -> 服务对象满意度",
        "'…，年底前全部验收。140073575709' under a seal -> …，年底前全部验收。",
    ),
    near_misses=("'80%以上' under a seal", "'A级单位数量' and no seal over it"),
)
def edge_dirt(table: TargetTable, context: Context) -> None:
    """Letters, marks and a serial number before or behind the words of a sentence under a seal: the seal's own."""
    fields = [("overall_goal", table.fields.get("overall_goal"))]
    for row in table.rows:
        fields += [(row.path(name), row.fields.get(name)) for name in ("level3", "explanation", "scoring_standard")]
    for path, field in fields:
        if field is not None and field.text and is_sealed(field):
            _change(table, path, field, "doubted.edge-dirt", _EDGES.sub("", field.text))


@table_rule(
    "doubted.own-marks",
    examples=("…得80%；未达到年度指标… where every other row has …得80%，未达到年度指标… -> ，",),
    near_misses=("；in a transcript or a text layer", "；in more than one row of the form"),
)
def own_marks(table: TargetTable, context: Context) -> None:
    """A standard wording whose marks differ from those of every other row that has it: a speck over a comma reads as a semicolon."""
    texts = [row.text("scoring_standard") for row in table.rows]
    for index, row in enumerate(table.rows):
        field, text = row.fields.get("scoring_standard"), row.text("scoring_standard")
        if field is None or field.cell is None or is_filed(field.cell.origin) or not load_lexicon().knows("scoring_standard", text):
            continue
        key = to_key(text).key
        others = {other for place, other in enumerate(texts) if place != index and to_key(other).key == key}
        others |= {each["scoring_standard"] for each in context.rows if to_key(each.get("scoring_standard", "")).key == key} - {text}
        if len(others) == 1 and texts.count(text) == 1:
            _change(table, row.path("scoring_standard"), field, "doubted.own-marks", others.pop())


# Characters of a sentence that another goal must have, and how alike (of 100) the two must be.
_LONG, _ALIKE = 10, 80


@table_rule(
    "doubted.goal",
    examples=("'按照年度】作要点分批实施' under a seal, 按照年度工作要点分批实施 in the goal of another form -> 按照年度工作要点分批实施",),
    near_misses=("the same text and no seal over it", "a goal that no other form of the file repeats"),
)
def goal(table: TargetTable, context: Context) -> None:
    """Sentences of a goal under a seal that other goals of the file have whole: the form of the whole repeats those of its projects."""
    field = table.fields.get("overall_goal")
    if field is None or not field.text or not is_sealed(field):
        return
    text = field.text
    for sentence in _sentences(each for where, each in context.texts if where.endswith("/overall_goal") and each != field.text):
        found = fuzz.partial_ratio_alignment(sentence, text, score_cutoff=_ALIKE) if len(sentence) <= len(text) else None
        if found is not None and found.score < 100 and sentence not in text:
            text = text[: found.dest_start] + sentence + text[found.dest_end :]
    _change(table, "overall_goal", field, "doubted.goal", text)


def _sentences(goals: Iterable[str]) -> list[str]:
    """Sentences without their numbers, the longest first."""
    parts = {re.sub(r"^\d+[、.．]", "", part) for each in goals for part in re.findall(r"[^。；]+[。；]?", each)}
    return sorted((part for part in parts if len(part) >= _LONG), key=lambda part: (-len(part), part))
