"""Layouts of the family as pictures in text: tests/cases/family/*.toml, and how they are drawn.

A picture has a line a row and a bar between two cells. ``<`` goes on with the cell
on its left, ``^`` with the one above; ``\\n`` is a line break inside a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import jixiao
from extractors.options import ReadOptions
from extractors.reading import read_file
from normalizers.vocabulary.bundled import parse_toml
from tests.normalizers.drawn_pdf import drawn_document
from tests.normalizers.test_rich_forms import Drawn

FOLDER = Path(__file__).parents[1] / "cases" / "family"
LEFT, ABOVE = "<", "^"


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: where it is printed, its lines and rows, and what it must be read as.

    ``expected`` has paths of the table with their values; ``rows`` the indicators by the names of their fields.
    """

    id: str
    name: str
    seen: str
    lines: tuple[str, ...]
    rows: tuple[tuple[Drawn, ...], ...]
    foot: tuple[str, ...]
    expected: dict[str, Any]
    indicators: tuple[dict[str, str | None], ...]
    findings: tuple[str, ...] = field(default=())


@lru_cache(maxsize=2)
def load_layouts(folder: Path = FOLDER) -> tuple[Layout, ...]:
    """Every layout of the folder, file by file."""
    return tuple(
        _layout(f"{path.stem}/{each['id']}", each)
        for path in sorted(folder.glob("*.toml"))
        for each in parse_toml(path.read_text(encoding="utf-8"))["layout"]
    )


def _layout(name: str, entry: dict[str, Any]) -> Layout:
    return Layout(
        name,
        entry["name"],
        entry["seen"],
        tuple(entry["above"].strip().splitlines()),
        picture_to_rows(entry["picture"]),
        tuple(entry.get("below", "").strip().splitlines()),
        entry["expected"],
        tuple(_records(entry["indicators"])),
        tuple(entry.get("findings", ())),
    )


def picture_to_rows(picture: str) -> tuple[tuple[Drawn, ...], ...]:
    """Rows of a picture as ``drawn_document`` wants them: a cell with the rows and columns that it spans.

    Raises:
        ValueError: the rows differ in length, or a cell is no rectangle.
    """
    texts = [[cell.strip() for cell in line.split("|")] for line in picture.strip().splitlines()]
    if len({len(row) for row in texts}) != 1:
        raise ValueError([len(row) for row in texts])
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(texts):
        for col, text in enumerate(cells):
            owners[row, col] = owners[row, col - 1] if text == LEFT else owners[row - 1, col] if text == ABOVE else (row, col)
    found: list[list[Drawn]] = [[] for _ in texts]
    for row, col in sorted(set(owners.values())):
        own = [place for place, owner in owners.items() if owner == (row, col)]
        height, width = max(r for r, _ in own) - row + 1, max(c for _, c in own) - col + 1
        if height * width != len(own):
            raise ValueError(texts[row][col])
        text = texts[row][col].replace("\\n", "\n")
        found[row].append(text if height == width == 1 else (text, height, width))
    return tuple(tuple(cells) for cells in found)


def _records(table: str) -> Iterator[dict[str, str | None]]:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    yield from ({name: text or None for name, text in zip(head, line, strict=True)} for line in lines)


def layout_to_html(layout: Layout) -> str:
    """The layout as a transcript: lines, and a table with spans."""
    return "\n".join([*layout.lines, f"<table>\n{layout_rows(layout)}\n</table>", *layout.foot])


def layout_rows(layout: Layout) -> str:
    """The rows of the layout as HTML, one a line."""
    return "\n".join("<tr>" + "".join(_td(cell) for cell in row) + "</tr>" for row in layout.rows)


def _td(cell: Drawn) -> str:
    text, height, width = (cell, 1, 1) if isinstance(cell, str) else cell
    spans = (f' rowspan="{height}"' if height > 1 else "") + (f' colspan="{width}"' if width > 1 else "")
    return f"<td{spans}>{text.replace(chr(10), '<br>')}</td>"


def clean_layout(layout: Layout, notation: str, folder: Path) -> dict[str, Any]:
    """The document that the program makes of a layout, filed as ``pdf`` or as ``html``."""
    if notation == "pdf":
        document = drawn_document(folder, list(layout.lines), [list(row) for row in layout.rows], list(layout.foot))
    else:
        path = folder / "layout.html"
        path.write_text(layout_to_html(layout), encoding="utf-8")
        document = read_file(path, ReadOptions())
    value: dict[str, Any] = jixiao.clean(document).json
    return value
