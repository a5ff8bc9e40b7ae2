"""Disks that fill, folders that go away, and a ledger that somebody holds: each with real means."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.normalizers.forms import form_text
from tests.pipeline.test_watch import delivered, form, wait_for

MEGABYTES = 4


def run(*words: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout)


def is_message(done: subprocess.CompletedProcess[str]) -> bool:
    return done.returncode == 1 and "Traceback" not in done.stderr + done.stdout


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(12):
        (folder / f"form{number:02}.txt").write_text(form(number), encoding="utf-8")
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes; needs the right to mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    options = f"size={MEGABYTES}m"
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_ends_the_run_and_space_lets_it_go_on(inbox: Path, small_disk: Path, tmp_path: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * ((MEGABYTES << 20) - (300 << 10)))
    done = run("extract", inbox, "-o", small_disk / "out", "--jobs", 1)
    assert is_message(done) and "No space left" in done.stderr, done.stderr
    for path in (small_disk / "out").rglob("[!.]*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    filler.unlink()
    assert run("extract", inbox, "-o", small_disk / "out", "--jobs", 1).returncode == 0
    assert run("extract", inbox, "-o", tmp_path / "calm", "--jobs", 1).returncode == 0
    for path in [*(tmp_path / "calm").glob("*.csv"), *(tmp_path / "calm").glob("*/[!.]*.json")]:
        assert (small_disk / "out" / path.relative_to(tmp_path / "calm")).read_bytes() == path.read_bytes()


def test_a_watcher_on_a_full_disk_leaves_with_a_message(inbox: Path, small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * ((MEGABYTES << 20) - (200 << 10)))
    done = run("watch", inbox, "-o", small_disk / "out", "--settle", 0.2)
    assert is_message(done) and "space" in done.stderr, done.stderr
    filler.unlink()
    assert run("watch", inbox, "-o", small_disk / "out", "--settle", 0, "--once").returncode == 0
    assert len(delivered(small_disk / "out")) == 12


def test_a_disk_that_may_not_be_written_is_named(inbox: Path, small_disk: Path) -> None:
    assert run("extract", inbox, "-o", small_disk / "out", "--jobs", 1).returncode == 0
    before = {path: path.read_bytes() for path in (small_disk / "out").rglob("[!.]*.json")}
    (inbox / "one-more.txt").write_text(form(50), encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for words in (("extract", inbox, "-o"), ("watch", inbox, "--once", "--settle", 0, "-o"), ("clean",)):
        done = run(*words, small_disk / "out")
        assert is_message(done) and ("written" in done.stderr or "write" in done.stderr), done.stderr
    assert {path: path.read_bytes() for path in (small_disk / "out").rglob("[!.]*.json")} == before
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert run("extract", inbox, "-o", small_disk / "out", "--jobs", 1).returncode == 0
    assert len(delivered(small_disk / "out")) == 13


def test_an_inbox_that_goes_and_comes_back_loses_nothing(inbox: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "watch", inbox, "-o", tmp_path / "out", "--settle", "0.3", "--jobs", "1"]
    watcher = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: (tmp_path / "out" / "reads").is_dir())
        inbox.rename(tmp_path / "away")  # in the middle of its work
        time.sleep(1.5)
        assert watcher.poll() is None
        (tmp_path / "away" / "late.txt").write_text(form(60), encoding="utf-8")
        (tmp_path / "away").rename(inbox)
        wait_for(lambda: len(delivered(tmp_path / "out")) == 13, 90)
        wait_for(lambda: (tmp_path / "out" / "failures.csv").read_text(encoding="utf-8-sig").count("\n") == 1)
        watcher.terminate()
        errors = watcher.communicate(timeout=30)[1]
        assert watcher.returncode == 0 and "Traceback" not in errors
    finally:
        watcher.kill()
        watcher.wait()


def test_a_ledger_that_is_held_is_waited_for(inbox: Path, tmp_path: Path) -> None:
    assert run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1).returncode == 0
    (inbox / "one-more.txt").write_text(form(50), encoding="utf-8")
    holder = sqlite3.connect(tmp_path / "out" / "ledger.sqlite", check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(3, holder.rollback).start()
    started = time.monotonic()
    done = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert done.returncode == 0 and time.monotonic() - started > 2, done.stderr
    assert len(delivered(tmp_path / "out")) == 13
    holder.close()


def test_space_that_ends_while_exports_are_made_leaves_the_old_ones(inbox: Path, small_disk: Path) -> None:
    assert run("extract", inbox, "-o", small_disk / "out", "--jobs", 1).returncode == 0
    before = {path.name: path.read_bytes() for path in (small_disk / "out").glob("*.csv")}
    shutil.rmtree(small_disk / "out" / "documents")
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    (small_disk / "filler").write_bytes(b"\0" * (free - (150 << 10)))
    done = run("clean", small_disk / "out")
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr
    for name, content in before.items():
        now = (small_disk / "out" / name).read_bytes()
        assert now == content or now.endswith(b"\n")
    (small_disk / "filler").unlink()
    assert run("clean", small_disk / "out").returncode == 0
    assert {path.name: path.read_bytes() for path in (small_disk / "out").glob("*.csv")} == before


def test_the_masters_are_never_changed(inbox: Path, tmp_path: Path) -> None:
    for path in inbox.iterdir():
        path.chmod(0o444)
    inbox.chmod(0o555)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns, path.read_bytes()) for path in inbox.iterdir()}
    assert run("watch", inbox, "-o", tmp_path / "out", "--settle", 0, "--once").returncode == 0
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns, path.read_bytes()) for path in inbox.iterdir()} == before
    inbox.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="file names there are text")
def test_a_name_that_is_not_utf8_is_delivered(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (Path(os.fsdecode(os.fsencode(inbox) + "/目标表.txt".encode("gb18030")))).write_text(form_text(), encoding="utf-8")
    (Path(os.fsdecode(os.fsencode(inbox) + "/坏表.pdf".encode("gb18030")))).write_bytes(b"%PDF-1.4\nnothing")
    done = run("watch", inbox, "-o", tmp_path / "out", "--settle", 0, "--once")
    assert done.returncode == 1, done.stderr
    assert delivered(tmp_path / "out") == {"目标表.txt"}
    kept = sorted(path.name.partition("-")[2] for path in (tmp_path / "out" / "quarantine").iterdir())
    assert kept == ["坏表.pdf", "坏表.pdf.reason.txt"]
