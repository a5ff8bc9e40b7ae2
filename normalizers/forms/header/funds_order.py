"""Lines of the funds whose label cannot be read: named by their place among the four that every form has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.model import Cell
from extractors.origin import is_filed
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.header.header_fields import STRAY_TOTAL, UNPLACED, HeaderBlock, unplaced_message
from normalizers.forms.segments import Row
from normalizers.paths import fund_path, is_plan
from normalizers.record import FUND_FIELDS, Finding

_ORDER = tuple(fund_path(name) for name in FUND_FIELDS)
_TOTAL, _KNOWN = _ORDER[0], 2

# The path that the text of a label cell opens; None for a value, and for a label that nobody knows.
PathOf = Callable[[str], str | None]


def name_funds_by_place(block: HeaderBlock, rows: Sequence[Row], path_of: PathOf) -> None:
    """Give the lines between those that are known their names; a person is asked about each.

    Below the total stand the appropriation, what is carried over, and the rest,
    in this order. Only recognised labels are named so: a label of a
    born-digital form that nobody knows is another label.
    """
    lines = [_line(row, path_of) for row in rows]
    for start in range(len(rows) - len(_ORDER) + 1):
        four = lines[start : start + len(_ORDER)]
        after = lines[start + len(_ORDER)] if start + len(_ORDER) < len(lines) else []
        known = [path_of(unwrap(line[0].text)) if line else "" for line in four]
        goes_on = bool(after) and is_plan(path_of(unwrap(after[0].text)) or "")
        fits = all(path in (None, expected) for path, expected in zip(known, _ORDER, strict=True))
        if known[0] == _TOTAL and fits and not goes_on and known.count(None) <= len(_ORDER) - _KNOWN:
            for path, line in zip(_ORDER, four, strict=True):
                _name(block, path, line, path_of)
            return


def _line(row: Row, path_of: PathOf) -> list[Cell]:
    """The label and what stands beside it; nothing for a row without text."""
    cells = [cell for cell in row.cells if row.begins(cell)]
    while cells and (not unwrap(cells[0].text) or _is_beside(cells[0], path_of)):
        cells = cells[1:]
    return cells


def _is_beside(cell: Cell, path_of: PathOf) -> bool:
    """The label of the whole block, which spans its lines."""
    path = path_of(unwrap(cell.text))
    return path in ("group", STRAY_TOTAL) or (len(cell.rows) > 1 and path is None)


def _name(block: HeaderBlock, path: str, line: Sequence[Cell], path_of: PathOf) -> None:
    label, text = line[0], unwrap(line[0].text)
    if path in block.fields or path_of(text) is not None or is_filed(label.origin):
        return
    values = [cell for cell in line[1:] if unwrap(cell.text)] or list(line[1:])
    if not values:
        return
    block.fields[path] = cell_to_field(values[0])
    if text.rstrip(":：") in block.unknown:
        # It was taken for a label that nobody knows.
        block.unknown.remove(text.rstrip(":："))
        block.others.pop(text.rstrip(":："), None)
    message = f"The label {text!r} could not be read; the line is taken for this one by its place. Compare with the page."
    block.findings.append(Finding(path, "layout.label-by-place", "review", message))
    gone = {unplaced_message(unwrap(cell.text)) for cell in (label, values[0])}
    block.findings = [found for found in block.findings if found.code != UNPLACED or found.message not in gone]
