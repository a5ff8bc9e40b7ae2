"""A form as lines and a grid of cells on narrow units, with the truth of what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

UNITS = 24
_YUAN = Decimal(10000)


@dataclass(frozen=True)
class Span:
    """A cell: its text, and how many rows and units it covers."""

    text: str
    units: int
    rows: int = 1


@dataclass(frozen=True)
class Expected:
    """The value of a field; ``word`` is the printed label or head if it may not be known, ``printed`` what stands under it."""

    value: Any
    word: str = ""
    printed: str = ""


@dataclass(frozen=True)
class MoneyStyle:
    """How a form prints its amounts, which are kept in 万元: the unit, where it is declared, commas, decimals."""

    unit: str = "万元"
    in_label: bool = True
    commas: bool = False
    decimals: int = 0

    def say(self, amount: Decimal) -> str:
        """An amount as printed; nothing for zero."""
        if not amount:
            return ""
        shown = amount * _YUAN if self.unit == "元" else amount
        if self.decimals and shown == shown.quantize(Decimal(1).scaleb(-self.decimals)):
            return f"{shown:{',' if self.commas else ''}.{self.decimals}f}"
        whole = shown.normalize()
        return f"{whole:,f}" if self.commas else f"{whole:f}"

    def label(self, word: str) -> str:
        """The label of a block, with the unit of this form or without any."""
        return word.replace("万元", self.unit) if self.in_label else word.replace("（万元）", "")


@dataclass(frozen=True)
class Marks:
    """What a page says of the next one: its number below, a line above that the form goes on, the heads of the list again."""

    number: str = ""
    going_on: str = ""
    heads: bool = False


@dataclass
class Sheet:
    """One form. ``rows`` hold the cells that begin in each row, left to right; paths of ``truth`` begin at the document.

    ``bottom`` is how much of a page, from below, stays free: a long form breaks there. ``landscape`` turns the page.
    ``heads`` are the rows of heads; ``marks`` says what stands where a page ends and the next begins.
    """

    above: list[str] = field(default_factory=list)
    rows: list[list[Span]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    truth: dict[str, Expected] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    landscape: bool = False
    bottom: float = 40.0
    money: MoneyStyle = field(default_factory=MoneyStyle)
    parts: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    marks: Marks = Marks()

    def row(self, *cells: Span) -> None:
        self.rows.append(list(cells))

    def expect(self, path: str, value: Any, word: str = "", printed: str = "") -> None:
        self.truth[path] = Expected(value, word if word in self.unseen else "", printed)


def merged_truth(sheets: list[Sheet]) -> Iterator[tuple[Sheet, str, Expected]]:
    """The truth of all forms of a file, the numbers of their tables counted through."""
    first = 0
    for sheet in sheets:
        for path, expected in sheet.truth.items():
            _, tables, number, *rest = path.split("/")
            yield sheet, "/".join(["", tables, str(int(number) + first), *rest]), expected
        first += table_count(sheet)


def table_count(sheet: Sheet) -> int:
    """How many tables a sheet holds: one a project in a list of projects."""
    return len({path.split("/")[2] for path in sheet.truth})
