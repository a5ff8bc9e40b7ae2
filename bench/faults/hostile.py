"""A folder that was made to hurt the walk, the readers, the cleaner and the exports, in one run: is each entry accounted for?"""

from __future__ import annotations

import csv
import json
import os
import random
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.faults.harm import BYTES
from bench.faults.running import ended, start
from tests.normalizers.forms import form_text

_FORMATS = ("--format", "json,csv,xlsx")
_MOST_SECONDS, _MOST_BYTES = 600, 4 << 30


def hostile(count: int, seed: int) -> bool:
    """One run over so many entries; True where all are accounted for, in time and in memory."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="hostile-", dir="/tmp") as space:
        inbox, out = Path(space, "in"), Path(space, "out")
        inbox.mkdir()
        kinds = _make(inbox, count, chance)
        began = time.monotonic()
        process = start("extract", inbox, "-o", out, *_FORMATS)
        most = _Most(process.pid)
        watching = threading.Thread(target=most.watch)
        watching.start()
        end = ended(process, began)
        watching.join()
        worked = os.times().children_user + os.times().children_system
        found = _account(out, kinds)
        lost = [f"{name} ({kinds[name]})" for name in kinds if name not in found]
        good = end.is_clear and not lost and most.bytes < _MOST_BYTES and end.seconds < _MOST_SECONDS
        print(end.said[-1500:])
        for kind in sorted(set(kinds.values())):
            print(f"  {kind:22} {dict(Counter(found.get(name, 'LOST') for name in kinds if kinds[name] == kind))}")
        print(f"{count} entries: exit {end.code}, {end.seconds:.0f} s by the clock, {worked:.0f} s of processors, "
              f"most memory of all processes {most.bytes / 1e6:.0f} MB, lost {lost or 'none'}", flush=True)  # fmt: skip
        _remove(inbox)
    return good


def _make(inbox: Path, count: int, chance: random.Random) -> dict[str, str]:
    """Name of the entry -> its kind."""
    kinds: dict[str, str] = {}
    makers = {**_ENTRIES, **{name: _of_bytes(make) for name, make in BYTES.items()}}
    for index in range(count):
        kind = list(makers)[index % len(makers)]
        name = f"h{index:03}"
        makers[kind](inbox, name, index, chance)
        kinds[name] = kind
    return kinds


Entry = Callable[[Path, str, int, random.Random], None]


def _of_bytes(make: Callable[[int, random.Random], tuple[str, bytes]]) -> Entry:
    def entry(inbox: Path, name: str, index: int, chance: random.Random) -> None:
        ending, data = make(index, chance)
        (inbox / f"{name}{ending}").write_bytes(data)

    return entry


def _loop(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    (inbox / name).symlink_to(name if index % 2 else ".")


def _dangling(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    (inbox / f"{name}.pdf").symlink_to("nowhere/" * (index % 400 + 1) + "x.pdf")


def _outside(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    (inbox / f"{name}.txt").symlink_to("/etc/hostname" if index % 2 else "/etc")


def _deep(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    """1,500 levels; made from within, for the path is longer than a path may be."""
    before = Path.cwd()
    try:
        os.chdir(inbox)
        for step in (name, *["d"] * 1500):
            Path(step).mkdir()
            os.chdir(step)
        Path("form.txt").write_text(form_text().replace("36.5", f"{index}.25"), encoding="utf-8")
    finally:
        os.chdir(before)


def _long_name(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    (inbox / (name + "长" * ((255 - len(name) - 4) // 3) + ".pdf")).write_bytes(b"%PDF-1.4 " + name.encode())


def _odd_name(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    odd = chance.choice((b"\x1b[2J", b"\n\r", "表".encode("gb18030"), b"\xff\xfe", "\u202e".encode(), b" ", b"=1+1"))
    path = Path(os.fsdecode(b"%b/%b-%b.txt" % (os.fsencode(inbox), name.encode(), odd)))
    path.write_text(form_text().replace("36.5", f"{index}.75"), encoding="utf-8")


def _closed(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    (inbox / name).mkdir()
    (inbox / name / "form.txt").write_text(form_text().replace("36.5", f"{index}.5"), encoding="utf-8")
    (inbox / name).chmod(0)


def _pipe(inbox: Path, name: str, index: int, chance: random.Random) -> None:
    """Reading it waits for ever."""
    if index % 2:
        os.mkfifo(inbox / f"{name}.txt")
    else:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(inbox / f"{name}.pdf"))


_ENTRIES: dict[str, Entry] = {
    "link loop": _loop, "dangling link": _dangling, "link outside": _outside, "1,500 levels": _deep, "name of 255 bytes": _long_name,
    "odd name": _odd_name, "closed folder": _closed, "pipe or socket": _pipe,
}  # fmt: skip


def _remove(inbox: Path) -> None:
    """By rm: Python's own way calls itself for each of the 1,500 levels."""
    subprocess.run(["chmod", "-R", "u+rwx", str(inbox)], check=False, capture_output=True)
    subprocess.run(["rm", "-rf", str(inbox)], check=True)


class _Most:
    """The most memory that a process and all that it started had at one moment; shared pages count once. Linux only."""

    def __init__(self, pid: int) -> None:
        self.pid, self.bytes = pid, 0

    def watch(self) -> None:
        while Path(f"/proc/{self.pid}").exists() and _state(self.pid) not in ("Z", ""):
            self.bytes = max(self.bytes, sum(_share(each) for each in _group(self.pid)))
            time.sleep(0.5)


def _group(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == pid:  # the session that the run began
            found.append(int(path.name))
    return found


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _account(out: Path, kinds: dict[str, str]) -> dict[str, str]:
    """What became of each entry; the name of an entry stands in every path of it."""
    found: dict[str, str] = {}
    csv.field_size_limit(1 << 30)
    told: list[tuple[str, str]] = []
    for name, word in (("skipped.csv", "skipped"), ("failures.csv", "failed")):
        if (out / name).exists():
            with (out / name).open(encoding="utf-8-sig", newline="") as file:
                told += [(row["path"], f"{word}: {row['code']}") for row in csv.DictReader(file)]
    for path in (out / "documents").glob("*.json"):
        value = json.loads(path.read_text(encoding="utf-8"))
        broken = any(each["code"] == "document.not-cleaned" for each in value["findings"])
        told += [(each, "document not cleaned" if broken else "document") for each in value["document"]["paths"]]
    for path, word in told:
        # Beside the inbox's own name: the first step below it begins with the name of the entry.
        entry = path.partition("/in/")[2][:4]
        if entry in kinds:
            found.setdefault(entry, word)
    return found
