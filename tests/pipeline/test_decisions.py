"""decisions.jsonl, ``jixiao decide``, and what ``clean`` makes of them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.dataset import Dataset, load_json
from pipeline.decisions import add_lines, decision_to_line, decisions_path, load_decisions, undo_line
from pipeline.errors import UsageError
from pipeline.review.making import UnfitDecisionError, check_text, make_decision
from tests.normalizers.forms import ROWS, form_text
from tests.pipeline.commands import run

# A rate of 980 % is asked about.
WRONG = [[*row[:4], "980", *row[5:]] if row[2] == "养护验收合格率" else row for row in ROWS]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(form_text(WRONG), encoding="utf-8")
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out", "--format", "xlsx")
    assert result.exit_code == 0, result.output
    return tmp_path / "out"


def document(root: Path) -> dict[str, Any]:
    (path,) = (root / "documents").glob("*.json")
    return load_json(path)


def value_finding(root: Path) -> dict[str, Any]:
    found = document(root)["findings"]
    return next(each for each in found if each["severity"] == "review" and each["field"] == "value")


def target(root: Path) -> Any:
    rows = document(root)["tables"][0]["indicators"]
    return next(row["value"] for row in rows if row["level3"] == "养护验收合格率")


def csv_rows(root: Path) -> list[dict[str, str]]:
    with (root / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_filled_in_csv_is_applied_by_clean_and_stays(root: Path) -> None:
    rows = csv_rows(root)
    for row in rows:
        if row["finding_id"] == value_finding(root)["finding_id"]:
            row["corrected_value"] = "98"
    filled = root.parent / "filled.csv"
    with filled.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = run("decide", root, filled, "--reviewer", "甲乙")
    assert result.exit_code == 0 and "1 decisions taken over" in result.output
    for _ in range(2):
        assert run("clean", root).exit_code == 0
        assert target(root) == "98"
    (row,) = [each for each in document(root)["corrections"] if each["rule"] == "decision.correct"]
    assert row["after"] == "98"


def test_the_sheet_of_the_workbook_is_taken_over(root: Path) -> None:
    workbook = openpyxl.load_workbook(root / "dataset.xlsx")
    sheet = workbook["待核"]
    head = [cell.value for cell in sheet[1]]
    wanted = value_finding(root)["finding_id"]
    for row in sheet.iter_rows(min_row=2):
        if row[head.index("待核编号")].value == wanted:
            row[head.index("更正值")].value = 98
    workbook.save(root.parent / "filled.xlsx")
    assert run("decide", root, root.parent / "filled.xlsx").exit_code == 0
    run("clean", root)
    assert target(root) == "98"


def test_each_row_that_cannot_be_applied_is_named(root: Path) -> None:
    sha, finding = document(root)["document"]["sha256"], value_finding(root)["finding_id"]
    lines = ["finding_id,sha256,corrected_value,decision", f"{finding},{sha},,什么", f"000000000000,{sha},1,", f"{finding},{'0' * 64},1,"]
    (root.parent / "filled.csv").write_text("\n".join(lines), encoding="utf-8")
    result = run("decide", root, root.parent / "filled.csv")
    assert result.exit_code == 1
    assert "row 2: not applied" in result.output and "row 3" in result.output and "row 4" in result.output
    assert not load_decisions(Dataset(root))


def test_a_file_without_the_columns_is_refused(root: Path) -> None:
    (root.parent / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("decide", root, root.parent / "other.csv").exit_code == 2
    assert run("decide", root.parent, root.parent / "other.csv").exit_code == 2


def test_undo_brings_back_what_a_decision_replaced(root: Path) -> None:
    dataset, value, finding = Dataset(root), document(root), value_finding(root)
    first = make_decision(value, finding, "correct", "甲", "98")
    second = make_decision(value, finding, "correct", "乙", "99")
    add_lines(dataset, map(decision_to_line, (first, second)))
    assert load_decisions(dataset) == [second]
    add_lines(dataset, [undo_line(second.decision_id, "乙")])
    assert load_decisions(dataset) == [first]
    run("clean", root)
    assert target(root) == "98"
    add_lines(dataset, [undo_line(first.decision_id, "甲")])
    run("clean", root)
    assert target(root) == "980" and not [each for each in document(root)["corrections"] if each["rule"].startswith("decision.")]


def test_decisions_survive_another_name_of_the_file(root: Path) -> None:
    add_lines(Dataset(root), [decision_to_line(make_decision(document(root), value_finding(root), "correct", "甲", "98"))])
    (root.parent / "in" / "a.txt").rename(root.parent / "in" / "renamed.txt")
    assert run("extract", root.parent / "in", "-o", root).exit_code == 0
    assert target(root) == "98"


def test_a_half_written_line_is_passed_over_and_a_wrong_one_named(root: Path) -> None:
    dataset = Dataset(root)
    decision = make_decision(document(root), value_finding(root), "correct", "甲", "98")
    decisions_path(dataset).write_text('{"decision_id": "1", "wh', encoding="utf-8")
    add_lines(dataset, [decision_to_line(decision)])
    assert load_decisions(dataset) == [decision]
    with decisions_path(dataset).open("a", encoding="utf-8") as file:
        file.write('{"decision_id": "9"}\n')
    with pytest.raises(UsageError, match="line 3"):
        load_decisions(dataset)
    assert run("clean", root).exit_code == 2


def test_two_processes_that_add_at_once_lose_nothing(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.dataset import Dataset; from pipeline.decisions import add_lines\n"
        "for k in range(100): add_lines(Dataset(Path(sys.argv[1])), [{'undo': f'{sys.argv[2]}-{k}', 'when': '', 'who': '甲' * 300}])"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(root), name]) for name in "ab"]
    assert [each.wait() for each in both] == [0, 0]
    lines = [json.loads(line) for line in decisions_path(Dataset(root)).read_text(encoding="utf-8").splitlines()]
    assert {each["undo"] for each in lines} == {f"{name}-{k}" for name in "ab" for k in range(100)}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("funds/total", "36.5", "36,5"), ("operator", "≥", "=>"), ("fiscal_year", "2031", "31"),
        ("signoff/filled_on", "2030-12-03", "2030-13-03"), ("level3", "里程", ""),
    ],
)  # fmt: skip
def test_what_is_typed_must_fit_the_field(name: str, good: str, bad: str) -> None:
    check_text(name, good)
    with pytest.raises(UnfitDecisionError):
        check_text(name, bad)
