"""``jixiao query``: DuckDB over the flat tables, read only; nothing outside the dataset can be read or written."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from pipeline.cleaning.exports import write_exports
from pipeline.dataset import Dataset, read_plainly
from pipeline.errors import JobError, UsageError
from pipeline.export.csv_cells import to_cell
from pipeline.messages import say, tell
from pipeline.query.questions import load_questions
from pipeline.telling.columns import columns_of, padded, shortened

_MOST_ROWS = 200
_WIDEST = 48
_MEMORY = "512MB"
# No file but the database itself, no extension, no setting that could open either again.
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false", "lock_configuration": "true", "memory_limit": _MEMORY, "threads": "2",
}  # fmt: skip


def query(root: Path, asked: str, as_csv: bool) -> None:
    """Print the answer to a question: SQL, or the name of a ready one.

    Raises:
        UsageError: no dataset, no such question, or SQL that cannot be answered.
    """
    dataset = Dataset(root)
    dataset.check_cleaned()
    write_exports(dataset, ("duckdb",))
    with read_plainly(dataset.root / "dataset.duckdb") as database:
        heads, rows = answer(database, _sql(asked))
        if as_csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(heads)
            writer.writerows([to_cell(value) for value in row] for row in rows)
            return
        for line in table_lines(heads, rows):
            click.echo(line)


def question_lines() -> Iterator[str]:
    """The ready questions: name, what it asks."""
    questions = load_questions()
    width = max(map(len, questions)) + 2
    for each in questions.values():
        yield f"{each.name:{width}}{each.asks}"


def _sql(asked: str) -> str:
    question = load_questions().get(asked.strip())
    if question is not None:
        return question.sql
    if " " not in asked.strip():
        raise UsageError(*tell("query.no-question", name=asked))
    return asked


def answer(database: Path, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The heads and rows of one statement that only reads.

    Raises:
        UsageError: it does more, or is no SQL.
    """
    import duckdb

    try:
        connection = duckdb.connect(str(database), read_only=True, config=_LOCKED)
    except duckdb.Error as error:
        raise JobError(*tell("query.unreadable", path=database, error=_first_line(error))) from error
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError(*tell("query.only-select"))
        result = connection.execute(statements[0])
    except duckdb.Error as error:
        _refuse(error)
    heads = [each[0] for each in result.description or ()]
    return heads, _fetched(result)


def _fetched(result: Any) -> Iterator[tuple[Any, ...]]:
    import duckdb

    try:
        while rows := result.fetchmany(1000):
            yield from rows
    except duckdb.Error as error:
        _refuse(error)


def _refuse(error: Exception) -> NoReturn:
    raise UsageError(*tell("query.refused", error=_first_line(error))) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]


def table_lines(heads: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    """The answer in columns for a terminal, its first lines; a last line says when there are more."""
    shown: list[list[str]] = []
    more = 0
    for row in rows:
        if len(shown) < _MOST_ROWS:
            shown.append([_cell(value) for value in row])
        else:
            more += 1
    widths = [max([columns_of(head), *(columns_of(cells[at]) for cells in shown)]) for at, head in enumerate(heads)]
    numbers = [bool(shown) and all(_is_number(cells[at]) for cells in shown) for at in range(len(heads))]
    yield _line(list(heads), widths, [False] * len(heads))
    yield "  ".join("-" * width for width in widths)
    yield from (_line(cells, widths, numbers) for cells in shown)
    yield say("query.rows", count=len(shown) + more) + (say("query.cut", most=_MOST_ROWS) if more else "")


def _line(cells: list[str], widths: list[int], numbers: list[bool]) -> str:
    fitted = [
        " " * (width - columns_of(cell)) + cell if right else padded(cell, width)
        for cell, width, right in zip(cells, widths, numbers, strict=True)
    ]
    return "  ".join(fitted).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else " ".join(str(value).split())
    return shortened(text, _WIDEST)


def _is_number(text: str) -> bool:
    return text == "" or text.lstrip("-").replace(".", "", 1).isdigit()
