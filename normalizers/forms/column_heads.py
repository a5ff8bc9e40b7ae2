"""Columns whose head cannot be read: found by what stands under it, and by the order of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import affinity, is_number
from normalizers.forms.segments import Row
from normalizers.rules.numbers import parse_number
from normalizers.vocabulary.labels import Labels

ORDER = ("level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard")
# Mean affinity of the cells below a head from which their content alone names the column.
_PLAIN = 2.0
# Mean affinity from which the cells agree with what the head nearly says.
_AGREES = 0.0
# Mean affinity down to which the cells speak against the column that a place names.
_CONTRADICTS = -2.0
_ENOUGH_ROWS = 2
# What the points of a form add up to: all of them, or those beside the 10 of the budget's execution.
_FULL_POINTS = (100.0, 90.0)
_FEWEST_POINTS = 3
# Columns that hold signs and words of their own; figures below a head that nobody can read are none of these.
_NEVER_FIGURES = ("operator", "unit")
# A head that nobody knows; its column keeps its words.
UNKNOWN = "unknown"

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of the header row: its text, its place, and the column that the text names."""

    text: str
    place: Place
    name: str | None


def heads_by_content(heads: Sequence[Head], rows: Sequence[Row], labels: Labels) -> dict[int, str]:
    """Names for heads that no word of the vocabulary explains: index of the head -> column.

    A head under a seal reads as anything or nothing. Between two known columns
    only those may stand that the form has between them: when there are as many
    unknown heads as missing columns, the order names them; otherwise their cells must.
    """
    named = {index: head.name for index, head in enumerate(heads) if head.name in ORDER}
    found: dict[int, str] = {}
    for index, head in enumerate(heads):
        inside = labels.column_inside(head.text) if head.name is None and head.text else None
        if inside and inside not in {*named.values(), *found.values()}:
            found[index] = inside
    found.update(_points(heads, found, rows))
    for gap in _gaps(heads, {**named, **found}):
        found.update(_fill(gap, heads, {**named, **found}, rows, labels))
    return found


def _points(heads: Sequence[Head], found: dict[int, str], rows: Sequence[Row]) -> dict[int, str]:
    """The one column of figures below an unread head that add up to a form's full points; none where a head says points already."""
    if "points" in {*found.values(), *(head.name for head in heads)}:
        return {}
    free = [index for index, head in enumerate(heads) if head.name is None and index not in found]
    full = [index for index in free if _are_full_points(texts_at(heads[index].place, rows))]
    return {full[0]: "points"} if len(full) == 1 else {}


def _are_full_points(texts: Sequence[str]) -> bool:
    if len(texts) < _FEWEST_POINTS or not all(is_number(text) and "%" not in text and "％" not in text for text in texts):
        return False
    numbers = [parse_number(text) for text in texts]
    return None not in numbers and round(sum(number or 0 for number in numbers), 2) in _FULL_POINTS


def nearly_named(heads: Sequence[Head], rows: Sequence[Row], labels: Labels) -> dict[int, str]:
    """Filed heads that nobody knows, where one character makes a word of it that no other head says, and the cells below agree;
    or where the cells alone say what the form has between the two neighbours.

    The words alone forgive nothing: a head of another kind of table is left as it is.
    """
    if labels.forgiving:
        return {}
    said = {head.name for head in heads}
    found: dict[int, str] = {}
    for index, head in enumerate(heads):
        if head.name != UNKNOWN:
            continue
        between = _between(index, heads)
        by_place = _AGREES if between and labels.nearly_says(head.text, between) else _PLAIN
        for name, least in ((labels.as_recognised().column_of(head.text), _AGREES), (between, by_place)):
            if name in ORDER and name not in {*said, *found.values()} and _mean(name, head.place, rows, labels) >= least:
                found[index] = name
    return found


