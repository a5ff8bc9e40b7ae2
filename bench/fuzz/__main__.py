"""Harmless files, mutated by a seed, through the real command: is each of them accounted for?

    python -m bench.fuzz --seed 1 --files 100 --folders 50

Each folder is one run of `jixiao extract`. Counted: files that are neither in the
documents nor in failures.csv nor in skipped.csv, runs that ended, tracebacks, internal
errors, exports that another library cannot open, and the most memory that the run's
own process took. The mutations are of bytes, of the objects of PDFs, of the heads of
pictures, of the cells and tags of texts, and of the parts of packages.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.fuzz.account import FAULTS, account
from bench.fuzz.mutations import mutated
from bench.fuzz.originals import ROOT, Original, originals

# Of its own memory: what getrusage tells of a new process is that of the one which started it, too.
_WATCHER = (
    "import re, sys; from pathlib import Path; from pipeline.cli import cli\n"
    "try: cli(sys.argv[1:])\n"
    "except SystemExit as end: code = end.code or 0\n"
    "print('PEAK', re.search('VmHWM:.*?([0-9]+)', Path('/proc/self/status').read_text())[1]); sys.exit(code)"
)


def fill(folder: Path, count: int, chance: random.Random, pictures: float, known: list[Original]) -> None:
    """So many mutated files; what costs OCR is only a share of them, for a text is read in milliseconds."""
    slow = [each for each in known if each.slow]
    fast = [each for each in known if not each.slow]
    for index in range(count):
        one = chance.choice(slow if chance.random() < pictures else fast)
        (folder / f"{index:04}-{one.name}").write_bytes(mutated(one.kind, one.data, chance))


def run(folder: Path, out: Path, options: Iterable[str]) -> tuple[int, str, int]:
    """Exit code, what was said, and the most bytes that the process of the run itself had."""
    command = [sys.executable, "-c", _WATCHER, "extract", str(folder), "-o", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
    peak = re.search(r"PEAK (\d+)", done.stdout)
    return done.returncode, done.stdout + done.stderr, int(peak[1]) * 1024 if peak else 0


def report(total: Counter[str], files: int, seed: int, seconds: float, most: int) -> None:
    """The account of all folders."""
    print(f"{files} files, seed {seed}, {seconds:.0f} s")
    for name in FAULTS:
        total.setdefault(name, 0)
    for name, count in sorted(total.items()):
        print(f"{name:32} {count}")
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(f"most memory of a run's own process  {most / 1e6:.0f} MB; of any process {workers / 1e6:.0f} MB", flush=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--first", type=int, default=0, metavar="FOLDER", help="Begin with this one: each has a seed of its own.")
    words.add_argument("--folders", type=int, default=50)
    words.add_argument("--files", type=int, default=100, help="a folder")
    words.add_argument("--pictures", type=float, default=0.05, metavar="SHARE")
    words.add_argument("--only", metavar="WORD", help="Only originals with this in their name.")
    words.add_argument("--page-timeout", default="60", metavar="SECONDS")
    words.add_argument("--format", default="json,csv,xlsx")
    words.add_argument("--keep", type=Path, metavar="FOLDER", help="Put folders with a fault here.")
    chosen = words.parse_args()
    known = [each for each in originals() if not chosen.only or chosen.only in each.name]
    options = ("--page-timeout", chosen.page_timeout, "--clean-timeout", "60", "--format", chosen.format)
    total: Counter[str] = Counter()
    started, most = time.monotonic(), 0
    for index in range(chosen.first, chosen.first + chosen.folders):
        with tempfile.TemporaryDirectory() as space:
            folder, out = Path(space, "in"), Path(space, "out")
            folder.mkdir()
            pictures = chosen.pictures if not chosen.only else float(all(each.slow for each in known))
            fill(folder, chosen.files, random.Random(f"{chosen.seed}/{index}"), pictures, known)
            code, said, peak = run(folder, out, options)
            found = account(folder, out, code, said)
            total, most = total + found, max(most, peak)
            if chosen.keep and any(found[name] for name in (*FAULTS, "document not cleaned")):
                Path(space, "said.txt").write_text(said, encoding="utf-8")
                shutil.copytree(space, chosen.keep / f"{chosen.seed}-{index}", dirs_exist_ok=True)
        print(f"folder {index}, {time.monotonic() - started:.0f} s, {peak / 1e6:.0f} MB: {dict(found)}", file=sys.stderr, flush=True)
    report(total, chosen.folders * chosen.files, chosen.seed, time.monotonic() - started, most)


if __name__ == "__main__":
    main()
