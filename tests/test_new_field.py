"""The contract says all that is said of a field: what is published keeps to it, and a new field is two lines."""

from __future__ import annotations

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from jixiao.document import Row, Table
from normalizers.contract import CONTRACT, declaration_of, names_of
from normalizers.record import INDICATOR_FIELDS
from pipeline.export.names import CHINESE
from pipeline.export.rows import COLUMNS
from pipeline.schema import fields_text, schema, with_contract
from tests.normalizers.forms import HEADER, ROWS, form_text
from tests.test_docs import blocks

ROOT = Path(__file__).parents[1]
SECTION = "A new field"
# What the program says of a row beside the fields that it reads.
BESIDE = {"row", "value_number", "indicator_id", "indicator_name", "match_score", "match_method", "other"}


def test_what_is_published_is_what_the_contract_says() -> None:
    again = "Run `python -m pipeline.schema` and commit what it writes."
    assert with_contract(copy.deepcopy(schema())) == schema(), again
    assert fields_text() == (ROOT / "docs" / "fields.md").read_text(encoding="utf-8"), again


def test_the_schema_knows_no_field_that_is_not_declared() -> None:
    parts = schema()["$defs"]
    assert set(parts["indicator"]["properties"]) - BESIDE == set(names_of("indicators"))
    assert set(parts["funds"]["properties"]) == set(names_of("funds")) == set(names_of("mid_term_funds"))
    assert set(parts["execution_line"]["properties"]) - {"line"} == set(names_of("funds_execution"))
    assert set(parts["table"]["properties"]["signoff"]["properties"]) == set(names_of("signoff"))


def test_every_field_is_declared_once_and_has_a_column_and_a_heading() -> None:
    assert len({(each.block, each.name) for each in CONTRACT}) == len(CONTRACT)
    for each in CONTRACT:
        table = "indicators" if each.block == "indicators" else "tables"
        assert each.column in COLUMNS[table] and CHINESE[each.column] == each.heading
    for name in ("indicators", "tables"):
        assert len(set(COLUMNS[name])) == len(COLUMNS[name])


def test_columns_of_the_first_version_keep_their_places() -> None:
    assert COLUMNS["indicators"][:19] == (
        "document", "sha256", "table_id", "kind", "fiscal_year", "unit_name", "project_name", "row", "level1", "level2", "level3",
        "operator", "value", "value_number", "unit", "explanation", "scoring_standard", "remark", "indicator_id",
    )  # fmt: skip
    assert COLUMNS["indicators"][30:36] == ("likelihood", "status", "review", "page_no", "bbox", "basis")
    assert COLUMNS["tables"][4:14] == (
        "title", "fiscal_year", "unit_name", "project_name", "department", "overall_goal", "funds_total", "funds_fiscal_appropriation",
        "funds_carry_over", "funds_other",
    )  # fmt: skip


def test_typed_rows_have_every_field_that_all_forms_have() -> None:
    assert set(INDICATOR_FIELDS) <= {each.name for each in fields(Row)}
    assert set(names_of("table", always=True)) <= {each.name for each in fields(Table)}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("funds/total", "amount"), ("mid_term_funds/other", "amount"), ("funds_execution/total/executed", "amount"),
        ("funds_execution/other/rate", "figure"), ("total_score", "figure"), ("fiscal_year", "year"), ("signoff/filled_on", "date"),
        ("indicators/7/value", "text"), ("blank_level2/0/level2", None), ("other_fields/total", None), ("indicators/0/column:得分2", None),
    ],
)  # fmt: skip
def test_the_type_of_a_field_is_told_by_its_path(path: str, expected: str | None) -> None:
    declared = declaration_of(path)
    assert (declared.type if declared else None) == expected


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages with the two lines of the documentation, and a form that has the column."""
    code = tmp_path_factory.mktemp("code")
    for package in ("extractors", "normalizers", "pipeline"):
        shutil.copytree(ROOT / package, code / package, ignore=shutil.ignore_patterns("__pycache__"))
    (words,), (declared,) = blocks(SECTION, "toml"), blocks(SECTION, "python")
    for file, before, line in (
        (code / "normalizers" / "data" / "labels.toml", "[columns]\n", words),
        (code / "normalizers" / "contract.py", "_SOMETIMES = (\n", declared),
    ):
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, before + line.rstrip() + "\n"), encoding="utf-8")
    rows = [[*row, "养护 股" if row[2] else ""] for row in ROWS]
    (code / "inbox").mkdir()
    (code / "inbox" / "form.txt").write_text(form_text(rows, [*HEADER, "责任股室"]), encoding="utf-8")
    (code / "docs").mkdir()
    extract = ("-m", "pipeline.cli", "extract", "inbox", "-o", "dataset", "--format", "json,csv,xlsx,parquet")
    for command in (("-m", "pipeline.schema"), extract):
        env = {**os.environ, "PYTHONPATH": str(code)}
        done = subprocess.run([sys.executable, *command], cwd=code, env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr + done.stdout
    return code


def test_a_new_field_is_delivered_everywhere(extended: Path) -> None:
    import openpyxl
    import pyarrow.parquet as pq
    from jsonschema import Draft202012Validator

    (file,) = (extended / "dataset" / "documents").glob("*.json")
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    (table,) = document["tables"]
    # A rule of names took the blank, so its role came with the declaration.
    assert [row["office"] for row in table["indicators"]] == ["养护股"] * 5
    published = json.loads((extended / "pipeline" / "data" / "document.schema.json").read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(published).iter_errors(document))
    assert "office" not in schema()["$defs"]["indicator"]["properties"]
    assert "责任股室" in (extended / "docs" / "fields.md").read_text(encoding="utf-8")
    with (extended / "dataset" / "indicators.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["office"] for row in csv.DictReader(lines)] == ["养护股"] * 5
    assert pq.read_table(extended / "dataset" / "indicators.parquet").column("office").to_pylist() == ["养护股"] * 5
    sheet = openpyxl.load_workbook(extended / "dataset" / "dataset.xlsx")["指标"]
    assert "责任股室" in [cell.value for cell in next(sheet.iter_rows(max_row=1))]
