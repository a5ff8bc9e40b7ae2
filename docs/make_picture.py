"""Draw the README's picture: crop, as read, as delivered, rule. Run it on a dataset made of samples/.

    python docs/make_picture.py DATASET docs/before-after.png

Needs Pillow and any CJK font that fontconfig knows.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from pipeline.crop import crop_of
from pipeline.dataset import Dataset, load_json
from pipeline.explain import find_document
from pipeline.pointers import pointed

WIDTH = 1180
COLUMNS = (20, 440, 690, 940)
HEADS = ("on the page", "read as it stands", "delivered", "why")
INK, GREY, RED, GREEN = "#1b1f24", "#68707a", "#b3261e", "#1a7f37"
# What is shown: sample, field, points of page around it.
SHOWN = (
    ("colour-scan-seal", "/tables/0/funds/total", 22.0),
    ("bw-scan", "/tables/0/indicators/5/operator", 14.0),
    ("bw-scan", "/tables/0/indicators/9/scoring_standard", 3.0),
)
ROW = 132
CROP = (390, ROW - 16)


def font(size: int) -> ImageFont.FreeTypeFont:
    """The CJK font that fontconfig would take."""
    found = subprocess.run(["fc-match", "-f", "%{file}", "sans:lang=zh-cn"], capture_output=True, text=True, check=True).stdout
    return ImageFont.truetype(found, size)


def middle(crop: Image.Image) -> Image.Image:
    """The middle of a wide crop, and the whole of a small one."""
    width, height = crop.size
    most = round(height * CROP[0] / CROP[1])
    if width > most:
        crop = crop.crop(((width - most) // 2, 0, (width + most) // 2, height))
    crop.thumbnail(CROP)
    return crop


def naive_reading(dataset: Dataset, document: dict[str, Any], pointer: str) -> str:
    """What a reader without our layers gives for the same ink: with the seal in it, or the raw text."""
    source = document["provenance"][pointer]
    read = load_json(dataset.read_path(document["document"]["sha256"]))
    for table in read["tables"]:
        for cell in table["cells"]:
            if cell["bbox"] == source["bbox"] and cell["page_no"] == source["page_no"]:
                by_how = {each["how"]: each["text"] for each in cell["readings"]}
                return str(by_how.get("seal-kept") or source["raw"])
    return str(source["raw"])


def reason(document: dict[str, Any], pointer: str) -> str:
    rules = [each["rule"] for each in document["corrections"] if each["path"] == pointer]
    codes = [each["code"] for each in document["findings"] if each["path"] == pointer]
    return ", ".join([*rules, *codes])


def main() -> None:
    dataset = Dataset(Path(sys.argv[1]))
    rows = [(find_document(dataset, name), pointer, margin) for name, pointer, margin in SHOWN]
    picture = Image.new("RGB", (WIDTH, 60 + ROW * len(rows)), "white")
    draw = ImageDraw.Draw(picture)
    for x, head in zip(COLUMNS, HEADS, strict=True):
        draw.text((x, 18), head, GREY, font(17))
    for index, (document, pointer, margin) in enumerate(rows):
        top = 56 + ROW * index
        draw.line((20, top, WIDTH - 20, top), "#d8dee4")
        picture.paste(middle(Image.fromarray(crop_of(document, pointer, margin)[:, :, ::-1])), (COLUMNS[0], top + 8))
        for x, text, colour in (
            (COLUMNS[1], naive_reading(dataset, document, pointer), RED),
            (COLUMNS[2], str(pointed(document, pointer)), GREEN),
            (COLUMNS[3], reason(document, pointer), INK),
        ):
            wide = 24 if text.isascii() else 12
            wrapped = "\n".join(text[i : i + wide] for i in range(0, min(len(text), 90), wide))
            draw.multiline_text((x, top + 14), wrapped, colour, font(17 if len(text) > 24 else 20), spacing=5)
    picture.save(sys.argv[2], optimize=True)


if __name__ == "__main__":
    main()
