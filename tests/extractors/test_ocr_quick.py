"""The recogniser at its full height and at the low one that running text is read at."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.ocr.engine import HEIGHT, LOW, PaddleEngine, load_engine
from extractors.ocr.models import find_model
from extractors.ocr.quick import SWITCH, open_quick
from extractors.options import ReadOptions

OPTIONS = ReadOptions(threads=1, device="cpu")
LINES = ("annual target 716.3", "review of 24 county roads", "rate of completion 95.5%")


def picture_of(text: str) -> Any:
    width = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)[0][0]
    picture = np.full((34, width + 16, 3), 250, np.uint8)
    cv2.putText(picture, text, (8, 25), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2, cv2.LINE_AA)
    return picture


def read(engine: PaddleEngine, low: bool) -> list[str]:
    return [reading.text.replace(" ", "") for reading in engine.recognize([picture_of(line) for line in LINES], low)]


@pytest.mark.parametrize("precision", ["", "1"])
def test_a_low_line_reads_as_a_full_one(precision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, precision)
    engine = load_engine(OPTIONS)
    assert isinstance(engine, PaddleEngine)
    assert engine._run_low is not None
    assert read(engine, low=True) == read(engine, low=False) == [line.replace(" ", "") for line in LINES]


def test_a_low_line_costs_fewer_steps_and_no_character() -> None:
    run = open_quick(find_model("rec", None, None).path, 1, LOW)
    assert run is not None
    probs = run(np.ones((2, 3, LOW, 320), np.float32))
    assert probs.shape[:2] == (2, 320 // 8)
    assert np.allclose(probs.sum(axis=2), 1.0, atol=0.02)


def test_a_height_that_leaves_half_a_row_is_not_taken() -> None:
    """A mean over two rows and a half is none."""
    assert open_quick(find_model("rec", None, None).path, 1, HEIGHT - 8) is None


def test_without_the_runtime_low_lines_are_read_at_the_full_height(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.ocr.engine.open_quick", lambda *_: None)
    engine = load_engine(OPTIONS)
    assert isinstance(engine, PaddleEngine)
    assert engine._run_low is None
    assert read(engine, low=True) == [line.replace(" ", "") for line in LINES]
