"""A lexicon of standard wordings, and how a text slipped from one of them.

A text is compared with the wordings of its column character by character.
Punctuation and white space do not count. Each difference is named; one that a
writer may have meant makes the whole text stay as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from normalizers.vocabulary.characters import is_han
from normalizers.vocabulary.lexicon import Keyed, Lexicon, load_lexicon, scoring_phrases, to_key
from normalizers.vocabulary.lookalikes import look_alike

__all__ = [
    "Kind",
    "Plan",
    "Slip",
    "apply_plan",
    "load_lexicon",
    "near_wording",
    "nearest_wording",
    "plan_mend",
    "scoring_phrases",
    "settle_marks",
    "to_key",
]

Kind = Literal["doubled", "inserted", "misread", "missing", "truncated"]
# A wording this short shares too much with others to tell a slip from a variant.
_SHORTEST_PHRASE = 4
# Slips are rare and far apart; differences side by side are another word.
_CHARS_PER_SLIP = 12
_PHRASE_DISTANCE = 3
# Less than half of a wording is no evidence for the rest of it.
_LEAST_SHARE = 0.5
_LEAST_CHARS = 6
_READ_BADLY = 0.25
_CLAUSE_END = "，。；、："
_CLAUSE_OPEN = "，、；：,;:"
# A point is no mark of a Chinese sentence: it is a comma or a full stop that was misread.
_STOPS = ("。", ".")
_MARKS = re.compile(r"[，。、；：？！（）()《》“”—,;:]*")
_OPENING = re.compile(r"^.*[（(《“]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slip:
    """One difference: replace ``text[start:stop]`` by ``put``."""

    kind: Kind
    start: int
    stop: int
    put: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The wording that a text slipped from, and the slips in the order of the text."""

    wording: str
    slips: tuple[Slip, ...]


@lru_cache(maxsize=8192)
def plan_mend(role: str, text: str) -> Plan | None:
    """How to turn a slipped text into its wording; None when it is one, is near none, or may be meant."""
    lexicon = load_lexicon()
    wordings = lexicon.wordings.get(role, {})
    keyed = to_key(text)
    if keyed.key in wordings or len(keyed.key) < _SHORTEST_PHRASE:
        return None
    plans = [plan for key, wording in wordings.items() if (plan := _plan_for(lexicon, text, keyed, key, wording))]
    if not plans:
        return None
    best = min(len(plan.slips) for plan in plans)
    results = {apply_plan(text, plan): plan for plan in plans if len(plan.slips) == best}
    mended, plan = next(iter(results.items()))
    return plan if len(results) == 1 and not _goes_on_otherwise(wordings, mended, plan) else None


def _goes_on_otherwise(wordings: dict[str, str], mended: str, plan: Plan) -> bool:
    """True when a text cut short begins another wording too, one that was too long to complete."""
    if plan.slips[-1].kind != "truncated":
        return False
    key = to_key(mended).key
    shown = key[: len(key) - len(to_key(plan.slips[-1].put).key)]
    return any(other.startswith(shown) and other != key for other in wordings)


def apply_plan(text: str, plan: Plan, kind: Kind | None = None) -> str:
    """The text with the slips of one kind, or of all kinds, mended."""
    for slip in reversed(plan.slips):
        if kind is None or slip.kind == kind:
            text = text[: slip.start] + slip.put + text[slip.stop :]
    return text


def settle_marks(role: str, text: str) -> str:
    """A whole wording with the marks between its characters put right.

    Dirt between the characters goes and a lost mark comes back; another mark of
    Chinese punctuation in its place is the county's own and stays. A full stop
    where the wording goes on is a speck: it would leave half a clause.
    """
    wording = load_lexicon().wordings.get(role, {}).get(to_key(text).key)
    if wording is None:
        return text
    seen, meant = _gaps(text), _gaps(wording)
    kept = [mine if _MARKS.fullmatch(mine) and (mine or not theirs) else theirs for mine, theirs in zip(seen, meant, strict=True)]
    kept[1:-1] = ["" if mark in _STOPS and not theirs else mark for mark, theirs in zip(kept[1:-1], meant[1:-1], strict=True)]
    if not seen[-1]:
        kept[-1] = ""
    places = to_key(text).places
    return kept[0] + "".join(text[place] + gap for place, gap in zip(places, kept[1:], strict=True))


def _gaps(text: str) -> list[str]:
    """What stands before, between and behind the characters that count."""
    places = [-1, *to_key(text).places, len(text)]
    return [text[before + 1 : after] for before, after in zip(places, places[1:], strict=False)]


