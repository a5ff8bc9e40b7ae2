"""How a message says where something stands: table, row, page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalizers.record import TargetTable


def table_name(tables: Sequence[TargetTable], index: int) -> str:
    """Table by number, with its project or unit: ``table 3 (安置帮教经费, page 5)``."""
    table = tables[index]
    name = table.text("project_name") or table.text("unit_name")
    pages = f"page {table.pages[0]}" if table.pages else ""
    inside = ", ".join(part for part in (name, pages) if part)
    return f"table {index + 1} ({inside})" if inside else f"table {index + 1}"


def row_name(tables: Sequence[TargetTable], index: int, row: int) -> str:
    return f"{table_name(tables, index)} row {row + 1}"


def listed(places: Iterable[str], most: int = 6) -> str:
    """Places in order, each once; the rest of a long list is counted."""
    found = list(dict.fromkeys(places))
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return "; ".join(found[:most]) + more
