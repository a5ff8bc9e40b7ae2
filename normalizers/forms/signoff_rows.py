"""Rows of the grid below the indicators: reviews, remarks, signatures. None of them is an indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import is_level1, is_level2, is_operator
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.label_runs import cut_unknown, is_swallowed, left_before
from normalizers.forms.segments import Row
from normalizers.paths import is_signoff, signoff_path
from normalizers.record import Field
from normalizers.rules.roles import REVIEWS
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels, split_labelled
from normalizers.vocabulary.levels import is_level1_of_other_system

_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_OPINION = re.compile(r"(意见|审核|审批|审签|签字|签章|盖章|结论|建议|措施|签名)$")
_TOTAL = re.compile(r"^(总分|合计|总计|小计|得分|总得分|总评分|自评总分)")
_FIGURE = re.compile(r"^[≥≤=><＞＜]?\s*[\d.,，]+\s*[%％]?$")
# 填报人及联系电话, 项目负责人/电话: a label of a person and of the number.
_PERSON_AND_PHONE = re.compile(r"^(.{2,8}?)(?:及其?|和|与|、|/|／)(?:联系)?(?:电话|方式|电话号码|手机|手机号|座机)[:：]?\s*(.*)$")
_NAME_AND_NUMBER = re.compile(rf"^([{HAN_RANGE}·]{{2,6}})[\s，,、/（(:：]*((?:\d[\d\s—–-]{{5,}}\d))[)）]?$")
_PERSON = re.compile(rf"^[{HAN_RANGE}·]{{2,5}}$")
# A label and what is signed in one cell, blank or not.
_LABELLED_CELL = re.compile(rf"^[{HAN_RANGE}]{{2,10}}\s*[:：]\s*([^:：]{{0,14}})$")
_LONGEST_LABEL = 22


@dataclass(slots=True)
class SignoffRows:
    """Fields by path, labelled values without a place, texts beside a value without a label, and the labels that nobody knows."""

    fields: dict[str, Field] = field(default_factory=dict)
    others: dict[str, Field] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def home(self, path: str) -> tuple[dict[str, Field], str]:
        """Where a path's value goes, and under which key."""
        return (self.fields, path) if is_signoff(path) else (self.others, path)

    def put(self, path: str, value: Field) -> None:
        """The first text wins; a blank holds the place until text comes."""
        home, key = self.home(path)
        if key not in home or (value.text and not home[key].text):
            home[key] = value

    def is_filled(self, path: str) -> bool:
        home, key = self.home(path)
        return key in home and bool(home[key].text)


def is_signoff_row(row: Row, labels: Labels) -> bool:
    """True for a row of review or signature cells, and for a remark beside its label."""
    texts = [unwrap(cell.text) for cell in row.cells if row.begins(cell) and cell.text.strip()]
    # No cell of an indicator is the label of a review; the first label may be illegible.
    if any(labels.signoff_of(text) in REVIEWS for text in texts[1:]):
        return True
    if not texts:
        return False
    first = texts[0]
    if len(texts) == 1 and _is_run_of_labels(first, labels):
        return True
    if _is_opinion(row, texts) or _are_signed_pairs(row, texts, labels) or _are_labelled_cells(row, texts, labels):
        return True
    known = bool(split_labelled(first, labels)) or _person_and_phone(first) is not None or labels.signoff_of(first) is not None
    return known or (len(texts) <= 2 and labels.is_closing(first)) or _is_built_as_remark(row, labels)


def _is_built_as_remark(row: Row, labels: Labels) -> bool:
    """True for a drawn row of its own of a few wide cells that begins with words: a label and what is said under it.

    An indicator stands in the narrow columns of its list, most often beside cells that span its rows.
    """
    cells = row.cells
    if len(cells) < 2 or 2 * len(cells) > row.col_count or not all(row.begins(cell) for cell in cells):
        return False
    texts = [unwrap(cell.text) for cell in cells]
    first = texts[0]
    if not first or cells[0].cols.start != 0 or len(cells[-1].cols) < 2 or len(first) > _LONGEST_LABEL:
        return False
    return not (_TOTAL.match(label_key(first)) or labels.is_side(first) or any(map(_is_of_indicators, texts)))


def _is_opinion(row: Row, texts: list[str]) -> bool:
    """True for a row that begins at the left with the label of what somebody says or signs: 单位意见 | 同意 | 财政部门意见 | 同意.

    No level is called so; the name of an indicator may be (征求意见), but never stands first in its grid.
    """
    first = next(cell for cell in row.cells if row.begins(cell) and cell.text.strip())
    leftmost = first.cols.start == min(cell.cols.start for cell in row.cells)
    return leftmost and bool(_OPINION.search(label_key(texts[0]))) and not any(map(_is_of_indicators, texts))


def _are_signed_pairs(row: Row, texts: list[str], labels: Labels) -> bool:
    """True for labels and what is signed beside them, of which one is known as printed, or a telephone number; the first may be unknown."""
    whole = all(row.begins(cell) for cell in row.cells if cell.text.strip())
    if not whole or any(is_level1(text) or is_level2(text) or is_level1_of_other_system(text) or is_operator(text) for text in texts):
        return False
    return any(labels.as_filed().signoff_of(text) for text in texts[2::2]) or any(_MOBILE.match(text.strip()) for text in texts[1::2])


