"""Where a value stands on a form, as text: ``indicators/3/value``, ``funds/total``. Paths are built and taken apart here only.

A path is relative to its table and counts the rows of the form from 0, blank ones included;
``assemble`` makes the JSON Pointer of it, in which indicators and blank rows are counted
apart. A path of a row without a name is the whole row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extractors.whole_numbers import whole_number

ROWS, BLANK_ROWS = "indicators", "blank_level2"
# What the name of a column whose head nobody knows begins with, as a field of its rows; the head follows.
UNKNOWN_COLUMN = "column:"
_FUNDS, _EXECUTION, _MID_TERM, _SIGNOFF, _OTHER = "funds", "funds_execution", "mid_term_funds", "signoff", "other_fields"
# The plan of the year where a form's words say that they speak of the year; it becomes the plan, or the line of another period.
_ANNUAL = "annual_funds"


class PathParts(NamedTuple):
    """``block``: the first step; ``row``: its number where the block is one of rows; ``line``: of the execution of the budget."""

    block: str
    row: int | None
    line: str
    name: str


def row_path(index: int, name: str = "") -> str:
    """A row of the form, or one field of it; in a delivered document an indicator's."""
    return f"{ROWS}/{index}/{name}" if name else f"{ROWS}/{index}"


def blank_row_path(index: int, name: str = "") -> str:
    """In a delivered document: a row of a second level without an indicator, or one field of it."""
    return f"{BLANK_ROWS}/{index}/{name}" if name else f"{BLANK_ROWS}/{index}"


def fund_path(name: str) -> str:
    """An amount of the plan: ``total``, ``fiscal`` and the others."""
    return f"{_FUNDS}/{name}"


def execution_path(line: str, column: str = "") -> str:
    """A line of money of the execution, or its amount under a column."""
    return f"{_EXECUTION}/{line}/{column}" if column else f"{_EXECUTION}/{line}"


def mid_term_path(name: str) -> str:
    """An amount of the whole period."""
    return f"{_MID_TERM}/{name}"


def signoff_path(name: str) -> str:
    """A field below the grid: ``phone``, ``filled_on`` and the others."""
    return f"{_SIGNOFF}/{name}"


def other_path(label: str) -> str:
    """What stands under a label that the schema has no field for; a label may hold any character but a slash at its ends."""
    return f"{_OTHER}/{label}"


@lru_cache(maxsize=4096)
def parts_of(path: str) -> PathParts:
    """A path taken apart; a field of the header is a block of its own name."""
    block, _, rest = path.partition("/")
    if block in (ROWS, BLANK_ROWS):
        number, _, name = rest.partition("/")
        return PathParts(block, _index(number), "", name)
    if block == _EXECUTION:
        line, _, name = rest.partition("/")
        return PathParts(block, None, line, name)
    return PathParts(block, None, "", rest or block)


def table_of(pointer: str) -> int | None:
    """The number of the table that a JSON Pointer of a document names or leads into.

    >>> table_of("/tables/3/funds/total"), table_of("/grids/3/cells/0")
    (3, None)
    """
    kind, _, rest = pointer.strip("/").partition("/")
    number = rest.partition("/")[0]
    return _index(number) if kind == "tables" else None


def _index(text: str) -> int | None:
    found = whole_number(text, -1)
    return found if found >= 0 else None


def inside_of(pointer: str) -> str:
    """The path inside its table, or its grid, that a JSON Pointer of a document leads to.

    >>> inside_of("/tables/3/funds/total"), inside_of("/tables/3")
    ('funds/total', '')
    """
    return "/".join(pointer.strip("/").split("/")[2:])


def row_of(path: str) -> str:
    """The path of the row that it is or lies in; nothing for a field of the header and the like."""
    block, row, _, _ = parts_of(path)
    return "" if row is None else f"{block}/{row}"


def is_of_row(path: str) -> bool:
    """Whether it is an indicator's row or a field of one."""
    return path.startswith(f"{ROWS}/")


def is_execution(path: str) -> bool:
    """Whether it is an amount of the execution of the budget."""
    return path.startswith(f"{_EXECUTION}/")


def is_line(path: str, line: str) -> bool:
    """Whether it is an amount of this line of the execution of the budget."""
    return path.startswith(f"{execution_path(line)}/")


def is_plan(path: str) -> bool:
    """Whether it is an amount of the plan for the year."""
    return path.startswith(f"{_FUNDS}/")


def is_mid_term(path: str) -> bool:
    """Whether it is an amount of the whole period."""
    return path.startswith(f"{_MID_TERM}/")


def is_planned(path: str) -> bool:
    """Whether it is a planned amount, of the year or the whole period."""
    return path.startswith((f"{_FUNDS}/", f"{_ANNUAL}/", f"{_MID_TERM}/"))


def is_money(path: str) -> bool:
    """Whether it is an amount of money: of the plan, the execution or the whole period."""
    return is_plan(path) or is_execution(path) or is_mid_term(path)


def is_signoff(path: str) -> bool:
    """Whether it is a field below the grid."""
    return path.startswith(f"{_SIGNOFF}/")


def is_other(path: str) -> bool:
    """Whether it stands under a label that the schema has no field for."""
    return path.startswith(f"{_OTHER}/")
