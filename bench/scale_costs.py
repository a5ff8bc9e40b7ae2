"""What one page costs, measured on the spot: to read, to write, to clean, to note in the ledger, to store."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.many_documents import Seed, multiply, sample_reads, samples
from extractors.options import ReadOptions
from pipeline.cleaning.run import clean_dataset
from pipeline.dataset import Dataset, to_json, write_whole
from pipeline.inputs.outcome import Outcome
from pipeline.ledger import Ledger, Seen
from pipeline.read_job import Task
from pipeline.runners import read_all
from pipeline.settings import Settings

SAMPLES = Path(__file__).parent.parent / "samples"
KINDS = {
    "born-digital": "born-digital/input.pdf",
    "bw-scan": "bw-scan/input.tiff",
    "colour-scan": "colour-scan-seal/input.pdf",
    "photo": "photo/input.jpg",
    "transcript": "transcript/input.txt",
}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class PageCost:
    """Of one page: CPU seconds to read (median, least, most of the rounds) and to write; bytes of the input and of the read."""

    read: float
    least: float
    most: float
    write: float
    input_bytes: float
    read_bytes: float


@dataclass(frozen=True)
class CleanCost:
    """Of one document of ``pages`` pages: CPU seconds and bytes.

    ``writer`` is the part of the one process that writes, ``workers`` of all others, ``unchanged``
    of all when nothing is new.
    """

    pages: float
    writer: float
    workers: float
    unchanged: float
    bytes: dict[str, float]


@dataclass(frozen=True)
class LedgerCost:
    """Documents a second through claim and note with so many clients, and CPU seconds of client and of server for one."""

    clients: int
    rate: float
    client_cpu: float
    server_cpu: float


def cpu_of(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def measure_pages(rounds: int, folder: Path) -> dict[str, PageCost]:
    """Each sample, read over and over by this process with one thread; models are loaded before the first round."""
    return {kind: _page_cost(SAMPLES / name, rounds, folder / "read.json") for kind, name in KINDS.items()}


def _page_cost(path: Path, rounds: int, target: Path) -> PageCost:
    from extractors.reading import read_file
    from extractors.reads import document_to_read

    options = ReadOptions(threads=1, device="cpu")
    document = read_file(path, options)
    pages = document.page_count
    reads = [cpu_of(lambda: read_file(path, options)) / pages for _ in range(rounds)]
    writes = [cpu_of(lambda: write_whole(target, to_json(document_to_read(document)))) / pages for _ in range(5)]
    sizes = path.stat().st_size / pages, target.stat().st_size / pages
    return PageCost(statistics.median(reads), min(reads), max(reads), statistics.median(writes), *sizes)


def measure_hashing(megabytes: int = 256) -> float:
    """Bytes a CPU second."""
    block = os.urandom(megabytes << 20)
    return len(block) / cpu_of(lambda: hashlib.sha256(block).digest())


def measure_sync(folder: Path, times: int = 100) -> float:
    """Seconds until eight kilobytes are safe on the disk of this folder, by the clock; of ten the fastest: others write, too."""
    took = []
    with (folder / "sync").open("wb") as file:
        for _ in range(times):
            began = time.monotonic()
            file.write(b"x" * 8192)
            file.flush()
            os.fdatasync(file.fileno())
            took.append(time.monotonic() - began)
    return sorted(took)[times // 10]


def measure_todo(count: int = 20_000) -> float:
    """Bytes that a driver keeps for each document that it has still to read."""
    tracemalloc.start()
    root = Path("/archive/dataset")
    names = (f"/archive/{number // 1000:04}/{number:07}.pdf" for number in range(count))
    todo = {task.sha256: task for task in (Task(Path(name), name, hashlib.sha256(name.encode()).hexdigest(), root) for name in names)}
    size = tracemalloc.get_traced_memory()[0] / len(todo)
    tracemalloc.stop()
    return size


def measure_cleaning(count: int, folder: Path) -> CleanCost:
    """What each further document costs: so many made from the reads of the samples, against a quarter of them."""
    seeds = sample_reads(folder / "seed", samples(["*"]))
    few = _clean(seeds, count // 4, folder / "few")
    many = _clean(seeds, count, folder / "many")
    writer, workers, unchanged = ((more - less) / (count - count // 4) for more, less in zip(many, few, strict=True))
    dataset = Dataset(folder / "many")
    files = {name: sum(path.stat().st_size for path in (dataset.root / name).iterdir()) for name in ("reads", "documents")}
    files["csv"] = sum(path.stat().st_size for path in dataset.root.glob("*.csv"))
    files["memory of cleaning"] = dataset.cleaning.stat().st_size
    files["ledger"] = dataset.ledger.stat().st_size
    pages = sum(seeds[number % len(seeds)].pages for number in range(count)) / count
    return CleanCost(pages, writer, workers, unchanged, {name: size / count for name, size in files.items()})


def _clean(seeds: list[Seed], count: int, root: Path) -> tuple[float, float, float]:
    """CPU seconds of the process that writes, of those that clean beside it, and of all when nothing is new."""
    dataset, settings = Dataset(root), Settings(jobs=2)
    multiply(seeds, dataset, range(count))
    used = []
    for _ in range(2):
        before = time.process_time(), _children()
        clean_dataset(dataset, settings)
        used.append((time.process_time() - before[0], _children() - before[1]))
    return used[0][0], used[0][1], sum(used[1])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure_ledger(where: str | None, clients: int, seconds: float, folder: Path) -> LedgerCost:
    """Clients that claim and note documents as fast as the ledger lets them, each a process of its own."""
    place: Path | str = where or folder / "ledger.sqlite"
    Ledger(place).close()  # tables are there before anybody is measured
    server = _Server(where)
    context = multiprocessing.get_context("spawn")
    with context.Pool(clients) as pool:
        pool.map(_nothing, range(clients))
        began = time.time() + 0.5
        done = pool.starmap(_client, [(place, number, began, seconds) for number in range(clients)])
    count = sum(each[0] for each in done)
    return LedgerCost(clients, count / seconds, sum(each[1] for each in done) / count, server.cpu() / count)


def measure_ray(address: str, count: int, folder: Path) -> float:
    """CPU seconds of the driver for a document, apart from the ledger: small transcripts on a cluster that is there."""
    dataset, text = Dataset(folder / "ray"), (SAMPLES / KINDS["transcript"]).read_bytes()
    dataset.create()
    tasks = []
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_bytes(text + b"\n" * number)
        tasks.append(Task(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), dataset.root))
    results = read_all(tasks, Settings(runner="ray", ray_address=address, read=ReadOptions(threads=1)))
    next(results)  # connected, and a reader is up
    cpu = cpu_of(lambda: list(results))
    return cpu / (count - 1)


def _nothing(_: int) -> None:
    return


def _client(place: Path | str, number: int, began: float, seconds: float) -> tuple[int, float]:
    """Documents done, and CPU seconds."""
    ledger = Ledger(place)
    time.sleep(max(0.0, began - time.time()))
    count, cpu, until = 0, time.process_time(), time.monotonic() + seconds
    while time.monotonic() < until:
        sha256 = hashlib.sha256(f"{os.getpid()} {number} {began} {count}".encode()).hexdigest()
        path = f"archive/{number}/{count:07}.pdf"
        if count % 500 == 0:
            ledger.note_seen([Seen(path, sha256)], "bench")
        ledger.claim(sha256)
        ledger.note_read(path, Outcome(sha256, 2, 2, 1.0), "bench")
        count += 1
    cpu = time.process_time() - cpu
    ledger.close()
    return count, cpu


class _Server:
    """CPU of a PostgreSQL server on this machine since this object was made; none for another machine's or for SQLite."""

    def __init__(self, url: str | None) -> None:
        self._pid = _postmaster(url) if url else None
        self._before = self._used()

    def cpu(self) -> float:
        time.sleep(0.5)  # backends that leave are counted when they are gone
        return self._used() - self._before

    def _used(self) -> float:
        if self._pid is None:
            return 0.0
        fields = Path(f"/proc/{self._pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        total = sum(int(each) for each in fields[11:15])
        for child in Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text(encoding="ascii").split():
            total += sum(int(each) for each in Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13])
        return total / _TICKS


def _postmaster(url: str) -> int | None:
    from sqlalchemy import create_engine, text

    engine = create_engine(url)
    with engine.connect() as connection:
        backend = int(connection.scalars(text("SELECT pg_backend_pid()")).one())
    engine.dispose()
    try:
        stat = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(stat.rpartition(")")[2].split()[1]) if "(postgres)" in stat else None
