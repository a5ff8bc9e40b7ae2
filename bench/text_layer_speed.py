"""Born-digital pages a second: other builds of this project against this one, pdfplumber and tablers beside, in turns in one run.

    git worktree add /tmp/before 8bee528
    git clone --depth 1 https://github.com/tabulapdf/tabula-java
    python -m bench.forms --seed 1511000 --count 100 --level d0 --out forms
    uv venv peers && uv pip install --python peers/bin/python tablers pdfplumber
    python -m bench.text_layer_speed forms tabula-java --build 8bee528=/tmp/before --peers peers/bin/python

One process a reader; each file is read by all of them one after the other,
the first one another in each round, and of each file the least time counts.
What is told is the time of the processor, which other work on the machine
disturbs less. Ours reads pages to tables, as ``extract`` does before it
cleans; the peers find tables and their text. With ``--layer`` a page whose
content asks for OCR is read by its text layer all the same.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

_HERE = Path(__file__).resolve().parent.parent
_PEERS = ("pdfplumber", "tablers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of PDFs; a row each in the table")
    parser.add_argument("--build", action="append", default=[], metavar="NAME=FOLDER", help="a checkout of another version")
    parser.add_argument("--peers", type=Path, help="a Python that has pdfplumber and tablers; left out without")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--layer", action="store_true", help="read every page by its text layer")
    parser.add_argument("--reader", help="(internal) be the process of one reader")
    options = parser.parse_args()
    if options.reader:
        _serve(options.reader, options.layer)
        return
    readers = [_Reader("this build", sys.executable, _HERE, options.layer)]
    for build in options.build:
        name, _, place = build.partition("=")
        readers.append(_Reader(name, sys.executable, Path(place).resolve(), options.layer))
    readers += [_Reader(name, str(options.peers), None, options.layer) for name in _PEERS if options.peers]
    print(f"{platform.machine()}, Python {platform.python_version()}, {options.rounds} rounds\n")
    print("| pages | " + " | ".join(f"{reader.name}: ms a page" for reader in readers) + " |")
    print("|---" * (len(readers) + 1) + "|")
    for folder in options.folders:
        print(f"| {_measure(folder, readers, options.rounds)} |", flush=True)
    for reader in readers:
        reader.process.stdin.close()
        reader.process.wait()


@dataclass(slots=True)
class _Reader:
    """One reader in a process of its own. ``home`` is the checkout that it runs, None for a library."""

    name: str
    python: str
    home: Path | None
    layer: bool
    process: Any = field(init=False)

    def __post_init__(self) -> None:
        kind = "jixiao" if self.home is not None else self.name
        command = [self.python, str(Path(__file__).resolve()), "--reader", kind, *(["--layer"] if self.layer else [])]
        places = {"PYTHONPATH": str(self.home)} if self.home is not None else {}
        self.process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"} | places
        )

    def read(self, path: Path) -> tuple[int, float]:
        """How many pages a file has, and the seconds of processor time that reading them took."""
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        pages, seconds = self.process.stdout.readline().split()
        return int(pages), float(seconds)


def _measure(folder: Path, readers: list[_Reader], rounds: int) -> str:
    files = sorted(path.resolve() for path in folder.rglob("*.pdf"))
    pages: dict[Path, int] = {}
    least: dict[tuple[str, Path], float] = {}
    for number in range(rounds + 1):
        turn = number % len(readers)
        # The first round loads what a reader loads once.
        for path in files if number else files[:2]:
            for reader in readers[turn:] + readers[:turn]:
                count, seconds = reader.read(path)
                if number:
                    pages[path] = count
                    least[reader.name, path] = min(seconds, least.get((reader.name, path), seconds))
    total = sum(pages.values())
    times = [1000 * sum(least[reader.name, path] for path in files) / total for reader in readers]
    return f"{folder.name}: {total} in {len(files)} files | " + " | ".join(f"{each:.1f} ({times[0] / each:.2f})" for each in times)


def _serve(kind: str, layer: bool) -> None:
    """Answer each path on standard input with its page count and the seconds that reading took."""
    read = {"jixiao": _ours, "pdfplumber": _pdfplumber, "tablers": _tablers}[kind](layer)
    out: IO[str] = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        started = time.process_time()
        pages = read(Path(line.rstrip("\n")))
        print(pages, time.process_time() - started, file=out, flush=True)


Read = Callable[[Path], int]


def _ours(layer: bool) -> Read:
    try:
        from extractors.pdf.file import PdfFile
    except ImportError:
        # Where it stood until 8bee528.
        from extractors.pdf_file import PdfFile  # type: ignore[import-not-found, no-redef]
    from extractors.options import ReadOptions

    def read(path: Path) -> int:
        with PdfFile(path, ReadOptions()) as pdf:
            for index in range(pdf.page_count):
                if layer:
                    pdf.read_text_layer(index)
                elif (page := pdf.open_page(index)).pixels == 0:
                    page.read()
            return pdf.page_count

    return read


def _pdfplumber(layer: bool) -> Read:
    import pdfplumber

    # pdfminer logs each oddity of each font.
    logging.disable(logging.ERROR)

    def read(path: Path) -> int:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()
            return len(pdf.pages)

    return read


def _tablers(layer: bool) -> Read:
    import tablers  # type: ignore[import-not-found]

    def read(path: Path) -> int:
        document = tablers.Document(str(path))
        for page in document.pages():
            tablers.find_tables(page, extract_text=True)
        count = int(document.page_count)
        document.close()
        return count

    return read


if __name__ == "__main__":
    main()
