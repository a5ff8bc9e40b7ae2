"""From the rows of heads to the columns of a list of indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import is_level1, is_level2
from normalizers.forms.column_heads import UNKNOWN, Head, heads_by_content, nearly_named
from normalizers.forms.columns import SECOND, SIDE, TICKED, Column, overlap
from normalizers.forms.horizons import Horizon, horizon_of
from normalizers.forms.segments import Row
from normalizers.vocabulary.heads import OWN
from normalizers.vocabulary.label_keys import head_key, label_key
from normalizers.vocabulary.labels import Labels

LEVELS = ("level1", "level2", "level3")
# So many heads over both rows, the levels among them, prove that the second row is one of heads.
_FEWEST_ALONE = 2
# Words of the label beside the list; between the second level and the targets they head the names.
_NAMES = ("绩效指标", "指标", "具体绩效指标", "项目绩效指标")
_NUMBERED = re.compile(r"(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]+$")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")

Place = tuple[float, float]


@dataclass(slots=True)
class ListHeads:
    """The columns of a list; ``horizons`` of its first and second plan, empty where it plans once without saying for when.

    ``unknown`` are heads that nobody knows, ``twice`` heads that say the same as one before them, ``sides`` the labels beside the list.
    """

    columns: list[Column]
    horizons: tuple[Horizon, ...] = ()
    unknown: list[str] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)
    sides: frozenset[str] = frozenset()
    row_count: int = 1


def read_heads(row: Row, labels: Labels, below: Sequence[Row] = (), fiscal_year: int | None = None) -> ListHeads:
    """The columns that a row of heads names, left to right; one that nobody knows keeps its own words.

    A second row of heads below the first is read with it. A recognised head that
    cannot be read is named by the rows below it and the form's order. A form that
    plans twice (mid-term and annual) names its columns twice; the second set
    carries ``SECOND`` behind the name.
    """
    heads, subheads = _heads(row, labels, below, fiscal_year)
    rows = below[1:] if subheads else below
    heads = _with_head_of_names(heads)
    near = nearly_named(heads, rows, labels)
    heads = [replace(head, name=near.get(index, head.name)) for index, head in enumerate(heads)]
    guessed = {**heads_by_content(heads, rows, labels), **near}
    sides = {index for index, head in enumerate(heads) if _is_side(index, head, heads, row, labels)}
    names = [guessed.get(index) or head.name for index, head in enumerate(heads)]
    names = _without_group_weights(names, heads, rows)
    plans = _plans(names, heads, labels)
    found = ListHeads([], plans, sides=frozenset(heads[index].text for index in sides), row_count=2 if subheads else 1)
    for index, head in enumerate(heads):
        if index in sides:
            _add_goal(found, head)
        elif names[index] is not None or head.text:
            _add(found, names[index], head, index in guessed, len(plans) == 2)
    found.columns = _with_names(found.columns)
    if any(column.name in ("level1", "level2") for column in found.columns):
        first = min(column.place[0] for column in found.columns)
        found.columns.insert(0, Column(SIDE, (first - 1, first)))
    return found


def _with_head_of_names(heads: list[Head]) -> list[Head]:
    """绩效指标 behind the second level heads the names of the indicators, where no other head does."""
    levels = [index for index, head in enumerate(heads) if head.name == "level2"]
    if len(levels) != 1 or any(head.name == "level3" for head in heads):
        return heads
    after = levels[0] + 1
    named = after < len(heads) and label_key(heads[after].text) in _NAMES
    return [replace(head, name="level3") if named and index == after else head for index, head in enumerate(heads)]


def _add(found: ListHeads, name: str | None, head: Head, guessed: bool, plans_twice: bool) -> None:
    """One more column, under a name of its own."""
    used = {column.name for column in found.columns}
    if name in (None, UNKNOWN):
        found.unknown.append(head.text)
    elif name in used and plans_twice and f"{name}{SECOND}" not in used:
        name = f"{name}{SECOND}"
    elif name in used and name != OWN:
        found.twice.append((next(column.header for column in found.columns if column.name == name), head.text))
        name = OWN
    if name in (None, UNKNOWN, OWN):
        name = _own_name(head.text, used)
    assert name is not None
    found.columns.append(Column(name, head.place, head.text, guessed))


def _own_name(text: str, used: set[str]) -> str:
    name = f"column:{text}"
    number = 2
    while name in used:
        name, number = f"column:{text} {number}", number + 1
    return name


def _add_goal(found: ListHeads, head: Head) -> None:
    """A side label that numbers its goal (年度绩效目标2) says to which goal the rows belong."""
    key = label_key(_BRACKETS.sub("", head.text))
    if _NUMBERED.search(key):
        found.columns.append(Column(f"column:{_NUMBERED.sub('', key)}", head.place, head.text))


def _heads(row: Row, labels: Labels, below: Sequence[Row], fiscal_year: int | None) -> tuple[list[Head], bool]:
    """The heads of a list, those below a wider head in its place."""
    heads = [_head(unwrap(cell.text), row.place(cell), labels, fiscal_year) for cell in row.cells]
    split = _split(row, heads, below[0], labels, fiscal_year) if below else None
    return (split, True) if split is not None else (heads, False)


def _head(text: str, place: Place, labels: Labels, fiscal_year: int | None) -> Head:
    return Head(text, place, column_name(text, labels, fiscal_year))


def column_name(text: str, labels: Labels, fiscal_year: int | None = None) -> str | None:
    """The column of a head; a user's own words count without the months before them; filed words that nobody knows are ``UNKNOWN``."""
    if not text:
        return None
    name = labels.column_of(text, fiscal_year) or labels.column_of(head_key(text))
    return name or (None if labels.forgiving or labels.is_side(text) else UNKNOWN)


