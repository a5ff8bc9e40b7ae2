"""Harmless files, mutated by a seed, through the real command: is each of them accounted for?

    python -m bench.fuzz --seed 1 --files 100 --folders 50

Each folder is one run of `jixiao extract`. Counted: files that are neither in the
documents nor in failures.csv, runs that ended, tracebacks, internal errors, and the
most memory that the run's own process took. The mutations are of bytes, of the
objects of PDFs, of the heads of pictures, and of the cells and tags of texts.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Mutation = Callable[[bytes, random.Random], bytes]
_SIGNS = ("<", "</td>", "\t", "\n", "|", "\x00", "\ufffe", "=1+1", "<td rowspan=9999>", " " * 5000, "9" * 3000, "（" * 999, "&#0;")


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A piece stands many times."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at : at + chance.randint(1, 200)] * chance.randint(2, 200) + data[at:]


def number(data: bytes, chance: random.Random) -> bytes:
    """A figure in the file is another: lengths, offsets, sizes, references of a PDF, figures of a text."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return flip(data, chance)
    place = chance.choice(found)
    return data[: place.start()] + str(chance.choice((0, 1, -1, 65536, 2**31, 10**12))).encode() + data[place.end() :]


def head(data: bytes, chance: random.Random) -> bytes:
    """Sizes and kinds stand at the beginning."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        out[chance.randrange(min(len(out), 64))] = chance.choice((0, 1, 127, 128, 255))
    return bytes(out)


def insert(data: bytes, chance: random.Random) -> bytes:
    """A sign of some format, or one that is none, in the midst."""
    text = data.decode("utf-8", "replace")
    at = chance.randrange(len(text) + 1)
    return (text[:at] + chance.choice(_SIGNS) * chance.choice((1, 1, 50)) + text[at:]).encode("utf-8", "replace")


MUTATIONS: tuple[Mutation, ...] = (flip, cut, repeat, number, head, insert)


def originals() -> list[tuple[str, bytes]]:
    """The samples, and small files of other kinds made of them."""
    found = [(path.name, path.read_bytes()) for path in sorted((ROOT / "samples").glob("*/input.*"))]
    text = (ROOT / "samples" / "transcript" / "input.txt").read_text(encoding="utf-8")
    rows = ["".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in text.splitlines() if "\t" in line]
    page = "<html><body><p>项目绩效目标表</p><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table></body></html>"
    bars = "\n".join("| " + line.replace("\t", " | ") + " |" if "\t" in line else line for line in text.splitlines())
    small = [(name, data) for name, data in found if len(data) < 1 << 20]
    return [*small, ("page.html", page.encode()), ("bars.md", bars.encode()), ("old.txt", text.encode("gb18030", "replace"))]


def fill(folder: Path, count: int, chance: random.Random, pictures: float) -> None:
    """So many mutated files; text and PDF are read in milliseconds, so that only a share are pictures."""
    known = originals()
    slow = [each for each in known if not each[0].endswith((".txt", ".md", ".html", ".pdf"))]
    fast = [each for each in known if each not in slow]
    for index in range(count):
        name, data = chance.choice(slow if slow and chance.random() < pictures else fast)
        for _ in range(chance.randint(1, 3)):
            data = chance.choice(MUTATIONS)(data, chance) if data else data
        (folder / f"{index:04}-{name}").write_bytes(data)


def run(folder: Path, out: Path) -> tuple[int, str, int]:
    """Exit code, what was said, and the most bytes that the process of the run itself had."""
    watcher = (
        "import resource, sys; from pipeline.cli import cli\n"
        "try: cli(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code or 0\n"
        "print('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    command = [sys.executable, "-c", watcher, "extract", str(folder), "-o", str(out), "--page-timeout", "60", "--clean-timeout", "60"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
    peak = re.search(r"PEAK (\d+)", done.stdout)
    return done.returncode, done.stdout + done.stderr, int(peak[1]) * 1024 if peak else 0


def account(folder: Path, out: Path, code: int, said: str) -> Counter[str]:
    """What became of each file of a folder."""
    known: dict[str, str] = {}
    for path in (out / "documents").glob("*.json"):
        value = json.loads(path.read_text(encoding="utf-8"))
        known |= {Path(each).name: value["status"] for each in value["document"]["paths"]}
        if any(found["code"] == "document.not-cleaned" for found in value["findings"]):
            known[Path(value["document"]["path"]).name] = "not cleaned"
    if (out / "failures.csv").exists():
        with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
            known |= {Path(row["path"]).name: f"failed: {row['code']}" for row in csv.DictReader(file)}
    found = Counter(known.get(path.name, "unaccounted") for path in folder.iterdir())
    found["runs ended"] += code not in (0, 1) or "seconds" not in said
    found["tracebacks"] += "Traceback" in said
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--folders", type=int, default=50)
    words.add_argument("--files", type=int, default=100, help="a folder")
    words.add_argument("--pictures", type=float, default=0.05, metavar="SHARE")
    words.add_argument("--keep", type=Path, metavar="FOLDER", help="Put folders with a fault here.")
    chosen = words.parse_args()
    total: Counter[str] = Counter()
    started, most = time.monotonic(), 0
    for index in range(chosen.folders):
        with tempfile.TemporaryDirectory() as space:
            folder, out = Path(space, "in"), Path(space, "out")
            folder.mkdir()
            fill(folder, chosen.files, random.Random(f"{chosen.seed}/{index}"), chosen.pictures)
            code, said, peak = run(folder, out)
            found = account(folder, out, code, said)
            total, most = total + found, max(most, peak)
            if chosen.keep and (found["unaccounted"] or found["runs ended"] or found["tracebacks"] or found["not cleaned"]):
                shutil.copytree(space, chosen.keep / f"{chosen.seed}-{index}")
        print(f"folder {index + 1}: {dict(found)}", file=sys.stderr, flush=True)
    print(f"{chosen.folders * chosen.files} files, seed {chosen.seed}, {time.monotonic() - started:.0f} s")
    for name in ("unaccounted", "runs ended", "tracebacks"):
        total.setdefault(name, 0)
    for name, count in sorted(total.items()):
        print(f"{name:32} {count}")
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(f"most memory of a run's own process  {most / 1e6:.0f} MB; of any process {workers / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
