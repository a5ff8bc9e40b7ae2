"""Two hundred files that come in every way that files come: each is delivered or quarantined, none twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.normalizers.forms import form_text
from tests.pipeline.bad_inputs import encrypted_pdf, half_pdf, pdf_without_table
from tests.pipeline.test_watch import wait_for

COUNT = 200
SEED = 7


class Sender:
    """Puts files into an inbox, a way a file, and remembers what must come of each."""

    def __init__(self, inbox: Path, outside: Path) -> None:
        self.inbox, self.outside = inbox, outside
        self.good: set[str] = set()
        self.bad: set[str] = set()
        self.gone: set[str] = set()
        self.slow: list[tuple[Path, bytes]] = []
        self._number = 0

    def content(self) -> bytes:
        """A form that nobody sent before."""
        self._number += 1
        return form_text().replace("36.5", f"{self._number}.25").encode()

    def send(self, way: str, name: str) -> None:
        getattr(self, f"by_{way}")(self.inbox / name)

    def by_copy(self, path: Path) -> None:
        path.write_bytes(self.content())
        self.good.add(path.name)

    def by_move(self, path: Path) -> None:
        (self.outside / path.name).write_bytes(self.content())
        shutil.move(self.outside / path.name, path)
        self.good.add(path.name)

    def by_slow_write(self, path: Path) -> None:
        """Begun here, gone on with by ``write_on`` while other files come."""
        path.touch()
        self.slow.append((path, self.content()))
        self.good.add(path.name)

    def by_rsync(self, path: Path) -> None:
        aside = path.with_name(f".{path.name}.a1B2c3")
        aside.write_bytes(self.content())
        aside.rename(path)
        self.good.add(path.name)

    def by_part_name(self, path: Path) -> None:
        aside = path.with_name(path.name + ".filepart")
        aside.write_bytes(self.content())
        aside.rename(path)
        self.good.add(path.name)

    def by_folder(self, path: Path) -> None:
        below = path.parent / f"sub{self._number % 7}" / "deeper"
        below.mkdir(parents=True, exist_ok=True)
        self.by_copy(below / path.name)

    def by_moved_folder(self, path: Path) -> None:
        folder = self.outside / f"folder-{path.stem}"
        folder.mkdir()
        (folder / path.name).write_bytes(self.content())
        shutil.move(folder, self.inbox / folder.name)
        self.good.add(path.name)

    def by_rename(self, path: Path) -> None:
        """Under another name first; where that was seen, it is the same document still."""
        first = path.with_name(f"first-{path.name}")
        first.write_bytes(self.content())
        first.rename(path)
        self.good.add(path.name)

    def by_replace(self, path: Path) -> None:
        path.write_bytes(self.content())
        aside = self.outside / path.name
        aside.write_bytes(self.content())
        os.replace(aside, path)  # noqa: PTH105
        self.good.add(path.name)

    def by_double(self, path: Path) -> None:
        content = self.content()
        path.write_bytes(content)
        path.with_name(f"twin-{path.name}").write_bytes(content)
        self.good.add(path.name)

    def by_truncated_pdf(self, path: Path) -> None:
        """Half of a PDF now, the whole by ``write_on``."""
        whole = self.outside / "whole.pdf"
        pdf_without_table(whole)
        content = whole.read_bytes() + b"%" * self._number + b"\n%%EOF\n"
        path.write_bytes(content[: len(content) // 2])
        self.slow.append((path, content))
        self._number += 1
        self.good.add(path.name)

    def by_broken(self, path: Path) -> None:
        half_pdf(path)
        path.write_bytes(path.read_bytes() + b"%" * self._number)
        self._number += 1
        self.bad.add(path.name)

    def by_locked(self, path: Path) -> None:
        encrypted_pdf(path)
        path.write_bytes(path.read_bytes() + b"%" * self._number + b"\n%%EOF\n")
        self._number += 1
        self.bad.add(path.name)

    def by_mended(self, path: Path) -> None:
        """Locked at first; a good one takes its place later."""
        self.by_locked(path)
        self.bad.discard(path.name)
        self.good.add(path.name)
        self.slow.append((path, self.content()))

    def write_on(self, dice: random.Random) -> None:
        """The next piece of some of the files that are not whole yet."""
        for path, content in dice.sample(self.slow, min(len(self.slow), 6)):
            have = path.stat().st_size if path.read_bytes() == content[: path.stat().st_size] else 0
            upto = have + max(len(content) // 3, 1)
            if have == 0:
                path.write_bytes(content[:upto])
            else:
                with path.open("ab") as file:
                    file.write(content[have:upto])
            if upto >= len(content):
                self.slow.remove((path, content))


WAYS = [name.removeprefix("by_") for name in dir(Sender) if name.startswith("by_")]


def state_of(dataset: Path) -> tuple[Counter[str], set[str]]:
    """Names of what is delivered, counted over documents, and of what is quarantined."""
    names: Counter[str] = Counter()
    for path in (dataset / "documents").glob("[!.]*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))["document"]
        names.update(Path(each).name for each in document.get("paths") or [document["path"]])
    kept = {path.name.split("-", 1)[1] for path in (dataset / "quarantine").glob("[!.]*") if not path.name.endswith(".reason.txt")}
    return names, kept


def test_two_hundred_files_that_come_in_every_way(tmp_path: Path) -> None:
    inbox, dataset, outside = tmp_path / "inbox", tmp_path / "out", tmp_path / "outside"
    inbox.mkdir()
    outside.mkdir()
    dice = random.Random(SEED)
    sender = Sender(inbox, outside)
    ways = [WAYS[number % len(WAYS)] for number in range(COUNT)]
    dice.shuffle(ways)
    for number, way in enumerate(ways[:30]):  # some are there before the watcher is
        sender.send(way, f"file{number:03}-{way}")
    command = [sys.executable, "-m", "pipeline.cli", "watch", str(inbox), "-o", str(dataset), "--settle", "1", "--jobs", "1"]
    log = tmp_path / "log"
    with log.open("wb") as file:
        watcher = subprocess.Popen([*command, "--log-format", "json"], stderr=file)
    try:
        for number, way in enumerate(ways[30:], 30):
            sender.send(way, f"file{number:03}-{way}")
            sender.write_on(dice)
            time.sleep(dice.uniform(0.0, 0.1))
        while sender.slow:
            sender.write_on(dice)
            time.sleep(0.05)

        def is_done() -> bool:
            names, kept = state_of(dataset)
            return sender.good <= set(names) and kept == sender.bad

        wait_for(is_done, 90)
        watcher.send_signal(signal.SIGTERM)
        assert watcher.wait(30) == 0
    finally:
        watcher.kill()
        watcher.wait()
    names, kept = state_of(dataset)
    extra = set(names) - sender.good
    assert all(name.startswith(("first-", "twin-")) for name in extra), extra
    assert max(names.values()) == 1, "a file was delivered twice"
    assert kept == sender.bad
    for name in kept:
        (reason,) = (dataset / "quarantine").glob(f"*-{name}.reason.txt")
        assert len(reason.read_text(encoding="utf-8").split("\n")) >= 4
    read = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    times = Counter(event["sha256"] for event in read if event["event"] == "read")
    assert max(times.values()) == 1, "a content was read twice"
    assert json.loads((dataset / "health.json").read_text(encoding="utf-8"))["state"] == "stopped"
