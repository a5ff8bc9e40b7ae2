"""What PaddleOCR does before and after a model, taken by itself, is what it does when a model is opened whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.errors import OcrUnavailableError
from extractors.ocr.engine import load_engine
from extractors.ocr.fast_recognizer import open_detector
from extractors.ocr.models import Model, find_model, find_quick_model
from extractors.ocr.predictor import characters_of, detector_around, open_predictor
from extractors.options import ReadOptions

OPTIONS = ReadOptions(threads=1, device="cpu")
# Loaded for a second, and needed by nobody who reads with the models that came along.
HEAVY = ("paddlex", "paddleocr", "pandas", "onnxruntime", "yaml")


def page() -> np.ndarray:
    """A tall sheet with a short, a long and a slanted line."""
    picture = np.full((1400, 900, 3), 255, np.uint8)
    for text, place in (("2024", (60, 90)), ("review of 24 county roads", (120, 600)), ("95.5%", (500, 1300))):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((450, 700), 4, 1)
    return np.asarray(cv2.warpAffine(picture, turn, (900, 1400), borderValue=(255, 255, 255)))


def test_the_parts_do_what_the_whole_does() -> None:
    det = find_model("det", None, None)
    run = open_detector(det.path)
    if run is None:
        pytest.skip("openvino is not installed")
    alone = detector_around(det, run)
    assert alone is not None
    models = [each for each in (find_model("rec", None, None), find_quick_model(OPTIONS)) if each is not None]
    by_parts = [characters_of(each) for each in models]
    whole = open_predictor(det, "TextDetection", OPTIONS, 1)
    whole.runner = run
    for picture in (page(), page()[:40, :300], np.full((20, 20, 3), 255, np.uint8)):
        expected = next(iter(whole.predict(picture)))["dt_polys"]
        assert np.array_equal(np.asarray(alone(picture)), np.asarray(expected))
    assert len(alone(page())) == 3
    assert by_parts == [list(open_predictor(each, "TextRecognition", OPTIONS, 1).post_op.character) for each in models]
    assert characters_of(models[0]) == by_parts[0], "after the whole library was imported, too"


def test_reading_with_the_bundled_models_loads_no_more_than_it_needs() -> None:
    code = (
        "import sys; from extractors.ocr.engine import load_engine; from extractors.ocr.selftest import self_test; "
        "from extractors.options import ReadOptions; self_test(load_engine(ReadOptions(threads=1, device='cpu'))); "
        f"print([each for each in {HEAVY!r} if each in sys.modules])"
    )
    pytest.importorskip("openvino")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_damaged_model_is_named_as_before(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    source = find_model("rec", None, None).path
    assert source is not None
    (own / "inference.yml").write_text((source / "inference.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (own / "inference.onnx").write_bytes(b"no model")
    with pytest.raises(OcrUnavailableError):
        load_engine(ReadOptions(threads=1, device="cpu", ocr_model_dir=own)).recognize([page()])
    assert characters_of(Model("PP-OCRv6_small_rec", own)) is None, "only what came along is opened in parts"
