"""Checks over the documents of a batch, in whatever order they come."""

from __future__ import annotations

import copy
import random

from normalizers.checks.catalogue import check_batch
from normalizers.consensus.opinions import build, collect_document
from normalizers.record import TargetTable
from tests.normalizers.target_tables import BUDGET, QUALITY, ROADS, ROWS, changed, codes, found, overall, project

Documents = dict[str, list[TargetTable]]
WHOLE = (changed(BUDGET, value="100"), *ROWS[1:])


def checked(documents: Documents, seed: int = 0) -> Documents:
    documents = copy.deepcopy(documents)
    order = sorted(documents)
    random.Random(seed).shuffle(order)
    consensus = build(facts for path in order for facts in collect_document(documents[path], path))
    for path in order:
        check_batch(documents[path], consensus, path)
    return documents


def two_files(**changes: str) -> Documents:
    return {"a.pdf": [overall(WHOLE), project()], "b.pdf": [overall(WHOLE), project(**{"project_name": "乡道改造", **changes})]}


def test_one_document_gives_nothing_to_compare() -> None:
    assert not any(table.findings for table in checked({"a.pdf": [overall(WHOLE), project(), project()]})["a.pdf"])


def test_project_totals_of_all_files_of_the_unit() -> None:
    (one,) = found(checked(two_files())["a.pdf"][0], "batch.project-totals")
    assert (
        one.severity == "info" and one.path == "indicators/0/value" and "make 73 万元" in one.message and "27 万元 is left" in one.message
    )
    (one,) = found(checked(two_files(funds__total="90"))["b.pdf"][0], "batch.project-totals-exceed")
    assert "26.5" in one.message


def test_a_project_without_amount_is_insufficient_data() -> None:
    documents = two_files()
    documents["b.pdf"][1] = project(ROWS[1:], project_name="乡道改造", funds__total="")
    assert "batch.insufficient-data" in codes(checked(documents)["a.pdf"][0], "info")


def test_the_same_project_in_two_files() -> None:
    copies = checked(two_files(project_name="县道日常养护"))
    assert not any(codes(table) for table in copies["b.pdf"][1:]), "a copy of a file says nothing new"
    again = checked(two_files(project_name="县道日常养护", signoff__phone="13900000002"))
    assert [found(tables[1], "batch.duplicate-project")[0].severity for tables in again.values()] == ["info", "info"]
    copied = checked(two_files(project_name="县道日常养护", funds__total="12"))
    assert [found(tables[1], "batch.duplicate-project")[0].severity for tables in copied.values()] == ["review", "review"]
    assert "b.pdf" in found(copied["a.pdf"][1], "batch.duplicate-project")[0].message


def test_targets_in_two_files_are_noted() -> None:
    documents = two_files()
    documents["b.pdf"][1] = project((BUDGET, ROADS, changed(QUALITY, value="95"), *ROWS[3:]), project_name="乡道改造")
    (one,) = found(checked(documents)["a.pdf"][0], "batch.target-differs")
    assert one.path == "indicators/2/value" and one.severity == "info"


def test_other_units_and_years_are_not_compared() -> None:
    documents = two_files(project_name="县道日常养护")
    documents["b.pdf"][0] = overall(WHOLE, unit_name="西山县交通运输局")
    assert not any(table.findings for tables in checked(documents).values() for table in tables)
    documents = two_files(project_name="县道日常养护", fiscal_year="（2032）年度")
    documents["b.pdf"][0] = overall(WHOLE, fiscal_year="（2032）年度")
    assert not any(table.findings for tables in checked(documents).values() for table in tables)


def test_order_does_not_matter() -> None:
    documents = two_files(project_name="县道日常养护", funds__total="12") | {"c.pdf": [overall(WHOLE), project(department="交通股")]}
    results = [checked(documents, seed) for seed in range(6)]
    assert all(
        [t.findings for p in sorted(r) for t in r[p]] == [t.findings for p in sorted(results[0]) for t in results[0][p]] for r in results
    )
