"""The watcher, on real file operations."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.inputs.settling import Settling
from pipeline.inputs.walk import Input
from pipeline.lock import held
from tests.normalizers.forms import form_text
from tests.pipeline.bad_inputs import encrypted_pdf
from tests.pipeline.test_long_documents import pdf_of_pages


def form(number: int) -> str:
    return form_text().replace("36.5", f"{number}.5")


def once(inbox: Path, dataset: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["watch", str(inbox), "-o", str(dataset), "--once", "--settle", "0", "--jobs", "1", *words])


def delivered(dataset: Path) -> set[str]:
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in (dataset / "documents").glob("*.json")]
    return {Path(each["document"]["path"]).name for each in documents}


def wait_for(true: Callable[[], bool], seconds: float = 40.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.1)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "form.txt").write_text(form_text(), encoding="utf-8")
    return folder


@pytest.fixture
def watcher(inbox: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pipeline.cli", "watch", str(inbox), "-o", str(tmp_path / "out"), "--settle", "0.5", "--jobs", "1"]
    process = subprocess.Popen([*command, "--log-format", "json"], stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


def test_a_file_is_taken_when_it_stands_still(tmp_path: Path) -> None:
    now = [0.0]
    settling = Settling(5.0, clock=lambda: now[0])
    path = tmp_path / "a.txt"
    path.write_text("a", encoding="utf-8")
    items = [Input(path, "a.txt")]
    assert settling.look(items) == ([], 1)
    now[0] = 4.0
    path.write_text("ab", encoding="utf-8")
    assert settling.look(items) == ([], 1)
    now[0] = 8.9
    assert settling.look(items) == ([], 1)
    now[0] = 9.0
    assert settling.look(items) == (items, 0)
    settling.take(items)
    assert settling.look(items) == ([], 0)
    settling.forget([items[0].key])
    assert settling.look(items) == ([], 1)


def test_once_delivers_and_leaves_the_masters_alone(inbox: Path, tmp_path: Path) -> None:
    (inbox / "sub").mkdir()
    (inbox / "sub" / "two.txt").write_text(form(2), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in inbox.rglob("*.txt")}
    result = once(inbox, tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert delivered(tmp_path / "out") == {"form.txt", "two.txt"}
    assert {path: path.stat().st_mtime_ns for path in inbox.rglob("*.txt")} == before
    assert json.loads((tmp_path / "out" / "health.json").read_text(encoding="utf-8"))["state"] == "stopped"


def test_watch_and_extract_deliver_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    once(inbox, tmp_path / "watched")
    CliRunner().invoke(cli, ["extract", str(inbox), "-o", str(tmp_path / "extracted")])
    for path in [*(tmp_path / "extracted").glob("*.csv"), *(tmp_path / "extracted").glob("documents/*")]:
        assert (tmp_path / "watched" / path.relative_to(tmp_path / "extracted")).read_bytes() == path.read_bytes()


def test_what_fails_is_quarantined_until_it_is_mended(inbox: Path, tmp_path: Path) -> None:
    encrypted_pdf(inbox / "locked.pdf")
    assert once(inbox, tmp_path / "out").exit_code == 1
    copy, reason = sorted((tmp_path / "out" / "quarantine").iterdir())
    assert copy.read_bytes() == (inbox / "locked.pdf").read_bytes()
    assert "encrypted" in reason.read_text(encoding="utf-8") and "password" in reason.read_text(encoding="utf-8")
    (inbox / "locked.pdf").write_text(form(3), encoding="utf-8")
    assert once(inbox, tmp_path / "out").exit_code == 0
    assert list((tmp_path / "out" / "quarantine").iterdir()) == []
    assert "locked.pdf" in delivered(tmp_path / "out")


def test_a_dataset_inside_the_inbox_is_refused(inbox: Path) -> None:
    result = once(inbox, inbox / "out")
    assert result.exit_code == 2 and "lies inside" in result.output
    assert not (inbox / "out").exists()


def test_a_folder_of_the_dataset_is_no_inbox(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "quarantine" / "deep").mkdir(parents=True)
    for own in ("quarantine", "quarantine/deep"):
        result = once(tmp_path / "out" / own, tmp_path / "out")
        assert result.exit_code == 2 and "lies inside the dataset" in result.output


def test_a_second_watcher_leaves_with_a_message(inbox: Path, tmp_path: Path) -> None:
    with held(Dataset(tmp_path / "out")):
        result = once(inbox, tmp_path / "out")
    assert result.exit_code == 1 and "Another run works on" in result.output


def test_files_that_come_in_every_way(inbox: Path, tmp_path: Path, watcher: subprocess.Popen[str]) -> None:
    dataset = tmp_path / "out"
    wait_for(lambda: "form.txt" in delivered(dataset))
    (tmp_path / "outside.txt").write_text(form(10), encoding="utf-8")
    shutil.move(tmp_path / "outside.txt", inbox / "moved.txt")
    (inbox / "deep" / "er").mkdir(parents=True)
    (inbox / "deep" / "er" / "sub.txt").write_text(form(11), encoding="utf-8")
    (inbox / ".rsync.txt.x1y2").write_text(form(12), encoding="utf-8")
    (inbox / ".rsync.txt.x1y2").rename(inbox / "rsync.txt")
    slow = form(13)
    with (inbox / "slow.txt").open("w", encoding="utf-8") as file:
        for start in range(0, len(slow), len(slow) // 6):
            file.write(slow[start : start + len(slow) // 6])
            file.flush()
            time.sleep(0.2)
    wait_for(lambda: delivered(dataset) >= {"form.txt", "moved.txt", "sub.txt", "rsync.txt", "slow.txt"})
    assert len(list((dataset / "documents").glob("*.json"))) == 5

    encrypted_pdf(inbox / "locked.pdf")
    wait_for(lambda: len(list((dataset / "quarantine").glob("*"))) == 2)
    os.replace(inbox / "moved.txt", inbox / "locked.pdf")  # noqa: PTH105
    wait_for(lambda: list((dataset / "quarantine").glob("*")) == [])

    watcher.send_signal(signal.SIGTERM)
    errors = watcher.communicate(timeout=30)[1]
    assert watcher.returncode == 0, errors
    events = [json.loads(line) for line in errors.splitlines()]
    assert sorted(Path(event["path"]).name for event in events if event["event"] == "read") == [
        "form.txt", "moved.txt", "rsync.txt", "slow.txt", "sub.txt",
    ]  # fmt: skip


def test_the_watcher_outlives_its_inbox_and_takes_up_retries(inbox: Path, tmp_path: Path, watcher: subprocess.Popen[str]) -> None:
    dataset = tmp_path / "out"

    def state() -> str:
        return str(json.loads((dataset / "health.json").read_text(encoding="utf-8"))["state"]) if (dataset / "health.json").exists() else ""

    wait_for(lambda: "form.txt" in delivered(dataset))
    inbox.rename(tmp_path / "away")
    wait_for(lambda: state() == "inbox-missing")
    assert delivered(dataset) == {"form.txt"}
    (tmp_path / "away").rename(inbox)
    encrypted_pdf(inbox / "locked.pdf")
    wait_for(lambda: (dataset / "quarantine").is_dir() and len(list((dataset / "quarantine").glob("*"))) == 2)
    assert "1 failed" in CliRunner().invoke(cli, ["retry", str(dataset)]).output
    assert watcher.stderr is not None
    seen = 0
    while seen < 2:  # the first attempt and the one that was asked for
        seen += '"failed"' in watcher.stderr.readline()
    assert watcher.poll() is None


OWN = """[[indicator]]
id = "own.upkeep"
name = "养护县道里程"
level2 = "数量指标"
units = ["公里"]
direction = "positive"
"""


def test_an_edited_taxonomy_is_applied_and_a_broken_one_waited_for(inbox: Path, tmp_path: Path) -> None:
    own, dataset = tmp_path / "own.toml", tmp_path / "out"
    own.write_text(OWN.replace("养护县道里程", "别的事项"), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "watch", str(inbox), "-o", str(dataset), "--settle", "0.2", "--jobs", "1"]
    words = ["--taxonomy", str(own), "--log-format", "json"]
    process = subprocess.Popen([*command, *words], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None

    def has_own() -> bool:
        return any("own.upkeep" in path.read_text(encoding="utf-8") for path in (dataset / "documents").glob("*.json"))

    try:
        wait_for(lambda: delivered(dataset) == {"form.txt"})
        assert not has_own()
        own.write_text("[[indicator]", encoding="utf-8")
        while json.loads(process.stderr.readline())["event"] != "waiting":
            pass
        assert process.poll() is None
        assert delivered(dataset) == {"form.txt"}
        own.write_text(OWN, encoding="utf-8")
        wait_for(has_own)
    finally:
        process.kill()
        process.wait()


def test_sigterm_lets_the_page_in_hand_end_and_the_next_watcher_goes_on(inbox: Path, tmp_path: Path) -> None:
    pdf_of_pages(inbox / "long.pdf", 150)
    command = [sys.executable, "-m", "pipeline.cli", "watch", str(inbox), "-o", str(tmp_path / "out"), "--settle", "0", "--jobs", "1"]
    process = subprocess.Popen([*command, "--log-format", "json"], stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: len(list((tmp_path / "out").glob(".pages/*/[!.]*.page"))) >= 3)
        process.send_signal(signal.SIGTERM)
        errors = process.communicate(timeout=60)[1]
    finally:
        process.kill()
    assert process.returncode == 0 and "long.pdf" not in errors, errors
    kept = list((tmp_path / "out").glob(".pages/*/[!.]*.page"))
    assert 3 <= len(kept) < 150
    (folder,) = (tmp_path / "out" / ".pages").iterdir()
    assert not list(folder.glob(".*"))  # the page in hand was ended, not cut off
    assert once(inbox, tmp_path / "out").exit_code == 0
    assert delivered(tmp_path / "out") == {"form.txt", "long.pdf"}
    assert not folder.exists()
