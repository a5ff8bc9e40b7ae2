"""Whatever somebody puts into a folder, the walk ends with a line for it, and the rest is read."""

from __future__ import annotations

import csv
import os
import subprocess
from pathlib import Path

import pytest

from pipeline.inputs.failures import Failure
from pipeline.inputs.walk import Input, walk_inputs
from tests.normalizers.forms import form_text
from tests.pipeline.commands import run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and long paths of Unix")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "form.txt").write_text(form_text(), encoding="utf-8")
    return folder


def codes(dataset: Path) -> dict[str, str]:
    with (dataset / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        return {Path(row["path"]).name: row["code"] for row in csv.DictReader(file)}


def walked(inbox: Path, **options: bool) -> tuple[list[str], dict[str, str]]:
    items = list(walk_inputs([inbox], inbox.parent / "out", **options))
    failures = {Path(item.path).name: item.code for item in items if isinstance(item, Failure)}
    return [item.path.name for item in items if isinstance(item, Input)], failures


def test_links_of_every_kind_are_lines(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(form_text().replace("36.5", "99.5"), encoding="utf-8")
    (inbox / "itself").symlink_to(inbox / "itself")
    (inbox / "one").symlink_to(inbox / "two")
    (inbox / "two").symlink_to(inbox / "one")
    (inbox / "nowhere").symlink_to(inbox / "gone")
    (inbox / "through-a-file").symlink_to(inbox / "form.txt" / "x")
    (inbox / "long").symlink_to("x" * 300)
    (inbox / "very-long").symlink_to("y/" * 2000)
    (inbox / "round").symlink_to(inbox)
    (inbox / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "within.txt").symlink_to(inbox / "form.txt")
    names, failures = walked(inbox)
    assert names == ["form.txt"]
    assert failures == {
        "itself": "link-loop", "one": "link-loop", "two": "link-loop", "nowhere": "not-found", "through-a-file": "not-found",
        "long": "path-too-long", "very-long": failures["very-long"], "round": "linked-folder", "out.txt": "linked-outside",
    }  # fmt: skip
    assert failures["very-long"] in ("path-too-long", "not-found")


def test_a_link_leads_outside_only_when_asked(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("项目名称，资金总额", encoding="utf-8")
    (inbox / "out.txt").symlink_to(tmp_path / "secret.txt")
    out = tmp_path / "out"
    assert run("watch", inbox, "-o", out, "--once", "--settle", 0, "--jobs", 1).exit_code == 1
    assert codes(out) == {"out.txt": "linked-outside"}
    assert not any("项目名称，资金总额" in path.read_text(encoding="utf-8", errors="replace") for path in out.rglob("*") if path.is_file())
    assert walked(inbox, follow_links=True) == (["form.txt", "out.txt"], {})
    assert run("extract", inbox / "out.txt", "-o", tmp_path / "given", "--jobs", 1).exit_code == 1
    assert codes(tmp_path / "given") == {"out.txt": "no-table"}


def test_links_into_a_folder_without_rights_are_lines(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text("x", encoding="utf-8")
    (inbox / "a.txt").symlink_to(closed / "a.txt")
    real = os.stat

    def refused(path: object, *rest: object, **options: object) -> os.stat_result:
        if str(path).endswith("in/a.txt") and options.get("follow_symlinks", True):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(os, "stat", refused)  # root may go everywhere, so the fault is put in
    assert walked(inbox) == (["form.txt"], {"a.txt": "access"})


def test_folders_as_deep_as_can_be_made(inbox: Path) -> None:
    subprocess.run(["sh", "-c", 'i=0; while [ $i -lt 1500 ]; do mkdir d && cd -P d || exit 1; i=$((i+1)); done; echo deep > a.txt'],
                   cwd=inbox, check=True)  # fmt: skip
    names, failures = walked(inbox)
    assert names == ["a.txt", "form.txt"] and failures == {}
    deepest = next(Path(item.path).parent for item in walk_inputs([inbox], inbox.parent / "out") if Path(item.path).name == "a.txt")
    subprocess.run(["sh", "-c", 'i=0; while [ $i -lt 300 ]; do mkdir eeeee && cd -P eeeee || exit 1; i=$((i+1)); done; echo x > b.txt'],
                   cwd=deepest, check=True)  # fmt: skip
    names, failures = walked(inbox)
    assert names == ["a.txt", "form.txt"] and set(failures.values()) == {"path-too-long"}
    subprocess.run(["rm", "-rf", str(inbox / "d")], check=True)


@pytest.mark.parametrize("name", ["x" * 251 + ".txt", "报" * 83 + ".txt", "a\nb\x1b[2J.txt"])
def test_long_and_odd_names_do_not_end_a_watch(name: str, inbox: Path, tmp_path: Path) -> None:
    (inbox / name).write_text("项目名称，资金总额", encoding="utf-8")
    out = tmp_path / "out"
    for code in (1, 0):
        result = run("watch", inbox, "-o", out, "--once", "--settle", 0, "--jobs", 1)
        assert result.exit_code == code and "\x1b" not in result.output, result.output
    assert list(codes(out).values()) == ["no-table"]
    copies = [path for path in (out / "quarantine").iterdir() if not path.name.endswith(".reason.txt")]
    assert [path.read_text(encoding="utf-8") for path in copies] == ["项目名称，资金总额"]
    assert len(list((out / "quarantine").iterdir())) == 2
    (inbox / name).unlink()
    assert run("watch", inbox, "-o", out, "--once", "--settle", 0, "--jobs", 1).exit_code == 0
    assert list((out / "quarantine").iterdir()) == []


def test_a_file_that_became_a_link_is_not_copied(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret", encoding="utf-8")
    (inbox / "a.txt").write_text("项目名称，资金总额", encoding="utf-8")
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    (inbox / "a.txt").unlink()
    (inbox / "a.txt").symlink_to(tmp_path / "secret.txt")
    from pipeline.dataset import Dataset
    from pipeline.inputs.quarantine import renew
    from pipeline.ledger import opened

    dataset = Dataset(tmp_path / "out")
    with opened(dataset) as ledger:
        renew(dataset, ledger)
    assert [path.name.endswith(".reason.txt") for path in dataset.quarantine.iterdir()] == [True]


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(inbox: Path) -> None:
    from extractors.errors import AccessError
    from pipeline.inputs.hashing import hash_file

    os.mkfifo(inbox / "pipe.txt")
    with pytest.raises(AccessError):
        hash_file(Input(inbox / "pipe.txt", "pipe.txt"))


def test_files_that_vanish_between_two_looks_are_lines_or_forgotten(inbox: Path, tmp_path: Path) -> None:
    items = list(walk_inputs([inbox], tmp_path / "out"))
    (inbox / "form.txt").unlink()
    from pipeline.batch import read_inputs
    from pipeline.dataset import Dataset
    from pipeline.settings import Settings

    report = read_inputs(items, Dataset(tmp_path / "out"), Settings(), lambda _: None, lambda _: None)
    assert [failure.code for failure in report.failures] == ["access"]
