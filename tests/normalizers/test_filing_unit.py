"""Who files a form: by itself, by who signs it, by the rest of its file, by the names of file and folder; nobody where they part."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Page, PageMark, TextLine, Word
from normalizers.filing.names import is_same_office, may_stand_above, to_office_of_path, to_one_office
from normalizers.filing.signing import signing_offices
from normalizers.filing.unit import CONFLICT, name_filing_units
from normalizers.grids.grid import Grid
from normalizers.grids.office import is_office, to_office
from normalizers.record import Finding, TargetTable
from normalizers.vocabulary.labels import load_labels
from tests.normalizers.target_tables import field, overall, project

BOX = BBox(50, 50, 400, 62)


def grid(office: str) -> Grid:
    return Grid("收支总表", "万元", [1], 1, 1, [], [], office=office)


def page(reader: str = "text-layer", *seals: str) -> Page:
    made = Page(1, 595, 842, reader)  # type: ignore[arg-type]
    made.marks = [PageMark(text, BOX, "seal") for text in seals]
    return made


def known_of(table: TargetTable) -> tuple[str, str]:
    return table.filing_unit, table.filing_unit_source


def conflicts(table: TargetTable) -> list[str]:
    return [found.severity for found in table.findings if found.code == CONFLICT]


@pytest.mark.parametrize(
    ("own", "other", "offices", "path", "expected"),
    [
        ("云田县水利局", "云田县教育局", ["云田县档案馆"], "in/云田县司法局.pdf", ("云田县水利局", "form")),
        ("", "云田县教育局", ["云田县教育局"], "in/教育局/a.pdf", ("云田县教育局", "other-form")),
        ("", "云田县第一中学", [], "in/云田县教育局/a.pdf", ("云田县第一中学", "other-form")),
        ("", "", ["云田县档案馆", "云田县档案馆"], "in/a.pdf", ("云田县档案馆", "other-table")),
        ("", "", [], "in/2024年云田县司法局项目绩效目标表.pdf", ("云田县司法局", "file-name")),
        ("", "", [], "in/015-云田县司法局/2024/扫描件3.pdf", ("云田县司法局", "folder")),
        ("", "", [], "云田县教育局/云田县第一中学/a.pdf", ("云田县第一中学", "folder")),
        ("", "", [], "in/各局/2024/a.pdf", ("", "")),
        ("", "", [], "in/云田县司法局_云田县教育局.pdf", ("", "")),
        # Who gathers forms, who has been written to, what is called after its subject, one bureau in another's folder.
        ("", "", [], "in/云田县财政局/2024/a.pdf", ("", "")),
        ("", "", [], "in/云田县财政局关于批复云田县教育局.pdf", ("", "")),
        ("", "", [], "in/东阳县道日常养护中心/县直各局/a.pdf", ("东阳县道日常养护中心", "folder")),
        ("", "", [], "云田县水利局/云田县教育局/a.pdf", ("", "")),
        # Several offices in one file: nothing says whose this one is, and the folder holds them all.
        ("", "云田县教育局", ["云田县档案馆", "云田县水利局"], "in/云田县司法局/a.pdf", ("", "")),
    ],
)
def test_the_unit_that_files_is_the_nearest_that_is_named(
    own: str, other: str, offices: list[str], path: str, expected: tuple[str, str]
) -> None:
    form, second = project(unit_name=own), project(unit_name=other)
    name_filing_units([form, second], [grid(each) for each in offices], [path], [page()])
    assert known_of(form) == expected
    assert form.text("unit_name") == own, "what the form says itself stays"


@pytest.mark.parametrize(
    ("offices", "path", "changes"),
    [
        (["云田县档案馆"], "in/云田县司法局.pdf", {}),
        (["云田县水利局"], "in/a.pdf", {"department": "云田县教育局"}),
        ([], "in/云田县水利局.pdf", {"title": "云田县司法局项目支出绩效目标表"}),
    ],
)
def test_sources_that_part_name_nobody_and_ask(offices: list[str], path: str, changes: dict[str, str]) -> None:
    form = project(**changes)
    name_filing_units([form], [grid(each) for each in offices], [path], [page()])
    assert known_of(form) == ("", "") and conflicts(form) == ["review"]


def test_two_other_forms_that_differ_name_nobody() -> None:
    forms = [project(unit_name=name) for name in ("", "云田县水利局", "云田县教育局")]
    name_filing_units(forms, [], ["in/a.pdf"])
    assert known_of(forms[0]) == ("", "")


def test_a_second_overall_form_that_lost_its_name_may_be_of_another_office() -> None:
    forms = [overall(unit_name="云田县水利局"), overall(unit_name=""), project()]
    name_filing_units(forms, [], ["in/a.pdf"])
    assert [known_of(each)[0] for each in forms] == ["云田县水利局", "", ""]


def test_a_name_that_a_person_is_asked_about_is_no_source_until_something_else_says_the_same() -> None:
    for path, expected in (("in/a.pdf", ("", "")), ("in/云田县水利局.pdf", ("云田县水利局", "form"))):
        forms = [project(unit_name="云田县水利局"), project()]
        forms[0].findings.append(Finding("unit_name", "reading.doubt", "review", ""))
        name_filing_units(forms, [], [path])
        assert known_of(forms[0]) == expected
        assert known_of(forms[1])[1] != "other-form"


def test_the_same_bytes_in_the_folders_of_two_offices_belong_to_neither() -> None:
    form = project()
    name_filing_units([form], [], ["云田县司法局/a.pdf", "云田县水利局/a.pdf"])
    assert known_of(form) == ("", "")


def test_who_signs_below_and_who_stamps() -> None:
    form = project()
    form.signed_by = ("云田县水利局",)
    name_filing_units([form], [], ["in/a.pdf"], [page()])
    assert known_of(form) == ("云田县水利局", "sign-off")
    sealed = project()
    name_filing_units([sealed], [], ["in/a.pdf"], [page("text-layer", "云田县水利局", "云田县财政局")])
    assert known_of(sealed) == ("云田县水利局", "seal"), "the office of finance stamps what others file"


def test_a_line_that_was_recognised_needs_a_second_source() -> None:
    for path, expected in (("in/a.pdf", ("", "")), ("in/水利局/a.pdf", ("云田县水利局", "sign-off"))):
        form = project()
        form.signed_by = ("云田县水利局",)
        name_filing_units([form], [], [path], [page("ocr")])
        assert known_of(form) == expected


def test_the_form_and_who_signs_it_may_not_differ_in_silence() -> None:
    form = project(unit_name="云田县水利局")
    form.signed_by = ("云田县司法局",)
    name_filing_units([form], [], ["in/a.pdf"], [page()])
    assert known_of(form) == ("云田县水利局", "form") and conflicts(form) == ["review"]
    school = project(unit_name="云田县第一中学")
    school.signed_by = ("云田县教育局",)
    name_filing_units([school], [], ["云田县教育局/a.pdf"], [page()])
    assert conflicts(school) == [], "the office above signs, too"


def test_who_runs_a_project_and_is_its_department_files_it() -> None:
    form = project(department="[105]云田县水利局")
    form.other_fields["实施单位"] = field("云田县水利局")
    name_filing_units([form], [], ["in/a.pdf"], [page()])
    assert known_of(form) == ("云田县水利局", "department")
    other = project(department="云田县水利局")
    other.other_fields["实施单位"] = field("云田县水利工程管理站")
    name_filing_units([other], [], ["云田县水利局/a.pdf"], [page()])
    assert known_of(other) == ("", "") and conflicts(other) == ["info"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("填报单位（盖章）：云田县水利局", ("云田县水利局",)),
        ("单位（公章）：云田县水利局", ("云田县水利局",)),
        ("云田县水利局（盖章）", ("云田县水利局",)),
        ("云田县水利局 2024年3月2日", ("云田县水利局",)),
        ("云田县水利局", ()),
        ("主管部门（盖章）：云田县水利局", ()),
        ("填报单位（盖章）：水利股", ()),
    ],
)
def test_who_signs_a_line(text: str, expected: tuple[str, ...]) -> None:
    assert signing_offices([TextLine(text, 1, BOX)], {}, load_labels()) == expected


def test_who_signs_a_labelled_value() -> None:
    assert signing_offices([], {"单位公章": field("云田县水利局"), "财务负责人": field("王某某")}, load_labels()) == ("云田县水利局",)


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
    words = tuple(Word(part, BOX, 1.0) for part in text.split(" "))
    assert to_office([TextLine(text, 1, BOX, words=words)]) == office


@pytest.mark.parametrize("text", ["云田县水利局", "云田县人民政府办公室", "云田县第一中学"])
def test_an_office(text: str) -> None:
    assert is_office(text) and to_one_office(text) == text


@pytest.mark.parametrize("text", ["收入决算", "2024年云田县水利局", "局", "项目支出情况"])
def test_no_office(text: str) -> None:
    assert not is_office(text)


@pytest.mark.parametrize("text", ["县直各局", "全县中学", "乡镇学校", "云田县财政局关于批复云田县教育局", "云田县财政局云田县教育局"])
def test_more_or_less_than_one_office(text: str) -> None:
    assert to_one_office(text) == ""


@pytest.mark.parametrize("text", ["云田县公安局交警大队", "云田县文化和旅游局", "中共云田县委办公室", "云田县住房和城乡建设局"])
def test_one_office_with_a_long_name(text: str) -> None:
    assert to_office_of_path(text) == text


@pytest.mark.parametrize("text", ["人民医院", "云田县城投公司", "老城区街道", "云田县绩效评价研究院"])
def test_what_a_folder_is_called_after_need_not_be_an_office(text: str) -> None:
    assert to_office_of_path(text) == ""


def test_names_of_one_office_and_of_two() -> None:
    assert is_same_office("司法局", "云田县司法局") and not is_same_office("岭北县司法局", "云田县司法局")
    assert may_stand_above("云田县教育局", "云田县第一中学") and not may_stand_above("云田县教育局", "云田县水利局")
