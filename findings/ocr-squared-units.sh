#!/usr/bin/env bash
# RapidOCR 3.10.0 with the recogniser that its wheel brings (PP-OCRv6, small), and the one-character
# units ㎡ and ㎥ that Chinese input methods write for square and cubic metres.
#
# One would expect: ㎡ comes out as ㎡ or m²; if the model does not know it, as some wrong character
#   with a low confidence, which a threshold catches.
# Seen: of 18708 characters in the model's dictionary (℃, ‰, ², ³ among them) neither is one. What comes
#   instead changes with the text around and the size: m², m, nothing, and for ㎥ also m², another unit.
#   Left out altogether it gets the best confidence, 1.00, better than a right m²: the confidence is the
#   mean over the characters that were kept, and one decoded as "none here" has no share in it.
# Why it matters: 占地15㎡ is read as 占地15 and no confidence threshold can find it.
#
# Needs python3 with venv (the font is installed from a package too, 15 MB). Exit: 0 the behaviour is as
# described, 1 it differs, 2 cannot be run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q rapidocr==3.10.0 onnxruntime==1.32.0 pillow==13.0.0 noto-cjk-sans-otc==0.0.1 \
  opencv-python-headless==5.0.0.93 2>"$work/pip.log" || { cat "$work/pip.log"; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import numpy
import onnxruntime
import rapidocr
from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont

logging.disable(logging.WARNING)
SIMPLIFIED = 2  # the place of Noto Sans CJK SC in the collection
# The text, its size in pixels, what is read, and a confidence that is reached at least.
DESCRIBED = (
    ("占地15m²以上", 44, "占地15m²以上", 0.95),
    ("日供水量300m³以上", 44, "日供水量300m³以上", 0.95),
    ("占地15平方米以上", 44, "占地15平方米以上", 0.95),
    ("改造6㎡", 44, "改造6m²", 0.8),
    ("占地15㎡", 44, "占地15", 0.98),
    ("供水量800㎥", 44, "供水量800", 0.98),
    ("年处理450㎥", 44, "年处理450", 0.98),
    ("每户10㎡", 36, "每户10m", 0.95),
    ("新建用房320㎡以上", 36, "新建用房320m以上", 0.95),
    ("供水量80㎥", 36, "供水量80m²", 0.9),
    ("年供水量1500㎥以上", 44, "年供水量1500m²以上", 0.9),
)


def painted(text: str, size: int) -> numpy.ndarray:
    font = ImageFont.truetype(str(FONT_PATH), size, index=SIMPLIFIED)
    picture = Image.new("RGB", (int(font.getlength(text)) + 60, 90), "white")
    ImageDraw.Draw(picture).text((30, 14), text, font=font, fill="black")
    return numpy.array(picture)


print(*(f"{name} {version(name)}" for name in ("rapidocr", "onnxruntime", "numpy", "pillow")), sep=", ")
model = next(Path(rapidocr.__file__).parent.glob("models/*_rec_*.onnx"))
known = onnxruntime.InferenceSession(model).get_modelmeta().custom_metadata_map["character"].splitlines()
print(f"{model.name}: {len(known)} characters;", ", ".join(f"{each} {'known' if each in known else 'not known'}" for each in "℃‰²³㎡㎥"))
changed = "㎡" in known or "㎥" in known or any(each not in known for each in "℃‰²³")

engine = rapidocr.RapidOCR()
logging.disable(logging.WARNING)
print("painted, pixels -> read, confidence")
for text, size, wanted, floor in DESCRIBED:
    result = engine(painted(text, size), use_det=False, use_cls=False, use_rec=True)
    read, confidence = result.txts[0], float(result.scores[0])
    changed |= read != wanted or confidence < floor
    print(f"{text}, {size} -> {read}, {confidence:.3f}" + ("" if read == wanted and confidence >= floor else f"  DESCRIBED: {wanted}, at least {floor}"))
print("CHANGED: not as described above" if changed else "As described: the unit is lost or another one, and the confidence does not tell.")
sys.exit(int(changed))
PY
