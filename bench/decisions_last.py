"""Do people's decisions last? 200 of them through a new rulebook, new file names, and a reading at another resolution.

    python -m bench.decisions_last [--forms 8] [--decisions 200] [--seed 1]

Fresh scans are read and cleaned; decisions are made on fields drawn by the seed, two of three that
correct. After each change every decision must be applied (its value stands in the document, by its rule) or be back
as a finding that names it. What is neither is lost, and the exit code says so.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import cv2
from click.testing import CliRunner

from bench.forms.make import LEVELS, make_form
from extractors.options import ReadOptions
from extractors.pictures import scan
from extractors.reading import read_file
from extractors.reads import document_to_read
from normalizers.decision import Decision
from normalizers.decisions import CHANGED, UNPLACED, name_of
from normalizers.finding_details import field_of
from pipeline.cli import cli
from pipeline.dataset import Dataset, to_json
from pipeline.decisions import add_lines, decision_to_line
from pipeline.pointers import pointed
from pipeline.review.making import UnfitDecisionError, make_decision, sampled_finding

# A label that no form of ours uses: with it every document is cleaned by another book.
_TEMPLATES = '[header]\nunit_name = ["承担科室全称"]\n'
_SCAN = "d1"
# Of the resolution at which the scans are read at first.
_COARSER = 0.8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, default=8)
    parser.add_argument("--decisions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inbox, dataset = Path(folder) / "in", Dataset(Path(folder) / "out")
        for number in range(chosen.seed, chosen.seed + chosen.forms):
            make_form(number * 10 + LEVELS.index(_SCAN), _SCAN, inbox)
        for path in inbox.glob("*.json"):
            path.unlink()
        run("extract", inbox, "-o", dataset.root)
        decisions = decide(dataset, chosen.decisions, random.Random(chosen.seed))
        run("clean", dataset.root)
        lost = tell("cleaned again", dataset, decisions)
        (Path(folder) / "words.toml").write_text(_TEMPLATES, encoding="utf-8")
        run("clean", dataset.root, "--templates", Path(folder) / "words.toml")
        lost += tell("another rulebook", dataset, decisions)
        for path in list(inbox.iterdir()):
            path.rename(path.with_name(f"改名{path.name}"))
        run("extract", inbox, "-o", dataset.root)
        lost += tell("files renamed", dataset, decisions)
        read_again(inbox, dataset)
        run("clean", dataset.root)
        lost += tell("read coarser", dataset, decisions)
    sys.exit(1 if lost else 0)


def run(*words: object) -> None:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exit_code:
        sys.exit(result.output)


def read_again(inbox: Path, dataset: Dataset) -> None:
    """Put reads at a lower resolution in the place of those that are there; no option of ours does so, another release may."""
    level = scan.make_level

    def coarser(image: Any, dpi: float | None, threads: int) -> Any:
        small = cv2.resize(image, None, fx=_COARSER, fy=_COARSER, interpolation=cv2.INTER_AREA)
        return level(small, None if dpi is None else dpi * _COARSER, threads)

    scan.make_level = coarser
    try:
        for path in sorted(inbox.iterdir()):
            document = read_file(path, ReadOptions())
            dataset.read_path(document.sha256).write_text(to_json(document_to_read(document)), encoding="utf-8")
    finally:
        scan.make_level = level
    # Reads of a release that noted no digests are taken as they are.
    with closing(sqlite3.connect(dataset.root / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE contents SET read_digest = ''")


def decide(dataset: Dataset, count: int, chance: random.Random) -> list[Decision]:
    """Decisions on so many fields, of every document as many as it has room for."""
    documents = list(dataset.load_documents())
    fields = [(document, path) for document in documents for path in document["provenance"] if field_of(path)]
    chance.shuffle(fields)
    made: list[Decision] = []
    for document, path in fields:
        if len(made) == count:
            break
        value = pointed(document, path)
        if value in (None, "") or isinstance(value, (list, dict)):
            continue
        number = len(made)
        finding = sampled_finding(document, path, f"{number:012x}")
        action, after = ("accept", None) if number % 3 == 0 else ("correct", f"更正{number}")
        try:
            made.append(make_decision(document, finding, action, f"人{number}号", after))
        except UnfitDecisionError:  # money and dates take figures only
            made.append(make_decision(document, finding, "accept", f"人{number}号"))
    add_lines(dataset, map(decision_to_line, made))
    return made


def tell(what: str, dataset: Dataset, decisions: list[Decision]) -> int:
    """Print how many decisions are applied, back, lost; how many are lost."""
    documents = {each["document"]["sha256"]: each for each in dataset.load_documents()}
    states = Counter(state_of(each, documents.get(each.document)) for each in decisions)
    for each in decisions:
        if state_of(each, documents.get(each.document)) == "lost":
            print(f"    lost: {each.path} {each.action} {each.raw!r} -> {each.after!r}")
    print(f"{what:20}" + "  ".join(f"{name} {states[name]}" for name in ("applied", "back", "lost")), flush=True)
    return states["lost"]


def state_of(decision: Decision, document: dict[str, Any] | None) -> str:
    if document is None:
        return "lost"
    for path, source in document["provenance"].items():
        if name_of(path) == decision.field and source["confidence"] == 1.0 and source["raw"] == decision.raw:
            value = pointed(document, path)
            if decision.action == "accept" or value == decision.after:
                return "applied"
    back = [each["message"] for each in document["findings"] if each["code"] in (CHANGED, UNPLACED)]
    return "back" if any(message.startswith(f"{decision.who} decided") for message in back) else "lost"


if __name__ == "__main__":
    main()
