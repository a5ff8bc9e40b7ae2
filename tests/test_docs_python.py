"""The examples of docs/python.md, run as they stand there; and what the public face promises."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

import extractors.errors
import jixiao
import jixiao.errors
import pipeline.errors
from jixiao import dataset as dataset_module
from jixiao.errors import JobError, ReadError, UserFileError
from pipeline.export.rows import COLUMNS
from tests.normalizers.forms import form_text

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.M | re.S)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "form.txt").write_text(form_text(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(BLOCKS) >= 7
    names: dict[str, Any] = {}
    for block in BLOCKS:
        exec(compile(block, "docs/python.md", "exec"), names)
    told = capsys.readouterr()
    assert "养护县道里程 ≥ 118.0 公里" in told.out or "养护县道里程 ≥ 118 公里" in told.out
    assert "access" in told.out and "nowhere" in told.out


def test_nothing_is_printed_and_all_is_logged(folder: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    (folder / "empty.pdf").touch()
    with caplog.at_level(logging.INFO, "jixiao"):
        report = jixiao.extract([folder / "form.txt", folder / "empty.pdf"], folder / "dataset")
    assert [each.code for each in report.failures] == ["empty-file"] and report.read == 1
    told = capfd.readouterr()
    assert told.out == "" and told.err == ""
    assert any("form.txt" in line for line in caplog.messages) and any("empty.pdf" in line for line in caplog.messages)


def test_types_of_rows_and_frames(folder: Path) -> None:
    jixiao.extract("form.txt", "dataset")
    found = jixiao.open_dataset("dataset")
    rows = list(found.rows())
    assert [row.level3 for row in rows][:2] == ["预算成本", "养护县道里程"] and all(not row.asks for row in rows)
    assert set(get_args(dataset_module.Name)) == set(COLUMNS)
    for name in get_args(dataset_module.Name):
        frame = found.frame(name)
        assert list(frame.columns) == list(COLUMNS[name])
    frame = found.frame("indicators")
    types = {name: str(frame[name].dtype) for name in ("value_number", "fiscal_year", "review")}
    assert types == {"value_number": "Float64", "fiscal_year": "Int64", "review": "boolean"}
    assert found.document("form.txt").sha256 == next(found.documents()).sha256


def test_clean_alone_is_what_extract_delivers(folder: Path) -> None:
    jixiao.extract("form.txt", "dataset")
    (delivered,) = jixiao.open_dataset("dataset").documents()
    assert jixiao.clean(jixiao.read("form.txt")).json == delivered.json


def test_a_bad_file_of_the_users_is_one_of_the_errors(folder: Path) -> None:
    (folder / "own.toml").write_text("[nothing]\n", encoding="utf-8")
    with pytest.raises(UserFileError, match="no such section"):
        jixiao.clean(jixiao.read("form.txt"), jixiao.CleanSettings(templates_file=folder / "own.toml"))


def test_it_runs_as_a_module(folder: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-m", "jixiao", "--version"], env=env, capture_output=True, text=True)
    assert told.returncode == 0 and "jixiao" in told.stdout


def test_importing_it_is_light() -> None:
    heavy = ("numpy", "cv2", "pandas", "pdfplumber", "paddleocr", "rapidfuzz", "onnxruntime", "pyarrow", "duckdb", "rich")
    code = f"import sys, jixiao, jixiao.errors; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout.strip() == "[]"


def test_every_package_is_typed_and_in_the_wheel() -> None:
    packages = ("extractors", "normalizers", "pipeline", "jixiao")
    assert all((ROOT / name / "py.typed").is_file() for name in packages)
    assert f"packages = {list(packages)!r}".replace("'", '"') in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_face_has_every_error_of_files_and_runs() -> None:
    """A new kind of error that it lacks could only be caught by a name inside."""
    kinds = [each for home in (extractors.errors, pipeline.errors) for each in vars(home).values() if isinstance(each, type)]
    wanted = {each.__name__ for each in kinds if issubclass(each, (ReadError, JobError))}
    assert wanted | {"UserFileError"} == set(jixiao.errors.__all__)
