"""How far a reader may have misread a field: that decides who has to look at it."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.origin import is_recognised
from normalizers.paths import row_of
from normalizers.record import Field, IndicatorRow, Severity, TargetTable


def may_be_misread(field: Field | None) -> bool:
    """False for characters of a born-digital file: what they say is what was filed."""
    if field is None or field.source is None:
        return True
    return is_recognised(field.source.origin)


def severity_of(*fields: Field | None) -> Severity:
    """``review`` when one of the fields may be misread, else ``info``: an odd filing, faithfully read."""
    return "review" if any(may_be_misread(each) for each in fields) else "info"


def row_severity(row: IndicatorRow, *names: str) -> Severity:
    """The severity for an oddity between fields of a row; a field that is not on the page says nothing."""
    present = [row.fields[name] for name in names if name in row.fields and row.fields[name].source is not None]
    return severity_of(*present) if present else severity_of(*row.fields.values())


def table_severity(table: TargetTable) -> Severity:
    """The severity for something that a whole table lacks."""
    return severity_of(*_sources(table))


def already_marked(table: TargetTable, path: str) -> bool:
    """True when a person is asked for at this field or its row already; a second finding would say nothing new."""
    places = {path, row_of(path) or path}
    return any(found.path in places and found.severity == "review" for found in table.findings)


def _sources(table: TargetTable) -> Iterable[Field]:
    return [field for _, field in table.all_fields() if field.source is not None] or [Field("", "")]
