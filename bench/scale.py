"""What a county, a province and the country need, and what is short first: costs measured here, many machines simulated.

usage: python -m bench.scale --out DIR [--ledger URL] [--ray ADDRESS] [--count 600] [--rounds 5] [--costs FILE]

Measured on this machine, in CPU seconds, so that other work on it matters little:
reading and writing a page of each kind, hashing, cleaning, transitions of the
ledger (SQLite; PostgreSQL with several clients when ``--ledger`` is given; the
server must be on this machine for its CPU to be known), and the driver's part of
a run on Ray when ``--ray`` is given. They are kept in DIR/costs.json, and
``--costs FILE`` takes them from there instead of measuring.

Computed from these: the flow through many machines (``bench.scale_model``), and
hours and storage for each size. What is assumed is an option, and printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from bench.scale_costs import (
    CleanCost,
    LedgerCost,
    PageCost,
    measure_cleaning,
    measure_hashing,
    measure_ledger,
    measure_pages,
    measure_ray,
    measure_sync,
    measure_todo,
)
from bench.scale_model import Flow, Machines, Work, simulate

SIZES = {"county": 10**4, "province": 10**7, "country": 10**9}
_MIX = "born-digital=2,bw-scan=3,colour-scan=4,photo=1"
_LIBRARIES = ("numpy", "onnxruntime", "openvino", "opencv-python-headless", "pypdfium2", "sqlalchemy")


@dataclass(frozen=True)
class Costs:
    """All that was measured; ``hashing`` in bytes a CPU second, ``sync`` in seconds by the clock, ``todo`` in
    bytes of the driver's memory and ``ray`` in its CPU seconds, both for a document.
    """

    pages: dict[str, PageCost]
    hashing: float
    sync: float
    todo: float
    cleaning: CleanCost
    ledgers: dict[str, list[LedgerCost]]
    ray: float | None


def main() -> None:
    chosen = _parser().parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("jixiao", *_LIBRARIES))
    print(f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, {libraries}")
    costs = load(chosen.costs) if chosen.costs else measure(chosen)
    print_measured(costs)
    print_computed(costs, chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--costs", type=Path, help="a costs.json of before; nothing is measured")
    parser.add_argument("--ledger", help="URL of a PostgreSQL database to measure")
    parser.add_argument("--ray", help="address of a Ray cluster to measure")
    parser.add_argument("--count", type=int, default=600, help="documents to clean")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each measurement of a ledger")
    parser.add_argument("--mix", default=_MIX, help="of ten pages, how many are of each kind (assumed)")
    parser.add_argument("--pages", type=float, default=3.0, help="of a document (assumed)")
    parser.add_argument("--cores", type=int, default=16, help="of a machine (assumed)")
    parser.add_argument("--ledger-cores", type=int, default=8, help="of the database server (assumed)")
    parser.add_argument("--folder", type=float, default=1e9, help="bytes a second of the shared folder (assumed)")
    return parser


def measure(chosen: argparse.Namespace) -> Costs:
    pages = measure_pages(chosen.rounds, chosen.out)
    ledgers = {"SQLite": [measure_ledger(None, 1, chosen.seconds, chosen.out)]}
    if chosen.ledger:
        ledgers["PostgreSQL"] = [measure_ledger(chosen.ledger, clients, chosen.seconds, chosen.out) for clients in (1, 4, 16)]
    ray = measure_ray(chosen.ray, 200, chosen.out) if chosen.ray else None
    sync, todo = measure_sync(chosen.out), measure_todo()
    costs = Costs(pages, measure_hashing(), sync, todo, measure_cleaning(chosen.count, chosen.out), ledgers, ray)
    (chosen.out / "costs.json").write_text(json.dumps(asdict(costs), indent=1, ensure_ascii=False), encoding="utf-8")
    return costs


def load(path: Path) -> Costs:
    value = json.loads(path.read_text(encoding="utf-8"))
    pages = {kind: PageCost(**each) for kind, each in value["pages"].items()}
    ledgers = {name: [LedgerCost(**each) for each in rows] for name, rows in value["ledgers"].items()}
    return Costs(pages, value["hashing"], value["sync"], value["todo"], CleanCost(**value["cleaning"]), ledgers, value["ray"])


def print_measured(costs: Costs) -> None:
    print(f"\nMEASURED\n{'a page':26}{'read, CPU s':>12}{'least':>8}{'most':>8}{'write, ms':>11}{'input KB':>10}{'read KB':>9}")
    for kind, each in costs.pages.items():
        sizes = f"{each.input_bytes / 1e3:10.0f}{each.read_bytes / 1e3:9.0f}"
        print(f"{kind:26}{each.read:12.3f}{each.least:8.3f}{each.most:8.3f}{1e3 * each.write:11.2f}{sizes}")
    clean = costs.cleaning
    print(f"\nhashing {costs.hashing / 1e6:.0f} MB a CPU second; 8 KB safe on the disk {1e3 * costs.sync:.2f} ms by the clock;")
    print(f"memory of the driver for a document that waits: {costs.todo:.0f} bytes")
    print(f"cleaning a document of {clean.pages:.2f} pages: {1e3 * clean.workers:.1f} ms CPU in workers,")
    print(f"  {1e3 * clean.writer:.1f} ms in the process that writes; {1e3 * clean.unchanged:.2f} ms when nothing is new;")
    print("  KB: " + ", ".join(f"{k} {v / 1e3:.1f}" for k, v in clean.bytes.items()))
    print(f"\n{'claim and note':26}{'clients':>8}{'documents/s':>13}{'client, ms CPU':>16}{'server, ms CPU':>16}")
    for name, rows in costs.ledgers.items():
        for row in rows:
            print(f"{name:26}{row.clients:8}{row.rate:13.0f}{1e3 * row.client_cpu:16.2f}{1e3 * row.server_cpu:16.2f}")
    if costs.ray is not None:
        print(f"driver on Ray, apart from the ledger: {1e3 * costs.ray:.2f} ms CPU a document")


def print_computed(costs: Costs, chosen: argparse.Namespace) -> None:
    mix = {kind: float(weight) for kind, _, weight in (each.partition("=") for each in chosen.mix.split(","))}
    work = _work(costs, mix, chosen.pages)
    print(f"\nASSUMED: mix {chosen.mix}; {chosen.pages:g} pages a document; machines of {chosen.cores} cores like the one here;")
    print(f"  a database with {chosen.ledger_cores} cores; a shared folder of {chosen.folder / 1e9:g} GB/s")
    print(f"\nCOMPUTED: reading {work.read:.3f} CPU s a page;", end=" ")
    print(f"a transition takes a driver {1e3 * work.driver:.2f} ms, the ledger {1e3 * work.ledger:.2f} ms")
    print(f"{'cores':>8}{'drivers':>9}{'pages/hour':>13}{'readers':>9}{'driver':>9}{'ledger':>9}{'folder':>9}  short of")
    for readers, drivers in ((2, 1), (16, 1), (128, 1), (1024, 1), (1024, 4), (4096, 4), (4096, 16), (16384, 32)):
        machines = Machines(drivers, readers, chosen.ledger_cores, chosen.folder)
        print_flow(readers, drivers, simulate(work, machines, max(6000, 10 * readers)))
    print_sizes(costs, work, chosen)


def _work(costs: Costs, mix: dict[str, float], pages: float) -> Work:
    def mean(name: str) -> float:
        return sum(weight * float(getattr(costs.pages[kind], name)) for kind, weight in mix.items()) / sum(mix.values())

    ledger = (costs.ledgers.get("PostgreSQL") or costs.ledgers["SQLite"])[0]
    # From CPU and the disk, not from the rate by the clock: that says as much of what else this machine does.
    driver = (ledger.client_cpu + (costs.ray or 0.0)) / 2 + costs.sync
    # Masters are read twice, to be hashed and to be read.
    return Work(driver, ledger.server_cpu / 2, mean("read") + mean("write"), 2 * mean("input_bytes"), mean("read_bytes"), pages)


def print_flow(readers: int, drivers: int, flow: Flow) -> None:
    shares = "".join(f"{flow.used[name]:9.0%}" for name in ("readers", "driver", "ledger", "folder"))
    print(f"{readers:8}{drivers:9}{flow.pages_an_hour:13,.0f}{shares}  {flow.bottleneck}", flush=True)


def print_sizes(costs: Costs, work: Work, chosen: argparse.Namespace) -> None:
    clean, pages = costs.cleaning, chosen.pages
    kept = sum(size for name, size in clean.bytes.items() if name != "reads") / clean.pages + work.read_bytes
    per_page = (clean.workers + clean.writer) / clean.pages
    print(f"\ncore hours{'':14}{'read':>14}{'clean':>12}{'its writer':>12}{'hash':>10}{'masters':>10}{'dataset':>10}{'driver':>10}")
    for name, count in SIZES.items():
        hours = [work.read, per_page, clean.writer / clean.pages, work.input_bytes / 2 / costs.hashing]
        columns = zip((14, 12, 12, 10), (count * each / 3600 for each in hours), strict=True)
        sizes = "".join(f"{_bytes(size):>10}" for size in (count * work.input_bytes / 2, count * kept, count / pages * costs.todo))
        print(f"{name:10}{count:14,}" + "".join(f"{value:{width},.1f}" for width, value in columns) + sizes)
    print(f"\n{'':10}{'in':>8}{'cores':>9}{'machines':>10}{'drivers':>9}")
    driver_rate = 3600 * pages / (2 * (work.driver + work.ledger))
    for name, days in (("county", 1 / 24), ("county", 1), ("province", 1), ("province", 7), ("country", 30), ("country", 90)):
        cores = SIZES[name] * work.read / (days * 86400)
        drivers = SIZES[name] / (days * 24) / driver_rate
        span = f"{days:g} d" if days >= 1 else f"{24 * days:g} h"
        print(f"{name:10}{span:>8}{cores:9,.1f}{-(-cores // chosen.cores):10,.0f}{max(1, -(-drivers // 1)):9,.0f}")


def _bytes(count: float) -> str:
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} PB"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
