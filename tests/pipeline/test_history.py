"""Nothing leaves a dataset without a line, nothing is taken for another, and a ledger that is made anew gives the same dataset."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipeline.inputs.names import key_of, path_of_key, printable, shown
from tests.normalizers.forms import form_text
from tests.pipeline.commands import run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def documents(dataset: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((dataset / "documents").glob("*.json"))]


def delivered(dataset: Path) -> dict[str, bytes]:
    files = [*dataset.glob("*.csv"), *dataset.glob("documents/*.json")]
    return {str(path.relative_to(dataset)): path.read_bytes() for path in files}


def paths_of(dataset: Path) -> list[str]:
    return sorted(each["document"]["path"] for each in documents(dataset))


def form(total: str) -> str:
    return form_text().replace("36.5", total)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_replaced_file_leaves_a_line_and_is_in_the_summary(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox / "a.txt", form("36.5"))
    run("extract", inbox, "-o", out, "--jobs", 1)
    assert not (out / "history.csv").exists()
    (old,) = documents(out)
    put(inbox / "a.txt", form("41.5"))
    result = run("extract", inbox, "-o", out, "--jobs", 1)
    (new,) = documents(out)
    assert "left the dataset" in result.output and "1 document: see history.csv" in result.output
    (line,) = rows(out / "history.csv")
    assert (line["why"], line["sha256"], line["by"]) == ("replaced", old["document"]["sha256"], new["document"]["sha256"])
    assert line["file"] == str(inbox / "a.txt") and line["path"] == str(inbox / "a.txt") and line["when"].startswith("20")
    result = run("extract", inbox, "-o", out, "--jobs", 1)
    assert "left the dataset" not in result.output


def test_bytes_that_stay_under_another_name_are_told_from_bytes_that_left(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox / "a.txt", form("36.5"))
    put(inbox / "b.txt", form("36.5"))
    run("extract", inbox, "-o", out, "--jobs", 1)
    put(inbox / "a.txt", form("41.5"))
    assert "left the dataset" not in run("extract", inbox, "-o", out, "--jobs", 1).output
    assert [line["why"] for line in rows(out / "history.csv")] == ["path-replaced"] and len(documents(out)) == 2
    put(inbox / "b.txt", form("41.5"))
    put(inbox / "c.txt", form("36.5"))
    run("extract", inbox, "-o", out, "--jobs", 1)
    assert len(documents(out)) == 2


def test_what_comes_back_is_told_and_delivered(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    for total in ("36.5", "41.5", "36.5"):
        put(inbox / "a.txt", form(total))
        run("extract", inbox, "-o", out, "--jobs", 1)
    assert [line["why"] for line in rows(out / "history.csv")] == ["replaced", "replaced", "returned"]
    before = delivered(out)
    (out / "ledger.sqlite").unlink()
    run("extract", inbox, "-o", out, "--jobs", 1)
    assert delivered(out) == before


@pytest.mark.parametrize("command", ["extract", "clean"])
def test_a_ledger_that_is_made_anew_gives_the_same_dataset(command: str, tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox / "a.txt", form("36.5"))
    put(inbox / "b.txt", form("52.5"))
    run("extract", inbox, "-o", out, "--jobs", 1)
    put(inbox / "a.txt", form("41.5"))
    run("extract", inbox, "-o", out, "--jobs", 1)
    before = delivered(out)
    for name in ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", ".cleaning.sqlite"):
        (out / name).unlink(missing_ok=True)
    result = run(*(("extract", inbox, "-o", out, "--jobs", 1) if command == "extract" else ("clean", out)))
    assert result.exit_code == 0, result.output
    assert delivered(out) == before and len(documents(out)) == 2
    run("extract", inbox, "-o", out, "--jobs", 1)
    assert delivered(out) == before


def test_a_read_that_is_taken_away_is_a_line(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox / "a.txt", form("36.5"))
    run("extract", inbox, "-o", out, "--jobs", 1)
    next((out / "reads").glob("*.json")).unlink()
    assert "left the dataset" in run("clean", out).output
    assert [line["why"] for line in rows(out / "history.csv")] == ["read-lost"] and documents(out) == []
    run("extract", inbox, "-o", out, "--jobs", 1)
    assert [line["why"] for line in rows(out / "history.csv")] == ["read-lost", "returned"] and len(documents(out)) == 1


def test_the_same_relative_path_of_another_working_folder_is_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "east" / "in" / "a.txt", form("36.5"))
    put(tmp_path / "west" / "in" / "a.txt", form("41.5"))
    for folder in ("east", "west"):
        monkeypatch.chdir(tmp_path / folder)
        result = run("extract", "in", "-o", tmp_path / "out", "--jobs", 1)
        assert result.exit_code == 0 and "left the dataset" not in result.output
    assert paths_of(tmp_path / "out") == [str(tmp_path / folder / "in" / "a.txt") for folder in ("east", "west")]
    assert not (tmp_path / "out" / "history.csv").exists()


def test_a_path_is_delivered_as_it_was_given_while_no_other_is_given_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "in" / "a.txt", form("36.5"))
    monkeypatch.chdir(tmp_path)
    run("extract", "in", "-o", "out", "--jobs", 1)
    assert paths_of(tmp_path / "out") == ["in/a.txt"]
    monkeypatch.chdir(tmp_path / "in")
    result = run("extract", "a.txt", "-o", "../out", "--jobs", 1)
    assert "0 read, 1 known already" in result.output and len(documents(tmp_path / "out")) == 1


@pytest.mark.skipif(os.name == "nt", reason="names of bytes")
def test_names_that_print_alike_are_two_files(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    names = ["报表.txt".encode(), "报表.txt".encode("gb18030")]
    for name, total in zip(names, ("36.5", "41.5"), strict=True):
        (inbox / os.fsdecode(name)).write_text(form(total), encoding="utf-8")
    out = tmp_path / "out"
    assert run("extract", inbox, "-o", out, "--jobs", 1).exit_code == 0
    assert len(documents(out)) == 2 and len(set(paths_of(out))) == 2
    assert not (out / "history.csv").exists()
    assert "0 read, 2 known already" in run("extract", inbox, "-o", out, "--jobs", 1).output


@pytest.mark.skipif(os.name == "nt", reason="names of bytes")
@pytest.mark.parametrize("name", ["报表.pdf".encode(), "报表.pdf".encode("gb18030"), b"\xff\xfe.pdf", b"a\nb.pdf", b"a\\xb5.pdf"])
def test_a_key_keeps_every_byte(name: bytes, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"x")
    assert os.fsencode(path_of_key(key_of(path))) == os.fsencode(path)
    key_of(path).encode()
    assert path_of_key(key_of(path)).read_bytes() == b"x"
    assert "\n" not in shown(key_of(path))


def test_what_cannot_be_printed_is_shown() -> None:
    assert printable("年\x1b[31m报\u202efdp.exe") == "年\\x1b[31m报\\u202efdp.exe"
    assert printable("half\ud800").encode() == b"half\\ud800"


def test_a_ledger_of_the_first_release_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "in" / "a.txt", form("36.5"))
    put(tmp_path / "in" / "b.txt", form("52.5"))
    monkeypatch.chdir(tmp_path)
    run("extract", "in", "-o", "out", "--jobs", 1)
    before = delivered(tmp_path / "out")
    ledger = sqlite3.connect(tmp_path / "out" / "ledger.sqlite")
    ledger.execute("UPDATE paths SET path = name")
    ledger.execute("ALTER TABLE paths DROP COLUMN name")
    ledger.execute("DROP TABLE history")
    ledger.commit()
    ledger.close()
    assert run("clean", "out").exit_code == 0
    assert delivered(tmp_path / "out") == before
    result = run("extract", "in", "-o", "out", "--jobs", 1)
    assert "0 read, 2 known already" in result.output
    assert delivered(tmp_path / "out") == before


def test_a_failed_file_that_was_deleted_is_forgotten(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(inbox / "a.txt", form("36.5"))
    put(inbox / "prose.txt", "项目名称，资金总额\n")
    assert run("extract", inbox, "-o", out, "--jobs", 1).exit_code == 1
    (inbox / "prose.txt").unlink()
    assert run("extract", inbox, "-o", out, "--jobs", 1).exit_code == 0
    assert rows(out / "failures.csv") == []


def test_a_failed_file_of_a_disk_that_is_not_there_is_kept_in_mind(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    put(tmp_path / "b.txt", form("36.5"))
    put(inbox / "prose.txt", "项目名称，资金总额\n")
    run("extract", inbox, "-o", out, "--jobs", 1)
    inbox.rename(tmp_path / "away")
    run("extract", tmp_path / "b.txt", "-o", out, "--jobs", 1)
    assert [line["code"] for line in rows(out / "failures.csv")] == ["no-table"]
