"""The engine contract, and PaddleOCR's models behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol

from extractors.characters import is_common_han
from extractors.ocr.fast_recognizer import open_detector
from extractors.ocr.models import find_model, find_quick_model
from extractors.ocr.predictor import detector_around, open_predictor
from extractors.ocr.recognizer import LineReading, Recognizer
from extractors.options import ReadOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Quad = tuple[tuple[float, float], ...]

# How much a reading may cost. ``quick``: a model a fifth as dear reads; ``low``: the model itself reads, at two thirds of
# the height; ``full``: at the height that it was trained for.
Effort = Literal["quick", "low", "full"]
# A cheap reading whose least certain character is below this is not taken.
_PLAINLY_SURE: dict[Effort, float] = {"quick": 0.95, "low": 0.9, "full": 0.9}
# Nor is one by the quick model, which knows a third of the characters, with one less like its name than this: of the
# characters that it does not know it takes a fifth for another with that probability, and with this likeness a fifteenth.
# One in a hundred of those that it knows is lost.
_LIKE = 0.5


class Engine(Protocol):
    """What a reader of pictures needs of an OCR engine.

    ``name`` goes into the provenance of every value; ``threads`` is how many cores it may keep busy: with more than
    one, it is called from several threads at once. ``efforts`` are those that it knows, the cheapest first; ``full``
    is always among them.
    """

    @property
    def name(self) -> str: ...

    @property
    def threads(self) -> int: ...

    @property
    def efforts(self) -> tuple[Effort, ...]: ...

    def recognize(self, crops: Sequence[Picture], effort: Effort = "full") -> list[LineReading]:
        """Read pictures (BGR uint8, any size) of one text line each; same order, nothing dropped.

        Less than the full effort is for running text, and for what is read twice.
        """
        ...

    def detect(self, picture: Picture) -> list[Quad]:
        """Corners in pixels (x, y), clockwise from the top left, of each text line in a BGR picture."""
        ...


def load_engine(options: ReadOptions) -> PaddleEngine:
    """The engine that the options ask for; models load on first use.

    Raises:
        OcrUnavailableError: a model or a library is missing.
    """
    return PaddleEngine(options)


class PaddleEngine:
    """PP-OCR models run by PaddleOCR on ONNX Runtime."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._threads = max(1, options.threads or os.cpu_count() or 1)
        self._pages, self._of_opencv, self._counting = 0, 1, Lock()
        pool = ThreadPoolExecutor(self._threads, "ocr")
        self._det = find_model("det", None, options.ocr_model_dir)
        self._main = Recognizer(find_model("rec", options.ocr_model, options.ocr_model_dir), options, pool)
        quick = find_quick_model(options)
        self._quick = None if quick is None else Recognizer(quick, options, pool, with_likeness=True)
        self.name = self._main.model.name
        self.efforts: tuple[Effort, ...] = ("low", "full") if quick is None else ("quick", "low", "full")
        self._detecting = Lock()

    @property
    def threads(self) -> int:
        """See ``Engine``; pages that are read at the same time share them."""
        return max(1, self._threads // max(1, self._pages))

    @contextmanager
    def page(self) -> Iterator[None]:
        """While one more page is read."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        import cv2

        with self._counting:
            self._pages += more
            # Two pages keep two cores busy; OpenCV's own threads would only wait for one another.
            if (self._pages, more) == (2, 1):
                self._of_opencv = cv2.getNumThreads()
                cv2.setNumThreads(max(1, self._of_opencv // 2))
            elif (self._pages, more) == (1, -1):
                cv2.setNumThreads(self._of_opencv)

    def recognize(self, crops: Sequence[Picture], effort: Effort = "full") -> list[LineReading]:
        """See ``Engine``."""
        if effort == "quick" and self._quick is not None:
            return self._quick.read(crops)
        return self._main.read(crops, low=effort != "full")

    def detect(self, picture: Picture) -> list[Quad]:
        """See ``Engine``."""
        with self._detecting:
            polygons = self._detector(picture)
        return [tuple((float(x), float(y)) for x, y in polygon) for polygon in polygons]

    @cached_property
    def _detector(self) -> Callable[[Picture], Any]:
        """From a picture to the corners of its lines; what PaddleOCR does before and after the model stays as it is."""
        quick = None if self._options.device == "gpu" else self._open_alone()
        if quick is not None and (found := detector_around(self._det, quick)) is not None:
            return found
        predictor = open_predictor(self._det, "TextDetection", self._options, self.threads)
        quick = None if self._options.device == "gpu" else open_detector(self._det.path)
        predictor.runner = quick or predictor.runner
        return lambda picture: next(iter(predictor.predict(picture)))["dt_polys"]

    def _open_alone(self) -> Callable[[Sequence[Any]], list[Any]] | None:
        try:
            return open_detector(self._det.path) if self._det.bundled else None
        except Exception:  # a damaged file: PaddleOCR says what is wrong with it
            return None


def is_plainly_sure(line: LineReading, effort: Effort) -> bool:
    """Whether running text that was read with this effort need not be read with a greater one."""
    return line.confidence >= _PLAINLY_SURE[effort] and not doubtful_characters(line, effort)


def doubtful_characters(line: LineReading, effort: Effort, mark: float = 0.0) -> list[int]:
    """Indices of the characters of running text that a cheap reading is not sure enough of.

    Args:
        line: the reading.
        effort: how it was read.
        mark: what a digit or a mark of punctuation must reach.
    """
    least = _PLAINLY_SURE[effort]
    found = []
    for index, (char, prob) in enumerate(zip(line.text, line.probs.char_probs, strict=False)):
        strange = effort == "quick" and is_common_han(char) and index < len(line.likeness) and line.likeness[index] < _LIKE
        if strange or prob < (least if is_common_han(char) else max(least, mark)):
            found.append(index)
    return found
