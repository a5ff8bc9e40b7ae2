"""What settles a doubt of the reader, and what raises one that it did not have."""

from __future__ import annotations

import pytest

from extractors.model import Cell, Reading
from normalizers.checks.catalogue import check_document, check_table
from normalizers.consensus.opinions import apply_document, build, collect_document
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Finding, TargetTable
from normalizers.rules.table_rule import change_on_guess
from tests.normalizers.target_tables import BUDGET, PLEASED, QUALITY, ROADS, ROWS, TRAVEL, changed, codes, field, found, overall, project

DOUBT = "reading.doubt"


def doubted(table: TargetTable, *paths: str, code: str = DOUBT) -> TargetTable:
    for path in paths:
        table.find(path, code, "Read with confidence 0.60 only.")
    return table


def check(table: TargetTable) -> TargetTable:
    check_table(table, load_taxonomy())
    return table


def agree(*tables: TargetTable) -> tuple[TargetTable, ...]:
    apply_document(tables, build(collect_document(tables, "a.pdf")), "a.pdf")
    return tables


def open_doubts(table: TargetTable) -> set[str]:
    return {each.path for each in table.findings if each.code.startswith("reading.") and each.severity == "review"}


class TestSums:
    def test_three_figures_that_agree(self) -> None:
        table = doubted(project(funds__carry_over="", funds__fiscal_appropriation="36.5"), "funds/total", "funds/fiscal_appropriation")
        doubted(table, "indicators/0/value", code="reading.under-seal")
        assert open_doubts(check(table)) == set()
        assert {each.severity for each in found(table, DOUBT)} == {"info"}
        assert all("Settled" in each.message for each in found(table, DOUBT))

    def test_two_parts_could_be_wrong_together(self) -> None:
        table = doubted(project(), "funds/total", "funds/fiscal_appropriation", "funds/carry_over")
        assert open_doubts(check(table)) == {"funds/fiscal_appropriation", "funds/carry_over"}

    @pytest.mark.parametrize("changes", [{"funds__total": "36.6"}, {"funds__carry_over": "6"}])
    def test_sums_that_do_not_agree(self, changes: dict[str, str]) -> None:
        assert open_doubts(check(doubted(project(**changes), "funds/total"))) == {"funds/total"}

    def test_without_the_budget_cost_nothing_is_settled(self) -> None:
        assert open_doubts(check(doubted(project(ROWS[1:]), "funds/total"))) == {"funds/total"}

    def test_ink_that_was_not_read_is_never_settled(self) -> None:
        table = project(funds__carry_over="", funds__fiscal_appropriation="36.5")
        doubted(table, "funds/total", code="reading.ink-without-text")
        assert open_doubts(check(table)) == {"funds/total"}


class TestDirections:
    def read_as(self, *texts: str, row: tuple[str, ...] = QUALITY) -> TargetTable:
        table = doubted(project((BUDGET, ROADS, row, TRAVEL, PLEASED)), "indicators/2/operator")
        readings = tuple(Reading(text, 0.5, "second-operator") for text in texts[1:])
        table.rows[2].fields["operator"].cell = Cell(range(1), range(1), texts[0], 1, readings=readings, origin="picture")
        return check(table)

    def test_name_and_standard_confirm_the_sign(self) -> None:
        assert open_doubts(self.read_as("≥", "V")) == set()

    def test_another_sign_among_the_readings_keeps_the_doubt(self) -> None:
        assert open_doubts(self.read_as("≥", "≤")) == {"indicators/2/operator"}

    def test_no_cue_keeps_the_doubt(self) -> None:
        row = changed(QUALITY, level3="验收路段", unit="段", scoring_standard="按进度给分")
        assert open_doubts(self.read_as("≥", "V", row=row)) == {"indicators/2/operator"}


def test_a_standard_wording_was_not_read_by_chance() -> None:
    table = doubted(project(), "indicators/1/scoring_standard", code="reading.under-seal")
    assert open_doubts(check(table)) == set()
    for text in ("达到或超过标难值得满分", "达到或超过标准。值得满分"):
        odd = doubted(project((BUDGET, changed(ROADS, scoring_standard=text), *ROWS[2:])), "indicators/1/scoring_standard")
        assert open_doubts(check(odd)) == {"indicators/1/scoring_standard"}


