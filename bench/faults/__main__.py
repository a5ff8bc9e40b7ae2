"""What a run survives, by the real commands, at full length; the tests hold shorter ones.

    python -m bench.faults kills --count 50 --seed 7
    python -m bench.faults disks --count 20          (Linux, as root: mounts small disks in memory)
    python -m bench.faults together --count 12
    python -m bench.faults hostile --count 300
"""

from __future__ import annotations

import argparse
import sys

from bench.faults.disks import disks
from bench.faults.hostile import hostile
from bench.faults.kills import kills
from bench.faults.together import together


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("what", choices=("kills", "disks", "together", "hostile"))
    words.add_argument("--count", type=int)
    words.add_argument("--seed", type=int, default=7)
    chosen = words.parse_args()
    good = {
        "kills": lambda: kills(chosen.count or 50, chosen.seed),
        "disks": lambda: disks(chosen.count or 20),
        "together": lambda: together(chosen.count or 12, chosen.seed),
        "hostile": lambda: hostile(chosen.count or 300, chosen.seed),
    }[chosen.what]()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
