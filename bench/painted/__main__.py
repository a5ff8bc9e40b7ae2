"""Is what is read what a person sees? Small forms with something hidden, stamped or filled in, and harmless look-alikes.

    python -m bench.painted --seed 1 --count 300 [--keep FOLDER] [--only "in white"]

Prints what is wrong, a line for each kind, and the sums. A wrong field is
silent where no finding for a person names it, its row or its table.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jixiao
from bench.forms.compare import folded
from bench.painted import filling, harmless, hiding, marking, running
from bench.painted.content import draw_form
from bench.painted.drawing import Drawn, lay_out
from bench.painted.hiding import Kind
from bench.painted_pdf import write_pdf
from extractors.options import ReadOptions

TRICKS: dict[str, Kind] = {**hiding.KINDS, **marking.KINDS, **running.KINDS, **filling.KINDS}
_NUMBERS = ("/value", "/phone", "fiscal_year")


@dataclass
class Tally:
    files: int = 0
    fields: int = 0
    right: int = 0
    silent: int = 0
    silent_numbers: int = 0
    lost: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        share = f"{self.right / max(1, self.fields):7.2%} of {self.fields}"
        told = ", ".join(f"{code} {count}" for code, count in self.findings.most_common())
        return f"{self.files:4d} files {share} right, {self.silent} silent, {self.silent_numbers} silent numbers, {self.lost} lost; {told}"


def make(kinds: dict[str, Kind], seed: int, count: int) -> Iterator[tuple[str, Drawn, bytes]]:
    """``count`` forms, each kind in its turn."""
    names = sorted(kinds)
    for k in range(count):
        name = names[k % len(names)]
        rng = random.Random(f"{seed} {name} {k}")
        drawn = lay_out(draw_form(rng), rng)
        kinds[name](drawn, rng)
        sheets = [drawn.finish()]
        if name == "repeated":
            rng = random.Random(f"{seed} {name} {k} second")
            second = lay_out(draw_form(rng), rng)
            second.over = list(drawn.over)
            sheets.append(second.finish())
        yield name, drawn, write_pdf(sheets)


def same(found: Any, truth: Any) -> bool:
    if isinstance(truth, list):
        return any(same(found, each) for each in truth)
    return folded(found) == folded(truth)


def value_at(table: Any, path: str) -> Any:
    for key in path.split("/"):
        table = (
            table[int(key)] if isinstance(table, list) and int(key) < len(table) else table.get(key) if isinstance(table, dict) else None
        )
    return table


def compare(document: dict[str, Any], drawn: Drawn, tally: Tally) -> list[str]:
    """Adds to the tally; gives a line for each thing that is wrong."""
    wrong = []
    table = document["tables"][0] if document["tables"] else {}
    told = {each["path"] for each in document["findings"] if each["severity"] == "review"}
    for path, truth in drawn.truth.items():
        tally.fields += 1
        found = value_at(table, path)
        if same(found, truth):
            tally.right += 1
            continue
        whole = f"/tables/0/{path}"
        silent = not {whole, whole.rpartition("/")[0], "/tables/0"} & told
        tally.silent += silent
        tally.silent_numbers += silent and path.endswith(_NUMBERS)
        wrong.append(f"{'SILENT ' if silent else ''}{path}: truth {truth!r}, found {found!r}")
    page = document["document"]["pages"][0]
    apart = folded("".join(each["text"] for each in page.get("hidden_text", [])))
    if drawn.hidden and folded(drawn.hidden) not in apart:
        wrong.append(f"LOST hidden {drawn.hidden!r}; there is {apart!r}")
    marks = folded("".join(each["text"] for each in page.get("marks", [])))
    if drawn.mark and folded(drawn.mark) not in marks:
        wrong.append(f"LOST mark {drawn.mark!r}; there is {marks!r}")
    tally.lost += sum(line.startswith("LOST") for line in wrong)
    tally.findings.update(each["code"] for each in document["findings"] if each["severity"] == "review")
    tally.files += 1
    return wrong


def measure(kinds: dict[str, Kind], seed: int, count: int, folder: Path) -> tuple[dict[str, Tally], Tally]:
    by_kind: dict[str, Tally] = {}
    whole = Tally()
    for k, (name, drawn, data) in enumerate(make(kinds, seed, count)):
        path = folder / f"{name.replace(' ', '-')}-{k}.pdf"
        path.write_bytes(data)
        document = jixiao.clean(jixiao.read(path, ReadOptions(threads=1))).json
        for line in compare(document, drawn, by_kind.setdefault(name, Tally())):
            print(f"{path.name}: {line}")
        compare(document, drawn, whole)
    return by_kind, whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300, help="forms with something in them, and as many harmless ones")
    parser.add_argument("--keep", type=Path, help="leave the forms in this folder")
    parser.add_argument("--only", default="", help="only kinds whose name holds this")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = args.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for title, kinds in (("with something in them", TRICKS), ("harmless", harmless.KINDS)):
            chosen = {name: kind for name, kind in kinds.items() if args.only in name}
            if not chosen:
                continue
            by_kind, whole = measure(chosen, args.seed, args.count, folder)
            for name, tally in sorted(by_kind.items()):
                print(f"{name:24s} {tally}")
            print(f"{title:24s} {whole}")


if __name__ == "__main__":
    main()
