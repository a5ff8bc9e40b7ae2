"""What a large archive costs to clean: seconds and memory for so many documents, made from the reads of the samples.

usage: python -m bench.many_documents --out DIR [--count 5000] [--jobs 1] [--formats json,csv] [--arrive 3]
       [--sample NAME ...] [--input FILE ...]

Each document is the read of a sample (or of a file given with --input) under
another content, path, unit and project; twenty documents belong to a unit. ``jixiao clean`` then runs as a
process of its own: all, nothing new, and after some have arrived. Memory is
that of the process and its workers together, looked at five times a second.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from extractors.options import ReadOptions
from pipeline.batch import read_inputs
from pipeline.cleaning.run import clean_dataset
from pipeline.dataset import Dataset, json_files, load_json, to_json
from pipeline.inputs.outcome import Outcome
from pipeline.inputs.walk import walk_inputs
from pipeline.ledger import Seen, opened
from pipeline.settings import Settings
from pipeline.versions import reader_version

SAMPLES = Path(__file__).parent.parent / "samples"
_DIGITS = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
_IN_A_UNIT = 20
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Seed:
    """The text of a read with marks in it, and what the ledger wants to know of it."""

    text: str
    suffix: str
    pages: int
    tables: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--formats", default="json,csv")
    parser.add_argument("--arrive", type=int, default=3)
    parser.add_argument("--sample", action="append", help="only the reads of this sample; may be given again")
    parser.add_argument("--input", action="append", type=Path, help="the read of this file instead of samples; may be given again")
    chosen = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, jixiao {version('jixiao')}", flush=True)
    seeds = sample_reads(chosen.out / "seed", chosen.input or samples(chosen.sample or ["*"]))
    dataset = Dataset(chosen.out / "dataset")
    began, cpu = time.monotonic(), time.process_time()
    there = sum(1 for _ in json_files(dataset.reads)) if dataset.reads.is_dir() else 0
    multiply(seeds, dataset, range(there, chosen.count))
    cpu = (time.process_time() - cpu) / max(1, chosen.count - there)
    print(f"made {chosen.count - there} reads in {time.monotonic() - began:.0f} s, {1000 * cpu:.2f} ms CPU each", flush=True)
    print(f"{'':28}{'seconds':>10}{'CPU s':>10}{'ms CPU/document':>17}{'peak MiB':>10}{'largest MiB':>13}")
    clean(dataset, "all", chosen, "json,csv")
    clean(dataset, "nothing new", chosen, "json,csv")
    multiply(seeds, dataset, range(chosen.count, chosen.count + chosen.arrive))
    clean(dataset, f"{chosen.arrive} arrived", chosen, "json,csv")
    for name in chosen.formats.split(","):
        if name not in ("json", "csv"):
            clean(dataset, f"nothing new, {name} too", chosen, name)
            for path in (*dataset.root.glob(f"*.{name}"),):
                print(f"    {path.name:24}{path.stat().st_size / 2**20:10.0f} MiB")
                path.unlink()
    for folder in (dataset.reads, dataset.documents):
        print(f"    {folder.name:24}{sum(path.stat().st_size for path in folder.iterdir()) / 2**20:10.0f} MiB")
    for path in sorted(dataset.root.iterdir()):
        if path.is_file():
            print(f"    {path.name:24}{path.stat().st_size / 2**20:10.0f} MiB")


def samples(names: list[str]) -> list[Path]:
    return sorted(path for name in names for path in SAMPLES.glob(f"{name}/input.*"))


def sample_reads(folder: Path, paths: list[Path]) -> list[Seed]:
    """Reads of such files, each with marks where a copy has its own names."""
    shutil.rmtree(folder, ignore_errors=True)
    dataset = Dataset(folder)
    inputs = walk_inputs(paths, folder)
    read_inputs(inputs, dataset, Settings(read=ReadOptions()), lambda _: None, lambda _: None)
    clean_dataset(dataset, Settings())
    return [to_seed(load_json(dataset.read_path(value["document"]["sha256"])), value) for value in dataset.load_documents()]


def to_seed(read: dict[str, Any], value: dict[str, Any]) -> Seed:
    """A read with ``@unit@`` behind names of units and ``@project@`` behind those of projects."""
    names = {table[f"{what}_name"]: f"{table[f'{what}_name']}@{what}@" for table in value["tables"] for what in ("project", "unit")}
    names.pop(None, None)
    marked = _marked(read, sorted(names.items(), key=lambda each: (-len(each[0]), each[0])))
    text = to_json({**marked, "path": "@path@", "sha256": "@sha256@"})
    return Seed(text, Path(read["path"]).suffix, len(read["pages"]), len(read["tables"]))


def _marked(value: Any, names: list[tuple[str, str]]) -> Any:
    if isinstance(value, dict):
        return {key: _marked(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_marked(each, names) for each in value]
    if isinstance(value, str):
        plain = value.replace("\n", "")
        return next((plain.replace(name, other) for name, other in names if name in plain), value)
    return value


def multiply(seeds: list[Seed], dataset: Dataset, numbers: range) -> None:
    """Reads and ledger of documents that nobody has filed."""
    dataset.create()
    rest = iter(numbers)
    with opened(dataset) as ledger:
        while part := list(islice(rest, 500)):
            seen = [Seen(f"archive/{n // 1000:04}/{n:07}{seeds[n % len(seeds)].suffix}", _digest(n)) for n in part]
            ledger.note_seen(seen, reader_version())
            for number, each in zip(part, seen, strict=True):
                seed = seeds[number % len(seeds)]
                text = seed.text.replace("@path@", each.path).replace("@sha256@", each.sha256).replace("@project@", _in_words(number))
                # Made in bulk, without the care that a read takes.
                dataset.read_path(each.sha256).write_text(text.replace("@unit@", _in_words(number // _IN_A_UNIT)), encoding="utf-8")
                ledger.note_read(each.path, Outcome(each.sha256, seed.pages, seed.tables, 0.0), reader_version())


def _digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _in_words(number: int) -> str:
    text = ""
    while number or not text:
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def clean(dataset: Dataset, what: str, chosen: argparse.Namespace, formats: str) -> None:
    """Run ``jixiao clean`` and print what it took."""
    command = [sys.executable, "-m", "pipeline.cli", "clean", str(dataset.root), "--jobs", str(chosen.jobs), "--format", formats]
    began, cpu = time.monotonic(), os.times()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = largest = 0
    while process.poll() is None:
        sizes = [_resident(pid) for pid in _tree(process.pid)]
        peak, largest = max(peak, sum(sizes)), max([largest, *sizes])
        time.sleep(0.2)
    assert process.stdout is not None
    said = process.stdout.read()
    if process.returncode:
        sys.exit(said)
    seconds, used = time.monotonic() - began, os.times()
    spent = used.children_user + used.children_system - cpu.children_user - cpu.children_system
    each = 1000 * spent / chosen.count
    print(f"{what:28}{seconds:10.1f}{spent:10.1f}{each:17.2f}{peak / 2**20:10.0f}{largest / 2**20:13.0f}", flush=True)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
