"""Cells of the workbook: looks that are made once and shared, heights that fit, remarks and links while there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from pipeline.export.sheet_marks import Remark
from pipeline.export.sheet_text import to_sheet_text

_FILLS = {
    "head": PatternFill("solid", fgColor="DDE7F0"),
    "fill-in": PatternFill("solid", fgColor="FFE699"),
    "asked": PatternFill("solid", fgColor="FFF2CC"),
    "changed": PatternFill("solid", fgColor="E2EFDA"),
}
_TOP = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(horizontal="center", vertical="top")
_ONE_LINE = Alignment(vertical="top")
_LINK_FONT = Font(color="0563C1", underline="single")
# Programs hold remarks and links of a sheet in memory, and Excel opens no sheet with more than 65,530 links.
MOST_REMARKS, MOST_LINKS = 10_000, 60_000
_LINE, _EDGE, _HIGHEST = 16.5, 3.0, 409.0
_CHINESE = 2.1


class Cells:
    """Makes the cells of one sheet."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[str, bool, str], Any] = {}
        self._remarks = self._links = 0

    def head(self, text: str, to_fill_in: bool) -> WriteOnlyCell:
        """A cell of the first row."""
        cell = WriteOnlyCell(self._sheet, text)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _FILLS["fill-in" if to_fill_in else "head"], _TOP
        return cell

    def cell(
        self, value: Any, remarks: Sequence[Remark] = (), link: str | None = None, look: str = "", lines: str = "many"
    ) -> WriteOnlyCell | None:
        """A value; coloured and with its remarks where there are any. None where there is nothing to show.

        Args:
            value: a text, a number or None.
            link: where the cell leads to, as a URL.
            look: ``asked``, ``changed``, ``fill-in``; by the remarks where it is not given.
            lines: ``many`` for a text that is wrapped, ``one`` for one that is not, ``short`` for one in the middle.
        """
        if remarks and not look:
            look = "asked" if any(each.asks for each in remarks) else "changed"
        if value in (None, "") and not look:
            return None
        cell = WriteOnlyCell(self._sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with = stays a text
        linked = link is not None and self._links < MOST_LINKS
        cell._style = self._look(look, linked, lines)
        if linked:
            self._links += 1
            cell._hyperlink = Hyperlink(ref="", target=link)
        if remarks and self._remarks < MOST_REMARKS:
            self._remarks += 1
            cell.comment = _comment(remarks)
        return cell

    def _look(self, look: str, linked: bool, lines: str) -> Any:
        """To set fill, font and alignment of each cell anew takes longer than all else."""
        key = (look, linked, lines)
        if key not in self._looks:
            model = WriteOnlyCell(self._sheet, None)
            model.alignment = {"many": _TOP, "one": _ONE_LINE, "short": _MIDDLE}[lines]
            if look:
                model.fill = _FILLS[look]
            if linked:
                model.font = _LINK_FONT
            self._looks[key] = model._style
        return self._looks[key]


def height_of(texts: Iterable[tuple[Any, int]]) -> float:
    """How high a row is, in points, for its texts with the widths of their columns.

    >>> height_of([("三个字", 12)]) < height_of([("超过一行的一段文字", 12)]) < height_of([("a\\nb\\nc", 12)])
    True
    """
    lines = max((_lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    return min(lines * _LINE + _EDGE, _HIGHEST)


def _lines(text: str, width: int) -> int:
    if len(text) * _CHINESE <= width - 1 and "\n" not in text:
        return 1
    return sum(max(1, ceil(_units(part) / (width - 1))) for part in text.split("\n"))


def _units(text: str) -> float:
    return sum(1.0 if char < "\u0300" else _CHINESE for char in text)


def _comment(remarks: Sequence[Remark]) -> Comment:
    text = to_sheet_text("\n".join(each.says for each in remarks))
    lines = _lines(text, 44)
    return Comment(text, "jixiao", height=min(30 + 20 * lines, 400), width=340)
