"""Kills at any moment, while files change and people decide: the dataset ends as one that was never disturbed."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

from bench.faults.inputs import delivered, differences, fill, filled_in
from bench.faults.running import run, run_and_kill

_FORMATS = ("--format", "json,csv,xlsx")


def kills(count: int, seed: int, states: int = 5) -> bool:
    """So many kills over some states of an inbox; True where nothing was lost."""
    dice, total, good = random.Random(seed), Counter[str](), True
    with tempfile.TemporaryDirectory(prefix="kills-") as space:
        inbox, calm, struck, sheet = (Path(space, name) for name in ("in", "calm", "struck", "filled.csv"))
        for state in range(states):
            fill(inbox, state)
            usual = run("extract", inbox, "-o", calm, *_FORMATS).seconds
            _strike(dice, total, count * (5 * state + 4) // (states * 5), usual, "extract", inbox, "-o", struck, *_FORMATS)
            last = run("extract", inbox, "-o", struck, *_FORMATS)
            filled_in(calm, sheet)
            decided = run("decide", calm, sheet)
            _strike(dice, total, count * (state + 1) // states, decided.seconds, "decide", struck, sheet)
            ends = [last, decided, run("decide", struck, sheet), *(run("clean", each, *_FORMATS) for each in (calm, struck))]
            wrong = differences(delivered(calm), delivered(struck))
            left = [str(path) for path in struck.rglob("*") if path.name.endswith(".part")]
            good = good and not wrong and not left and all(each.is_clear for each in ends)
            history = (struck / "history.csv").read_text(encoding="utf-8-sig").count("\n") - 1 if state else 0
            print(f"state {state}: {total.total()} kills so far, {history} lines of history, different {wrong[:5]}, ", end="")
            print(f"left over {left[:5]}", flush=True)
            print("".join(each.said[-2000:] for each in ends if not each.is_clear), end="", flush=True)
    print(f"kills {dict(total)}: {'nothing was lost' if good else 'SOMETHING WAS LOST'}", flush=True)
    return good


def _strike(dice: random.Random, total: Counter[str], until: int, usual: float, *words: object) -> None:
    """Kill a command again and again, at any moment of the time that it takes, until there were so many kills."""
    missed = 0
    while total.total() < until and missed < 20:
        if run_and_kill(dice.uniform(0.05, 1.0) * usual, *words).code < 0:
            total[str(words[0])] += 1
        else:
            missed += 1