def _are_labelled_cells(row: Row, texts: list[str], labels: Labels) -> bool:
    """True for cells that are a label and what is signed each (经手人员：…): one label is known as printed, or each signs a name."""
    whole = all(row.begins(cell) for cell in row.cells if cell.text.strip())
    said = [_LABELLED_CELL.match(text.strip()) for text in texts]
    if not whole or len(texts) < 2 or not all(said):
        return False
    known = any(split_labelled(text, labels.as_filed()) for text in texts)
    return known or all(each is not None and _PERSON.match(each.group(1).strip()) for each in said)


def _is_run_of_labels(text: str, labels: Labels) -> bool:
    """True for labels and what is signed behind each in one cell, known or not: 经手人员：甲某 落款时间：2031-01-02."""
    parts = cut_unknown([], text, labels)
    return len(parts) > 1 or (bool(parts) and is_swallowed(parts[0][2]))


def _is_of_indicators(text: str) -> bool:
    return is_level1(text) or is_level2(text) or is_level1_of_other_system(text) or is_operator(text) or bool(_FIGURE.match(text))


def read_signoff_rows(rows: list[Row], labels: Labels) -> SignoffRows:
    """Fields of the rows below the indicators; a blank cell beside a label is a blank field."""
    found = SignoffRows()
    for row in rows:
        path = ""
        cells = [cell for cell in row.cells if row.begins(cell)]
        for index, cell in enumerate(cells):
            path = _read_cell(found, path, cell, cells[index + 1 :], labels)
    return found


def _read_cell(found: SignoffRows, path: str, cell: Cell, after: list[Cell], labels: Labels) -> str:
    """Take one cell; returns the path that waits for a value."""
    text = unwrap(cell.text)
    both = _person_and_phone(text)
    if both is not None:
        person, value = both
        if not value:
            return f"{person}+phone"
        _put_person(found, person, cell, value, labels)
        return ""
    if path.endswith("+phone"):
        _put_person(found, path.removesuffix("+phone"), cell, text, labels)
        return ""
    known = _parts(text, labels)
    parts = cut_unknown(known, text, labels)
    found.unknown += [label for name, label, _ in parts if (name, label) not in [each[:2] for each in known]]
    if not labels.forgiving and (before := left_before(parts, text)):
        found.unplaced.append(before)
    for name, label, value in parts:
        path = label if name == "other" else signoff_path(name)
        found.put(path, cell_to_field(cell, value))
    if parts or not (text or path):
        return path
    if path and not found.is_filled(path):
        found.put(path, cell_to_field(cell))
        return path
    if not text:
        return path
    if not path or (after and len(text) <= _LONGEST_LABEL):
        # A label that nobody knows, or that cannot be read: what stands beside it is delivered under it.
        path = text.rstrip(":：")
        if not _OPINION.search(label_key(path)):
            found.unknown.append(path)
        found.put(path, cell_to_field(cell, ""))
        return path
    found.unplaced.append(text)
    return path


def _parts(text: str, labels: Labels) -> list[tuple[str, str, str]]:
    """Labels in a cell with their values; a cell that is a label as a whole has none yet."""
    if labels.is_closing(text):
        return [("other", text.rstrip(":："), "")]
    parts = split_labelled(text, labels)
    if not parts and (known := labels.signoff_of(text)):
        return [(known, text.rstrip(":："), "")]
    return parts


def _person_and_phone(text: str) -> tuple[str, str] | None:
    """Who the label names besides a number, and what stands behind the label.

    >>> _person_and_phone("填报人及联系电话：甲乙丙 13900000001"), _person_and_phone("联系电话")
    (('填报人', '甲乙丙 13900000001'), None)
    """
    match = _PERSON_AND_PHONE.match(text.strip())
    return (match.group(1), match.group(2).strip()) if match else None


def split_name_and_number(text: str) -> tuple[str, str] | None:
    """A person's name and the number behind it in one cell; None for any other text.

    >>> split_name_and_number("甲乙丙13900000001"), split_name_and_number("甲乙丙")
    (('甲乙丙', '13900000001'), None)
    """
    match = _NAME_AND_NUMBER.match(text.strip())
    return (match.group(1), re.sub(r"\s", "", match.group(2))) if match else None


def _put_person(found: SignoffRows, person: str, cell: Cell, value: str, labels: Labels) -> None:
    """The name to the one whom the label names, the number to the telephone."""
    role = labels.signoff_of(person)
    path = person if role in (None, "other") else signoff_path(role)
    both = split_name_and_number(value)
    if both is None:
        number = re.fullmatch(r"[\d\s—–-]{7,}", value)
        found.put("signoff/phone" if number else path, cell_to_field(cell, value))
        return
    found.put(path, cell_to_field(cell, both[0]))
    found.put("signoff/phone", cell_to_field(cell, both[1]))
