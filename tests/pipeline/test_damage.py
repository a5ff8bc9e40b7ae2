"""What is damaged on the disk is made anew or read again by itself; nobody meets a traceback."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize("name", ["what?", "50%", "a b#c", "%41"])
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
