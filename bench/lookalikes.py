"""Make normalizers/data/lookalikes.txt: characters whose printed shapes are easily taken for one another.

usage: python bench/lookalikes.py FONT... > normalizers/data/lookalikes.txt

Each character of the closed vocabularies is drawn in every font given (a serif and
a sans serif one, files or files:index) and compared with the 6,763 characters
of GB 2312. Two are alike when the blurred drawings correlate above the threshold in
the mean of the fonts. Wants Pillow and numpy; nothing of it runs when forms are read.
"""

from __future__ import annotations

import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from normalizers.vocabulary.phrases import load_lexicon
from normalizers.vocabulary.units import load_units

SIZE = 64
BEYOND = "岀攴亇氺扺"
# Set on pairs that readers are known to confuse (未末, 己已, 日曰, 天夫): all are above, 大小 and 满全 far below.
THRESHOLD = 0.78
# Alike as words, not as shapes: a writer chooses between them, so a shape proves nothing.
_PAIRS = "大太 人入 大天 上土 上下 日月 年午 小少 一二 二三 三王 未来 了子 百目 千十 起超"
CHOSEN = {frozenset(pair) for pair in _PAIRS.split()}


def common_characters() -> list[str]:
    """GB 2312 in its order, and shapes outside it that readers put out."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [*(char for each in rows if len(char := each.decode("gb2312", "ignore")) == 1), *BEYOND]


def draw(chars: list[str], font: ImageFont.FreeTypeFont) -> np.ndarray:
    """One row of standardised grey values for each character."""
    rows = []
    for char in chars:
        image = Image.new("L", (SIZE, SIZE))
        box = font.getbbox(char)
        ImageDraw.Draw(image).text(((SIZE - box[2] - box[0]) / 2, (SIZE - box[3] - box[1]) / 2), char, 255, font)
        values = np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)), dtype=np.float32).ravel()
        rows.append((values - values.mean()) / (values.std() + 1e-6))
    return np.stack(rows)


def main(fonts: list[str]) -> None:
    lexicon = load_lexicon()
    texts = [wording for wordings in lexicon.wordings.values() for wording in wordings.values()] + list(load_units().all_spellings())
    meant = sorted({char for text in texts for char in text if "\u4e00" <= char <= "\u9fff"})
    seen = sorted(set(common_characters()) | set(meant))
    total = np.zeros((len(meant), len(seen)), dtype=np.float32)
    for name in fonts:
        path, _, index = name.partition(":")
        font = ImageFont.truetype(path, SIZE - 10, index=int(index or 0))
        total += draw(meant, font) @ draw(seen, font).T / SIZE**2
    total /= len(fonts)
    print("# Made by bench/lookalikes.py: a character that forms print, and those read in its place.")
    for row, char in enumerate(meant):
        alike = [
            other for column, other in enumerate(seen) if total[row, column] >= THRESHOLD and other != char and {char, other} not in CHOSEN
        ]
        if alike:
            print(char + " " + "".join(alike))


if __name__ == "__main__":
    main(sys.argv[1:])
