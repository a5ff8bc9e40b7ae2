"""Free text that seems cut, misspelt or copied: proposals only, the text stays."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import islice

from rapidfuzz.distance import Hamming, Levenshtein

from extractors.origin import is_filed
from normalizers.doubts.witnesses import DOUBT
from normalizers.record import IndicatorRow, TargetTable
from normalizers.rules.table_rule import Context, table_rule
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.phrases import load_lexicon, near_wording, nearest_wording

_MARKS = re.compile(r"[，。；、：！？,.;:!?（）()]")
# A tail this long is found elsewhere only where the sentence itself is.
_TAIL = 10
_LONGEST_REST = 8
# Of what follows no more is looked at.
_FAR = 40
_MEASURES = re.compile(r"^(数|率|数量|次数|人数|人次|件数|情况|期数|天数|度|工作)+$")
# 满意度率 and 满意率 are two names of one thing.
_OPTIONAL = frozenset("度的")
_COPIED = 20
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
# No indicator has a longer name; in a longer text it is some other cell's that ran in.
_LONGEST_NAME = 100
# By tail and by rest: texts.
Rests = dict[str, dict[str, set[str]]]
# A shorter one may differ from another by two characters that are meant.
_LONG_WORDING = 12


@table_rule(
    "phrases.nearest",
    examples=("达到生，指标得满分，部分达到具一定效果得80%，未达到度指标，效果差的 (doubted) -> the standard wording, and a finding",),
    near_misses=("the same text in a transcript", "a doubted text between two wordings", "another percentage"),
)
def nearest(table: TargetTable, context: Context) -> None:
    """A scoring standard that the reader doubts and that is close to one wording alone: a guess, so a person looks.

    What the county printed is a wording far more often than what a bad scan gives;
    the finding stays for review, and the raw text with it.
    """
    for row in table.rows:
        path, field = row.path("scoring_standard"), row.fields.get("scoring_standard")
        if field is None or not any(found.path == path and found.code == DOUBT for found in table.findings):
            continue
        known = load_lexicon().knows("scoring_standard", field.text)
        wording = None if known else nearest_wording("scoring_standard", field.text)
        if wording:
            message = f"Read as {field.text!r}; changed on a guess to the nearest standard wording. Compare with the page."
            table.find(path, "phrases.nearest", message)
            field.change("phrases.nearest", wording)


@table_rule(
    "phrases.near",
    examples=("达到或超过标准得满分: a finding proposes 达到或超过标准值得满分",),
    near_misses=("每少1次扣2分，扣完为止", "达到标准值得满分"),
)
def near(table: TargetTable, context: Context) -> None:
    """A scoring standard one character away from a standard wording that no rule dared to mend: slip or the county's own?

    The text stays. Two or more characters away it is a wording of its own more
    likely than not, and the finding is for information; but not where it was
    recognised, stands here alone, and other rows of the file have the standard one.
    What other rows of a recognised form say is a standard as good.
    """
    said = Counter(row.get("scoring_standard", "") for row in context.rows)
    for row in table.rows:
        field, path = row.fields.get("scoring_standard"), row.path("scoring_standard")
        if field is None or not field.text:
            continue
        recognised = field.source is not None and not is_filed(field.source.origin)
        found, slip = near_wording("scoring_standard", field.text), False
        if found is not None:
            slip = found[1] == 1 or (recognised and said[field.text] < 2 and said[found[0]] > 0)
        elif recognised and said[field.text] < 2 and not load_lexicon().knows("scoring_standard", field.text):
            found = _near_another(field.text, said)
            slip = found is not None
        if found is not None:
            message = f"Almost the standard wording {found[0]!r}; a slip, or the county's own? Compare with the page."
            table.find(path, "phrase.near", message, "review" if slip else "info")


def _near_another(text: str, said: Counter[str]) -> tuple[str, int] | None:
    """What another row says, one or two characters away; other figures are another wording."""
    figures = _FIGURES.findall(text)
    for other, count in said.items():
        if count and len(other) >= _LONG_WORDING and _FIGURES.findall(other) == figures:
            distance = Levenshtein.distance(text, other, score_cutoff=2)
            if 0 < distance <= 2:
                return other, distance
    return None


@table_rule(
    "sentences.cut",
    examples=("…社会公平正义的内在, where another cell goes on 内在要求: a finding proposes it",),
    near_misses=("回归社会",),
)
def cut(table: TargetTable, context: Context) -> None:
    """An explanation that stops where the same sentence goes on elsewhere in the document, or in the row's own name."""
    for row in table.rows:
        text = row.text("explanation")
        if not text or _MARKS.fullmatch(text[-1]):
            continue
        rest = _rest_elsewhere(text, context) or _rest_in_name(text, row.text("level3"))
        if rest:
            message = f"The explanation ends with {text[-6:]!r}; elsewhere the sentence goes on {rest!r}. Compare with the page."
            table.find(row.path("explanation"), "sentence.cut", message)


def _rest_elsewhere(text: str, context: Context) -> str:
    """How all other occurrences of the tail go on; empty when one of them ends there too."""
    tail, known = text[-_TAIL:], _rests(context)
    # What lies under a seal or was mended since is no text of the document, and asks for itself.
    rests = known[tail] if tail in known else _goes_on({tail}, context).get(tail, {})
    found = list(islice((rest for rest, texts in rests.items() if texts - {text}), 2))
    rest = found[0] if len(found) == 1 else ""
    return rest if 0 < len(rest) <= _LONGEST_REST and not _MEASURES.match(rest) else ""


