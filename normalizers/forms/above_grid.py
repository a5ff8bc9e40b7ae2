"""What stands above the rows of a form: its title, its year, and lines or cells of labels with their values."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Cell, Reader, TextLine
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field, line_to_field
from normalizers.forms.label_line import LabelLine, read_label_line
from normalizers.forms.segments import Row
from normalizers.forms.titles import is_page_mark, is_title, is_year_line, year_of_title
from normalizers.paths import is_signoff
from normalizers.record import Field
from normalizers.vocabulary.labels import Labels

# What the cells of a row above the form say: who files and when; a form's own rows begin with other labels.
_FILED = ("money", "unit_name", "fiscal_year")


@dataclass(slots=True)
class AboveGrid:
    """Fields by path, labelled values without one, the unit of the amounts, and the lines that say nothing known."""

    fields: dict[str, Field] = field(default_factory=dict)
    others: dict[str, Field] = field(default_factory=dict)
    money: str = ""
    unread: list[TextLine] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.fields["title"].text if "title" in self.fields else ""


def read_above_grid(lines: list[TextLine], rows: list[Row], labels: Labels, readers: dict[int, Reader]) -> AboveGrid:
    """Read the lines above a grid, then its first rows as far as each holds one text of that kind."""
    above = AboveGrid()
    for line in lines:
        _read_line(above, line, labels, readers[line.page_no])
    for row in rows:
        for cell in (each for each in row.cells if row.begins(each) and each.text.strip()):
            _read_cell(above, cell, labels)
    if "fiscal_year" not in above.fields and "title" in above.fields:
        above.fields |= year_of_title(above.fields["title"])
    return above


def rows_above(rows: list[Row], labels: Labels) -> list[Row]:
    """Rows at the top that hold one text, the title, the year, several labels with their values; or cells of labels with their values."""
    found = []
    for row in rows:
        texts = [text for text in dict.fromkeys(row.texts()) if text]
        if _are_labelled(texts, labels):
            found.append(row)
            continue
        if len(texts) != 1 or not (is_title(texts[0], labels) or is_year_line(texts[0]) or _is_label_line(texts[0], labels)):
            break
        found.append(row)
    return found


def _are_labelled(texts: list[str], labels: Labels) -> bool:
    """Cells of which each holds labels with their values, among them who files, when, or in what unit: 填报单位：… | 单位：元."""
    cuts = [read_label_line(text, labels) for text in texts]
    parts = [part for cut in cuts for part in cut.parts]
    filing = any(part.path in ("money", "unit_name", "signoff/filled_on") for part in parts)
    known = all(part.value and part.path in _FILED or is_signoff(part.path) for part in parts)
    return len(texts) > 1 and filing and known and all(cut.parts and not cut.before for cut in cuts)


def _is_label_line(text: str, labels: Labels) -> bool:
    """Labels with their values in one cell, or the unit of the amounts alone: no row of the form itself."""
    cut = read_label_line(text, labels)
    known = any(part.path not in ("other", "money") and part.value for part in cut.parts) and not cut.before
    return len(cut.parts) > 1 or known or any(part.path == "money" for part in cut.parts)


def _read_line(above: AboveGrid, line: TextLine, labels: Labels, reader: Reader) -> None:
    cut = read_label_line(line.text, labels)
    if is_title(line.text, labels):
        above.fields["title"] = line_to_field(line, line.text, reader)
        return
    if _is_named(cut, labels):
        for path, label, value in _places(above, cut):
            _put(above, path, label, line_to_field(line, value, reader))
        rest = cut.before if cut.parts else line.text
        if is_title(rest, labels):
            above.fields["title"] = line_to_field(line, rest, reader)
        elif is_year_line(rest):
            above.fields["fiscal_year"] = line_to_field(line, rest, reader)
        elif rest:
            above.unread.append(line)
    elif not is_page_mark(line.text):
        above.unread.append(line)


def _read_cell(above: AboveGrid, cell: Cell, labels: Labels) -> None:
    text = unwrap(cell.text)
    if is_title(text, labels):
        above.fields["title"] = cell_to_field(cell)
    elif is_year_line(text):
        above.fields["fiscal_year"] = cell_to_field(cell)
    else:
        cut = read_label_line(text, labels)
        for path, label, value in _places(above, cut):
            _put(above, path, label, cell_to_field(cell, value))
        if is_year_line(cut.before):
            above.fields["fiscal_year"] = cell_to_field(cell, cut.before)


def _is_named(cut: LabelLine, labels: Labels) -> bool:
    """A line of known labels, or one that holds the year or the title only; 注：… and 附件2：… are none."""
    known = any(part.path != "other" or labels.header_of(part.label) or labels.signoff_of(part.label) for part in cut.parts)
    return known or (not cut.parts and is_year_line(cut.before))


def _places(above: AboveGrid, cut: LabelLine) -> list[tuple[str, str, str]]:
    """Path, label and value of each part; the unit of the amounts is kept aside."""
    above.money = next((part.value for part in cut.parts if part.path == "money"), above.money)
    return [(part.path, part.label, part.value) for part in cut.parts if part.path != "money"]


def _put(above: AboveGrid, path: str, label: str, value: Field) -> None:
    home, key = (above.others, label) if path == "other" else (above.fields, path)
    if key not in home or not home[key].text:
        home[key] = value
