"""A kind of file added as docs/extending.md tells: two files of a copy of the code, nothing else, and everything knows it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.schema import problems_of
from tests.test_docs import blocks

ROOT = Path(__file__).parents[1]
SECTION = "A new kind of file"


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages with the module and the row of the documentation."""
    copy = tmp_path_factory.mktemp("code")
    for package in ("extractors", "normalizers", "pipeline"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    module, row = blocks(SECTION, "python")
    (copy / "extractors" / "tjform.py").write_text(module, encoding="utf-8")
    table = copy / "extractors" / "readers.py"
    imported, line = row.splitlines()
    text = table.read_text(encoding="utf-8")
    with_import = text.replace("\nfrom extractors.transcripts", f"\n{imported}\nfrom extractors.transcripts", 1)
    longer = with_import.replace("    TRANSCRIPT_READER,\n", f"{line}\n    TRANSCRIPT_READER,\n")
    assert longer.count("TJFORM_READER") == 2
    table.write_text(longer, encoding="utf-8")
    return copy


def jixiao(code: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *words]
    return subprocess.run(command, cwd=code, env={**os.environ, "PYTHONPATH": str(code)}, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def dataset(extended: Path) -> Path:
    (form,) = blocks(SECTION, "text")
    (extended / "inbox").mkdir()
    (extended / "inbox" / "form.dat").write_text(form, encoding="utf-8")
    done = jixiao(extended, "extract", "inbox", "-o", "dataset")
    assert done.returncode == 0, done.stderr + done.stdout
    return extended / "dataset"


@pytest.fixture(scope="module")
def document(dataset: Path) -> dict[str, Any]:
    (file,) = (dataset / "documents").glob("*.json")
    value: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return value


def test_without_the_reader_it_is_text_without_a_table(tmp_path: Path) -> None:
    from extractors.errors import NoTableError
    from extractors.options import ReadOptions
    from extractors.reading import read_file

    path = tmp_path / "form.dat"
    path.write_text("TJFORM 1\nno table\n", encoding="utf-8")
    with pytest.raises(NoTableError):
        read_file(path, ReadOptions())


def test_its_document_is_a_form_and_keeps_the_schema(document: dict[str, Any]) -> None:
    assert problems_of(document) == []
    assert document["document"]["media_type"] == "application/x-tjform"
    (table,) = document["tables"]
    assert (table["project_name"], table["department"], table["funds"]["total"]) == ("云田县公厕改造", "城市管理股", 48)
    assert [(row["level3"], row["operator"], row["value"], row["unit"]) for row in table["indicators"]] == [
        ("改造公厕数量", "≥", "6", "座"),
        ("群众如厕条件", "定性", "改善", "非数量指标"),
    ]


def test_its_values_are_as_sure_as_filed_ones(document: dict[str, Any]) -> None:
    from normalizers.doubts.confidence import load_calibration

    source = document["provenance"]["/tables/0/indicators/0/value"]
    assert (source["origin"], source["engine"], source["bbox"]) == ("spreadsheet", "tjform", None)
    filed = {round(share, 4) for _, share in load_calibration()["filed"].table}
    assert min(filed) <= source["confidence"] <= max(filed)
    assert not [found for found in document["findings"] if found["code"].startswith("reading.")]


def test_it_can_be_explained_and_has_no_picture(extended: Path, dataset: Path) -> None:
    told = jixiao(extended, "explain", "dataset", "form", "/tables/0/indicators/0/value")
    assert told.returncode == 0 and "'6'" in told.stdout and "tjform" in told.stdout, told.stderr
    refused = jixiao(extended, "explain", "dataset", "form", "/tables/0/indicators/0/value", "--crop", "x.png")
    assert refused.returncode == 2 and "no place in a picture" in refused.stderr + refused.stdout and "Traceback" not in refused.stderr
