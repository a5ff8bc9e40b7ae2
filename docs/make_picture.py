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
from pipeline.explain import find_document, pointed

WIDTH = 1180
COLUMNS = (20, 440, 660, 860)
HEADS = ("on the page", "naive reading", "delivered", "rule or reason")
INK, GREY, RED, GREEN = "#1b1f24", "#68707a", "#b3261e", "#1a7f37"
# What is shown: sample, field, points of page around it.
SHOWN = (
    ("colour-scan-seal", "/tables/0/funds/total", 30.0),
    ("born-digital", "/tables/1/indicators/1/scoring_standard", 4.0),
    ("photo", "/tables/0/indicators/1/operator", 26.0),
)


def font(size: int) -> ImageFont.FreeTypeFont:
    """The CJK font that fontconfig would take."""
    found = subprocess.run(["fc-match", "-f", "%{file}", "sans:lang=zh-cn"], capture_output=True, text=True, check=True).stdout
    return ImageFont.truetype(found, size)


def naive_reading(dataset: Dataset, document: dict[str, Any], pointer: str) -> str:
    """What a reader without our layers gives for the same ink: the seal kept, the free second look, or the raw text."""
    source = document["provenance"][pointer]
    read = load_json(dataset.read_path(document["document"]["sha256"]))
    for table in read["tables"]:
        for cell in table["cells"]:
            if cell["bbox"] == source["bbox"] and cell["page_no"] == source["page_no"]:
                by_how = {each["how"]: each["text"] for each in cell["readings"]}
                return str(by_how.get("seal-kept") or by_how.get("second") or source["raw"])
    return str(source["raw"])


def reason(document: dict[str, Any], pointer: str) -> str:
    rules = [each["rule"] for each in document["corrections"] if each["path"] == pointer]
    codes = [each["code"] for each in document["findings"] if each["path"] == pointer]
    return ", ".join([*rules, *codes]) or "read under the seal"


def main() -> None:
    dataset = Dataset(Path(sys.argv[1]))
    rows = [(find_document(dataset, name), pointer, margin) for name, pointer, margin in SHOWN]
    picture = Image.new("RGB", (WIDTH, 60 + 150 * len(rows)), "white")
    draw = ImageDraw.Draw(picture)
    for x, head in zip(COLUMNS, HEADS, strict=True):
        draw.text((x, 18), head, GREY, font(17))
    for index, (document, pointer, margin) in enumerate(rows):
        top = 56 + 150 * index
        draw.line((20, top, WIDTH - 20, top), "#d8dee4")
        crop = Image.fromarray(crop_of(document, pointer, margin)[:, :, ::-1])
        crop.thumbnail((390, 130))
        picture.paste(crop, (COLUMNS[0], top + 10))
        for x, text, colour in (
            (COLUMNS[1], naive_reading(dataset, document, pointer), RED),
            (COLUMNS[2], str(pointed(document, pointer)), GREEN),
            (COLUMNS[3], reason(document, pointer), INK),
        ):
            wide = 13 if x < COLUMNS[3] else 30
            wrapped = "\n".join(text[i : i + wide] for i in range(0, min(len(text), 90), wide))
            draw.multiline_text((x, top + 18), wrapped, colour, font(18), spacing=6)
    picture.save(sys.argv[2], optimize=True)


if __name__ == "__main__":
    main()
