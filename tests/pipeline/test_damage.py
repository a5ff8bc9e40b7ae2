"""What is damaged on the disk is made anew or read again by itself; nobody meets a traceback."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.ledger import opened
from tests.normalizers.forms import form_text

_DEEP = "[" * 100_000


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for index in range(3):
        (tmp_path / "in" / f"{index}.txt").write_text(form_text().replace("118", str(200 + index)), encoding="utf-8")
    assert run("extract", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    return tmp_path / "out"


def documents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "documents").iterdir()}


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"reads_version": "1"}', "[]", "null", '{"reads_version": "3", "pages": 7}', _DEEP, "\x00\xff" * 99],
    ids=["empty", "cut", "older", "list", "null", "odd", "deep", "noise"],
)
def test_damaged_reads_are_named_at_once_and_read_again(content: str, out: Path, tmp_path: Path) -> None:
    before = documents(out)
    broken = sorted((out / "reads").glob("*.json"))[:2]
    for path in broken:
        path.write_text(content, encoding="latin-1")
    named = run("clean", out, "--jobs", 1)
    assert named.exit_code == 1 and all(path.name in named.output for path in broken), named.output
    assert run("extract", tmp_path / "in", "-o", out, "--jobs", 1).exit_code == 0
    assert documents(out) == before


def test_one_command_heals_a_damaged_read(out: Path, tmp_path: Path) -> None:
    before = documents(out)
    next((out / "reads").glob("*.json")).write_text("{", encoding="utf-8")
    healed = run("extract", tmp_path / "in", "-o", out, "--jobs", 1)
    assert healed.exit_code == 0 and "read again" in healed.output, healed.output
    assert documents(out) == before
    assert run("extract", tmp_path / "in", "-o", out, "--jobs", 1).exit_code == 0


def test_a_changed_sign_in_a_read_is_noticed_and_never_delivered(out: Path, tmp_path: Path) -> None:
    before = documents(out)
    change_sign(next((out / "reads").glob("*.json")))
    named = run("clean", out, "--jobs", 1)
    assert named.exit_code == 1 and "damaged" in named.output, named.output
    assert documents(out) == before
    assert run("extract", tmp_path / "in", "-o", out, "--jobs", 1).exit_code == 0
    assert documents(out) == before


def test_a_sign_that_changed_unseen_is_noticed_when_its_document_is_made_again(out: Path, tmp_path: Path) -> None:
    """The read looks as it did, and is opened only to make its document again."""
    before = documents(out)
    broken = out / "reads" / sorted(documents(out))[0]
    looks = broken.stat()
    change_sign(broken, in_place=True)
    os.utime(broken, ns=(looks.st_atime_ns, looks.st_mtime_ns))
    (out / "documents" / broken.name).unlink()
    healed = run("extract", tmp_path / "in", "-o", out, "--jobs", 1)
    assert healed.exit_code == 0 and "read again" in healed.output, healed.output
    assert documents(out) == before


def test_inputs_of_an_earlier_run_are_read_again_too_all_named_at_once(out: Path, tmp_path: Path) -> None:
    before = documents(out)
    (tmp_path / "other.txt").write_text(form_text().replace("县道", "乡道"), encoding="utf-8")
    broken = sorted((out / "reads").glob("*.json"))
    for path in broken:
        change_sign(path)
    healed = run("extract", tmp_path / "other.txt", "-o", out, "--jobs", 1)
    assert healed.exit_code == 0 and all(path.name in healed.output for path in broken), healed.output
    assert {name: content for name, content in documents(out).items() if name in before} == before
    assert not (out / "history.csv").exists() or len((out / "history.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_a_watcher_heals_what_is_damaged(out: Path, tmp_path: Path) -> None:
    before = documents(out)
    change_sign(next((out / "reads").glob("*.json")))
    healed = run("watch", tmp_path / "in", "-o", out, "--once", "--settle", 0, "--jobs", 1)
    assert healed.exit_code == 0 and "read again" in healed.output, healed.output
    assert documents(out) == before


def test_reads_of_a_ledger_that_knew_no_digests_are_taken_and_noted(out: Path) -> None:
    with sqlite3.connect(out / "ledger.sqlite") as ledger:
        noted = dict(ledger.execute("SELECT sha256, read_digest FROM contents"))
        ledger.execute("ALTER TABLE contents DROP COLUMN read_digest")
    (out / ".cleaning.sqlite").unlink()
    assert run("clean", out, "--jobs", 1).exit_code == 0
    with sqlite3.connect(out / "ledger.sqlite") as ledger:
        assert dict(ledger.execute("SELECT sha256, read_digest FROM contents")) == noted and all(noted.values())


@pytest.mark.parametrize("content", ["", "[]", '{"document": 7}', '{"document": {"path": "x"}}', _DEEP, "\x00\xff"])
def test_a_damaged_document_is_said_and_made_again(content: str, out: Path) -> None:
    before = documents(out)
    broken = sorted((out / "documents").glob("*.json"))[0]
    broken.write_text(content, encoding="latin-1")
    for words in (("report", out), ("sample", out), ("explain", out, ".txt", "/tables/0"), ("taxonomy", "suggest", out)):
        said = run(*words)
        assert said.exit_code == 1 and broken.name in said.output and "jixiao clean" in said.output, said.output
    assert run("clean", out, "--jobs", 1).exit_code == 0
    assert documents(out) == before


def change_sign(path: Path, in_place: bool = False) -> None:
    """A figure of the form is another, and the file is JSON as before."""
    content = path.read_bytes()
    changed = content.replace(b"36.5", b"63.5")
    assert changed != content
    if not in_place:
        path.unlink()
    with path.open("r+b" if in_place else "wb") as file:
        file.write(changed)


def test_a_damaged_read_is_found_without_its_ledger(out: Path, tmp_path: Path) -> None:
    before = documents(out)
    for end in ("", "-wal", "-shm"):
        (out / f"ledger.sqlite{end}").unlink(missing_ok=True)
    next((out / "reads").glob("*.json")).write_text("{", encoding="utf-8")
    assert run("extract", tmp_path / "in", "-o", out, "--jobs", 1).exit_code == 0
    assert documents(out) == before


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_what_cleaning_remembers_is_made_anew_wherever_it_is_damaged(place: float, out: Path) -> None:
    before, memory = documents(out), out / ".cleaning.sqlite"
    data = bytearray(memory.read_bytes())
    start = int(len(data) * place) // 4096 * 4096
    data[start : start + 8192] = b"\x5a" * len(data[start : start + 8192])
    memory.write_bytes(data)
    assert run("clean", out, "--jobs", 1).exit_code == 0
    assert documents(out) == before


def test_what_cleaning_remembers_is_never_believed_when_signs_in_it_changed(out: Path) -> None:
    before, memory = documents(out), out / ".cleaning.sqlite"
    lines = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    data = memory.read_bytes()
    chance = random.Random(1)
    for places in (1, 8, 64, 512):
        changed = bytearray(data)
        for _ in range(places):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        memory.write_bytes(changed)
        (out / "indicators.csv").unlink()
        assert run("clean", out, "--jobs", 1, "--clean-timeout", 0).exit_code == 0
        assert documents(out) == before and {path.name: path.read_bytes() for path in out.glob("*.csv")} == lines


@pytest.mark.parametrize("name", ["what? 50% b#c", "%41"])
def test_any_name_of_a_dataset_works(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(form_text(), encoding="utf-8")
    out = tmp_path / name
    for _ in range(2):
        assert run("extract", tmp_path / "a.txt", "-o", out, "--jobs", 1).exit_code == 0
    assert (out / "ledger.sqlite").exists() and sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.txt", name])
    with opened(Dataset(out)) as ledger:
        assert len(list(ledger.named_contents())) == 1
    assert json.loads(next((out / "documents").iterdir()).read_text(encoding="utf-8"))["tables"]


def test_an_unknown_code_is_wrong_usage() -> None:
    assert run("rules", "no.such-code").exit_code == 2
    assert run("rules", "reading.no-character").exit_code == 0


@pytest.mark.parametrize("words", [("--device", "gpu"), ("--ocr-model-dir", "nowhere"), ("--ocr-model-dir", ".")])
def test_what_readers_cannot_have_is_said_once_before_anything_is_read(words: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(form_text(), encoding="utf-8")
    folder = str(tmp_path) if words[1] == "." else words[1]
    refused = run("extract", tmp_path / "a.txt", "-o", tmp_path / "out", words[0], folder if "dir" in words[0] else words[1])
    assert refused.exit_code == 2 and refused.output.startswith("jixiao: "), refused.output
    assert not (tmp_path / "out").exists()
