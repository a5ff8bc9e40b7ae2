"""Who filed when, over the forms of one file: they are filled in together, so one that says otherwise may be misread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from normalizers.checks.check import check
from normalizers.consensus.spelling import one_off
from normalizers.consensus.unit_scope import units_of
from normalizers.doubts.misreading import already_marked, severity_of
from normalizers.paths import signoff_path
from normalizers.record import Severity, TargetTable

LABELS = {"filled_on": "填表日期", "phone": "联系电话", "filled_by": "填表人", "responsible": "单位负责人"}


@check("signoff.differs-in-file", scope="document")
def signed_alike(tables: Sequence[TargetTable]) -> None:
    """Forms of one unit, kind and year have one date, one person and, for each who fills in, one phone.

    What differs in one character from the others of a file that was read from pictures is misread more likely than
    not, and is for a person; of two that stand alone nothing says which. Another day, or another person, altogether is
    only noted.
    """
    units = units_of(tables)
    groups: dict[tuple[str, ...], list[TargetTable]] = defaultdict(list)
    for table, unit in zip(tables, units, strict=True):
        groups[unit, table.kind, str(table.value("fiscal_year"))].append(table)
    for group in groups.values():
        _compare(group, "filled_on")
        _compare(group, "responsible")
        of_one: dict[str, list[TargetTable]] = defaultdict(list)
        for table in group:
            of_one[table.text("signoff/filled_by")].append(table)
        for name, some in of_one.items():
            if name:
                _compare(some, "phone")


def _compare(tables: Sequence[TargetTable], name: str) -> None:
    path = signoff_path(name)
    texts = Counter(text for table in tables if (text := str(table.value(path) or table.text(path))))
    usual, most = next(iter(texts.most_common(1)), ("", 0))
    if len(texts) < 2:
        return
    for table in tables:
        text = str(table.value(path) or table.text(path))
        if not text or (text == usual and most > 1) or already_marked(table, path):
            continue
        other = usual if text != usual else next(each for each in texts if each != usual)
        message = f"{LABELS[name]} {text!r} here, {other!r} on another form of this file; compare with the page."
        table.find(path, "signoff.differs-in-file", message, _severity(table, name, text, other))


def _severity(table: TargetTable, name: str, text: str, other: str) -> Severity:
    # Two names that nearly agree have a check of their own.
    near = one_off(text, other) and name not in ("filled_by", "responsible")
    return severity_of(table.fields.get(signoff_path(name))) if near else "info"
