"""``python -m bench.forms --out DIR --seed N --count N --level d0..d5, t0``: fresh forms with truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.forms.content import seed_to_filing
from bench.forms.damage import DAMAGES
from bench.forms.make import LEVELS, TRANSCRIPT, make_form, make_transcript


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the files and their truth")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first form; the next count up")
    parser.add_argument("--count", type=int, default=1, help="forms of each level")
    parser.add_argument("--level", choices=(*LEVELS, TRANSCRIPT), action="append", help="may be given more than once; all when left out")
    parser.add_argument("--mishap", choices=sorted(DAMAGES), action="append", help="d5 with just this; may be given more than once")
    parser.add_argument("--forms", type=int, help="tables a file; drawn by the seed when left out")
    given = parser.parse_args()
    for level in ["d5"] if given.mishap else given.level or LEVELS:
        for seed in range(given.seed, given.seed + given.count):
            if level == TRANSCRIPT:
                print(make_transcript(seed, given.out))
            else:
                number = seed * 10 + LEVELS.index(level)
                filing = seed_to_filing(number, given.forms) if given.forms else None
                print(make_form(number, level, given.out, filing, damages=given.mishap))


main()
