"""Nothing of anybody's is touched: folders that are no dataset, names that are not ours, links, inputs and datasets in each other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import process_identity
from pipeline.dataset import Dataset
from pipeline.dataset.mark import claim_folder
from pipeline.errors import UsageError
from pipeline.lock import held
from tests.normalizers.forms import form_text
from tests.pipeline.commands import run


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "form.txt").write_text(form_text(), encoding="utf-8")
    return folder


@pytest.fixture
def dataset(inbox: Path, tmp_path: Path) -> Path:
    assert run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    return tmp_path / "out"


@pytest.mark.parametrize("command", ["extract", "read", "watch"])
def test_a_folder_with_files_of_somebody_is_refused(command: str, inbox: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    for name in ("documents/master.json", "documents/0123456789ab.json", "quarantine/0123456789ab-a.pdf", "indicators.csv", "reads/x.json"):
        (theirs / name).parent.mkdir(parents=True, exist_ok=True)
        (theirs / name).write_text(f"the only copy of {name}", encoding="utf-8")
    before = everything(theirs)
    result = run(command, inbox, "-o", theirs, "--jobs", 1, *(["--once"] if command == "watch" else []))
    assert result.exit_code == 2 and "no dataset" in result.output
    assert everything(theirs) == before


@pytest.mark.parametrize("command", ["clean", "retry", "explain", "suggest"])
def test_commands_on_a_folder_that_is_no_dataset_say_so(command: str, tmp_path: Path) -> None:
    (tmp_path / "theirs" / "documents").mkdir(parents=True)
    (tmp_path / "theirs" / "documents" / "a.json").write_text("{}", encoding="utf-8")
    words = {"explain": ("explain", tmp_path / "theirs", "a", "/tables/0"), "suggest": ("taxonomy", "suggest", tmp_path / "theirs")}
    for where in (tmp_path / "theirs", tmp_path / "nowhere"):
        result = run(*(str(word).replace("theirs", where.name) for word in words.get(command, (command, where))))
        assert result.exit_code == 2 and "no dataset" in result.output, result.output
    assert [path.name for path in (tmp_path / "theirs").rglob("*.*")] == ["a.json"]


def test_a_dataset_carries_its_mark(dataset: Path) -> None:
    mark = json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))
    assert (mark["format"], mark["version"]) == ("jixiao-dataset", 1)


@pytest.mark.parametrize("name", [".DS_Store", "lost+found", ".dataset.json.host-1-2.part"])
def test_what_a_system_puts_into_a_new_folder_is_nobodys(name: str, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"")
    assert run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0


@pytest.mark.parametrize("left", ["ledger.sqlite", "reads", ".dataset-id"])
def test_a_dataset_of_before_the_mark_is_told_by_what_it_holds(left: str, dataset: Path) -> None:
    before = everything(dataset / "documents")
    (dataset / "dataset.json").unlink()
    if left != "ledger.sqlite":
        (dataset / "ledger.sqlite").unlink()
    if left == ".dataset-id":
        (dataset / ".dataset-id").write_text("a" * 32 + "\n", encoding="ascii")
    if left != "reads":
        shutil.rmtree(dataset / "reads")
        (dataset / "reads").mkdir()
    claim_folder(dataset)
    assert (dataset / "dataset.json").is_file()
    assert everything(dataset / "documents") == before


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"format": "other", "version": 1}'])
def test_a_spoilt_mark_does_not_make_a_dataset_anothers(spoilt: str, inbox: Path, dataset: Path) -> None:
    before = everything(dataset / "documents")
    (dataset / "dataset.json").write_text(spoilt, encoding="utf-8")
    assert run("extract", inbox, "-o", dataset, "--jobs", 1).exit_code == 0
    assert everything(dataset / "documents") == before
    assert json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))["format"] == "jixiao-dataset"


def test_a_dataset_of_a_later_release_is_left_alone(inbox: Path, dataset: Path) -> None:
    (dataset / "dataset.json").write_text('{"format": "jixiao-dataset", "version": 2}', encoding="utf-8")
    before = everything(dataset)
    assert run("extract", inbox, "-o", dataset, "--jobs", 1).exit_code == 2
    assert everything(dataset) == before


def test_only_names_that_the_store_knows_are_removed(inbox: Path, dataset: Path) -> None:
    theirs = ("documents/master.json", "documents/0123456789ab.json", "quarantine/0123456789ab-a.pdf", "quarantine/scan.pdf",
              "quarantine/notes.reason.txt", "reads/.notes.part", ".notes.part", ".pages/mine/1.page",
              ".pages/0123456789ab-01234567/mine.txt", "notes.txt")  # fmt: skip
    for name in theirs:
        (dataset / name).parent.mkdir(parents=True, exist_ok=True)
        (dataset / name).write_text(f"the only copy of {name}", encoding="utf-8")
        os.utime((dataset / name).parent, (0, 0))
    (dataset / "documents" / "aaaaaaaaaaaa.json").symlink_to(dataset / "notes.txt")
    (inbox / "form.txt").write_text(form_text().replace("36.5", "37.5").replace("30", "31"), encoding="utf-8")
    (inbox / "noise.txt").write_text("项目名称，资金总额", encoding="utf-8")
    for _ in range(2):
        run("watch", inbox, "-o", dataset, "--once", "--settle", 0, "--jobs", 1)
        (inbox / "noise.txt").unlink(missing_ok=True)
    assert {name for name in theirs if not (dataset / name).exists()} == set()
    assert (dataset / "documents" / "aaaaaaaaaaaa.json").is_symlink()


@pytest.mark.parametrize("name", ["documents", "reads", "quarantine", "ledger.sqlite", ".cleaning.sqlite"])
def test_a_link_out_of_the_dataset_is_refused(name: str, inbox: Path, dataset: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "0123456789ab.json").write_text("theirs", encoding="utf-8")
    target = dataset / name
    if target.is_dir():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    target.symlink_to(outside if "." not in name else outside / "0123456789ab.json")
    result = run("extract", inbox, "-o", dataset, "--jobs", 1)
    assert result.exit_code == 2 and "link" in result.output
    assert everything(outside) == {"0123456789ab.json": b"theirs"}


@pytest.mark.parametrize("command", ["extract", "read", "watch"])
@pytest.mark.parametrize(
    ("given", "output"), [("in", "in"), ("in", "in/out"), ("in", "in/a/b"), ("in/sub", "in"), ("in", "link/out"), ("link", "in")]
)
def test_an_input_and_a_dataset_in_each_other_are_refused(command: str, given: str, output: str, inbox: Path, tmp_path: Path) -> None:
    (inbox / "sub").mkdir()
    (tmp_path / "link").symlink_to(inbox)
    before = everything(inbox)
    result = run(command, tmp_path / given, "-o", tmp_path / output, "--jobs", 1)
    assert result.exit_code == 2 and "-o" in result.output or "originals" in result.output
    assert everything(inbox) == before


def test_a_file_inside_the_dataset_is_no_input(dataset: Path) -> None:
    result = run("extract", next((dataset / "documents").glob("*.json")), "-o", dataset, "--jobs", 1)
    assert result.exit_code == 2 and "lies inside the dataset" in result.output


def test_neighbours_with_like_names_are_no_trouble(inbox: Path, tmp_path: Path) -> None:
    assert run("extract", inbox, "-o", tmp_path / "in-out", "--jobs", 1).exit_code == 0
    assert run("extract", inbox / "form.txt", "-o", tmp_path / "i", "--jobs", 1).exit_code == 0


def test_two_runs_that_begin_at_once_both_take_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other run marks the folder after this one looked for a mark and before it looks what is there."""
    real = os.scandir

    def scandir(path: object) -> object:
        monkeypatch.setattr(os, "scandir", real)
        Dataset(tmp_path / "out").create()
        return real(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scandir)
    claim_folder(tmp_path / "out")
    assert (tmp_path / "out" / "dataset.json").is_file()


def test_a_folder_refused_is_not_locked_either(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a").write_bytes(b"")
    with pytest.raises(UsageError):
        Dataset(tmp_path / "theirs").create()
    assert [path.name for path in (tmp_path / "theirs").iterdir()] == ["a"]


def test_what_a_killed_run_leaves_while_the_next_one_works_is_gone_at_its_end(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "out")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as writer, held(dataset):
        start = process_identity._start_of(writer.pid)
        left = dataset.documents / f".9f2e82200cdb.json.{process_identity.host()}-{writer.pid}-{start}.part"
        left.write_text("{", encoding="utf-8")
        dataset.sweep()
        assert left.exists()  # a process that may be writing is left alone
        writer.kill()
        writer.wait()
    assert not left.exists()
