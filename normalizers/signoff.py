"""The lines and cells below the indicators: who reviewed, filled in and signed."""

from __future__ import annotations

import re

from extractors.model import TextLine
from extractors.tables.wrap import unwrap
from normalizers.builder import cell_to_field, line_to_field
from normalizers.labels import Labels, split_labelled
from normalizers.record import Field
from normalizers.segments import Row

_NAME_LINE = re.compile(r"^[\u4e00-\u9fff·]{2,5}$")
_PAGE_NUMBER = re.compile(r"^[-—–\s]*(第?\s*\d{1,4}\s*页?)(\s*[共/]\s*第?\s*\d{1,4}\s*页?)?[-—–\s]*$")


def read_signoff_lines(lines: list[TextLine], labels: Labels, engine: str) -> tuple[dict[str, Field], dict[str, Field], list[TextLine]]:
    """Fields, labelled values without a place, and the lines that were neither.

    A label at the end of a line takes the next line when that is a short name.
    """
    fields: dict[str, Field] = {}
    others: dict[str, Field] = {}
    rest: list[TextLine] = []
    waiting: str | None = None
    for line in lines:
        parts = split_labelled(line.text, labels)
        if not parts:
            if waiting and _NAME_LINE.match(line.text.strip()):
                joined = line_to_field(line, line.text.strip(), engine)
                joined.raw = joined.text = ""
                joined.change("layout.join-label", line.text.strip())
                fields[waiting] = joined
                waiting = None
            elif not is_page_number(line.text):
                rest.append(line)
            continue
        for field, label, value in parts:
            home, key = (others, label) if field == "other" else (fields, f"signoff/{field}")
            if key not in home or not home[key].text:
                home[key] = line_to_field(line, value, engine)
        last_field, _, last_value = parts[-1]
        waiting = f"signoff/{last_field}" if last_field != "other" and not last_value else None
    return fields, others, rest


def is_page_number(text: str) -> bool:
    """True for a line that holds nothing but the number of its page."""
    return bool(_PAGE_NUMBER.match(text.strip()))


def is_signoff_row(row: Row, labels: Labels) -> bool:
    """True for a row of review or signature cells, or for a closing remark beside its label."""
    texts = [unwrap(cell.text) for cell in row.cells if row.begins(cell) and cell.text.strip()]
    return bool(texts) and (bool(split_labelled(texts[0], labels)) or (len(texts) <= 2 and labels.is_closing(texts[0])))


def read_signoff_rows(rows: list[Row], labels: Labels) -> tuple[dict[str, Field], dict[str, Field]]:
    """Fields of review cells inside the grid; a blank cell beside a label is a blank field."""
    fields: dict[str, Field] = {}
    others: dict[str, Field] = {}
    for row in rows:
        path: str | None = None
        for cell in (cell for cell in row.cells if row.begins(cell)):
            text = unwrap(cell.text)
            parts = [("other", text.rstrip(":："), "")] if labels.is_closing(text) else split_labelled(text, labels)
            for field, label, value in parts:
                home = others if field == "other" else fields
                path = label if field == "other" else f"signoff/{field}"
                if value or path not in home:
                    home[path] = cell_to_field(cell, value)
            if not parts and path is not None:
                home = fields if path.startswith("signoff/") else others
                if not home[path].text:
                    home[path] = cell_to_field(cell)
    return fields, others
