"""Names and phones of people taken out of what is passed on; enough is left to tell two of them apart on a form.

What is known of a form (who filled it in, who is responsible, the phone, as read and as delivered) is
masked wherever it occurs in its document; phones and numbers of identity cards by their shape
wherever they stand; in tables that are no form whatever stands below or behind a head such as 姓名.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from normalizers.contract import CONTRACT
from pipeline.export.grid_rows import GRID_CELLS
from pipeline.export.rows import COLUMNS

Rows = dict[str, list[list[Any]]]
Mask = Callable[[str], str]

# Fields of the sign-off that name people or how to reach them, and those in which a reviewer may sign.
PERSONS = frozenset(each.name for each in CONTRACT if each.speech == "person") | {"phone"}
REVIEWS = frozenset(each.name for each in CONTRACT if each.speech == "review")
_HIDDEN = "＊＊＊"
# What a review says without naming anybody.
_APPROVAL = "不?同意|已?审核|审核?通过|通过|情况|属实|合格|无异议|已核|见附件|上报|申报|该|项目|绩效|目标"
_NO_NAME = re.compile(rf"({_APPROVAL}|[\s\d年月日.\-/，。；、：:])*")
_NUMBERS = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|\d{17}[\dXx])(?!\d)")
_HEADS = re.compile(r"姓名|联系人|填表人|填报人|经办人|负责人|责任人|电话|手机|身份证|账号|卡号|住址")
# Columns that hold keys, codes and places, where nothing is a name.
_KEYS = frozenset(
    {
        "sha256", "table_id", "grid_id", "finding_id", "rule", "code", "severity", "bbox", "kind", "field", "field_name",
        "indicator_id", "also",
    }
)  # fmt: skip
_MESSAGE_ABOUT = {"findings": ("field", "message"), "corrections": ("path", "")}


def mask_rows(rows: Rows) -> Rows:
    """The rows of one document, masked."""
    mask = masker(_known(rows))
    return {name: _masked_table(name, table, mask) for name, table in rows.items()}


def mask_document(document: dict[str, Any]) -> dict[str, Any]:
    """A document of ``documents/``, masked."""
    known = []
    for path, source in document["provenance"].items():
        if path.rpartition("/")[2] in PERSONS:
            known.append(source.get("raw"))
    for table in document["tables"]:
        known += [table["signoff"].get(name) for name in PERSONS]
    for each in (*document["corrections"], *document["findings"]):
        if each["path"].rpartition("/")[2] in PERSONS:
            known += [each.get(name) for name in ("before", "after", "raw", "value", "proposal")]
    masked: dict[str, Any] = _masked_value(document, masker(known), "")
    for grid in masked.get("grids", ()):
        _mask_grid(grid)
    return masked


def _mask_grid(grid: dict[str, Any]) -> None:
    names = ("row", "column", "row_span", "column_span", "text")
    hidden = _personal_cells([tuple(cell[name] for name in names) for cell in grid["cells"]])
    texts = {grid["cells"][at]["text"] for at in hidden}
    for at in hidden:
        grid["cells"][at].update(text=_HIDDEN, number=None)
    if "rows" in grid:
        grid["rows"] = [[_HIDDEN if text in texts else text for text in line] for line in grid["rows"]]


def masker(known: Iterable[Any]) -> Mask:
    """A function that masks these texts, and phones by their shape."""
    names = sorted({text.strip() for text in known if isinstance(text, str) and len(text.strip()) > 1}, key=lambda text: (-len(text), text))
    pattern = re.compile("|".join(map(re.escape, names))) if names else None

    def mask(text: str) -> str:
        if pattern is not None:
            text = pattern.sub(lambda found: mask_one(found[0]), text)
        return _NUMBERS.sub(lambda found: mask_one(found[0]), text)

    return mask


def mask_one(text: str) -> str:
    """A name or a phone.

    >>> mask_one("甲乙丙"), mask_one("13900000001"), mask_one("0999-1234567")
    ('甲**', '139******01', '099******67')
    """
    if sum(each.isdigit() for each in text) >= 5:
        return f"{text[:3]}{'*' * 6}{text[-2:]}" if len(text) > 8 else f"{'*' * 6}{text[-2:]}"
    return text[0] + "*" * (len(text) - 1)


def mask_review(text: str) -> str:
    """What a reviewer wrote, unless it is plain approval: it may be signed."""
    return text if _NO_NAME.fullmatch(text) else _HIDDEN


def _known(rows: Rows) -> list[Any]:
    found = []
    for row in _named("tables", rows):
        found += [row[name] for name in PERSONS]
    for row in _named("findings", rows):
        if (row["field"] or "").rpartition("/")[2] in PERSONS:
            found += [row[name] for name in ("value", "raw", "proposal")]
    for row in _named("corrections", rows):
        if row["path"].rpartition("/")[2] in PERSONS:
            found += [row["before"], row["after"]]
    return found


def _named(name: str, rows: Rows) -> Iterable[dict[str, Any]]:
    return (dict(zip(COLUMNS[name], row, strict=True)) for row in rows.get(name, ()))


def _masked_table(name: str, rows: list[list[Any]], mask: Mask) -> list[list[Any]]:
    columns = COLUMNS[name]
    masked = [[_masked_cell(column, value, mask) for column, value in zip(columns, row, strict=True)] for row in rows]
    if name in _MESSAGE_ABOUT:
        field, message = (columns.index(each) if each else None for each in _MESSAGE_ABOUT[name])
        for row in masked:
            _mask_about(columns, row, str(row[field] or "").rpartition("/")[2] if field is not None else "", message)
    if name == "grid_cells":
        _mask_grids(masked)
    return masked


def _mask_about(columns: tuple[str, ...], row: list[Any], field: str, message: int | None) -> None:
    """What is said of a person's field may name another form's person; what is said of a review may quote it."""
    if field in PERSONS and message is not None:
        row[message] = _HIDDEN
    if field in REVIEWS:
        for name in ("message", "value", "raw", "proposal", "before", "after"):
            if name in columns and row[columns.index(name)]:
                row[columns.index(name)] = mask_review(str(row[columns.index(name)])) if name != "message" else _HIDDEN


def _masked_cell(column: str, value: Any, mask: Mask) -> Any:
    if not isinstance(value, str) or column in _KEYS:
        return value
    if column in PERSONS:
        return mask_one(value) if len(value) > 1 else value
    return mask_review(mask(value)) if column in REVIEWS else mask(value)


def _mask_grids(rows: list[list[Any]]) -> None:
    at = {name: GRID_CELLS.index(name) for name in ("grid_id", "grid_row", "grid_column", "row_span", "column_span", "text", "number")}
    grids: dict[str, list[list[Any]]] = {}
    for row in rows:
        grids.setdefault(row[at["grid_id"]], []).append(row)
    for cells in grids.values():
        places = [tuple(cell[at[name]] for name in ("grid_row", "grid_column", "row_span", "column_span", "text")) for cell in cells]
        for index in _personal_cells(places):
            cells[index][at["text"]], cells[index][at["number"]] = _HIDDEN, None


def _personal_cells(cells: list[tuple[Any, ...]]) -> set[int]:
    """Which cells stand below, or next behind, a head that asks for a person: indices; a cell is row, column, its spans, text."""
    hidden: set[int] = set()
    heads = [each for each in cells if each[4] and len(each[4]) <= 12 and _HEADS.search(each[4])]
    for row, column, height, width, _ in heads:
        for index, (own_row, own_column, _, _, text) in enumerate(cells):
            below = column <= own_column < column + width and own_row >= row + height
            behind = own_row == row and own_column == column + width
            if text and (below or behind) and not _HEADS.search(text):
                hidden.add(index)
    return hidden


def _masked_value(value: Any, mask: Mask, key: str) -> Any:
    if isinstance(value, dict):
        if value.get("path", "").rpartition("/")[2] in PERSONS | REVIEWS and "message" in value:
            value = value | {"message": _HIDDEN}
        return {mask(name) if "/" not in name else name: _masked_value(each, mask, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_masked_value(each, mask, key) for each in value]
    if not isinstance(value, str) or key in _KEYS:
        return value
    return mask_review(mask(value)) if key.rpartition("/")[2] in REVIEWS else mask(value)
