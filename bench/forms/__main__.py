"""``python -m bench.forms --out DIR --seed N --count N --level d0..d5, t0``: fresh forms with truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.forms.make import LEVELS, TRANSCRIPT, make_form, make_transcript


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the files and their truth")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first form; the next count up")
    parser.add_argument("--count", type=int, default=1, help="forms of each level")
    parser.add_argument("--level", choices=(*LEVELS, TRANSCRIPT), action="append", help="may be given more than once; all when left out")
    given = parser.parse_args()
    for level in given.level or LEVELS:
        for seed in range(given.seed, given.seed + given.count):
            if level == TRANSCRIPT:
                print(make_transcript(seed, given.out))
            else:
                print(make_form(seed * 10 + LEVELS.index(level), level, given.out))


main()