def _is_side(index: int, head: Head, heads: Sequence[Head], row: Row, labels: Labels) -> bool:
    """A label beside the list: its words say so, or it stands left of all levels and beside the rows below."""
    if not head.text or head.name in LEVELS:
        return False
    levels = [other.place[0] for other in heads if other.name in LEVELS]
    beside = any(row.place(cell) == head.place and cell.rows.stop - row.index > 2 for cell in row.cells)
    if beside and levels and head.place[0] < min(levels):
        return True
    return head.name != "value" and labels.is_side(head.text)


def _plans(names: Sequence[str | None], heads: Sequence[Head], labels: Labels) -> tuple[Horizon, ...]:
    """For when the targets of the list are: twice where the levels stand twice, or where one of two heads of targets says for when."""
    targets = [head for name, head in zip(names, heads, strict=True) if name == "value"]
    said = [horizon_of(head.text, labels) for head in targets]
    if len(targets) == 1:
        return ("mid_term",) if said[0] == "mid_term" else ()
    twice = any(names.count(level) == 2 for level in ("level2", "level3"))
    if len(targets) != 2 or not (twice or "mid_term" in said):
        return ()
    return ("annual", "mid_term") if said[1] == "mid_term" or (said[0] == "annual" and said[1] is None) else ("mid_term", "annual")


def _without_group_weights(names: list[str | None], heads: Sequence[Head], rows: Sequence[Row]) -> list[str | None]:
    """Weights that belong to a level: one behind each level, or one whose cells span the indicators of a group."""
    points = [index for index, name in enumerate(names) if name == "points"]
    levels = [index for index, name in enumerate(names) if name == "level3"]
    if not points or not levels or names.count("value") > 1:
        return names
    own = next((index for index in points if index > levels[0]), None)
    if own is None and len(points) == 1 and not _spans_groups(heads[points[0]].place, rows):
        own = points[0]
    return [OWN if name == "points" and index != own and index < levels[0] else name for index, name in enumerate(names)]


def _spans_groups(place: Place, rows: Sequence[Row]) -> bool:
    """True when a cell under the place goes on over rows of several indicators."""
    middle = sum(place) / 2
    under = [cell for row in rows for cell in row.cells if row.begins(cell) and row.place(cell)[0] < middle < row.place(cell)[1]]
    return any(len(cell.rows) > 1 and cell.text.strip() for cell in under)


