"""Doubts about the cells of a grid: the same readings, marks and odds as those of a form, one finding a cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from normalizers.doubts.confidence import Setting, family_of, value_confidence
from normalizers.doubts.triage import ASK, ASK_HARD
from normalizers.doubts.witnesses import DOUBT
from normalizers.grids.figures import to_figure
from normalizers.grids.grid import Grid, GridCell
from normalizers.record import Field, Finding
from normalizers.rules.readings import CLIPPED, CUT_OFF, choose_reading

# How a cell is looked at: a column of figures of a form, or a text that no template knows.
_FIGURES, _WORDS = "points", "other"
# The cause that cells of a table share whose text is cut off.
_CUT = "cut off"


def weigh_grid(grid: Grid, pages: Mapping[int, float], hard: Collection[int] = ()) -> None:
    """Choose among the readings of each cell, set its confidence, and ask about what is in doubt.

    Args:
        pages: from ``document_to_pages``.
        hard: from ``hardly_legible_pages``.
    """
    about_table = [found for found in grid.findings if not found.path]
    known = {found.path: found for found in grid.findings if found.path}
    for index, cell in enumerate(grid.cells):
        if cell.read.source is None:
            continue
        found = _one_of([*([known[str(index)]] if str(index) in known else []), *_read(cell)])
        setting = Setting({_path(cell): [found]} if found else {}, pages)
        cell.read.confidence = sure = value_confidence(cell.read, _path(cell), setting)
        least = ASK_HARD if cell.read.source.page_no in hard else ASK
        if family_of(cell.read) == "ink" and sure < least and (found is None or found.severity != "review"):
            message = f"Read as {cell.read.raw!r}; all that is known of it gives confidence {sure:.2f} only. Compare with the page."
            found = Finding("", DOUBT, "review", message)
        if found is not None:
            known[str(index)] = replace(found, path=str(index))
    about_table += _join_cut_off(grid, known)
    grid.findings = about_table + list(known.values())


def _join_cut_off(grid: Grid, known: dict[str, Finding]) -> list[Finding]:
    """Texts that are cut off all over a table are one thing to look at, columns that are too narrow; each cell keeps its finding.

    A figure is asked about alone: what is left of it is another figure.

    Returns:
        What there is to say of the table.
    """
    cut = {int(path): found for path, found in known.items() if found.code == CLIPPED and found.message == CUT_OFF}
    cut = {index: found for index, found in cut.items() if grid.cells[index].number is None}
    if len(cut) < 2:
        return []
    known.update((str(index), replace(found, cause=_CUT)) for index, found in cut.items())
    columns = ", ".join(map(str, sorted({grid.cells[index].column for index in cut})))
    message = f"In {len(cut)} cells of this table (columns {columns}) the text runs to the edge and may be cut off; see the source."
    return [Finding("", CLIPPED, "review", message, _CUT)]


def _path(cell: GridCell) -> str:
    return _FIGURES if any(char.isdigit() for char in cell.read.text) and not _has_words(cell.read.text) else _WORDS


def _has_words(text: str) -> bool:
    return any(char.isalpha() and not char.isascii() for char in text)


def _read(cell: GridCell) -> list[Finding]:
    """The text that the readings agree on; a figure that another reading mends is typed again."""
    read: Field = cell.read
    before = read.text
    found = choose_reading(read, _path(cell))
    if read.text != before:
        cell.text = read.text
        if cell.number is not None or not before.strip():
            number, unit = to_figure(read.text)
            cell.number, cell.unit = number, unit or (cell.unit if number is not None else "")
    return found


def _one_of(found: list[Finding]) -> Finding | None:
    """The one finding of a cell: what asks for a person first; what else was said follows in its words."""
    if not found:
        return None
    ordered = sorted(found, key=lambda each: each.severity != "review")
    first, others = ordered[0], [each for each in ordered[1:] if each.severity == ordered[0].severity]
    return replace(first, message=" ".join([first.message, *(each.message for each in others)]))