class TestOtherTables:
    @pytest.mark.parametrize("column", ["level3", "value", "unit", "explanation"])
    def test_the_same_indicator_read_the_same_elsewhere(self, column: str) -> None:
        path = f"indicators/1/{column}"
        first, second = agree(doubted(overall(), path), doubted(project(), path))
        assert open_doubts(first) == open_doubts(second) == set()

    @pytest.mark.parametrize(("column", "rule"), [("explanation", "doubted.same-sentence"), ("value", "seals.same-row")])
    def test_a_text_that_was_taken_from_there_is_no_witness(self, column: str, rule: str) -> None:
        """沟淤 read for 清淤, doubted; the right text of the other table, doubted too, had been changed to it."""
        path = f"indicators/1/{column}"
        copied = doubted(project(), path)
        own = copied.rows[1].fields[column]
        own.text += "1"
        change_on_guess(copied, path, own, rule, overall().rows[1].text(column))
        first, second = agree(doubted(overall(), path), copied)
        assert open_doubts(first) == open_doubts(second) == {path}

    def test_a_sign_needs_a_sure_reading(self) -> None:
        path = "indicators/1/operator"
        assert open_doubts(agree(doubted(overall(), path), project())[0]) == set()
        assert open_doubts(agree(doubted(overall(), path), doubted(project(), path))[0]) == {path}

    def test_read_otherwise_elsewhere_keeps_the_doubt(self) -> None:
        other = project((BUDGET, changed(ROADS, value="113"), *ROWS[2:]))
        assert open_doubts(agree(doubted(overall(), "indicators/1/value"), other)[0]) == {"indicators/1/value"}

    def test_another_row_of_the_same_form_is_no_witness(self) -> None:
        table = doubted(overall((BUDGET, ROADS, ROADS)), "indicators/1/value")
        assert open_doubts(agree(table)[0]) == {"indicators/1/value"}

    def test_people_and_departments(self) -> None:
        paths = ("department", "signoff/filled_by", "signoff/phone", "signoff/responsible", "project_name")
        table, _ = agree(doubted(project(), *paths), project(project_name="乡道改造"))
        assert open_doubts(table) == {"project_name"}

    def test_a_goal_whose_sentences_stand_elsewhere(self) -> None:
        whole = overall(overall_goal="1、完成县道日常养护，保障道路全年畅通。2、改造危桥三座，消除安全隐患。")
        parts = [project(overall_goal=text) for text in ("完成县道日常养护，保障道路全年畅通。", "改造危桥三座，消除安全隐患。")]
        table, first, _ = agree(doubted(whole, "overall_goal"), doubted(parts[0], "overall_goal"), parts[1])
        assert open_doubts(table) == open_doubts(first) == set()

    @pytest.mark.parametrize("read", ["完成县道日常养护，保障道路全年畅通", "完成县道日常养护，保障道路全年畅通。"])
    def test_a_goal_that_lost_its_number_or_its_end(self, read: str) -> None:
        """Two readings of one form: what stands in one and not in the other was lost, though each word agrees."""
        whole = overall(overall_goal="1、完成县道日常养护，保障道路全年畅通。2、改造危桥三座，消除安全隐患。")
        table, _ = agree(doubted(overall(overall_goal=read), "overall_goal"), whole)
        assert open_doubts(table) == {"overall_goal"}


class TestNewDoubts:
    def test_a_goal_that_differs_in_a_character(self) -> None:
        texts = ["完成县道日常养护，保障道路全年畅通。", "完成县道日常养沪，保障道路全年畅通。", "完成乡道日常养护，保障道路全年畅通。"]
        tables = agree(*(project(project_name=text, overall_goal=text) for text in texts))
        assert [len(found(table, "consensus.goal-differs")) for table in tables] == [1, 1, 0]

    @pytest.mark.parametrize("engine", ["paddleocr", "pdfium"])
    def test_a_name_that_its_explanation_spells_otherwise(self, engine: str) -> None:
        row = changed(ROADS, level3="县道养护里程", explanation="县道养沪里程总数")
        table = check(project((BUDGET, row, *ROWS[2:]), engine=engine))
        assert {each.path for each in found(table, "wording.name-slip")} == {"indicators/1/level3", "indicators/1/explanation"}
        assert {each.severity for each in found(table, "wording.name-slip")} == {"review" if engine == "paddleocr" else "info"}

    @pytest.mark.parametrize(
        ("name", "text"), [("群众满意率", "群众满意度"), ("养护县道里程", "养护乡道里程"), ("县道养护里程", "完成县道养护里程")]
    )
    def test_names_and_explanations_that_are_meant_so(self, name: str, text: str) -> None:
        row = changed(ROADS, level3=name, explanation=text)
        assert not found(check(project((BUDGET, row, *ROWS[2:]))), "wording.name-slip")

    def test_a_unit_that_its_title_spells_otherwise(self) -> None:
        def differs(title: str) -> list[Finding]:
            return found(check(overall(title=title)), "required.unit-differs")

        assert differs("东阳县交逋运输局整体绩效目标表")[0].path == "unit_name"
        assert not differs("东阳县交通运输局整体绩效目标表") and not differs("部门整体支出绩效目标表")

    def test_a_column_whose_head_was_misread(self) -> None:
        table = project(tuple(changed(row, unit="") for row in ROWS))
        for row in table.rows:
            row.fields["column:计最单位"] = field("公里")
        table.unknown_heads = frozenset({"计最单位"})
        assert {each.path for each in found(check(table), "column.lost")} == {f"indicators/{index}/unit" for index in range(len(ROWS))}
        both = project(tuple(changed(row, unit="", explanation="") for row in ROWS))
        both.rows[0].fields["column:计最单位"] = field("公里")
        both.unknown_heads = frozenset({"计最单位"})
        assert {each.path for each in found(check(both), "column.lost")} == {f"indicators/{index}" for index in range(len(ROWS))}

    def test_a_template_without_a_column(self) -> None:
        assert not found(check(project(tuple(changed(row, explanation="") for row in ROWS))), "column.lost")

    def test_a_row_of_noise(self) -> None:
        noise = ("效益指标", "生态效益指标", "", "", "", "", "丨", "")
        table = check(project((*ROWS, noise)))
        assert [(each.path, each.severity) for each in found(table, "indicator.no-indicator")] == [("indicators/5", "review")]
        assert "indicator.incomplete" not in codes(table)

    def test_a_blank_unit_where_words_have_a_sentinel(self) -> None:
        tables = [overall(), project(), project((BUDGET, ROADS, QUALITY, changed(TRAVEL, unit=""), PLEASED))]
        check_document(tables)
        assert [each.path for table in tables for each in found(table, "cross-table.no-sentinel")] == ["indicators/3/unit"]
        plain = [project((BUDGET, ROADS, QUALITY, changed(TRAVEL, unit=""), PLEASED)) for _ in range(3)]
        check_document(plain)
        assert not any(found(table, "cross-table.no-sentinel") for table in plain)
