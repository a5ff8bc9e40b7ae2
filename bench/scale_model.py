"""A run on many machines as queues: drivers, readers, a ledger, a shared folder. Times come from measurements.

Each document goes through its driver (which does one thing at a time: it claims,
hands out and notes, and waits for the ledger while it does), the shared folder, a
reader, the shared folder again and the driver again. Who is busy all the time is
the bottleneck.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass(frozen=True)
class Work:
    """What one document takes.

    ``driver`` and ``ledger`` are seconds of one transition (claim, note), ``read`` CPU
    seconds of a page on one core, ``input_bytes`` and ``read_bytes`` those of a page.
    """

    driver: float
    ledger: float
    read: float
    input_bytes: float
    read_bytes: float
    pages: float


@dataclass(frozen=True)
class Machines:
    """How much there is of each: processes that drive, cores that read and that the ledger has; ``folder`` in bytes a second."""

    drivers: int
    readers: int
    ledger: int
    folder: float


@dataclass(frozen=True)
class Flow:
    """Pages an hour, and the share of the time that each station was held."""

    pages_an_hour: float
    used: dict[str, float]

    @property
    def bottleneck(self) -> str:
        return max(self.used, key=lambda name: self.used[name])


@dataclass
class _Station:
    servers: int
    held: int = 0
    area: float = 0.0
    since: float = 0.0
    line: deque[Callable[[], None]] = field(default_factory=deque)

    def change(self, by: int, now: float) -> None:
        self.area += self.held * (now - self.since)
        self.held, self.since = self.held + by, now


# Take or leave a station, or let time pass: (station, +1), (station, -1), ("", seconds).
Step = tuple[str, float]


class _Simulation:
    """Events in the order of their time; a document is a row of steps."""

    def __init__(self, stations: dict[str, int]) -> None:
        self.stations = {name: _Station(servers) for name, servers in stations.items()}
        self.now = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = count()

    def go(self, steps: Iterator[Step]) -> None:
        """The steps of a document, until it has to wait."""
        for name, amount in steps:
            if not name:
                heapq.heappush(self._events, (self.now + amount, next(self._number), lambda: self.go(steps)))
                return
            station = self.stations[name]
            if amount < 0:
                self._leave(station)
            elif station.held < station.servers:
                station.change(1, self.now)
            else:
                station.line.append(lambda: self.go(steps))
                return

    def _leave(self, station: _Station) -> None:
        if station.line:  # the next one takes the place as it is
            heapq.heappush(self._events, (self.now, next(self._number), station.line.popleft()))
        else:
            station.change(-1, self.now)

    def run(self) -> None:
        while self._events:
            self.now, _, happen = heapq.heappop(self._events)
            happen()

    def look(self, pages: float) -> _Look:
        for station in self.stations.values():
            station.change(0, self.now)
        return _Look(self.now, pages, {name: station.area for name, station in self.stations.items()})


@dataclass(frozen=True)
class _Look:
    """How far the run is: pages done, and the area under each station's line."""

    at: float
    pages: float
    areas: dict[str, float]


def simulate(work: Work, machines: Machines, documents: int, seed: int = 1) -> Flow:
    """So many documents through the machines; each driver feeds its share of the readers.

    Sizes and reading times are drawn from exponential distributions: pages and documents
    differ a lot. Looked at is the middle of the run, not its start and its end.
    """
    drivers = {f"driver {number}": 1 for number in range(machines.drivers)}
    simulation = _Simulation({"readers": machines.readers, "ledger": machines.ledger, "folder": 1, **drivers})
    looks: list[_Look] = []
    lives = _lives(work, machines, documents, random.Random(seed), lambda pages: looks.append(simulation.look(pages)))
    for number in range(machines.readers):
        simulation.go(lives(f"driver {number % machines.drivers}"))
    simulation.run()
    first, last = looks
    took = max(1e-9, last.at - first.at)
    used = {name: (last.areas[name] - first.areas[name]) / each.servers / took for name, each in simulation.stations.items()}
    driving = [used.pop(name) for name in drivers]
    return Flow(3600 * (last.pages - first.pages) / took, {**used, "driver": sum(driving) / len(driving)})


def _lives(
    work: Work, machines: Machines, documents: int, chance: random.Random, look: Callable[[float], None]
) -> Callable[[str], Iterator[Step]]:
    """What each reader does: one document after the other, as long as there are any."""
    begun, done, pages = 0, 0, 0.0

    def life(driver: str) -> Iterator[Step]:
        nonlocal begun, done, pages
        while begun < documents:
            begun += 1
            size = 1 + (chance.expovariate(1 / (work.pages - 1)) if work.pages > 1 else 0.0)
            yield from transition(driver)
            yield from use("folder", size * work.input_bytes / machines.folder)
            yield from use("readers", size * work.read * chance.expovariate(1))
            yield from use("folder", size * work.read_bytes / machines.folder)
            yield from transition(driver)
            done, pages = done + 1, pages + size
            if done in (documents // 5, documents * 4 // 5):
                look(pages)

    def transition(driver: str) -> Iterator[Step]:
        yield driver, 1
        yield from use("ledger", work.ledger)
        yield "", work.driver
        yield driver, -1

    def use(name: str, seconds: float) -> Iterator[Step]:
        yield name, 1
        yield "", seconds
        yield name, -1

    return life
