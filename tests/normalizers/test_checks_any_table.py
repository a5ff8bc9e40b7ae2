"""Whatever a reader delivers, checks and consensus come to an end, change no value and name real places."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.checks.catalogue import check_batch, check_document, check_table, describe_checks
from normalizers.consensus.opinions import apply_document, build, collect_document
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import INDICATOR_FIELDS, TargetTable
from normalizers.typed import type_table
from tests.normalizers.target_tables import ROWS, field, overall, project, row

TYPES = {"type.no-year", "type.no-date", "type.no-amount", "type.no-figure", "money.unit-undeclared"}
KNOWN = {code for each in describe_checks() for code in each["codes"]} | TYPES
KINDS = ("overall", "project", "application", "self_evaluation", "monitoring", "unheard-of")
TEXTS = st.sampled_from(
    [
        "",
        "—",
        "0",
        "100",
        "-3",
        "1e5",
        "9 5",
        "０",
        "12月底前",
        "≥95%",
        "定性",
        "县县县县县县",
        "x" * 40,
        "达到98%率率率率",
        "一个月完成半次",
        "2023.12.12",
    ]
)
PATHS = st.sampled_from(
    [
        *("title", "fiscal_year", "unit_name", "project_name", "department", "overall_goal", "funds/total", "funds/other", "total_score"),
        *("signoff/phone", "signoff/filled_by", "signoff/responsible", "signoff/filled_on", "signoff/business_review"),
        *("funds_execution/total/rate", "funds_execution/total/executed", "funds_execution/total/initial_budget", "mid_term_funds/total"),
    ]
)
CELLS = st.sampled_from([*INDICATOR_FIELDS, "points", "score", "actual_value", "reason", "horizon", "column:计最单位"])


@st.composite
def tables(draw: st.DrawFn) -> TargetTable:
    """A form in order with fields and cells lost or replaced by something else."""
    table = draw(st.sampled_from([project, overall]))()
    table.kind = draw(st.sampled_from(KINDS))
    table.rows = [row(ROWS[index]) for index in draw(st.lists(st.integers(0, len(ROWS) - 1), max_size=6))]
    for path, text in draw(st.lists(st.tuples(PATHS, st.none() | TEXTS), max_size=8)):
        if text is None:
            table.fields.pop(path, None)
        else:
            table.fields[path] = field(text)
    for each in table.rows:
        for name, text in draw(st.lists(st.tuples(CELLS, st.none() | TEXTS), max_size=3)):
            if text is None:
                each.fields.pop(name, None)
            else:
                each.fields[name] = field(text)
    return table


def values(some: list[TargetTable]) -> list[dict[str, object]]:
    return [{path: (each.text, each.value) for path, each in table.all_fields() if not path.endswith("level3")} for table in some]


def is_place(table: TargetTable, path: str) -> bool:
    parts = path.split("/")
    return path == "" or parts[0] != "indicators" or int(parts[1]) < len(table.rows)


@settings(max_examples=120, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=4))
def test_any_tables(some: list[TargetTable]) -> None:
    consensus = build([*collect_document(some, "a.pdf"), *collect_document(copy.deepcopy(some[::-1]), "b.pdf")])
    apply_document(some, consensus, "a.pdf")
    for table in some:
        type_table(table)
    before = values(some)
    for table in some:
        check_table(table, load_taxonomy())
    check_document(some)
    check_batch(some, consensus, "a.pdf")
    assert values(some) == before
    assert all(is_place(table, found.path) for table in some for found in table.findings)
    assert {found.code for table in some for found in table.findings} <= KNOWN
    assert all(found.message and found.severity in ("review", "info") for table in some for found in table.findings)
