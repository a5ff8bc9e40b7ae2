"""Decisions from a CSV, or from the 待核 sheet of the workbook, that somebody filled in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalizers.decision import Decision
from pipeline.dataset import Dataset
from pipeline.errors import UsageError
from pipeline.export.names import CHINESE, SHEETS
from pipeline.messages import say, tell
from pipeline.review.making import UnfitDecisionError, find_finding, make_decision

# What people write into the column 处理; the words of the program itself are understood, too.
WORDS = {
    "正确": "accept", "属实": "accept", "无误": "accept", "更正": "correct",
    "退回": "reject", "恢复原文": "reject", "无法辨认": "unreadable",
}  # fmt: skip
_COLUMNS = ("finding_id", "sha256", "corrected_value", "decision", "decision_reason")


@dataclass(frozen=True, slots=True)
class Filled:
    """One line of a sheet that says something; ``number`` as the spreadsheet counts."""

    number: int
    finding_id: str
    sha256: str
    after: str
    action: str
    reason: str


def read_sheet(path: Path) -> Iterator[Filled]:
    """The lines that somebody filled in: a corrected value, or a word in 处理.

    Raises:
        UsageError: the file cannot be opened, or has no such columns.
    """
    rows = _xlsx_rows(path) if _is_zip(path) else _csv_rows(path)
    head = next(rows, None)
    by_chinese = {CHINESE[name]: name for name in _COLUMNS}
    names = [by_chinese.get(str(cell or "").strip(), str(cell or "").strip()) for cell in head or ()]
    if "finding_id" not in names or not {"corrected_value", "decision"} & set(names):
        wanted = f"{CHINESE['finding_id']} and {CHINESE['corrected_value']}"
        raise UsageError(*tell("sheets.no-columns", path=path, wanted=wanted))
    for number, row in enumerate(rows, 2):
        cells = {name: str(cell).strip() for name, cell in zip(names, row, strict=False) if cell is not None and str(cell).strip()}
        after, word = _unescaped(cells.get("corrected_value", "")), cells.get("decision", "")
        if after or word:
            action = WORDS.get(word, word) or "correct"
            reason = cells.get("decision_reason", "")
            yield Filled(number, cells.get("finding_id", ""), cells.get("sha256", ""), after, action, reason)


def sheet_to_decisions(dataset: Dataset, path: Path, who: str) -> Iterator[tuple[int, Decision | str]]:
    """Each filled line with its decision, or with the reason why it cannot be applied.

    Raises:
        UsageError: the file cannot be used at all.
    """
    documents: dict[str, dict[str, Any] | None] = {}
    for line in read_sheet(path):
        if line.sha256 not in documents:
            documents = {line.sha256: dataset.load_document(line.sha256)}
        yield line.number, _to_decision(documents[line.sha256], line, who)


def _to_decision(document: dict[str, Any] | None, line: Filled, who: str) -> Decision | str:
    if document is None:
        return say("sheets.no-document", sha256=line.sha256[:12]) if line.sha256 else say("sheets.blank", column=CHINESE["sha256"])
    finding = find_finding(document, line.finding_id)
    if finding is None:
        if not line.finding_id:
            return say("sheets.blank", column=CHINESE["finding_id"])
        return say("sheets.no-finding", path=document["document"]["path"], finding=line.finding_id)
    try:
        return make_decision(document, finding, line.action, who, line.after or None, reason=line.reason)
    except UnfitDecisionError as error:
        return str(error)


def _unescaped(text: str) -> str:
    """Without the apostrophe that our CSV puts before what a spreadsheet would run."""
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError as error:
        raise UsageError(*tell("sheets.unreadable", path=path, error=error.strerror)) from error


def _csv_rows(path: Path) -> Iterator[list[Any]]:
    # Excel writes GB18030 where it speaks Chinese, unless told otherwise.
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    yield from csv.reader(text.splitlines(keepends=True))


def _xlsx_rows(path: Path) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises what the ZIP, the XML or a style raised
        raise UsageError(*tell("sheets.not-opened", path=path, error=error)) from error
    names = [name for name in workbook.sheetnames if name.split(" ")[0] == SHEETS["findings"]]
    if not names:
        raise UsageError(*tell("sheets.no-sheet", path=path, findings=SHEETS["findings"]))
    for index, name in enumerate(names):
        for number, row in enumerate(workbook[name].iter_rows(values_only=True)):
            if index == 0 or number > 0:
                yield list(row)
    workbook.close()
