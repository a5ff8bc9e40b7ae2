"""The lists of indicators of a form: each under heads of its own, and for when its targets are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import is_level1, is_level2, is_nature, is_operator
from normalizers.forms.columns import SECOND, Column, content_to_columns
from normalizers.forms.head_columns import LEVELS, ListHeads, read_heads
from normalizers.forms.horizons import Horizon, horizon_of
from normalizers.forms.segments import Row, is_header_row
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels
from normalizers.vocabulary.levels import level1_of

_DEFAULT_ORDER = ("side", "level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard", "remark")
# 满意度指标 and 成本指标 stand for second levels, too.
_ONLY_FIRST = ("产出指标", "效益指标")
# Borders this close are one: a share of the width, or none in text, where places are whole columns.
_TOUCH = 0.01
_OF_MONITORING = frozenset({"interim_value", "expected_value", "likelihood"})


@dataclass(slots=True)
class IndicatorList:
    """One list: its columns, its rows, and for when its first and second plan are."""

    columns: list[Column]
    rows: list[Row]
    horizons: tuple[Horizon, ...] = ()
    heads: ListHeads = field(default_factory=lambda: ListHeads([]))


@dataclass(slots=True)
class Lists:
    """Where the header block stops, and the lists below it."""

    stop: int
    lists: list[IndicatorList]

    @property
    def columns(self) -> list[Column]:
        """Of all lists; the same heads at the same place are one."""
        return list(dict.fromkeys(column for each in self.lists for column in each.columns))


def find_lists(rows: list[Row], labels: Labels, fiscal_year: int | None, is_indicator: Sequence[bool], kind: str = "") -> Lists:
    """Cut the rows of a form at its rows of heads: every one begins a list with its own columns.

    Args:
        is_indicator: for each row, whether it carries the anchors of an indicator; where no row names the
            columns, content alone has to tell them apart from the first of these on.
        kind: of the form by its title, or empty.
    """
    starts = [index for index, row in enumerate(rows) if _begins_list(row, labels)]
    if not starts:
        first = next((index for index, each in enumerate(is_indicator) if each), len(rows))
        columns = content_to_columns(_DEFAULT_ORDER, rows[first:], labels) if first < len(rows) else []
        return Lists(first, [IndicatorList(columns, rows[first:])] if columns else [])
    stop = starts[0]
    lists: list[IndicatorList] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        heads = read_heads(rows[start], labels, rows[start + 1 : end], fiscal_year)
        said = _said_beside(rows, start, labels)
        below = rows[start + heads.row_count : end]
        body = [row for row in below if not _is_caption(row, labels)]
        horizons = heads.horizons or ((said,) if said else ())
        whole = IndicatorList(_settle(heads.columns, body, kind), body, horizons, heads)
        lists += [whole] if heads.horizons else _parted_by_labels(whole, below, labels)
    while stop and _is_caption(rows[stop - 1], labels):
        stop -= 1
    return Lists(stop, _with_horizons(lists))


def _begins_list(row: Row, labels: Labels) -> bool:
    """A row of heads of its own; the second row below a head of two rows holds its levels from above."""
    own = {labels.column_of(unwrap(cell.text)) for cell in row.cells if row.begins(cell) and cell.text.strip()}
    return bool(own & {"level2", "level3"}) and is_header_row(row.texts(), labels)


def _is_caption(row: Row, labels: Labels) -> bool:
    """A row that holds nothing but the label of the list below it, 年度绩效指标, beside the label of all lists at most."""
    texts = _caption_texts(row)
    over = [text for cell in row.cells if not row.begins(cell) and (text := unwrap(cell.text))]
    return bool(texts) and all(map(labels.is_side, [*texts, *over]))


def _caption_texts(row: Row) -> list[str]:
    """What a row says that is one cell wide, without a label beside it and the rows below; nothing for any other row."""
    own = [cell for cell in row.cells if row.begins(cell) and unwrap(cell.text)]
    if len(own) == 2 and len(own[0].rows) > len(own[1].rows):
        own = own[1:]
    return [unwrap(own[0].text)] if len({(unwrap(cell.text), cell.cols.start) for cell in own}) == 1 else []


def _said_beside(rows: list[Row], start: int, labels: Labels) -> Horizon | None:
    """For when the label beside the heads, or the caption above them, says that the list is."""
    cells = rows[start].cells
    first = min(cell.cols.start for cell in cells if labels.column_of(unwrap(cell.text)) in LEVELS)
    beside = [unwrap(cell.text) for cell in cells if cell.cols.start < first]
    above = _caption_texts(rows[start - 1]) if start and _is_caption(rows[start - 1], labels) else []
    return next((horizon for text in [*beside, *above] if (horizon := horizon_of(text, labels))), None)


def _parted_by_labels(whole: IndicatorList, rows: Sequence[Row], labels: Labels) -> list[IndicatorList]:
    """A list under one row of heads whose labels beside its rows, or captions between them, say in turn for when they are."""
    parts = [replace(whole, rows=[])]
    for row in rows:
        said = _said_by_label(row, whole, labels)
        if said is not None and (said,) != parts[-1].horizons:
            heads = replace(whole.heads, unknown=[], twice=[]) if parts[-1].rows else whole.heads
            parts = [*(each for each in parts if each.rows), replace(whole, rows=[], horizons=(said,), heads=heads)]
        if not _is_caption(row, labels):
            parts[-1].rows.append(row)
    return parts


def _said_by_label(row: Row, whole: IndicatorList, labels: Labels) -> Horizon | None:
    """For when the label that begins left of the levels in a row, or a row that is a label, says that the rows from it on are."""
    lefts = [column.place[0] for column in whole.columns if column.name in LEVELS]
    if _is_caption(row, labels):
        return horizon_of(_caption_texts(row)[0], labels)
    left = min(lefts, default=0.0) + _TOUCH
    beside = [cell for cell in row.cells if row.begins(cell) and row.place(cell)[1] <= left]
    texts = [text for cell in beside if (text := unwrap(cell.text)) and labels.is_side(text)]
    return next((horizon for text in texts if (horizon := horizon_of(text, labels))), None)


def _with_horizons(lists: list[IndicatorList]) -> list[IndicatorList]:
    """A form that plans only for its year does not say so of its rows."""
    if any("mid_term" in each.horizons for each in lists):
        return lists
    return [replace(each, horizons=()) for each in lists]


def _settle(columns: list[Column], rows: Sequence[Row], kind: str) -> list[Column]:
    """Columns whose content says more than their head."""
    columns = _with_shifted_levels(columns, rows)
    columns = _with_operators(columns, rows)
    names = {column.name for column in columns}
    if "deviation" in names and "reason" not in names and not (names & _OF_MONITORING or kind == "monitoring"):
        columns = [replace(column, name="reason") if column.name == "deviation" else column for column in columns]
    return columns


def _with_shifted_levels(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """Lists of two levels: the second level and the names under 一级 and 二级, or the first level and the names."""
    names = {column.name for column in columns}
    if "level3" in names or not {"level1", "level2"} <= names:
        return columns
    first, second = (_texts_of(columns, name, rows) for name in ("level1", "level2"))
    if any(is_level2(text) and not is_level1(text) for text in first) and not any(level1_of(text) in _ONLY_FIRST for text in first):
        new = {"level1": "level2", "level2": "level3"}
    elif second and not any(is_level2(text) for text in second):
        new = {"level2": "level3"}
    else:
        return columns
    return [replace(column, name=new.get(column.name, column.name)) for column in columns]


def _with_operators(columns: list[Column], rows: Sequence[Row]) -> list[Column]:
    """定量 and 定性 say what an indicator is, 正向 which way it is good: such a column is no operator's."""
    texts = _texts_of(columns, "operator", rows)
    keys = Counter(label_key(text) for text in texts)
    if texts and all(is_nature(key) for key in keys) and any(key not in ("定性",) for key in keys):
        return [replace(column, name=f"column:{column.header}") if column.name == "operator" else column for column in columns]
    if "operator" in {column.name for column in columns}:
        return columns
    for index, column in enumerate(columns):
        under = _texts_at(column, rows)
        if column.name.startswith("column:") and under and all(is_operator(text) and not is_nature(text) for text in under):
            return [*columns[:index], replace(column, name="operator"), *columns[index + 1 :]]
    return columns


def _texts_of(columns: Sequence[Column], name: str, rows: Sequence[Row]) -> list[str]:
    return [text for column in columns if column.name.removesuffix(SECOND) == name for text in _texts_at(column, rows)]


def _texts_at(column: Column, rows: Sequence[Row]) -> list[str]:
    """The texts that begin under a column's head."""
    middle = sum(column.place) / 2
    return [
        text
        for row in rows
        for cell in row.cells
        if row.begins(cell) and row.place(cell)[0] < middle < row.place(cell)[1] and (text := unwrap(cell.text))
    ]
