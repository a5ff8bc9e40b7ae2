"""Does the bound of ``jixiao sample`` cover the true rate of silent errors, and does a sample find a planted fault?

usage: python -m bench.bound --out DIR [--count 2000] [--seed 41000] [--n 300] [--samples 100]

Transcripts of bench.forms, whose truth is known, are read and cleaned in one process. Every accepted
value (no finding for a person covers it) whose truth is known is held against it: the share that is
wrong is the true silent rate. Then so many samples are drawn, each with its own seed, judged by the
truth, and the bound of each is held against that rate. As good reading leaves hardly an error, faults
are planted, too: spread evenly, in one sort of field only, and in few documents only; what a person
would see is then the planted value beside the truth. Last, how often a sample of 1,000 holds at least
one of faults planted in 0.5 % of the fields.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bench.forms.compare import document_to_pairs, same
from bench.forms.make import make_transcript
from extractors.options import ReadOptions
from pipeline.batch import read_inputs
from pipeline.cleaning.run import clean_dataset
from pipeline.dataset import Dataset, load_json
from pipeline.inputs.walk import walk_inputs
from pipeline.pointers import pointed
from pipeline.report.bound import upper_bound
from pipeline.report.sample import Entry, accepted_of, drawn_from
from pipeline.settings import Settings

# Which entries a fault may befall.
Where = Callable[[Entry], bool]


@dataclass(frozen=True)
class Value:
    """An accepted value, and whether it is wrong."""

    entry: Entry
    wrong: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=2000, help="documents")
    parser.add_argument("--seed", type=int, default=41000)
    parser.add_argument("--n", type=int, default=300, help="values in a sample")
    parser.add_argument("--samples", type=int, default=100)
    chosen = parser.parse_args()
    began = time.monotonic()
    values = list(known_values(dataset_of(chosen.out, range(chosen.seed, chosen.seed + chosen.count)), chosen.out / "forms"))
    wrong = sum(each.wrong for each in values)
    strata = len({each.entry["stratum"] for each in values})
    print(f"{len(values):,} accepted values with known truth in {strata} strata, {wrong} wrong; {time.monotonic() - began:.0f} s")
    few = set(Random(0).sample(sorted({each.entry["sha256"] for each in values}), max(1, chosen.count // 100)))
    plans: list[tuple[str, float, Where]] = [
        ("as read", 0.0, lambda _: False),
        ("0.5 % everywhere", 0.005, lambda _: True),
        ("2 % everywhere", 0.02, lambda _: True),
        ("5 % of targets only", 0.05, lambda entry: entry["stratum"].endswith(" target")),
        ("all money only", 1.0, lambda entry: entry["stratum"].endswith(" money")),
        ("all of 1 % of the documents", 1.0, lambda entry: entry["sha256"] in few),
    ]
    print(f"{'faults':30}{'true rate':>12}{'bound, mean':>13}{'covers':>10}")
    for name, rate, where in plans:
        planted = plant(values, rate, where, Random(name))
        tell(name, planted, chosen.n, chosen.samples)
    planted = plant(values, 0.005, lambda _: True, Random("find"))
    found = sum(any(each.wrong for each in draw(planted, 1000, seed)) for seed in range(chosen.samples))
    print(f"a sample of 1,000 held a fault of those planted in 0.5 % of the fields in {found} of {chosen.samples}")


def dataset_of(out: Path, seeds: range) -> Dataset:
    """Read and cleaned transcripts of these seeds; what is there is not read again."""
    for seed in seeds:
        if not (out / "forms" / f"t0-{seed}.txt").is_file():
            make_transcript(seed, out / "forms")
    dataset, settings = Dataset(out / "dataset"), Settings(read=ReadOptions())
    dataset.create()
    inputs = walk_inputs([out / "forms" / f"t0-{seed}.txt" for seed in seeds], dataset.root)
    read_inputs(inputs, dataset, settings, lambda _: None, lambda _: None)
    clean_dataset(dataset, settings)
    return dataset


def known_values(dataset: Dataset, forms: Path) -> Iterator[Value]:
    """Accepted values that the truth speaks of."""
    for document in dataset.load_documents():
        truth = load_json(forms / f"{Path(document['document']['path']).stem}.json")
        expected = {path: value for path, value, _ in document_to_pairs(document, truth)}
        for entry in accepted_of(document):
            if entry["path"] in expected:
                yield Value(entry, not same(pointed(document, entry["path"]), expected[entry["path"]]))


def plant(values: list[Value], rate: float, where: Where, chance: Random) -> list[Value]:
    """The values, some of which have become wrong."""
    return [Value(each.entry, each.wrong or (where(each.entry) and chance.random() < rate)) for each in values]


def tell(name: str, values: list[Value], count: int, samples: int) -> None:
    rate = sum(each.wrong for each in values) / len(values)
    bounds = [upper_bound(sum(each.wrong for each in draw(values, count, seed)), count) for seed in range(samples)]
    covers = sum(bound >= rate for bound in bounds)
    print(f"{name:30}{rate:12.4%}{sum(bounds) / len(bounds):13.3%}{covers:6} of {samples}", flush=True)


def draw(values: list[Value], count: int, seed: int) -> list[Value]:
    """A sample as ``jixiao sample`` draws it."""
    sizes: Counter[str] = Counter(each.entry["stratum"] for each in values)
    entries: Iterator[dict[str, Any]] = (each.entry | {"wrong": each.wrong} for each in values)
    return [Value(entry, entry["wrong"]) for entry in drawn_from(entries, sizes, count, seed)]


if __name__ == "__main__":
    main()
