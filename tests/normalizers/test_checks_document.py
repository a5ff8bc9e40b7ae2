"""Checks over the tables of one document."""

from __future__ import annotations

import pytest

from normalizers.checks.catalogue import check_document
from normalizers.record import TargetTable
from tests.normalizers.target_tables import BUDGET, QUALITY, ROADS, ROWS, changed, codes, found, overall, project

WHOLE = changed(BUDGET, value="100")


def test_projects_within_the_budget_are_reported_with_what_is_left() -> None:
    tables = [overall((WHOLE, *ROWS[1:])), project(), project(project_name="乡道改造", funds__total="40.2")]
    check_document(tables)
    (one,) = found(tables[0], "cross-table.project-totals")
    assert one.severity == "info" and "36.5 + 40.2 = 76.7" in one.message and "23.3" in one.message


def test_projects_above_the_budget_contradict_it() -> None:
    tables = [overall((changed(BUDGET, value="10"), *ROWS[1:])), project()]
    check_document(tables)
    (one,) = found(tables[0], "cross-table.project-totals-exceed")
    assert one.path == "indicators/0/value" and one.severity == "review" and "26.5" in one.message


def test_a_project_without_any_amount_is_insufficient_data() -> None:
    tables = [overall((WHOLE, *ROWS[1:])), project(ROWS[1:], funds__total="", project_name="乡道改造")]
    check_document(tables)
    (one,) = found(tables[0], "cross-table.insufficient-data")
    assert one.severity == "info" and "乡道改造" in one.message
    assert not found(tables[0], "cross-table.project-totals")


def test_another_year_is_not_added() -> None:
    tables = [overall((WHOLE, *ROWS[1:])), project(fiscal_year="（2032）年度", funds__total="500")]
    check_document(tables)
    assert not codes(tables[0], "review")


def test_two_units_in_one_file_are_kept_apart() -> None:
    first, second = overall((WHOLE, *ROWS[1:])), overall((WHOLE, *ROWS[1:]), unit_name="东阳县水利局")
    check_document([first, project(funds__total="90"), second, project(funds__total="80")])
    assert not codes(first, "review") and not codes(second, "review")


def test_a_project_name_twice_is_marked_at_both_with_the_goals() -> None:
    tables = [project(), project(overall_goal="改造危桥三座，消除隐患。", funds__total="80"), project(project_name="乡道改造")]
    check_document(tables)
    for index, other in ((0, "table 2"), (1, "table 1")):
        (one,) = found(tables[index], "cross-table.duplicate-project")
        assert one.path == "project_name" and one.severity == "review" and other in one.message
    assert not found(tables[2], "cross-table.duplicate-project")


def test_the_same_name_in_two_years_or_two_templates_is_no_duplicate() -> None:
    tables = [project(), project(fiscal_year="（2032）年度"), project(kind="self_evaluation")]
    check_document(tables)
    assert not any(found(table, "cross-table.duplicate-project") for table in tables)


def test_two_targets_of_a_rate_are_noted() -> None:
    tables = [overall((WHOLE, *ROWS[1:])), project((BUDGET, ROADS, changed(QUALITY, value="95"), *ROWS[3:]))]
    check_document(tables)
    (one,) = found(tables[0], "cross-table.target-differs")
    assert one.path == "indicators/2/value" and one.severity == "info" and "95 in table 2" in one.message
    assert not codes(tables[0], "review") and not codes(tables[1], "review")


@pytest.mark.parametrize(("engine", "severity"), [("paddleocr", "review"), ("pdfium", "info")])
def test_a_count_that_differs_in_one_digit_is_one_figure_misread(engine: str, severity: str) -> None:
    rows = (BUDGET, changed(ROADS, value="113"), *ROWS[2:])
    tables = [overall((WHOLE, *ROWS[1:]), engine=engine), project(rows, engine=engine)]
    check_document(tables)
    for table in tables:
        assert [(each.path, each.severity) for each in found(table, "cross-table.figure-slip")] == [("indicators/1/value", severity)]


