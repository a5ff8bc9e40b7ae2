"""A form as title, ruled cells and lines below, for programs that take no HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Box:
    """A cell: its text, the rows and columns that it spans, where it begins, and whether its text is centred."""

    text: str
    cols: int
    rows: int
    row: int = 0
    col: int = 0
    centred: bool = False


@dataclass
class Sheet:
    """``widths`` are shares of the table's width that add up to 1; ``foot`` are the lines below, each in parts."""

    title: str = ""
    year: str = ""
    widths: list[float] = field(default_factory=list)
    rows: list[list[Box]] = field(default_factory=list)
    foot: list[list[str]] = field(default_factory=list)

    def boxes(self) -> Iterator[Box]:
        for row in self.rows:
            yield from row

    def rows_without_spans(self) -> list[list[Box]]:
        """Each row with the labels that span it said again."""
        rows: list[list[Box]] = [[] for _ in self.rows]
        for box in sorted(self.boxes(), key=lambda box: box.col):
            for number in range(box.row, box.row + box.rows):
                rows[number].append(box)
        return rows


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.into = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("class", "")
        if tag == "div" and kind == "form":
            self.sheets.append(Sheet())
        elif tag == "col":
            self.sheets[-1].widths.append(float(given["style"].split(":")[1].rstrip("%")) / 100)
        elif tag == "tr":
            self.sheets[-1].rows.append([])
        elif tag == "td":
            box = Box("", int(given.get("colspan", 1)), int(given.get("rowspan", 1)), centred="c" in kind.split())
            self.sheets[-1].rows[-1].append(box)
        elif tag == "div" and kind == "foot":
            self.sheets[-1].foot.append([])
        elif tag == "span":
            self.sheets[-1].foot[-1].append("")
        self.into = tag if tag in ("h1", "p", "td", "span") else ""

    def handle_endtag(self, tag: str) -> None:
        self.into = ""

    def handle_data(self, data: str) -> None:
        if not self.into:
            return
        sheet = self.sheets[-1]
        if self.into == "h1":
            sheet.title += data
        elif self.into == "p":
            sheet.year += data
        elif self.into == "td":
            sheet.rows[-1][-1].text += data
        else:
            sheet.foot[-1][-1] += data


def html_to_sheets(html: str) -> list[Sheet]:
    """The forms of ``bench.forms.html``, each cell with the row and column where it begins."""
    reader = _Reader()
    reader.feed(html)
    for sheet in reader.sheets:
        _place(sheet)
    return reader.sheets


def _place(sheet: Sheet) -> None:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(sheet.rows):
        col = 0
        for box in row:
            while (number, col) in taken:
                col += 1
            box.row, box.col = number, col
            taken |= {(number + i, col + j) for i in range(box.rows) for j in range(box.cols)}
            col += box.cols
