"""What the other tables say: one correction, otherwise proposals, whatever the order."""

from __future__ import annotations

import copy
import pickle
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.consensus.opinions import apply_document, build, collect_document, is_shared
from normalizers.consensus.spelling import easily_confused, is_cut_from, one_off
from normalizers.record import TargetTable
from tests.normalizers.target_tables import BUDGET, QUALITY, ROADS, ROWS, changed, codes, found, overall, project

DUTY = ("产出指标", "数量指标", "公共法律服务站律师值班天数", "≥", "215", "天", "值班天数", "达到或超过标准值得满分")
CUT = changed(DUTY, level3="公共法律服务站律")


def agree(tables: Sequence[TargetTable], document: str = "a.txt") -> Sequence[TargetTable]:
    apply_document(tables, build(collect_document(tables, document)), document)
    return tables


def name(table: TargetTable, index: int = 1) -> str:
    return table.rows[index].text("level3")


class TestCutNames:
    def test_three_keys_complete_a_name_and_record_it(self) -> None:
        short, _ = agree([overall((BUDGET, CUT)), project((BUDGET, DUTY))])
        assert name(short) == "公共法律服务站律师值班天数"
        (step,) = short.rows[1].fields["level3"].steps
        assert (step.rule, step.before, step.after) == ("consensus.complete-name", "公共法律服务站律", "公共法律服务站律师值班天数")
        assert short.rows[1].fields["level3"].status == "corrected"

    @pytest.mark.parametrize("column", ["value", "unit", "explanation"])
    def test_two_keys_only_propose(self, column: str) -> None:
        other = changed(DUTY, **{column: {"value": "220", "unit": "人", "explanation": "全年值班"}[column]})
        short, _ = agree([overall((BUDGET, CUT)), project((BUDGET, other))])
        assert name(short) == "公共法律服务站律"
        (one,) = found(short, "consensus.name-cut")
        assert one.severity == "info" and "公共法律服务站律师值班天数" in one.message and "table 2" in one.message

    def test_two_names_to_choose_from_only_propose(self) -> None:
        other = changed(DUTY, level3="公共法律服务站律师咨询天数")
        short, *_ = agree([overall((BUDGET, CUT)), project((BUDGET, DUTY)), project((BUDGET, other), project_name="乡道改造")])
        assert name(short) == "公共法律服务站律"
        assert "律师值班天数" in found(short, "consensus.name-cut")[0].message
        assert "律师咨询天数" in found(short, "consensus.name-cut")[0].message

    @pytest.mark.parametrize("short", ["公共法律服务站律师值班", "公共法律服务站律师值班天"])
    def test_a_cut_in_the_last_word_counts_when_more_than_a_measure_is_gone(self, short: str) -> None:
        table, _ = agree([overall((BUDGET, changed(DUTY, level3=short))), project((BUDGET, DUTY))])
        assert name(table) == short, "a name without its measure word is a usual variant"

    def test_a_short_name_that_two_tables_use_is_meant_so(self) -> None:
        tables = agree([overall((BUDGET, CUT)), project((BUDGET, CUT)), project((BUDGET, DUTY), project_name="乡道改造")])
        assert name(tables[0]) == name(tables[1]) == "公共法律服务站律"

    def test_characters_of_a_text_layer_are_not_cut_by_a_reader(self) -> None:
        short, _ = agree([overall((BUDGET, CUT), engine="pdfium"), project((BUDGET, DUTY), engine="pdfium")])
        assert name(short) == "公共法律服务站律" and codes(short, "review") == set()

    def test_a_file_that_lies_in_the_batch_twice_has_one_voice(self) -> None:
        facts = [
            each for path in ("a.txt", "copy/a.txt") for each in collect_document([overall((BUDGET, CUT)), project((BUDGET, DUTY))], path)
        ]
        tables = [overall((BUDGET, CUT)), project((BUDGET, DUTY))]
        apply_document(tables, build(facts), "a.txt")
        assert name(tables[0]) == "公共法律服务站律师值班天数"


