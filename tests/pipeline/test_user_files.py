"""--templates and --taxonomy through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.normalizers.forms import HEADER, form_text
from tests.pipeline.commands import run

OWN = '[columns]\nlevel3 = ["考核事项"]\n[signoff]\nfilled_by = ["填单人"]\n'


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    header = [word.replace("三级指标", "考核事项") for word in HEADER]
    (folder / "form.txt").write_text(form_text(header=header).replace("填表人", "填单人"), encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def table_of(dataset: Path) -> dict[str, Any]:
    (path,) = (dataset / "documents").glob("*.json")
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["tables"][0]
    return table


def test_extract_and_clean_take_a_template_file(inbox: Path, tmp_path: Path, own: Path) -> None:
    assert run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    assert table_of(tmp_path / "out")["signoff"]["filled_by"] is None
    assert run("clean", tmp_path / "out", "--templates", own).exit_code == 0
    table = table_of(tmp_path / "out")
    assert table["signoff"]["filled_by"] == "甲乙丙"
    assert table["indicators"][1]["level3"] == "养护县道里程"
    assert run("extract", inbox, "-o", tmp_path / "again", "--jobs", 1, "--templates", own).exit_code == 0
    assert table_of(tmp_path / "again") == table


@pytest.mark.parametrize("option", ["--templates", "--taxonomy"])
@pytest.mark.parametrize("text", ["[columns]\nlevel9 = ['考核事项']\n", "[columns\n", None])
def test_a_bad_file_is_refused_before_anything_is_read(inbox: Path, tmp_path: Path, option: str, text: str | None) -> None:
    bad = tmp_path / "bad.toml"
    if text is not None:
        bad.write_text(text, encoding="utf-8")
    result = run("extract", inbox, "-o", tmp_path / "out", option, bad)
    assert result.exit_code == 2
    assert "bad.toml" in result.output and "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_clean_refuses_a_bad_template_file_and_leaves_the_dataset(inbox: Path, tmp_path: Path, own: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    before = table_of(tmp_path / "out")
    own.write_text(OWN.replace("考核事项", "计量单位"), encoding="utf-8")
    result = run("clean", tmp_path / "out", "--templates", own)
    assert result.exit_code == 2
    assert "line 2" in result.output and "[columns]" in result.output and "计量单位" in result.output
    assert table_of(tmp_path / "out") == before
