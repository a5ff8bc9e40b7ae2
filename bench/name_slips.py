"""What a recogniser makes of indicator names printed small and scanned badly.

usage: python bench/name_slips.py FONT... > bench/data/name-slips.tsv

Each canonical name is drawn, blurred, given noise and JPEG blocks until it is hard
to read, and read by the recogniser that comes with the program. Lines whose reading
differs from the name are kept: real slips, not ones that we imagined.
"""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from normalizers.matching.taxonomy import load_taxonomy  # noqa: E402


def name_to_picture(name: str, font: Any, rng: random.Random) -> np.ndarray[Any, Any]:
    """A line of print as a bad scan shows it: uint8, height x width x 3."""
    size = rng.choice([12, 13, 14, 16])
    face = ImageFont.truetype(font, size * 4, index=0)
    page = Image.new("L", (int(face.getlength(name)) + 80, size * 6), 255)
    ImageDraw.Draw(page).text((40, size), name, font=face, fill=rng.randint(0, 90))
    page = page.rotate(rng.uniform(-1.2, 1.2), fillcolor=255, expand=True)
    page = page.resize((page.width // 4, page.height // 4), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1)))
    grey = np.asarray(page, dtype=np.float32) + np.random.default_rng(rng.randrange(1 << 30)).normal(
        0, rng.uniform(5, 40), (page.height, page.width)
    )
    if rng.random() < 0.5:
        grey = np.where(grey < rng.uniform(120, 200), 0.0, 255.0)
    buffer = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=rng.randint(15, 60))
    return np.asarray(Image.open(io.BytesIO(buffer.getvalue())).convert("RGB"))


def main() -> None:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})
    rng = random.Random(7)
    for indicator in load_taxonomy().indicators:
        for spelling in [indicator.name, *rng.sample(indicator.aliases, min(1, len(indicator.aliases)))]:
            result = engine(name_to_picture(spelling, rng.choice(sys.argv[1:]), rng), use_det=False, use_cls=False)
            read = result.txts[0] if result.txts else ""
            if read and read != spelling:
                print(indicator.id, spelling, read, sep="\t")


if __name__ == "__main__":
    main()
