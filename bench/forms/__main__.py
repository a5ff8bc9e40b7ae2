"""``python -m bench.forms --out DIR --seed N --count N --level d0..d4``: fresh forms with truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.forms.make import LEVELS, make_form


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the files and their truth")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first form; the next count up")
    parser.add_argument("--count", type=int, default=1, help="forms of each level")
    parser.add_argument("--level", choices=LEVELS, action="append", help="may be given more than once; all when left out")
    given = parser.parse_args()
    for level in given.level or LEVELS:
        for seed in range(given.seed, given.seed + given.count):
            print(make_form(seed * 10 + LEVELS.index(level), level, given.out))


main()
