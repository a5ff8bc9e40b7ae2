"""jixiao extract through its command line, on real files."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.schema import problems_of
from tests.normalizers.forms import form_text
from tests.pipeline.bad_inputs import make_all, pdf_without_table
from tests.pipeline.commands import run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def documents(dataset: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((dataset / "documents").glob("*.json"))]


def bytes_of(dataset: Path) -> dict[str, bytes]:
    files = [*dataset.glob("*.csv"), *dataset.glob("documents/*.json"), *dataset.glob("reads/*.json")]
    return {str(path.relative_to(dataset)): path.read_bytes() for path in files}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "form.txt").write_text(form_text(), encoding="utf-8")
    return folder


def test_a_form_becomes_a_dataset_that_keeps_the_contract(inbox: Path, tmp_path: Path) -> None:
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 0, result.output
    (document,) = documents(tmp_path / "out")
    assert problems_of(document) == []
    table = document["tables"][0]
    assert table["funds"] == {"total": 36.5, "fiscal_appropriation": 30, "carry_over": 6.5, "other": None}
    assert table["signoff"]["filled_on"] == "2030-12-03"
    names = ["预算成本", "养护县道里程", "养护验收合格率", "群众出行条件", "沿线群众满意度"]
    assert [row["level3"] for row in table["indicators"]] == names
    assert [row["level3"] for row in rows(tmp_path / "out" / "indicators.csv")] == names
    assert (tmp_path / "out" / "indicators.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_bad_file_is_a_line_and_the_rest_is_delivered(inbox: Path, tmp_path: Path) -> None:
    expected = make_all(inbox / "bad")
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 2)
    assert result.exit_code == 1, result.output
    failures = rows(tmp_path / "out" / "failures.csv")
    assert {Path(line["path"]).name: line["code"] for line in failures} == expected
    assert all(line["reason"] and line["way_out"] for line in failures)
    assert [Path(each["document"]["path"]).name for each in documents(tmp_path / "out")] == ["form.txt"]


def test_a_page_without_a_table_is_a_finding(tmp_path: Path) -> None:
    pdf_without_table(tmp_path / "words.pdf")
    run("extract", tmp_path / "words.pdf", "-o", tmp_path / "out", "--jobs", 1)
    (document,) = documents(tmp_path / "out")
    assert document["status"] == "failed"
    assert ("page.no-table", "review") in [(each["code"], each["severity"]) for each in document["findings"]]


def test_a_missing_input_is_wrong_usage_and_leaves_no_line(inbox: Path, tmp_path: Path) -> None:
    result = run("extract", inbox, tmp_path / "nowhere", "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 2 and "nowhere" in result.output
    assert not (tmp_path / "out").exists()
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert rows(tmp_path / "out" / "failures.csv") == []


def test_an_unreadable_folder_is_a_failure(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = inbox / "closed"
    closed.mkdir()
    real = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)  # root may read everything, so the fault is put in
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 1
    assert [line["code"] for line in rows(tmp_path / "out" / "failures.csv")] == ["access"]
    assert len(documents(tmp_path / "out")) == 1


def test_a_second_run_reads_nothing_and_changes_nothing(inbox: Path, tmp_path: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    before = bytes_of(tmp_path / "out")
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert "0 read, 1 known already" in result.output
    assert bytes_of(tmp_path / "out") == before


def test_clean_alone_gives_the_same_bytes_without_the_input(inbox: Path, tmp_path: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    before = bytes_of(tmp_path / "out")
    (inbox / "form.txt").unlink()
    assert run("clean", tmp_path / "out").exit_code == 0
    assert bytes_of(tmp_path / "out") == before


def test_one_worker_or_two_give_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    for number in range(4):
        (inbox / f"more{number}.txt").write_text(form_text().replace("36.5", f"3{number}.5"), encoding="utf-8")
    run("extract", inbox, "-o", tmp_path / "one", "--jobs", 1)
    run("extract", inbox, "-o", tmp_path / "two", "--jobs", 2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_the_same_bytes_under_two_names_are_one_document(inbox: Path, tmp_path: Path) -> None:
    (inbox / "copy.txt").write_bytes((inbox / "form.txt").read_bytes())
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 0 and len(documents(tmp_path / "out")) == 1


@pytest.mark.skipif(not Path("/dev/full").exists() or os.geteuid() != 0, reason="needs root on Linux for a small disk")
def test_a_full_disk_ends_with_a_message_and_no_half_file(inbox: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=320k", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        for number in range(8):
            (inbox / f"more{number}.txt").write_text(form_text().replace("36.5", f"4{number}.5"), encoding="utf-8")
        command = [sys.executable, "-m", "pipeline.cli", "extract", str(inbox), "-o", str(small / "out"), "--jobs", "1"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "space" in done.stderr.lower()
        reads = [json.loads(path.read_text(encoding="utf-8")) for path in small.rglob("*.json")]
        assert 0 < len(reads) < 9
        assert not list(small.rglob("*.part"))
        if (small / "out" / "failures.csv").exists():
            assert {line["code"] for line in rows(small / "out" / "failures.csv")} == {"unfinished"}
        assert subprocess.run(["mount", "-o", "remount,size=20m", str(small)], capture_output=True).returncode == 0
        assert subprocess.run(command, capture_output=True, timeout=120).returncode == 0
        assert len(documents(small / "out")) == 9 and rows(small / "out" / "failures.csv") == []
    finally:
        subprocess.run(["umount", str(small)], check=False)


def test_a_read_only_dataset_says_so(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(inbox), "-o", str(tmp_path / "file" / "out"), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_a_killed_run_is_taken_up_again(inbox: Path, tmp_path: Path) -> None:
    for number in range(12):
        (inbox / f"more{number:02}.txt").write_text(form_text().replace("36.5", f"{number}.5"), encoding="utf-8")
    run("extract", inbox, "-o", tmp_path / "calm", "--jobs", 1)
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(inbox), "-o", str(tmp_path / "killed"), "--jobs", "1"]
    for seconds in (0.6, 1.1, 1.6):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert subprocess.run(command, capture_output=True, timeout=120).returncode == 0
    assert bytes_of(tmp_path / "killed") == bytes_of(tmp_path / "calm")


def test_wrong_usage_is_exit_code_2(tmp_path: Path, inbox: Path) -> None:
    assert run("extract").exit_code == 2
    assert run("extract", inbox, "-o", tmp_path / "out", "--format", "doc").exit_code == 2
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", "clean", str(tmp_path / "no")], capture_output=True, text=True)
    assert done.returncode == 2 and "no dataset" in done.stderr


def test_a_bad_taxonomy_file_is_named_before_anything_is_read(inbox: Path, tmp_path: Path) -> None:
    bad = tmp_path / "own.toml"
    bad.write_text("[[indicator]]\nid = 'x'\n", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(inbox), "-o", str(tmp_path / "out"), "--taxonomy", str(bad)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "reads").exists()


def test_explain_tells_a_fields_life(inbox: Path, tmp_path: Path) -> None:
    (inbox / "form.txt").write_text(form_text().replace("达到或超过标准值得满分", "达达到或超过标准值得满分"), encoding="utf-8")
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    result = run("explain", tmp_path / "out", "form.txt", "/tables/0/indicators/1/scoring_standard")
    assert "phrases.doubled  '达达到或超过标准值得满分' -> '达到或超过标准值得满分'" in result.output