class TestSpelling:
    def test_a_department_in_the_minority_is_proposed_not_changed(self) -> None:
        tables = agree([project(department=each, project_name=str(i)) for i, each in enumerate(["综合交通股"] * 4 + ["综合交通委"] * 2)])
        (one,) = found(tables[5], "consensus.department-spelling")
        assert (one.path, one.severity) == ("department", "review")
        assert "综合交通股" in one.message and "4 times" in one.message and tables[5].text("department") == "综合交通委"
        assert not found(tables[0], "consensus.department-spelling")

    def test_no_majority_no_proposal(self) -> None:
        tables = agree([project(department=each, project_name=str(i)) for i, each in enumerate(["综合交通股"] * 3 + ["综合交通委"] * 2)])
        assert not any(found(table, "consensus.department-spelling") for table in tables)

    def test_a_person_one_against_three(self) -> None:
        tables = agree([project(signoff__responsible=each, project_name=str(i)) for i, each in enumerate(["丁戊己"] * 3 + ["丁戊庚"])])
        (one,) = found(tables[3], "consensus.person-spelling")
        assert one.path == "signoff/responsible" and tables[3].text("signoff/responsible") == "丁戊庚"

    @pytest.mark.parametrize(("own", "others"), [("丁戊庚", ["丁戊己"] * 2), ("辛戊己", ["丁戊己"] * 5), ("丁辛庚", ["丁戊己"] * 5)])
    def test_colleagues_with_names_alike(self, own: str, others: list[str]) -> None:
        names = [own, *others]
        tables = [project(signoff__responsible=each, signoff__phone="", project_name=str(i)) for i, each in enumerate(names)]
        assert not found(agree(tables)[0], "consensus.person-spelling")

    def test_other_counties_have_no_say(self) -> None:
        mine = [project(department="综合交通委")]
        facts = collect_document(mine, "mine.txt")
        for number in range(5):
            facts += collect_document([project(department="综合交通股")], f"other{number}.txt")
        apply_document(mine, build(facts), "mine.txt")
        assert not mine[0].findings

    def test_the_same_unit_and_year_in_other_files_has(self) -> None:
        mine = [overall(), project(department="综合交通委")]
        facts = collect_document(mine, "mine.txt")
        for number in range(3):
            facts += collect_document([overall(), project(department="综合交通股", project_name=str(number))], f"other{number}.txt")
        apply_document(mine, build(facts), "mine.txt")
        (one,) = found(mine[1], "consensus.department-spelling")
        assert "other0.txt" in one.message

    def test_one_person_two_numbers(self) -> None:
        tables = agree([project(), project(project_name="乡道改造", signoff__phone="13900000007")])
        assert all(found(table, "consensus.two-phones")[0].severity == "review" for table in tables)
        tables = agree([project(), project(project_name="乡道改造", signoff__phone="13811112222")])
        assert all(found(table, "consensus.two-phones")[0].severity == "info" for table in tables)

    def test_one_number_two_spellings(self) -> None:
        tables = agree([project(), project(project_name="乡道改造", signoff__filled_by="甲乙内")])
        assert [each.path for table in tables for each in found(table, "consensus.two-spellings")] == ["signoff/filled_by"] * 2

    def test_an_office_phone_serves_two_people(self) -> None:
        tables = agree([project(), project(project_name="乡道改造", signoff__filled_by="庚辛壬")])
        assert not any(table.findings for table in tables)


