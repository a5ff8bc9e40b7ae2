"""How much faster are two workers than one, what do ledger and writing cost, and does memory stay flat?

The samples are multiplied, each copy with other bytes, and read by ``jixiao
read`` in a process of its own, with one worker and with two, in turns. Each
worker has one core: left alone on a machine, one worker would let two cores
read lines side by side (``--all-cores`` measures that). The ratio is of wall
time, so run it on a machine that does nothing else. Linux only, for memory and
time are read from /proc.

    python -m bench.bulk --documents 200 --rounds 3
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import cycle
from pathlib import Path

from bench.soak import slope_of

SAMPLES = Path(__file__).parents[1] / "samples"
INPUTS = ("born-digital/input.pdf", "bw-scan/input.tiff", "colour-scan-seal/input.pdf", "photo/input.jpg", "transcript/input.txt")
LEAST_SPEEDUP, MOST_OVERHEAD = 1.8, 0.05
EVERY = 0.5


@dataclass
class Run:
    """One run of ``jixiao read``: seconds from the first result to the last, and what its processes took."""

    jobs: int
    documents: int = 0
    pages: int = 0
    failed: int = 0
    wall: float = 0.0
    busy: float = 0.0
    parent_cpu: float = 0.0
    worker_cpu: float = 0.0
    memory: dict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--all-cores", action="store_true", help="let every run use all cores")
    parser.add_argument("--samples", nargs="+", default=list(INPUTS), help="names under samples/")
    options = parser.parse_args()
    print(f"{platform.platform()}, {_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    packages = ("onnxruntime", "openvino", "opencv-contrib-python", "pypdfium2")
    print(f"Python {platform.python_version()}, jixiao {version('jixiao')}, " + ", ".join(f"{p} {_version(p)}" for p in packages))
    runs: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "in"
        multiply(options.samples, options.documents, inbox)
        for number in range(options.rounds):
            for jobs in options.jobs if number % 2 == 0 else options.jobs[::-1]:
                runs.append(read(inbox, Path(folder) / "out", jobs, None if options.all_cores else jobs))
                _print_run(runs[-1])
        _print_books(inbox, Path(folder) / "out", runs)
    _print_speedup(runs, options.jobs)
    _print_memory(runs)


def multiply(samples: Sequence[str], count: int, folder: Path) -> None:
    """Copies of the samples in turn; a few bytes behind the end make each a content of its own."""
    folder.mkdir()
    for number, name in zip(range(count), cycle(samples), strict=False):
        path = SAMPLES / name
        tail = "\n" * (number + 1) if path.suffix == ".txt" else f"\n%{number}\n"
        (folder / f"{number:05}-{path.parent.name}{path.suffix}").write_bytes(path.read_bytes() + tail.encode())


def read(inbox: Path, dataset: Path, jobs: int, cores: int | None = None) -> Run:
    """Read everything into a new dataset, on the first ``cores`` cores; None for all."""
    shutil.rmtree(dataset, ignore_errors=True)
    run = Run(jobs)
    words = ["read", str(inbox), "-o", str(dataset), "--jobs", str(jobs), "--log-format", "json"]
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if cores is None else lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores]),
    )
    watcher = threading.Thread(target=_watch, args=(process, run), daemon=True)
    watcher.start()
    assert process.stderr is not None
    for line in process.stderr:
        event = json.loads(line) if line.startswith("{") else {}
        run.documents += event.get("event") == "read"
        run.failed += event.get("event") == "failed"
        run.pages += event.get("pages", 0)
        run.busy += event.get("seconds", 0.0)
    process.wait()
    run.wall = time.monotonic() - started
    watcher.join()
    return run


def _watch(process: subprocess.Popen[str], run: Run) -> None:
    """Resident memory of each worker, and CPU time of workers and of the process above them."""
    started, cpu = time.monotonic(), dict[int, float]()
    while process.poll() is None:
        cpu[process.pid] = _cpu(process.pid) or cpu.get(process.pid, 0.0)
        for pid in _workers(process.pid):
            cpu[pid] = _cpu(pid) or cpu.get(pid, 0.0)
            run.memory[pid].append((time.monotonic() - started, _resident(pid)))
        time.sleep(EVERY)
    run.parent_cpu = cpu.pop(process.pid, 0.0)
    run.worker_cpu = sum(cpu.values())


def _workers(parent: int) -> list[int]:
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except OSError:
        return []


def _cpu(pid: int) -> float:
    """User and system seconds of a process; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    """Megabytes; 0 when the process is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


def _print_run(run: Run) -> None:
    pace = f"{run.documents / run.wall:5.2f} documents/s  {run.pages / run.wall:5.2f} pages/s"
    cost = (run.parent_cpu + run.worker_cpu) / max(run.pages, 1)
    told = f"{run.documents} documents, {run.pages} pages, {run.failed} failed"
    print(f"  {run.jobs} workers  {run.wall:7.1f} s  {pace}  CPU {cost:.2f} s/page  ({told})", flush=True)


def _print_speedup(runs: Sequence[Run], jobs: Sequence[int]) -> None:
    walls = {count: [run.wall for run in runs if run.jobs == count] for count in jobs}
    for count in jobs:
        spread = f"{min(walls[count]):.1f} to {max(walls[count]):.1f}"
        print(f"{count} workers: median {statistics.median(walls[count]):.1f} s ({spread}, {len(walls[count])} runs)")
    if {1, 2} <= set(jobs):
        ratio = statistics.median(walls[1]) / statistics.median(walls[2])
        print(f"2 workers are {ratio:.2f} times 1 ({'enough' if ratio >= LEAST_SPEEDUP else 'BELOW ' + str(LEAST_SPEEDUP)})")


def _print_books(inbox: Path, dataset: Path, runs: Sequence[Run]) -> None:
    """What a run costs beside reading: the process above the workers, and the writing of reads, done over again alone."""
    share = statistics.median(run.parent_cpu / (run.parent_cpu + run.worker_cpu) for run in runs)
    writing = _writing_seconds(dataset)
    busy = statistics.median(run.busy for run in runs)
    total = share + writing / busy
    print(f"ledger, hashing and handing out: {share:.1%} of all CPU time; writing reads: {writing / busy:.1%} of reading time")
    print(f"overhead {total:.1%} ({'below' if total < MOST_OVERHEAD else 'ABOVE'} {MOST_OVERHEAD:.0%})")


def _writing_seconds(dataset: Path) -> float:
    """Seconds to write every read of a dataset once more, as the workers do."""
    from pipeline.dataset import write_whole

    target = dataset / "again"
    target.mkdir()
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in (dataset / "reads").glob("*.json")]
    started = time.monotonic()
    for name, text in texts:
        write_whole(target / name, text)
    return time.monotonic() - started


def _print_memory(runs: Sequence[Run]) -> None:
    print("memory of workers (MB): run, worker, after a tenth, a half, near the end, most; slope after a third")
    for number, run in enumerate(runs, 1):
        for points in run.memory.values():
            values = [each for _, each in points if each]
            if len(values) < 10:
                continue
            late = [(at, value) for at, value in points[len(points) // 3 :] if value]
            slope = slope_of(late)[0] * 60
            marks = "  ".join(f"{values[int(len(values) * share)]:7.0f}" for share in (0.1, 0.5))
            print(f"  run {number} ({run.jobs} workers)  {marks}  {values[-4]:7.0f}  {max(values):7.0f}  {slope:+.1f} MB a minute")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
