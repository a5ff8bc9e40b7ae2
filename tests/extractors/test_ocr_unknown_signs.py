"""Signs that the models do not know: what they are read as, and the raised figure of a square metre."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.cells import read_cells
from extractors.ocr.engine import load_engine
from extractors.ocr.models import find_model, find_quick_model
from extractors.ocr.predictor import open_predictor
from extractors.ocr.unknown_signs import has_unknown_sign
from extractors.options import ReadOptions


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("按N类标准执行", True), ("N3号", True), ("按（）类", True), ("按(=)类", True), ("按(曰)类", True),
        ("DNA检测", False), ("PN结", False), ("按（一）类", False), ("N.A.", False), ("N", False), ("(1)类", False), ("（日）", False),
    ],
)  # fmt: skip
def test_what_an_unknown_sign_is_read_as(text: str, unknown: bool) -> None:
    assert has_unknown_sign(text) is unknown


def test_the_models_lack_the_signs_that_are_looked_for() -> None:
    options = ReadOptions(threads=1, device="cpu")
    for model in filter(None, (find_model("rec", None, None), find_quick_model(options))):
        known = set(open_predictor(model, "TextRecognition", options, 1).post_op.character)
        assert not known & set("№㈠㈡㈢㈩⑴⒇⒈⒛㎎㎏㎜㎝㎞㎡㎥㎢㏄㏎⩾⩽＜＞＄＊")
        assert set("m²³N≥≤℃‰√☑①") <= known


def cell_with(figure: str, size: int) -> tuple[Any, list[tuple[int, int, int, int]]]:
    """One cell with an m, and a small figure raised behind it; above it a line that tells how high text is here."""
    picture = Image.new("RGB", (260, 150), (250, 250, 250))
    draw = ImageDraw.Draw(picture)
    draw.text((30, 20), "1250", (20, 20, 20), ImageFont.load_default(size))
    draw.text((30, 90), "m", (20, 20, 20), ImageFont.load_default(size))
    right = 30 + draw.textlength("m", ImageFont.load_default(size))
    draw.text((right + 1, 87), figure, (20, 20, 20), ImageFont.load_default(round(size * 0.62)))
    return np.asarray(picture), [(10, 8, 250, 70), (10, 76, 250, 144)]


@pytest.mark.parametrize("figure", ["2", "3", ""])
@pytest.mark.parametrize("size", [28, 36])
def test_a_raised_figure_is_never_lost_without_a_word(figure: str, size: int) -> None:
    picture, boxes = cell_with(figure, size)
    reading = read_cells(picture, boxes, load_engine(ReadOptions(threads=1, device="cpu")))[1]
    if not figure:
        assert reading.text == "m" and not reading.lost_mark
    elif not reading.lost_mark:
        assert reading.text in {f"m{figure}", f"m{'²' if figure == '2' else '³'}"}