@lru_cache(maxsize=8192)
def near_wording(role: str, text: str) -> tuple[str, int] | None:
    """The closest wording of the column and how many characters away, for a text that is near one and not one.

    A text that begins a wording and shows half of it counts as one character away,
    however much is lost: a line may have been. To propose, never to put.
    """
    key, wordings = to_key(text).key, load_lexicon().wordings.get(role, {})
    if len(key) < _LEAST_CHARS:
        return None
    if key in wordings:
        # A comma at the end promises a clause that is not there.
        return (wordings[key], 1) if text[-1] in _CLAUSE_OPEN else None
    for other, wording in wordings.items():
        if other.startswith(key) and len(key) >= _LEAST_SHARE * len(other):
            return wording, 1
    limit = max(1, len(key) // _CHARS_PER_SLIP * 2)
    scored = [(Levenshtein.distance(key, other, score_cutoff=limit), wording) for other, wording in wordings.items()]
    distance, wording = min(scored, default=(limit + 1, ""))
    return (wording, distance) if distance <= limit else None


def nearest_wording(role: str, text: str) -> str | None:
    """The wording that a badly read text most likely is, when no other is as near; None otherwise.

    For text that its reader doubts: up to a quarter of the characters may differ, but not its figures.
    """
    key = to_key(text).key
    figures = _figures(key)
    scored = sorted((Levenshtein.distance(key, other), wording) for other, wording in load_lexicon().wordings.get(role, {}).items())
    if len(key) < _LEAST_CHARS or len(scored) < 2:
        return None
    (distance, wording), (second, _) = scored[:2]
    near = distance <= len(key) * _READ_BADLY and second > distance
    return wording if near and figures == _figures(to_key(wording).key) else None


def _figures(key: str) -> str:
    return "".join(char for char in key if char.isdigit() or char == "%")


def _plan_for(lexicon: Lexicon, text: str, keyed: Keyed, key: str, wording: str) -> Plan | None:
    """The plan towards one wording, or towards its beginning when the text was cut short."""
    allowed = 1 + len(key) // _CHARS_PER_SLIP
    if len(keyed.key) > len(key) + 4 * allowed:
        return None
    shown = _shown_length(keyed.key, key, allowed)
    if shown is None:
        return None
    slips = _slips(lexicon, keyed, key[:shown], to_key(wording).places)
    if slips is None or len(slips) > allowed:
        return None
    if shown < len(key):
        tail = _tail(text, keyed, key, wording, shown)
        if tail is None:
            return None
        slips.append(tail)
    return Plan(wording, tuple(slips)) if slips else None


def _shown_length(text_key: str, key: str, allowed: int) -> int | None:
    """How much of the wording the text shows: all of it, or the beginning that fits best."""
    if Levenshtein.distance(text_key, key, score_cutoff=4 * allowed) <= 4 * allowed and text_key[-2:] == key[-2:]:
        return len(key)
    lengths = range(max(1, len(text_key) - allowed * 2), min(len(key), len(text_key) + allowed) + 1)
    scored = [(Levenshtein.distance(text_key, key[:length]), -length) for length in lengths]
    return -min(scored)[1] if scored else None


def _slips(lexicon: Lexicon, keyed: Keyed, key: str, places: tuple[int, ...]) -> list[Slip] | None:
    """Each difference as a slip; None as soon as one may be meant. ``places`` are those of the wording."""
    slips: list[Slip] = []
    last_stop = -_PHRASE_DISTANCE
    for code in Levenshtein.opcodes(keyed.key, key):
        if code.tag == "equal":
            continue
        stop = code.dest_end
        marked = 0 < stop < len(places) and places[stop] > places[stop - 1] + 1
        slip = _slip(lexicon, keyed, key, code.tag, (code.src_start, code.src_end, code.dest_start, stop), marked)
        if slip is None or (slips and code.src_start - last_stop < _PHRASE_DISTANCE):
            return None
        slips.append(slip)
        last_stop = code.src_end
    return slips


def _slip(lexicon: Lexicon, keyed: Keyed, key: str, tag: str, span: tuple[int, int, int, int], marked: bool) -> Slip | None:
    """One difference as a slip; ``marked`` when a mark follows the place in the wording."""
    start, stop, dest_start, dest_stop = span
    seen, meant = keyed.key[start:stop], key[dest_start:dest_stop]
    if tag == "insert":
        if len(meant) != 1 or not is_han(meant) or meant in lexicon.dropped or start == 0:
            return None
        # Before the mark that follows it in the wording, else before the next character.
        place = keyed.places[start - 1] + 1 if marked or start == len(keyed.places) else keyed.places[start]
        place = _inside_bracket(keyed, start, place)
        return Slip("missing", place, place, meant)
    first, last = keyed.places[start], keyed.places[stop - 1] + 1
    if any(char.isdigit() or char in "%*=+/" for char in seen) or (tag == "replace" and len(seen) != len(meant)):
        return None
    if tag == "replace":
        return Slip("misread", first, last, meant) if len(seen) == 1 and look_alike(seen, meant) else None
    if _is_doubled(keyed.key, start, stop):
        return Slip("doubled", first, last, "")
    return Slip("inserted", first, last, "") if len(seen) == 1 and seen not in lexicon.added else None


def _inside_bracket(keyed: Keyed, start: int, place: int) -> int:
    """A character lost between a pair of brackets goes back inside: （）, not 含（）."""
    after = keyed.places[start] if start < len(keyed.places) else len(keyed.text)
    before = keyed.places[start - 1] + 1
    opening = _OPENING.match(keyed.text[before:after])
    return before + opening.end() if opening else place


def _is_doubled(text: str, start: int, stop: int) -> bool:
    length = stop - start
    return length <= 4 and text[start:stop] in (text[stop : stop + length], text[start - length : start] if start >= length else None)


def _tail(text: str, keyed: Keyed, key: str, wording: str, shown: int) -> Slip | None:
    """What the text lacks at its end; None when it may end there on purpose."""
    # A short wording without its last word may be meant (服务对象满意度); a word cut in the middle is not.
    short_of_one = shown == len(key) - 1
    if shown < max(_LEAST_CHARS, len(key) * _LEAST_SHARE) and not short_of_one:
        return None
    if len(key) <= 2 * _LEAST_CHARS and not short_of_one:
        return None
    end = keyed.places[-1] + 1
    rest_of_text = text[end:].strip()
    place = to_key(wording).places[shown - 1] + 1
    ends_clause = wording[place] in _CLAUSE_END
    if rest_of_text and rest_of_text not in _CLAUSE_OPEN:
        return None
    if ends_clause and not rest_of_text and not _lacks_outcome(wording[:place], wording):
        return None
    return Slip("truncated", end, len(text), wording[place:])


def _lacks_outcome(shown: str, wording: str) -> bool:
    """True when the text stops after a condition: a scoring standard says in its last clause what it scores."""
    return "分" in wording and "分" not in re.split(r"[，；,;]", shown)[-1]
