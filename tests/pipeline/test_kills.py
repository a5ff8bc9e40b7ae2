"""Killed again and again at any moment, a run ends with the dataset of one that was never disturbed."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.normalizers.forms import form_text
from tests.pipeline.test_long_documents import SAMPLES, pdf_of_pages

KILLS = 50
SEED = 20240611
DOCUMENTS = 60
TRANSCRIPTS, SHORT_PDFS, SCANS = 43, 15, 1


def make_documents(folder: Path) -> int:
    """Sixty small documents: transcripts, born-digital PDFs, a long one, and scans, which come last because OCR is slow to start."""
    from PIL import Image

    folder.mkdir()
    for number in range(TRANSCRIPTS):
        (folder / f"form{number:02}.txt").write_text(form_text().replace("36.5", f"{number}.5"), encoding="utf-8")
    pdf_of_pages(folder / "page.pdf", 1)
    page = (folder / "page.pdf").read_bytes()
    (folder / "page.pdf").unlink()
    for number in range(SHORT_PDFS):
        (folder / f"page{number:02}.pdf").write_bytes(page + b"%" * number + b"\n")
    pdf_of_pages(folder / "long.pdf", 12)
    with Image.open(SAMPLES / "bw-scan" / "input.tiff") as scan:
        for number in range(SCANS):
            top = scan.height * number // 8
            scan.crop((0, top, scan.width, top + scan.height // 6)).save(folder / f"scan{number}.png", dpi=(200, 200))
    return len(list(folder.iterdir()))


@dataclass(slots=True)
class Victim:
    """A run over a dataset, watched so that it can be killed at a chosen moment."""

    inbox: Path
    dataset: Path
    checked: dict[Path, tuple[int, int]] = field(default_factory=dict)
    finished: dict[str, tuple[int, int]] = field(default_factory=dict)

    def start(self) -> subprocess.Popen[bytes]:
        words = ["extract", str(self.inbox), "-o", str(self.dataset), "--jobs", "2"]
        command = [sys.executable, "-m", "pipeline.cli", *words]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def kill_when(self, moment: Callable[[], bool]) -> bool:
        """Kill the whole group at a moment; False when the run ended before."""
        process = self.start()
        until = time.monotonic() + 120
        while process.poll() is None and not moment():
            assert time.monotonic() < until, "the run hangs"
            time.sleep(0.002)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        # It may have ended by itself between the two lines above; how it ended is what counts.
        ended = process.wait()
        assert ended in (0, -signal.SIGKILL)
        self.check()
        return ended != 0

    def count(self, folder: str) -> int:
        return len(list((self.dataset / folder).glob("[!.]*.json")))

    def phase(self) -> str:
        """What the run that was killed was about."""
        return "reading" if self.count("reads") < DOCUMENTS else "cleaning and delivering"

    def touched(self, name: str) -> int:
        path = self.dataset / name
        return path.stat().st_mtime_ns if path.exists() else 0

    def check(self) -> None:
        """No file is half written, and what the ledger called finished is as it was."""
        for path in [*self.dataset.glob("*/[!.]*.json"), *self.dataset.glob("[!.]*.csv")]:
            looks = (path.stat().st_ino, path.stat().st_mtime_ns)
            if self.checked.get(path) != looks:
                text = path.read_text(encoding="utf-8-sig")
                assert text.endswith("\n")
                json.loads(text) if path.suffix == ".json" else list(csv.reader(text.splitlines(keepends=True), strict=True))
                self.checked[path] = looks
        now = self.read_now()
        for sha256, was in self.finished.items():
            assert now.get(sha256) == was, "what was finished was read again"
        self.finished = now

    def read_now(self) -> dict[str, tuple[int, int]]:
        """Attempts and time of writing of everything that the ledger calls read."""
        if not (self.dataset / "ledger.sqlite").exists():
            return {}
        connection = sqlite3.connect(self.dataset / "ledger.sqlite", timeout=30)
        try:
            rows = connection.execute("SELECT sha256, attempts FROM contents WHERE state = 'read'").fetchall()
        except sqlite3.OperationalError:
            return {}  # killed before its tables were made
        finally:
            connection.close()
        return {sha256: (attempts, (self.dataset / "reads" / f"{sha256[:12]}.json").stat().st_mtime_ns) for sha256, attempts in rows}


def moments(victim: Victim, dice: random.Random) -> Callable[[], bool]:
    """The next moment to kill at: while it starts, reads, cleans or delivers, whichever comes first."""
    began, reads = time.monotonic(), victim.count("reads")
    before = {name: victim.touched(name) for name in (".cleaning.sqlite", "indicators.csv", "ledger.sqlite", "findings.csv")}
    is_reading = reads < DOCUMENTS
    kind = dice.choice(["start", "read", "read", "read", "read"] if is_reading else ["start", "clean", "clean", "deliver"])
    delay, more = dice.uniform(0.0, 0.3), dice.randint(1, 3)
    reached: list[float] = []

    def has_come() -> bool:
        if kind == "start":
            return time.monotonic() - began > 4 * delay
        if kind == "read":
            return victim.count("reads") >= min(reads + more, DOCUMENTS)
        if kind == "clean":
            return victim.touched(".cleaning.sqlite") != before[".cleaning.sqlite"]
        return victim.touched("indicators.csv") != before["indicators.csv"] or victim.touched("findings.csv") != before["findings.csv"]

    def is_now() -> bool:
        if not reached and has_come():
            reached.append(time.monotonic())
        # While it reads, a moment later is many documents later.
        return bool(reached) and time.monotonic() - reached[0] >= {"start": 0.0, "read": delay / 10}.get(kind, delay)

    return is_now


def delivered(dataset: Path) -> dict[str, bytes]:
    """Every file for people and programs, without the books of the run itself."""
    files = [path for path in dataset.rglob("*") if path.is_file() and not path.relative_to(dataset).parts[0].startswith((".", "ledger."))]
    return {str(path.relative_to(dataset)): path.read_bytes() for path in files}


def test_fifty_kills_change_nothing(tmp_path: Path) -> None:
    assert make_documents(tmp_path / "in") == DOCUMENTS
    dice = random.Random(SEED)
    victim = Victim(tmp_path / "in", tmp_path / "killed")
    kills: Counter[str] = Counter()
    while sum(kills.values()) < KILLS:
        if victim.kill_when(moments(victim, dice)):
            kills[victim.phase()] += 1
        else:  # all is delivered: what cleaning remembers may be removed at any time
            (victim.dataset / ".cleaning.sqlite").unlink()
    assert len(kills) == 2 and min(kills.values()) >= 10, kills
    calm = Victim(tmp_path / "in", tmp_path / "calm")
    assert victim.start().wait() == 0 and calm.start().wait() == 0
    victim.check()
    assert delivered(victim.dataset) == delivered(calm.dataset)
    assert victim.count("reads") == victim.count("documents") == DOCUMENTS
    assert not [path for path in victim.dataset.rglob("*") if path.name.endswith(".part") or path.name == ".pages"]
    # What a kill interrupted was tried again, and nothing else.
    assert all(1 <= attempts <= KILLS + 1 for attempts, _ in victim.read_now().values())
