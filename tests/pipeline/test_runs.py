"""Runs one after another, side by side, stopped and taken up again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.dataset import Dataset
from pipeline.inputs import hashing
from pipeline.inputs.walk import Input
from pipeline.lock import held
from pipeline.process_identity import host
from tests.normalizers.forms import form_text
from tests.pipeline.bad_inputs import encrypted_pdf, pdf_without_table
from tests.pipeline.commands import run


def ledger_rows(dataset: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(dataset / "ledger.sqlite")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "form.txt").write_text(form_text(), encoding="utf-8")
    return folder


def test_the_ledger_knows_both_paths_and_who_read_and_cleaned(inbox: Path, tmp_path: Path) -> None:
    (inbox / "copy.txt").write_bytes((inbox / "form.txt").read_bytes())
    run("extract", inbox, "-o", tmp_path / "out")
    paths = ledger_rows(tmp_path / "out", "SELECT path, sha256 FROM paths ORDER BY path")
    assert [Path(str(path)).name for path, _ in paths] == ["copy.txt", "form.txt"] and len({sha for _, sha in paths}) == 1
    ((state, attempts, reader, rulebook),) = ledger_rows(
        tmp_path / "out", "SELECT state, attempts, reader_version, rulebook_version FROM contents"
    )
    assert (state, attempts) == ("read", 1) and "reads" in str(reader) and len(str(rulebook)) == 12


def test_what_cannot_be_read_is_not_tried_again_until_asked(inbox: Path, tmp_path: Path) -> None:
    encrypted_pdf(inbox / "locked.pdf")
    attempts = "SELECT attempts FROM contents WHERE state = 'failed'"
    for code, said in ((1, "1 failed"), (0, "failed before")):
        result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
        assert result.exit_code == code and said in result.output
        assert ledger_rows(tmp_path / "out", attempts) == [(1,)]
    assert "1 failed input" in run("retry", tmp_path / "out").output
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert ledger_rows(tmp_path / "out", attempts) == [(1,)]


def test_every_path_of_a_content_that_fails_is_listed(inbox: Path, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        encrypted_pdf(inbox / name)
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    listed = (tmp_path / "out" / "failures.csv").read_text(encoding="utf-8-sig")
    assert "one.pdf" in listed and "two.pdf" in listed


def test_a_failure_ends_when_the_file_is_mended(inbox: Path, tmp_path: Path) -> None:
    encrypted_pdf(inbox / "late.pdf")
    assert run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1).exit_code == 1
    (inbox / "late.pdf").write_text(form_text().replace("36.5", "37.5"), encoding="utf-8")
    assert run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    assert (tmp_path / "out" / "failures.csv").read_text(encoding="utf-8-sig").count("\n") == 1


def test_reread_reads_what_is_known(inbox: Path, tmp_path: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out")
    assert "1 read, 0 known" in run("extract", inbox, "-o", tmp_path / "out", "--reread").output


def test_reread_outdated_reads_what_another_reader_version_read(inbox: Path, tmp_path: Path) -> None:
    (inbox / "old.txt").write_text(form_text().replace("36.5", "37.5"), encoding="utf-8")
    run("extract", inbox, "-o", tmp_path / "out")
    connection = sqlite3.connect(tmp_path / "out" / "ledger.sqlite")
    old = "SELECT sha256 FROM paths WHERE path LIKE '%old.txt'"
    with connection:
        connection.execute(f"UPDATE contents SET reader_version = 'before' WHERE sha256 = ({old})")
    connection.close()
    assert "1 read, 1 known" in run("extract", inbox, "-o", tmp_path / "out", "--reread-outdated").output
    assert "0 read, 2 known" in run("extract", inbox, "-o", tmp_path / "out", "--reread-outdated").output


def test_a_file_that_was_not_touched_is_not_opened_again(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_YOUNG_NS", 0)
    run("extract", inbox, "-o", tmp_path / "out")
    hashed: list[str] = []
    whole = hashing.hash_file

    def watched(item: Input) -> str:
        hashed.append(Path(item.name).name)
        return whole(item)

    monkeypatch.setattr(hashing, "hash_file", watched)
    (inbox / "new.txt").write_text(form_text().replace("36.5", "37.5"), encoding="utf-8")
    assert "1 read, 1 known" in run("extract", inbox, "-o", tmp_path / "out").output
    (inbox / "form.txt").write_text(form_text().replace("36.5", "38.5"), encoding="utf-8")
    assert "1 read, 1 known" in run("extract", inbox, "-o", tmp_path / "out").output
    assert hashed == ["new.txt", "form.txt"]


def test_contents_whose_files_would_have_one_name_do_not_overwrite_each_other(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = hashing.hash_file(Input(inbox / "form.txt", "form.txt"))
    (inbox / "later.txt").write_text(form_text().replace("36.5", "37.5"), encoding="utf-8")
    monkeypatch.setattr(hashing, "hash_file", lambda item: real if item.path.name == "form.txt" else real[:12] + "0" * 52)
    for code, said in ((1, "1 failed"), (0, "failed before")):
        result = run("extract", inbox, "-o", tmp_path / "out")
        assert result.exit_code == code and said in result.output
        listed = (tmp_path / "out" / "failures.csv").read_text(encoding="utf-8-sig")
        assert "name-taken" in listed and "later.txt" in listed
    (read,) = (tmp_path / "out" / "reads").iterdir()
    assert json.loads(read.read_text(encoding="utf-8"))["sha256"] == real


def test_a_pipe_is_a_failure_not_a_wait(inbox: Path, tmp_path: Path) -> None:
    os.mkfifo(inbox / "pipe.pdf")
    (inbox / "nowhere.pdf").symlink_to(inbox / "gone.pdf")
    (inbox / "round").symlink_to(inbox)
    run("read", inbox, "-o", tmp_path / "out")
    codes = dict(ledger_rows(tmp_path / "out", "SELECT path, code FROM paths WHERE code != ''"))
    assert {Path(str(path)).name: code for path, code in codes.items()} == {
        "pipe.pdf": "not-a-file", "nowhere.pdf": "not-found", "round": "linked-folder",
    }  # fmt: skip


def test_hidden_and_half_copied_files_are_passed_over(inbox: Path, tmp_path: Path) -> None:
    for name in (".hidden.txt", "~$form.txt", "form.txt.part", "Thumbs.db"):
        (inbox / name).write_text("项目名称，资金总额", encoding="utf-8")
    assert run("extract", inbox, "-o", tmp_path / "out").exit_code == 0


def test_a_second_run_on_the_same_dataset_leaves_with_a_message(inbox: Path, tmp_path: Path) -> None:
    with held(Dataset(tmp_path / "out")):
        result = run("extract", inbox, "-o", tmp_path / "out")
    assert result.exit_code == 1 and "Another run works on" in result.output
    assert run("extract", inbox, "-o", tmp_path / "out").exit_code == 0


def test_what_a_killed_run_left_half_written_is_swept(inbox: Path, tmp_path: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out")
    (tmp_path / "out" / "reads" / f".x.json.{host()}-4194305-1.part").write_text("{", encoding="utf-8")
    run("clean", tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.part"))


def test_json_log_has_a_line_a_file(inbox: Path, tmp_path: Path) -> None:
    encrypted_pdf(inbox / "locked.pdf")
    command = [sys.executable, "-m", "pipeline.cli", "extract", inbox, "-o", tmp_path / "out", "--jobs", "1", "--log-format", "json"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {event["event"] for event in events[:-1]} == {"read", "failed"} and events[-1]["event"] == "done"
    assert all(event["path"] and event["sha256"] for event in events[:-1])


def test_ctrl_c_leaves_cleanly_and_the_next_run_goes_on(inbox: Path, tmp_path: Path) -> None:
    for number in range(40):
        path = inbox / f"words{number:02}.pdf"
        pdf_without_table(path)
        path.write_bytes(path.read_bytes() + b"%" * number)
    words = ["extract", str(inbox), "-o", str(tmp_path / "out"), "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *words, "--log-format", "json"],
        stderr=subprocess.PIPE,
        text=True,
        # A shell lets what it runs in the background ignore Ctrl-C, and these tests may run there.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    process.stderr.readline()  # one file is read: the workers are up
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=30)[1]
    assert process.returncode == 130, rest
    assert "Traceback" not in rest and "goes on from here" in rest
    result = run(*words)
    assert " known already" in result.output and "0 known already" not in result.output


def test_a_broken_read_is_named(inbox: Path, tmp_path: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out")
    (read,) = (tmp_path / "out" / "reads").glob("*.json")
    read.write_text("{}", encoding="utf-8")
    result = run("clean", tmp_path / "out")
    assert result.exit_code == 1 and read.name in result.output


def test_a_damaged_ledger_is_named(inbox: Path, tmp_path: Path) -> None:
    run("extract", inbox, "-o", tmp_path / "out")
    (tmp_path / "out" / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    result = run("extract", inbox, "-o", tmp_path / "out")
    assert result.exit_code == 1 and "ledger" in result.output and "Remove ledger.sqlite" in result.output
