"""A3 pages at 600 dpi (7016 x 9921 pixels), several in a file: are they read, and with how much memory?

Made-up forms, enlarged from A4 to A3, worn as a scan in colour. Each file is
read by a process of its own, so that its most memory is that file's.

    python -m bench.large_pages --pages 3
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DPI = 600
_A4_TO_A3 = 2**0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--seed", type=int, default=62000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--read", type=Path, metavar="FILE", help="(internal) read this file and say what it took")
    options = parser.parse_args()
    if options.read:
        _read(options.read, options.threads)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, {options.threads} threads")
    with tempfile.TemporaryDirectory() as folder:
        for count in (1, options.pages):
            for suffix in (".tiff", ".pdf"):
                file = _make(Path(folder) / f"a3-{count}{suffix}", options.seed, count)
                command = [sys.executable, "-m", "bench.large_pages", "--read", file, "--threads", str(options.threads)]
                subprocess.run(command, check=True)
                file.unlink()


def _make(path: Path, seed: int, count: int) -> Path:
    """A form on each page, drawn and worn one page at a time."""
    import numpy as np

    from bench.forms.content import seed_to_filing
    from bench.forms.degrade import Wear, wear_page
    from bench.forms.files import pictures_to_file
    from bench.forms.make import make_form
    from bench.forms.render import pdf_to_pictures

    rng, pages = np.random.default_rng(seed), []
    for number in range(seed, seed + count):
        form = make_form(number, "d0", path.parent, seed_to_filing(number, 1))
        page = pdf_to_pictures(form, round(DPI * _A4_TO_A3))[0]
        form.unlink()
        pages.append(wear_page(page, Wear(DPI, 0.4, 1.0, 4, 245), rng))
    return pictures_to_file(pages, path, DPI)


def _read(file: Path, threads: int) -> None:
    from extractors.options import ReadOptions
    from extractors.reading import read_file

    started, used = time.perf_counter(), time.process_time()
    document = read_file(file, ReadOptions(threads=threads, device="cpu"))
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = sum(bool(cell.text) for table in document.tables for cell in table.cells)
    size = f"{document.page_count} pages, {file.stat().st_size / 1e6:.1f} MB on disk"
    pace = f"{seconds / document.page_count:.1f} s a page ({processor / document.page_count:.1f} s of processor)"
    print(f"{file.name}: {size}, {len(document.tables)} tables, {cells} cells with text, {pace}, most {most:.0f} MB")


if __name__ == "__main__":
    main()
