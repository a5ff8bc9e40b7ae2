"""Every table rule and every check on cases of its own: a file an id, executed; what it changes, finds, and leaves alone."""

from __future__ import annotations

import pytest

from normalizers.checks.catalogue import CHECKS
from normalizers.checks.check import Check
from normalizers.rules.rulebook import TABLE_RULES
from normalizers.rules.table_rule import TableRule
from pipeline.books import rulebook_entries, rulebook_lines
from tests.normalizers.case_files import CASES, Case, cases_of, run_check, run_rule

RULES = [pytest.param(rule, case, id=f"{rule.id}-{n}") for rule in TABLE_RULES for n, case in enumerate(cases_of("rules", rule.id))]
CHECKED = [pytest.param(each, case, id=f"{each.id}-{n}") for each in CHECKS for n, case in enumerate(cases_of("checks", each.id))]
AGAIN = "Where the new outcome is the right one, write it into the case, with its reason in the commit."


@pytest.mark.parametrize(("rule", "case"), RULES)
def test_a_table_rule_does_what_its_case_says(rule: TableRule, case: Case) -> None:
    assert run_rule(rule, case) == {"changes": case["changes"], "findings": sorted(case["findings"])}, f"{case['about']}. {AGAIN}"


@pytest.mark.parametrize(("check", "case"), CHECKED)
def test_a_check_finds_what_its_case_says(check: Check, case: Case) -> None:
    assert run_check(check, case) == {"changes": {}, "findings": sorted(case["findings"])}, f"{case['about']}. {AGAIN}"


@pytest.mark.parametrize(("family", "ids"), [("rules", [each.id for each in TABLE_RULES]), ("checks", [each.id for each in CHECKS])])
def test_every_id_has_its_file_with_a_case_of_both_kinds(family: str, ids: list[str]) -> None:
    assert sorted(file.stem for file in (CASES / family).glob("*.toml")) == sorted(ids)
    for id in ids:
        kinds = {bool(case["changes"] or case["findings"]) for case in cases_of(family, id)}
        assert kinds == {True, False}, f"{id}: one case at least where something happens, and one where nothing does"


def test_the_books_print_the_cases() -> None:
    lines = list(rulebook_lines(rulebook_entries()))
    assert "    case: The only part says the same as the total: funds/total -> '1269.46'" in lines
    assert "    case: The title says another year: date.title-year (review) at fiscal_year" in lines
    assert sum(line.startswith("    case: ") for line in lines) >= 2 * (len(TABLE_RULES) + len(CHECKS))