class TestTwins:
    @pytest.mark.parametrize(
        ("column", "text"), [("operator", "≤"), ("unit", "里"), ("level3", "养护且道里程"), ("explanation", "列人年度计划的县道")]
    )
    def test_a_row_read_twice_with_one_difference(self, column: str, text: str) -> None:
        tables = agree([overall(), project((BUDGET, changed(ROADS, **{column: text}), *ROWS[2:]))])
        assert [[each.path for each in found(table, "consensus.twin-differs")] for table in tables] == [[f"indicators/1/{column}"]] * 2

    def test_the_majority_is_believed(self) -> None:
        odd = project((BUDGET, changed(ROADS, operator="≤"), *ROWS[2:]), project_name="乡道改造")
        tables = agree([overall(), project(), odd])
        assert [len(found(table, "consensus.twin-differs")) for table in tables] == [0, 0, 1]

    @pytest.mark.parametrize(
        ("column", "text"),
        [
            ("explanation", "列入年度计划的乡道"),
            ("explanation", "列入三年计划的县道里程"),
            ("level3", "养护乡道里程"),
            ("level3", "养护县道桥梁"),
            ("value", "119"),
        ],
    )
    def test_another_indicator_is_no_twin(self, column: str, text: str) -> None:
        tables = agree([overall(), project((BUDGET, changed(ROADS, **{column: text}), *ROWS[2:]))])
        assert not any(found(table, "consensus.twin-differs") for table in tables)

    @pytest.mark.parametrize(("column", "text"), [("unit", "3127y7"), ("operator", "丨")])
    def test_noise_does_not_contradict_a_known_unit_or_sign(self, column: str, text: str) -> None:
        tables = agree([overall(), project((BUDGET, changed(ROADS, **{column: text}), *ROWS[2:]))])
        assert [len(found(table, "consensus.twin-differs")) for table in tables] == [0, 1]

    def test_a_doubtful_reading_does_not_contradict_a_sure_one(self) -> None:
        odd = project((BUDGET, changed(ROADS, explanation="列入年席计划的县道"), *ROWS[2:]))
        odd.find("indicators/1/explanation", "reading.doubt", "Read with confidence 0.50 only.")
        assert not found(agree([overall(), odd])[0], "consensus.twin-differs")

    def test_a_text_layer_is_certain(self) -> None:
        tables = agree([overall(engine="pdfium"), project((BUDGET, changed(ROADS, operator="≤")), engine="pdfium")])
        assert not any(table.findings for table in tables)


def many(seed: int) -> list[tuple[str, list[TargetTable]]]:
    """Documents of three units with cut names and odd spellings, by chance."""
    chance = random.Random(seed)
    documents = []
    for number in range(6):
        tables = [overall(unit_name=chance.choice(["东阳县交通运输局", "东阳县水利局", ""]))]
        for _ in range(chance.randint(1, 3)):
            rows = (BUDGET, chance.choice([DUTY, CUT, ROADS, changed(ROADS, operator="≤")]), QUALITY)
            person = chance.choice(["丁戊己", "丁戊己", "丁戊庚"])
            tables.append(project(rows, department=chance.choice(["综合交通股", "综合交通委"]), signoff__responsible=person))
        documents.append((f"{number}.txt", tables))
    return documents


def outcome(documents: list[tuple[str, list[TargetTable]]], order: list[int]) -> list[object]:
    """What every table holds after consensus over documents that came in this order."""
    documents = copy.deepcopy(documents)
    facts = [each for index in order for each in collect_document(documents[index][1], documents[index][0])]
    consensus = pickle.loads(pickle.dumps(build(facts)))
    for path, tables in (documents[index] for index in order):
        apply_document(tables, consensus, path)
    return [(path, [(dict(table.all_fields()), table.findings) for table in tables]) for path, tables in documents]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(6)))
def test_the_order_of_input_does_not_matter(seed: int, order: list[int]) -> None:
    documents = many(seed)
    assert outcome(documents, order) == outcome(documents, list(range(6)))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.permutations(range(6)))
def test_facts_are_small_and_build_is_commutative(seed: int, order: list[int]) -> None:
    documents = many(seed)
    facts = [collect_document(tables, path) for path, tables in documents]
    assert build(each for index in order for each in facts[index]) == build(each for some in facts for each in some)
    assert len(pickle.dumps(facts)) < 100_000


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_facts_of_lone_documents_need_not_be_held(seed: int) -> None:
    every, shared = many(seed), many(seed)
    facts = [each for path, tables in every for each in collect_document(tables, path)]
    for documents, kept in ((every, facts), (shared, list(filter(is_shared, facts)))):
        for path, tables in documents:
            apply_document(tables, build(kept), path)
    assert [[table.findings for table in tables] for _, tables in every] == [[table.findings for table in tables] for _, tables in shared]


def test_spelling() -> None:
    assert one_off("丁戊己", "丁戊庚") and one_off("丁戊", "丁戊己") and not one_off("丁戊己", "庚戊丁")
    assert easily_confused("未来", "末来") and not easily_confused("甲乙", "甲丙")
    assert is_cut_from("法律服务站律", "法律服务站律师值班天数") and not is_cut_from("案件", "案件办结率")
