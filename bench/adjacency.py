"""The adjacency measure of the ICDAR 2013 table competition.

A cell with text is related to the next cell with text to its right and below,
blank cells in between counted. A relation is found when both texts (letters
and digits, upper case), the direction and the number of blanks agree.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# (first row, last row, first column, last column, text), both ends included.
GridText = tuple[int, int, int, int, str]
Relations = Counter[tuple[str, str, str, int]]


@dataclass(frozen=True)
class Score:
    """Relations in the truth, found, and found rightly, of one document."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_truth(path: Path) -> list[list[GridText]]:
    """The tables of a ``-str.xml`` file; the regions of a table are put together by their increments."""
    tables = []
    for table in ET.parse(path).getroot().iter("table"):
        cells: list[GridText] = []
        for region in table.findall("region"):
            rows, cols = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
            cells += [_truth_cell(cell, rows, cols) for cell in region.findall("cell")]
        tables.append(cells)
    return tables


def _truth_cell(cell: ET.Element, rows: int, cols: int) -> GridText:
    top, left = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
    bottom, right = int(cell.get("end-row") or top), int(cell.get("end-col") or left)
    content = cell.find("content")
    text = "".join(content.itertext()) if content is not None else ""
    return top + rows, max(top, bottom) + rows, left + cols, max(left, right) + cols, text


def key(text: str) -> str:
    """Text as the competition compares it: no white space, upper case, any sign is alike."""
    return re.sub(r"[^A-Z0-9]", "_", "".join(text.split()).upper())


def relations(cells: Iterable[GridText]) -> Relations:
    """The relations of one table."""
    kept = [(*cell[:4], key(cell[4])) for cell in cells if key(cell[4])]
    owner: dict[tuple[int, int], int] = {}
    for k, (top, bottom, left, right, _) in enumerate(kept):
        for i in range(top, bottom + 1):
            for j in range(left, right + 1):
                owner.setdefault((i, j), k)
    height = max((i for i, _ in owner), default=-1) + 1
    width = max((j for _, j in owner), default=-1) + 1
    nearest: dict[tuple[str, int, int], int] = {}
    for k, (top, bottom, left, right, _) in enumerate(kept):
        for i in range(top, bottom + 1):
            _note(nearest, "right", k, [(i, j) for j in range(right + 1, width)], owner)
        for j in range(left, right + 1):
            _note(nearest, "below", k, [(i, j) for i in range(bottom + 1, height)], owner)
    return Counter((way, kept[a][4], kept[b][4], blanks) for (way, a, b), blanks in nearest.items())


def _note(
    nearest: dict[tuple[str, int, int], int], way: str, k: int, path: Sequence[tuple[int, int]], owner: dict[tuple[int, int], int]
) -> None:
    for blanks, place in enumerate(path):
        other = owner.get(place)
        if other is not None:
            if other != k:
                known = nearest.get((way, k, other), blanks)
                nearest[way, k, other] = min(known, blanks)
            return


def score_document(truth: Sequence[Sequence[GridText]], found: Sequence[Sequence[GridText]]) -> Score:
    """Tables are paired by the relations that they share, the best pair first; what is left over counts against."""
    wanted, got = [relations(table) for table in truth], [relations(table) for table in found]
    pairs = [((a & b).total(), i, j) for i, a in enumerate(wanted) for j, b in enumerate(got)]
    used_truth: set[int] = set()
    used_found: set[int] = set()
    right = 0
    for shared, i, j in sorted(pairs, key=lambda pair: (-pair[0], got[pair[2]].total())):
        if shared and i not in used_truth and j not in used_found:
            used_truth.add(i)
            used_found.add(j)
            right += shared
    return Score(sum(r.total() for r in wanted), sum(r.total() for r in got), right)
