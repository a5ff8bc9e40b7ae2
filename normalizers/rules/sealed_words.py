"""Words of closed lists under a seal: what stands there, from what is left of the ink and what the row says besides.

Every change is a guess: it leaves a review finding of its own beside that of the seal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import LCSseq, Levenshtein

from normalizers.labels import label_key
from normalizers.levels import is_level1, level1_of, level2_of, load_levels
from normalizers.phrases import load_lexicon, to_key
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.neighbours import Context, table_rule
from normalizers.rules.under_seal import is_sealed

# Share of a level's name that must be left, and by how much the next name must fall behind.
_LEFT, _AHEAD = 0.4, 0.2
# Share of a standard wording that may be lost when the same wording stands legible elsewhere in the column; else nearest_wording decides.
_LOST = 0.45
# Share of a sentence that may be lost when it stands elsewhere in the document.
_SENTENCE_LOST, _SENTENCE_LOST_AGREED = 0.34, 0.13
_SHORTEST = 4


@table_rule(
    "seals.level-name",
    examples=(
        "产出指标 | '数囊指标' under a seal -> 数量指标",
        "效益指标 | '奇社会兼盗指标尚' under a seal -> 社会效益指标",
        "'效益指标GV' under a seal | 可持续影响指标 -> 效益指标",
    ),
    near_misses=("数囊指标 and no seal over it", "(blank) | '社会兼盗指标' under a seal: 社会成本指标 or 社会效益指标", "运行成本"),
)
def level_name(table: TargetTable, context: Context) -> None:
    """The names of the first two levels are a closed list: under a seal, the one that clearly most of the ink is left of.

    A first level that is legible leaves only its own second levels; an illegible
    first level is that of its second level.
    """
    for index, row in enumerate([*table.rows, *table.blank_rows]):
        path = f"indicators/{index}" if index < len(table.rows) else f"blank_level2/{index - len(table.rows)}"
        first, second = row.fields.get("level1"), row.fields.get("level2")
        if second is not None and is_sealed(second) and second.text and level2_of(second.text) is None:
            name = _most_left(second.text, _seconds_of(row.text("level1")), _LEFT)
            _change(table, f"{path}/level2", second, "seals.level-name", name)
        above = load_levels().parents.get(level2_of(row.text("level2")) or "")
        if first is not None and above and is_sealed(first) and first.text and not is_level1(first.text) and _is_like(first.text, above):
            _change(table, f"{path}/level1", first, "seals.level-name", above)


def _seconds_of(first: str) -> list[str]:
    """Second levels that may stand beside a first level; all of them beside none that is legible."""
    parent = level1_of(first)
    return [name for name, above in load_levels().parents.items() if parent in (None, above)]


def _is_like(text: str, name: str) -> bool:
    return LCSseq.similarity(label_key(text), label_key(name)) >= 0.5 * len(label_key(name))


def _most_left(text: str, names: Iterable[str], least: float) -> str:
    """The name that most is left of in the text, when no other is near it; empty otherwise."""
    key = label_key(text)
    shares = sorted(((LCSseq.similarity(key, each) / max(len(each), 0.75 * len(key)), each) for each in names), reverse=True)
    if not shares or shares[0][0] < least or (len(shares) > 1 and shares[0][0] - shares[1][0] < _AHEAD):
        return ""
    return shares[0][1]


@table_rule(
    "seals.wording",
    examples=("'达到或超过标海通分' under a seal, 达到或超过标准值得满分 in another row -> 达到或超过标准值得满分",),
    near_misses=("the same text with no seal over it", "达到或超过标海通分 where no row of the document has the whole wording"),
)
def wording(table: TargetTable, context: Context) -> None:
    """A scoring standard under a seal that is far from every wording but one, and that one stands in another row of the document.

    Two cues: the ink that is left, and the column that repeats its few wordings.
    """
    printed = {text for where, text in context.texts if where.endswith("scoring_standard") and load_lexicon().knows("scoring_standard", text)}
    for index, row in enumerate(table.rows):
        field = row.fields.get("scoring_standard")
        if field is None or not field.text or not is_sealed(field) or load_lexicon().knows("scoring_standard", field.text):
            continue
        name = _nearest(field.text, load_lexicon().wordings["scoring_standard"].values(), _LOST)
        if any(to_key(each).key == to_key(name).key for each in printed):
            _change(table, f"indicators/{index}/scoring_standard", field, "seals.wording", name)


def _nearest(text: str, choices: Iterable[str], lost: float) -> str:
    """The choice that the text is a damaged form of, when every other one is clearly further away; empty otherwise."""
    key = to_key(text).key
    by_key = {to_key(each).key: each for each in choices if each}
    scored = sorted((Levenshtein.distance(key, other), other) for other in by_key)
    if not scored or len(scored[0][1]) < _SHORTEST:
        return ""
    distance, best = scored[0]
    if distance > lost * len(best) or (len(scored) > 1 and scored[1][0] - distance < max(2, 0.2 * len(best))):
        return ""
    return by_key[best]


@table_rule(
    "seals.same-sentence",
    examples=(
        "服务对象满意率 | … | '务对象满意率一' under a seal -> 服务对象满意率",
        "'完成改造的老旧小区数尉' under a seal, and the whole sentence in another form of the file",
        "'结果公示及时率忆出' under a seal -> 结果公示及时率, a name of the library",
    ),
    near_misses=("'完成改造的小区数' and no seal over it", "a text under a seal that no other cell is like"),
)
def same_sentence(table: TargetTable, context: Context) -> None:
    """A name or an explanation under a seal that another cell of the document has whole, or the library of names.

    An explanation often repeats the name of its row, and the form of the whole
    repeats the rows of its projects. Names of the library count where the text
    begins with one or is one character away from one alone.
    """
    for index, row in enumerate(table.rows):
        for name in ("level3", "explanation"):
            field, path = row.fields.get(name), f"indicators/{index}/{name}"
            if field is None or not is_sealed(field) or len(field.text) < _SHORTEST or load_lexicon().knows(name, field.text):
                continue
            if name == "level3" and label_key(field.text) in context.known_names:
                continue
            _change(table, path, field, "seals.same-sentence", _whole_elsewhere(field.text, name, row, context))


def _whole_elsewhere(text: str, name: str, row: IndicatorRow, context: Context) -> str:
    own = [row.text("level3")] if name == "explanation" and not is_sealed(row.fields["level3"]) else []
    choices = [*own, *_others(text, name, context), *load_lexicon().wordings.get(name, {}).values()]
    held = sorted({each for each in choices if len(each) >= _SHORTEST and _holds(text, each)}, key=len)
    found = held[-1] if held else _nearest(text, choices, _lost(row.fields[name]))
    if found or name != "level3":
        return found
    return _known_name(label_key(text), context.known_names)


def _lost(field: Field) -> float:
    """How much of a sentence may be lost: little where another preparation of the crop gives the same text."""
    readings = field.cell.readings if field.cell is not None else ()
    agreed = any(label_key(each.text) == label_key(field.raw) for each in readings if each.how == "second")
    return _SENTENCE_LOST_AGREED if agreed else _SENTENCE_LOST


def _others(text: str, name: str, context: Context) -> Iterator[str]:
    """The same column elsewhere in the document, without the text itself."""
    return (other for where, other in context.texts if where.endswith(f"/{name}") and other != text)


def _holds(text: str, whole: str) -> bool:
    """True for the whole text with a little dirt before or behind it."""
    return whole in text and 0 < len(text) - len(whole) <= max(3, len(whole) // 3)


def _known_name(key: str, names: frozenset[str]) -> str:
    begun = [key[:stop] for stop in range(len(key) - 1, _SHORTEST, -1) if key[:stop] in names and len(key) - stop <= 3]
    if begun:
        return begun[0]
    near = [each for each in names if len(each) == len(key) >= 5 and Levenshtein.distance(each, key, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else ""


def _change(table: TargetTable, path: str, field: Field, rule: str, text: str) -> None:
    """Put the text and ask a person; nothing for an empty text or the same one."""
    if not text or text == field.text:
        return
    before = field.text
    field.change(rule, text)
    table.find(path, rule, f"Read as {re.sub(chr(10), ' ', before)!r} under a seal; changed on a guess to {text!r}. Compare with the page.")