def _between(index: int, heads: Sequence[Head]) -> str | None:
    """The column that the form has between those of the two neighbours."""
    before, after = (heads[other].name if 0 <= other < len(heads) else None for other in (index - 1, index + 1))
    places = [ORDER.index(name) for name in (before, after) if name in ORDER]
    return ORDER[places[0] + 1] if len(places) == 2 and places[1] - places[0] == 2 else None


def _gaps(heads: Sequence[Head], named: dict[int, str | None]) -> list[list[int]]:
    """Runs of unnamed heads right of the first level; the side label's own place is none."""
    gaps: list[list[int]] = [[]]
    for index, head in enumerate(heads):
        if index in named or head.name is not None:
            gaps.append([])
        elif named and index > min(named):
            gaps[-1].append(index)
    return [gap for gap in gaps if gap]


def _fill(gap: list[int], heads: Sequence[Head], named: dict[int, str | None], rows: Sequence[Row], labels: Labels) -> dict[int, str]:
    before = [ORDER.index(name) for index, name in named.items() if index < gap[0] and name in ORDER]
    after = [ORDER.index(name) for index, name in named.items() if index > gap[-1] and name in ORDER]
    low, high = max(before, default=-1) + 1, min(after, default=len(ORDER))
    missing = [name for name in ORDER[low:high] if name not in named.values()]
    if not missing:
        return {}
    pairs = list(zip(gap, missing, strict=False))
    if len(missing) == len(gap) and all(_may_be(name, heads[index], rows, labels) for index, name in pairs):
        return dict(pairs)
    return _plain_ones(gap, missing, heads, rows, labels)


def _may_be(name: str, head: Head, rows: Sequence[Row], labels: Labels) -> bool:
    """Whether the place may name a column: its cells do not contradict; where its head says other words, they must say it."""
    mean = _mean(name, head.place, rows, labels)
    return mean >= _PLAIN if labels.says_other_words(head.text, name) else mean > _CONTRADICTS


def _plain_ones(gap: list[int], missing: list[str], heads: Sequence[Head], rows: Sequence[Row], labels: Labels) -> dict[int, str]:
    found: dict[int, str] = {}
    start = 0
    for index in gap:
        place = heads[index].place
        scored = [(_mean(name, place, rows, labels), -position) for position, name in enumerate(missing) if position >= start]
        if scored and max(scored)[0] >= _PLAIN:
            position = -max(scored)[1]
            if _are_two(gap, heads, missing[position], rows, labels):
                continue
            found[index] = missing[position]
            start = position + 1
    return found


def _are_two(gap: list[int], heads: Sequence[Head], name: str, rows: Sequence[Row], labels: Labels) -> bool:
    """Two heads of other words beside each other whose cells both say the column: nothing tells which is the one."""
    words = [index for index in gap if labels.says_other_words(heads[index].text, name)]
    return len([index for index in words if _mean(name, heads[index].place, rows, labels) >= _PLAIN]) > 1


def _mean(name: str, place: Place, rows: Sequence[Row], labels: Labels) -> float:
    """Mean affinity of the texts under a place; below any threshold when there are too few."""
    if name in _NEVER_FIGURES and _are_figures(texts_at(place, rows)):
        return -9.0
    scores = affinities_at(place, name, rows, labels)
    return sum(scores) / len(scores) if len(scores) >= _ENOUGH_ROWS else -9.0


def _are_figures(texts: Sequence[str]) -> bool:
    return sum(map(is_number, texts)) * 2 > len(texts)


def affinities_at(place: Place, name: str, rows: Sequence[Row], labels: Labels) -> list[float]:
    """How well each text under a place suits a column."""
    return [affinity(name, text, labels.is_side(text)) for text in texts_at(place, rows)]


def texts_at(place: Place, rows: Sequence[Row]) -> list[str]:
    """The texts of the cells that begin under a place, top to bottom; none of blank cells."""
    middle = sum(place) / 2
    cells = [cell for row in rows for cell in row.cells if row.begins(cell) and row.place(cell)[0] < middle < row.place(cell)[1]]
    return [text for cell in cells if (text := unwrap(cell.text))]
