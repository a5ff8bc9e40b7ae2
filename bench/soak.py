"""Hundreds of pages through one worker that is never replaced: does its memory stay flat?

The worker is the one of a run: its own process, a file after the other, each
read written to a dataset. Only its retirement after 200 pages is switched
off. Linux only, for memory is read from /proc.

    python -m bench.soak samples/*/input.pdf samples/*/input.tiff --pages 500
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from extractors.options import ReadOptions
from pipeline.dataset import Dataset
from pipeline.read_job import Task
from pipeline.runners import read_all
from pipeline.settings import Settings

WARM_UP = 50
EVERY = 10
MOST_MB = 1536


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("inputs", nargs="+", type=Path, help="files, read over and over in this order")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--device", default="cpu", choices=("auto", "cpu", "gpu"))
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, {options.threads} threads, {len(options.inputs)} files in turn")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(read=ReadOptions(threads=options.threads, device=options.device), jobs=1, recycle_pages=1 << 30)
        points = list(_soak(options.inputs, options.pages, settings, Dataset(Path(folder))))
    _report(points)


def _soak(inputs: Sequence[Path], pages: int, settings: Settings, dataset: Dataset) -> Iterator[tuple[int, float, float]]:
    """(pages read, resident MB, most MB so far) about every ten pages."""
    dataset.create()
    hashes = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs}
    tasks = [Task(path, path.name, hashes[path], dataset.root) for path, _ in zip(cycle(inputs), range(pages), strict=False)]
    done, shown, started = 0, 0, time.monotonic()
    for result in read_all(tasks, settings):
        if result.failure is not None:
            print(f"  {result.task.name}: {result.failure.code}: {result.failure.reason}")
        done += result.outcome.pages if result.outcome else 0
        if done >= shown + EVERY or done >= pages:
            shown = done
            resident, most = _memory()
            pace = (time.monotonic() - started) / done
            print(f"  {done:4d} pages  {resident:7.1f} MB  most {most:7.1f} MB  {pace:.2f} s a page", flush=True)
            yield done, resident, most
        if done >= pages:
            return


def _memory() -> tuple[float, float]:
    """Resident and most resident MB of the one worker."""
    (worker,) = multiprocessing.active_children()
    lines = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii").splitlines()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return kilobytes["VmRSS"] / 1024, kilobytes["VmHWM"] / 1024


def _report(points: Sequence[tuple[int, float, float]]) -> None:
    late = [(pages, resident) for pages, resident, _ in points if pages > WARM_UP]
    most = points[-1][2]
    if len(late) > 2:
        slope, error = (100 * each for each in slope_of(late))
        print(f"after {WARM_UP} pages: {slope:+.1f} MB per 100 pages (95 %: {slope - error:+.1f} to {slope + error:+.1f})")
    print(f"most at any time: {most:.0f} MB ({'below' if most < MOST_MB else 'ABOVE'} {MOST_MB} MB)")


def slope_of(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Least squares: the slope of y over x, and half the width of its 95 % interval."""
    count = len(points)
    x0, y0 = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - x0) ** 2 for x, _ in points)
    slope = sum((x - x0) * (y - y0) for x, y in points) / spread
    rest = sum((y - y0 - slope * (x - x0)) ** 2 for x, y in points) / (count - 2)
    return slope, 1.96 * (rest / spread) ** 0.5


if __name__ == "__main__":
    main()
