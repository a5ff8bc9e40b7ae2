"""Two commands at once over one dataset: both go through or one is refused with a message, and the dataset is as after one."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from bench.faults.inputs import copy_of, delivered, differences, fill, filled_in
from bench.faults.running import ended, run, start

_FORMATS = ("--format", "json,csv,xlsx")


def together(rounds: int, seed: int) -> bool:
    """Pairs of commands, the second a moment behind the first; True where nothing was lost."""
    dice, good = random.Random(seed), True
    with tempfile.TemporaryDirectory(prefix="together-") as space:
        inbox, calm, both, sheet = (Path(space, name) for name in ("in", "calm", "both", "filled.csv"))
        fill(inbox, 0)
        run("extract", inbox, "-o", calm, *_FORMATS)
        filled_in(calm, sheet)
        extract = ("extract", inbox, "-o", both, *_FORMATS)
        others = {
            "extract": extract, "clean": ("clean", both, *_FORMATS), "decide": ("decide", both, sheet), "retry": ("retry", both),
            "watch": ("watch", inbox, "-o", both, "--once", *_FORMATS), "export": ("export", both, "-o", Path(space, "exported")),
        }  # fmt: skip
        for number in range(rounds):
            name = list(others)[number % len(others)]
            if name == "extract":
                copy_of(calm, both) if number else None
            else:
                copy_of(calm, both)
            fill(inbox, 1 + number % 2)
            began = time.monotonic()
            first = start(*extract)
            time.sleep(dice.uniform(0.0, 2.0))
            second = start(*others[name])
            ends = [ended(first, began), ended(second, began)]
            again = [run(*extract), run("clean", both, *_FORMATS)]
            copy_of(calm, Path(space, "alone"))
            alone = Path(space, "alone")
            run("extract", inbox, "-o", alone, *_FORMATS)
            if name == "decide" and ends[1].code == 0:
                run("decide", alone, sheet)
            run("clean", alone, *_FORMATS)
            wrong = differences(delivered(alone), delivered(both))
            clear = all(each.is_clear for each in [*ends, *again]) and not wrong
            good = good and clear
            said = [each.refusal for each in ends if each.refusal]
            print(f"extract and {name}: exit {ends[0].code} and {ends[1].code} {said}, different {wrong[:4]}", end="")
            print("" if clear else "  <-- NOT CLEAR", flush=True)
            if not clear:
                print(*(each.said[-2500:] for each in [*ends, *again] if not each.is_clear), flush=True)
    print("nothing was lost" if good else "SOMETHING WAS LOST", flush=True)
    return good