def _with_names(columns: list[Column]) -> list[Column]:
    """Older forms head the indicators' names with 指标内容, which explains them where both heads stand."""
    if "level2" not in {column.name for column in columns} or "level3" in {column.name for column in columns}:
        return columns
    return [replace(column, name="level3") if label_key(column.header) == "指标内容" else column for column in columns]


def _split(row: Row, heads: Sequence[Head], below: Row, labels: Labels, fiscal_year: int | None) -> list[Head] | None:
    """The heads with a second row of heads in the place of those that they stand under; None when the row below is none."""
    cells = [cell for cell in below.cells if below.begins(cell) and unwrap(cell.text)]
    wide = _as_wide_as_their_choices(heads)
    owners = [_owner(below.place(cell), wide) for cell in cells]
    if not cells or any(owner is None or len(_own_cell(row, heads[owner]).rows) > 1 for owner in owners):
        return None
    found: list[Head] = []
    known = 0
    for index, head in enumerate(heads):
        under = [cell for cell, owner in zip(cells, owners, strict=True) if owner == index]
        names = [_sub_name(head, unwrap(cell.text), labels, fiscal_year) for cell in under]
        if under and head.name not in TICKED and (len(under) < 2 or any(not _is_words(unwrap(cell.text)) for cell in under)):
            return None
        known += sum(name not in (None, OWN) for name in names)
        if not head.text and any(overlap(head.place, below.place(cell)) > 0 for cell in cells):
            continue
        found += [_sub_head(head, cell, below.place(cell), name) for cell, name in zip(under, names, strict=True)] or [head]
    return found if known >= len(cells) / 2 or _are_all_over_two_rows(row, heads, owners) else None


def _are_all_over_two_rows(row: Row, heads: Sequence[Head], owners: Sequence[int | None]) -> bool:
    """True where every head without another one below it is drawn over both rows: then the second row is one of heads, whatever it says."""
    alone = [_own_cell(row, head) for index, head in enumerate(heads) if index not in owners and head.text]
    return len(alone) >= _FEWEST_ALONE and all(len(cell.rows) > 1 and cell.rows.stop > row.index + 1 for cell in alone)


def _is_words(text: str) -> bool:
    """True for what a head may say: no figure, no level, no operator."""
    return not re.search(r"\d|[≥≤<>=＝]", text) and not is_level1(text) and not is_level2(text)


def _sub_head(head: Head, cell: Cell, place: Place, name: str | None) -> Head:
    """A head of the second row; one without a column of its own keeps the words of the upper one before it.

    What stands under a head that is known is a part of it (the grades of 评价标准), except under a name or a target.
    """
    text = unwrap(cell.text)
    if name not in (None, OWN):
        return Head(text, place, name)
    part = OWN if head.name not in (None, UNKNOWN, "level3", "value") else UNKNOWN
    return Head(f"{head.text}{text}", place, name or part)


def _own_cell(row: Row, head: Head) -> Cell:
    return next(cell for cell in row.cells if row.place(cell) == head.place)


def _sub_name(head: Head, text: str, labels: Labels, fiscal_year: int | None) -> str | None:
    """What a head below another one says: together with it, else by itself where the upper one names no period."""
    if head.name in TICKED:
        return f"{head.name}:{text}"
    # With a character mended, the words of both heads say what the upper one says.
    together = labels.as_filed().column_of(f"{head.text}{text}", fiscal_year)
    if together not in (None, OWN):
        return together
    alone = labels.column_of(text, fiscal_year)
    says_when = any(word in head.text for word, (part, _) in labels.grammar.words.items() if part == "periods")
    return together if says_when else alone or together


def _as_wide_as_their_choices(heads: Sequence[Head]) -> list[Place]:
    """Places of the heads, a ticked one reaching to the next head: in text the cells that it spans are blank."""
    filled = [head for head in heads if head.text]
    places = []
    for head in heads:
        after = min((other.place[0] for other in filled if other.place[0] > head.place[0]), default=float("inf"))
        places.append((head.place[0], max(head.place[1], after)) if head.name in TICKED else head.place)
    return places


def _owner(place: Place, wide: Sequence[Place]) -> int | None:
    scored = [(overlap(place, other), -index) for index, other in enumerate(wide)]
    best, index = max(scored, default=(0.0, 0))
    return -index if best > 0 else None