@lru_cache(maxsize=1)
def _rests(context: Context) -> Rests:
    """How the tails of all explanations go on."""
    tails = {text[-_TAIL:] for where, text in context.texts if where.endswith("/explanation")}
    return {**dict.fromkeys(tails, {}), **_goes_on(tails, context)}


def _goes_on(tails: set[str], context: Context) -> Rests:
    """How each tail goes on wherever it stands in the document, with two of the texts that say so: one look at each place."""
    found: Rests = defaultdict(lambda: defaultdict(set))
    for text in {text for _, text in context.texts}:
        for end in range(_TAIL, len(text) + 1):
            if (tail := text[end - _TAIL : end]) in tails:
                said = found[tail][_MARKS.split(text[end : end + _FAR], maxsplit=1)[0]]
                if len(said) < 2:
                    said.add(text)
    return found


def _rest_in_name(text: str, name: str) -> str:
    clauses = _MARKS.split(text)
    last = clauses[-1]
    rest = name[len(last) :] if len(clauses) > 1 and len(last) >= 4 and name.startswith(last) else ""
    return rest if 0 < len(rest) <= 4 and not _MEASURES.match(rest) else ""


@table_rule(
    "names.one-off", examples=("案件率质量合格率, where another table says 案件质量合格率: a finding",), near_misses=("服务对象满意度率",)
)
def one_off(table: TargetTable, context: Context) -> None:
    """An indicator's name with one character more than another of the same file. Names are proposed, never changed.

    A name of the library is never in doubt; being near one is no sign of a slip,
    since the library has thousands and a county words its own.
    """
    elsewhere = {label_key(text) for where, text in context.texts if where.endswith("level3")}
    for row in table.rows:
        key = label_key(row.text("level3"))
        if not 5 <= len(key) <= _LONGEST_NAME or key in context.known_names:
            continue
        better = next((shorter for shorter in _shortened(key) if shorter in elsewhere), None)
        if not better and _has_other_spelling(key, row, context):
            message = f"{row.text('level3')!r} stands elsewhere in this file with another character and the same target; which is meant?"
            table.find(row.path("level3"), "name.one-off", message)
        if better:
            message = f"{row.text('level3')!r} is {better!r} with a character too many; which is meant?"
            table.find(row.path("level3"), "name.one-off", message)


def _has_other_spelling(key: str, row: IndicatorRow, context: Context) -> bool:
    """True when a row of the document has the same value and unit and a name with one other character; known names are in no doubt."""
    field = row.fields.get("level3")
    if field is None or field.cell is None or is_filed(field.cell.origin):
        return False
    same = [other for other in context.rows if all(other.get(name, "") == row.text(name) for name in ("operator", "value", "unit"))]
    names = {label_key(each.get("level3", "")) for each in same}
    return any(len(other) == len(key) and Hamming.distance(key, other) == 1 for other in names)


def _shortened(key: str) -> list[str]:
    """The key without one of its inner characters."""
    return [key[:place] + key[place + 1 :] for place in range(1, len(key) - 1) if key[place] not in _OPTIONAL]


@table_rule(
    "project-name.incomplete",
    examples=("社区购买服务, goal 社区矫正购买服务，…: a finding",),
    near_misses=("人民调解经费, goal 人民调解工作，…",),
)
def incomplete(table: TargetTable, context: Context) -> None:
    """A project's name that the goal repeats with one word more inside. Names of projects are proposed, never changed."""
    name = table.text("project_name")
    first = _MARKS.split(table.text("overall_goal"))[0]
    if len(name) < 4 or not len(name) < len(first) <= len(name) + 4:
        return
    changes = [code for code in Levenshtein.opcodes(name, first) if code.tag != "equal"]
    if len(changes) == 1 and changes[0].tag == "insert" and 0 < changes[0].src_start < len(name):
        table.find(
            "project_name", "project-name.incomplete", f"The goal says {first!r} where the project is named {name!r}; which is meant?"
        )


@table_rule(
    "sentences.copied",
    examples=("an explanation of one project in the form of another: a finding",),
    near_misses=("本年度该类工作的经费安排",),
)
def copied(table: TargetTable, context: Context) -> None:
    """A long explanation that stands word for word in another project's form, and speaks of that project."""
    subject = table.text("project_name") + table.text("overall_goal")
    for row in table.rows:
        text = row.text("explanation")
        if len(text) < _COPIED or table.kind != "project" or _shared(text, subject) >= 0.3:
            continue
        for form in _forms(context).get(text, ()):
            if _shared(text, _subjects(context).get(form, "")) >= 0.5:
                message = f"The explanation speaks of another project ({form} of this file has the same text); copied?"
                table.find(row.path("explanation"), "sentence.copied", message)
                break


@lru_cache(maxsize=1)
def _forms(context: Context) -> dict[str, list[str]]:
    """In which forms of the document each text stands."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for where, text in context.texts:
        found[text][where.partition("/")[0]] = None
    return {text: list(forms) for text, forms in found.items()}


@lru_cache(maxsize=1)
def _subjects(context: Context) -> dict[str, str]:
    """Project and goal of each form of the document."""
    found: dict[str, str] = defaultdict(str)
    for where, text in context.texts:
        form, _, place = where.partition("/")
        if place in ("project_name", "overall_goal"):
            found[form] += text
    return found


def _shared(text: str, subject: str) -> float:
    """Share of the text's pairs of characters that the subject holds too."""
    pairs = [text[start : start + 2] for start in range(len(text) - 1)]
    return sum(pair in subject for pair in pairs) / len(pairs) if pairs else 0.0