def test_a_count_of_something_else_is_only_noted() -> None:
    rows = (BUDGET, changed(ROADS, value="113", explanation="其中县管桥梁两端"), *ROWS[2:])
    tables = [overall((WHOLE, *ROWS[1:])), project(rows)]
    check_document(tables)
    assert codes(tables[0], "review") == set()


def test_outputs_that_the_overall_form_lacks_are_named() -> None:
    tables = [overall((WHOLE, *ROWS[2:])), project()]
    check_document(tables)
    (one,) = found(tables[0], "cross-table.not-covered")
    assert one.severity == "info" and "养护县道里程" in one.message and "养护验收合格率" not in one.message


def test_who_fills_in_is_not_who_answers_for_it() -> None:
    tables: list[TargetTable] = [project(signoff__responsible="甲乙丙"), project(project_name="乡道改造"), project(project_name="危桥改造")]
    check_document(tables)
    (one,) = found(tables[0], "signoff.same-person")
    assert one.path == "signoff/responsible" and "丁戊己" in one.message
    assert not found(tables[1], "signoff.same-person")


def test_a_year_that_stands_alone_in_its_document_is_a_misread_digit() -> None:
    tables = [project(), project(project_name="乡道改造"), project(project_name="危桥改造", fiscal_year="（2081）年度")]
    check_document(tables)
    (one,) = found(tables[2], "date.year-minority")
    assert one.path == "fiscal_year" and "2031" in one.message
    assert not found(tables[0], "date.year-minority")


def test_two_names_of_one_role_that_nearly_agree() -> None:
    near, far = {"signoff__filled_by": "甲乙庚"}, {"signoff__filled_by": "辛壬癸"}
    tables = [project(), project(project_name="乡道改造", **near), project(project_name="桥梁改造", **far)]
    check_document(tables)
    assert [len(found(each, "signoff.names-nearly-alike")) for each in tables] == [1, 1, 0]
    filed = [project(engine="text-layer"), project(engine="text-layer", project_name="乡道改造", **near)]
    check_document(filed)
    assert not any(found(each, "signoff.names-nearly-alike") for each in filed)


def test_a_date_or_phone_that_one_form_of_a_file_has_otherwise() -> None:
    code = "signoff.differs-in-file"
    tables = [project(), project(project_name="乡道改造"), project(project_name="危桥改造", signoff__filled_on="2030-11-03")]
    check_document(tables)
    assert [[each.severity for each in found(table, code)] for table in tables] == [[], [], ["review"]]
    tables = [project(), project(project_name="乡道改造", signoff__phone="13900000007")]
    check_document(tables)
    assert [[each.path for each in found(table, code)] for table in tables] == [["signoff/phone"], ["signoff/phone"]]
    tables = [project(), project(project_name="乡道改造", signoff__phone="13900000007", signoff__filled_by="辛壬癸")]
    check_document(tables)
    assert not any(found(table, code) for table in tables), "two people have two phones"
    later = project(kind="self_evaluation", signoff__filled_on="2031-12-03")
    tables = [project(), project(project_name="乡道改造", signoff__filled_on="2030-10-29"), later]
    check_document(tables)
    assert [[each.severity for each in found(table, code)] for table in tables] == [["info"], ["info"], []]
    filed = [project(engine="text-layer"), project(engine="text-layer", project_name="乡道改造", signoff__filled_on="2030-11-03")]
    check_document(filed)
    assert {each.severity for table in filed for each in found(table, code)} == {"info"}


def test_who_fills_in_a_self_evaluation_does_not_answer_for_it() -> None:
    table = project(kind="self_evaluation", signoff__responsible="甲乙丙")
    check_document([table])
    assert [each.path for each in found(table, "signoff.same-person")] == ["signoff/responsible"]
