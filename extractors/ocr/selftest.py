"""OCR on a built-in picture: does the engine read at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.errors import OcrUnavailableError
from extractors.messages import say, tell
from extractors.ocr.engine import Engine
from extractors.options import ReadOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[Any]

EXPECTED = "2024 95.5%"


def self_test(engine: Engine) -> str:
    """Find and read a line that is drawn here.

    Returns:
        One sentence with what was read and by which model.

    Raises:
        OcrUnavailableError: the engine cannot be loaded, or reads something else.
    """
    picture = built_in_picture()
    found = engine.detect(picture)
    readings = engine.recognize([picture])
    text = readings[0].text if readings else ""
    if not found or text.replace(" ", "") != EXPECTED.replace(" ", ""):
        raise OcrUnavailableError(*tell("ocr.selftest", name=engine.name, text=text, expected=EXPECTED))
    return say("ocr.selftest-passed", name=engine.name, text=text)


def trouble_with(options: ReadOptions) -> tuple[str, str] | None:
    """What keeps the engine that is asked for from reading at all, and what to do; None where it reads."""
    from extractors.ocr.engine import load_engine

    try:
        load_engine(options).recognize([built_in_picture()])
    except OcrUnavailableError as error:
        return error.reason, error.way_out
    return None


def built_in_picture() -> Picture:
    """``EXPECTED`` in black on white, BGR uint8."""
    import cv2
    import numpy as np

    picture: Picture = np.full((64, 320, 3), 255, np.uint8)
    cv2.putText(picture, EXPECTED, (24, 44), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2, cv2.LINE_AA)
    return picture
