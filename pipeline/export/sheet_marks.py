"""What is asked about and what was changed, by the cell of the workbook that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from normalizers.codebook import in_chinese
from normalizers.contract import declaration_of
from normalizers.paths import inside_of, is_execution, parts_of, row_of, table_of
from pipeline.export.rows import COLUMNS

Rows = dict[str, list[list[Any]]]
# Where a remark stands that no column of its own has: on 需核对 of its row.
ELSEWHERE = "review"


class Remark(NamedTuple):
    """One thing to know about a cell: a question for a person (``asks``), or a change."""

    asks: bool
    says: str


Remarks = dict[tuple[str, str], list[Remark]]


def remarks_of(document: Rows) -> Remarks:
    """The remarks on one document, by the pointer of the form or of the row, and the column.

    Args:
        document: the rows of the document, by the name of the table.
    """
    found: Remarks = defaultdict(list)
    for finding in _named("findings", document):
        if finding["severity"] == "review":
            for pointer in (finding["path"], *str(finding["also"] or "").split()):
                _add(found, pointer, True, _question(finding))
    for correction in _named("corrections", document):
        says = f"已更正：“{_short(correction['before'])}” → “{_short(correction['after'])}”。{in_chinese(correction['rule'])}"
        _add(found, correction["path"], False, says)
    return dict(found)


def pointers_of(document: Rows) -> Iterator[str]:
    """The pointer of each row of ``indicators``, in their order."""
    tables = [row["table_id"] for row in _named("tables", document)]
    counts: dict[str, int] = defaultdict(int)
    for row in _named("indicators", document):
        yield f"/tables/{tables.index(row['table_id'])}/indicators/{counts[row['table_id']]}"
        counts[row["table_id"]] += 1


def _named(table: str, document: Rows) -> Iterator[dict[str, Any]]:
    for row in document[table]:
        yield dict(zip(COLUMNS[table], row, strict=True))


def _question(finding: dict[str, Any]) -> str:
    parts = [f"待核：{in_chinese(finding['code'])}"]
    if finding["raw"]:
        parts.append(f"识别原文：{_short(finding['raw'])}")
    if finding["proposal"]:
        parts.append(f"建议值：{_short(finding['proposal'])}")
    return "\n".join(parts)


def _add(found: Remarks, pointer: str, asks: bool, says: str) -> None:
    table = table_of(pointer)
    if table is None:
        return
    inside = inside_of(pointer)
    row, declared = row_of(inside), declaration_of(inside)
    base = f"/tables/{table}/{row}" if row.startswith("indicators/") else f"/tables/{table}"
    # Only the line of totals has columns; what stands in the others is told with it.
    if is_execution(inside) and parts_of(inside).line != "0":
        says = f"（预算执行第{int(parts_of(inside).line) + 1}行）{says}"
    remark = Remark(asks, says)
    remarks = found[base, declared.column if declared else ELSEWHERE]
    if remark not in remarks:
        remarks.append(remark)


def _short(text: Any) -> str:
    said = str(text or "")
    return said if len(said) <= 120 else said[:119] + "…"
