"""Who files a form: by itself, by the rest of its file, by the names of file and folder."""

from __future__ import annotations

import pytest

from extractors.model import BBox, TextLine, Word
from normalizers.forms.filing_unit import name_filing_units
from normalizers.grids.grid import Grid
from normalizers.grids.office import is_office, to_office
from tests.normalizers.target_tables import project


def grid(office: str) -> Grid:
    return Grid("收支总表", "万元", [1], 1, 1, [], [], office=office)


@pytest.mark.parametrize(
    ("own", "other", "offices", "path", "expected"),
    [
        ("云田县水利局", "云田县教育局", ["云田县档案馆"], "in/云田县司法局.pdf", ("云田县水利局", "form")),
        ("", "云田县教育局", ["云田县档案馆"], "in/云田县司法局.pdf", ("云田县教育局", "other-form")),
        ("", "", ["云田县档案馆", "云田县档案馆"], "in/云田县司法局.pdf", ("云田县档案馆", "other-table")),
        ("", "", ["云田县档案馆", "云田县教育局"], "in/2024年云田县司法局项目绩效目标表.pdf", ("云田县司法局", "file-name")),
        ("", "", [], "in/015-云田县司法局/2024/扫描件3.pdf", ("云田县司法局", "folder")),
        ("", "", [], "in/各局/2024/a.pdf", ("", "")),
        ("", "", [], "in/云田县司法局_云田县教育局.pdf", ("", "")),
    ],
)
def test_the_unit_that_files_is_the_nearest_that_is_named(
    own: str, other: str, offices: list[str], path: str, expected: tuple[str, str]
) -> None:
    form, second = project(unit_name=own), project(unit_name=other)
    name_filing_units([form, second], [grid(each) for each in offices], path)
    assert (form.filing_unit, form.filing_unit_source) == expected
    assert form.text("unit_name") == own, "what the form says itself stays"


def test_two_other_forms_that_differ_name_nobody() -> None:
    forms = [project(unit_name=name) for name in ("", "云田县水利局", "云田县教育局")]
    name_filing_units(forms, [], "in/a.pdf")
    assert forms[0].filing_unit == ""


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("部门：云田县档案馆", "云田县档案馆"),
        ("编制单位:云田县水利局", "云田县水利局"),
        ("部门：云田县档案馆 单位：万元", "云田县档案馆"),
        ("单位：万元", ""),
        ("单位：人民币万元", ""),
        ("部门：本级收入预算", ""),
    ],
)
def test_the_line_over_a_table_names_the_office(text: str, office: str) -> None:
    box = BBox(50, 50, 400, 62)
    words = tuple(Word(part, box, 1.0) for part in text.split(" "))
    assert to_office([TextLine(text, 1, box, words=words)]) == office


@pytest.mark.parametrize("text", ["云田县水利局", "云田县人民政府办公室", "云田县第一中学"])
def test_an_office(text: str) -> None:
    assert is_office(text)


@pytest.mark.parametrize("text", ["收入决算", "2024年云田县水利局", "局", "项目支出情况"])
def test_no_office(text: str) -> None:
    assert not is_office(text)
