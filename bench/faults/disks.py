"""Disks of many sizes: a run over one that is full ends with a message, and goes on when there is room. Linux, as root: it mounts."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.inputs import delivered, differences, fill
from bench.faults.running import Ended, run

_FORMATS = ("--format", "json,csv,xlsx,parquet,duckdb,sqlite")
# Not the same bytes in two runs: databases of other programs.
_OTHERS = (".duckdb", ".sqlite3")


def disks(count: int) -> bool:
    """So many sizes, from nothing to what the dataset takes; True where each run ended clearly and each dataset became whole."""
    good = True
    with tempfile.TemporaryDirectory(prefix="disks-") as space:
        inbox, calm, disk = (Path(space, name) for name in ("in", "calm", "disk"))
        fill(inbox, 0)
        disk.mkdir()
        if not run("extract", inbox, "-o", calm, *_FORMATS).is_clear:
            return False
        whole = sum(path.stat().st_size for path in calm.rglob("*") if path.is_file())
        for step in range(count):
            size = 64 * 1024 + whole * 3 // 2 * step // count
            with _disk(disk, size):
                first = run("extract", inbox, "-o", disk / "out", *_FORMATS)
                halves = [path.name for path in disk.rglob("*") if path.name.endswith(".part")]
                _grow(disk, 8 * whole)
                second = run("extract", inbox, "-o", disk / "out", *_FORMATS)
                wrong = [name for name in differences(delivered(calm), delivered(disk / "out")) if not name.endswith(_OTHERS)]
            clear = first.is_clear and second.is_clear and 2 not in (first.code, second.code) and not wrong
            good = good and clear
            print(f"{size / 1e6:.2f} of {whole / 1e6:.2f} MB: exit {first.code} ({_word(first)}), then {second.code}, ", end="")
            print(f"different {wrong[:3]}, half files {halves[:3]}{'' if clear else '  <-- NOT CLEAR'}", flush=True)
            if not clear:
                print(first.said[-3000:], second.said[-1500:], flush=True)
    print("all ended clearly and became whole" if good else "NOT ALL ENDED CLEARLY", flush=True)
    return good


def _word(one: Ended) -> str:
    return one.refusal or (one.said.strip().splitlines() or ["nothing said"])[-1][:100]


@contextmanager
def _disk(at: Path, size: int) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def _grow(at: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(at)], check=True)
