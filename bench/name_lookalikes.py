"""Make normalizers/data/name-lookalikes.txt: look-alike characters for matching indicator names.

usage: python bench/name_lookalikes.py FONT... > normalizers/data/name-lookalikes.txt

As ``bench/lookalikes.py``, for the characters of the indicator library and the 3,755
common ones (a user's own entries may hold any). Only the nearest of each are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.lookalikes import CHOSEN, SIZE, common_characters, draw  # noqa: E402
from normalizers.matching.taxonomy import load_taxonomy  # noqa: E402

THRESHOLD = 0.80
NEAREST = 12
LEVEL_ONE = 3755


def main(fonts: list[str]) -> None:
    seen = common_characters()
    used = {char for each in load_taxonomy().indicators for text in each.spellings() for char in text}
    meant = [char for index, char in enumerate(seen) if index < LEVEL_ONE or char in used]
    total = np.zeros((len(meant), len(seen)), dtype=np.float32)
    for name in fonts:
        path, _, index = name.partition(":")
        font = ImageFont.truetype(path, SIZE - 10, index=int(index or 0))
        total += draw(meant, font) @ draw(seen, font).T / SIZE**2
    total /= len(fonts)
    print("# Made by bench/name_lookalikes.py: a character that names print, and those read in its place, the nearest first.")
    for row, char in enumerate(meant):
        nearest = np.argsort(-total[row])[: NEAREST + 1]
        alike = [seen[i] for i in nearest if seen[i] != char and total[row, i] >= THRESHOLD and {char, seen[i]} not in CHOSEN]
        if alike:
            print(char + " " + "".join(alike))


if __name__ == "__main__":
    main(sys.argv[1:])
