"""Measure: make changes, see which a test notices."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from bench.mutants.changes import changed_source, changes_of
from bench.mutants.coverage_map import ROOMS, CoverageMap, load_map
from bench.mutants.running import in_child, kill_with, load_libraries

ROOT = Path(__file__).parents[2]
# Seconds of tests that a change is given; a slow test that comes later might have noticed it.
_BUDGET = 40.0
# A change that makes a loop endless is noticed, too.
_TOO_LONG = 240.0


@dataclass
class Mutant:
    """One change and what became of it; ``killer`` is the test that noticed it, ``time`` when it never ended, None when it survived."""

    file: str
    index: int
    line: int
    before: str
    after: str
    killer: str | None = None

    def told(self) -> str:
        return f"{self.file}:{self.line} {self.before} -> {self.after}: {self.killer or 'SURVIVED'}"


@click.group()
def main() -> None:
    """Small random changes of the code, and the share that the tests notice."""


@main.command()
@click.option("--count", default=200, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("mutants.json"), show_default=True)
@click.option("--map", "kept", type=click.Path(path_type=Path), default=Path("mutants-map.json"), show_default=True)
def measure(count: int, seed: int, out: Path, kept: Path) -> None:
    """Draw changes from all that are possible, with the same chance each, and try them."""
    files = sorted(str(file.relative_to(ROOT)) for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    possible = [
        Mutant(file, each.index, each.line, each.before, each.after)
        for file in files
        for each in changes_of((ROOT / file).read_text(encoding="utf-8"))
    ]
    click.echo(f"{len(possible)} changes are possible in {len(files)} files")
    _try(random.Random(seed).sample(possible, count), out, kept.absolute())


@main.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("mutants.json"), show_default=True)
@click.option("--map", "kept", type=click.Path(path_type=Path), default=Path("mutants-map.json"), show_default=True)
@click.option("--tests", multiple=True, help="Only these, new ones for instance; all that run the line by default.")
def again(out: Path, kept: Path, tests: tuple[str, ...]) -> None:
    """Try those that survived, or were not tried yet, once more; the code must be as it was."""
    mutants = [Mutant(**value) for value in json.loads(out.read_text(encoding="utf-8"))]
    _try(mutants, out, kept.absolute(), list(tests))


def _try(mutants: list[Mutant], out: Path, kept: Path, only: list[str] | None = None) -> None:
    out = out.absolute()
    load_libraries()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        _copy_tree(copy)
        covered = load_map(copy, kept)
        waiting = [each for each in mutants if each.killer is None]
        for number, mutant in enumerate(waiting, 1):
            mutant.killer = _killer(copy, mutant, covered, only)
            click.echo(f"{number}/{len(waiting)} {mutant.told()}")
            out.write_text(json.dumps([asdict(each) for each in mutants], ensure_ascii=False, indent=1), encoding="utf-8")
    killed = sum(each.killer is not None for each in mutants)
    click.echo(f"{killed} of {len(mutants)} killed: {killed / len(mutants):.1%}")


def _copy_tree(copy: Path) -> None:
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    for name in subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, copy / name)


def _killer(copy: Path, mutant: Mutant, covered: CoverageMap, only: list[str] | None) -> str | None:
    tests = only or covered.tests_for(mutant.file, mutant.line, _BUDGET)
    if not tests:
        return None
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    (copy / mutant.file).write_text(changed_source(source, mutant.index), encoding="utf-8")
    try:
        # The answer of a child that was stopped is None as well: so the killer comes in a list.
        answer = in_child(copy, lambda: [kill_with(tests)], _TOO_LONG)
    finally:
        (copy / mutant.file).write_text(source, encoding="utf-8")
    return "time" if answer is None else answer[0]


if __name__ == "__main__":
    os.nice(10)
    main()
