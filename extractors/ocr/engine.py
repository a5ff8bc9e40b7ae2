"""The engine contract, and PaddleOCR on ONNX Runtime behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from extractors.errors import OcrUnavailableError
from extractors.ocr.crops import paper_of
from extractors.ocr.decode import KEPT, LineProbs, greedy
from extractors.ocr.models import Model, find_model
from extractors.ocr.quick import open_quick
from extractors.options import ReadOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Run = Callable[[NDArray[np.float32]], NDArray[np.float32]]
    Quad = tuple[tuple[float, float], ...]

# The recogniser takes lines of this height; a batch is as wide as its widest line.
HEIGHT = 48
# Lines of running text are read at this height, where the runtime can.
LOW = 32
# A low reading whose least certain character is below this is not taken.
PLAINLY_SURE = 0.9
MAX_WIDTH = 3200
# Narrow lines go together; a wide one keeps a core busy alone. A runtime prepares itself for each shape of input
# that is new to it, and keeps megabytes for it: there are few shapes.
_NARROW = 160
_SIZES = (8, 4, 1)


@dataclass(frozen=True, slots=True)
class LineReading:
    """One recognised line. ``confidence`` is between 0 and 1; ``probs`` is what stands behind it."""

    text: str
    confidence: float
    probs: LineProbs


class Engine(Protocol):
    """What a reader of pictures needs of an OCR engine.

    ``name`` goes into the provenance of every value; ``threads`` is how many cores it may keep busy. With more than
    one, ``recognize`` is called from two threads at once, ``detect`` from one.
    """

    name: str
    threads: int

    def recognize(self, crops: Sequence[Picture], low: bool = False) -> list[LineReading]:
        """Read pictures (BGR uint8, any size) of one text line each; same order, nothing dropped.

        ``low``: running text, which may be read smaller, at two thirds of the cost.
        """
        ...

    def detect(self, picture: Picture) -> list[Quad]:
        """Corners in pixels (x, y), clockwise from the top left, of each text line in a BGR picture."""
        ...


def load_engine(options: ReadOptions) -> Engine:
    """The engine that the options ask for; models load on first use.

    Raises:
        OcrUnavailableError: a model or a library is missing.
    """
    return PaddleEngine(options)


class PaddleEngine:
    """PP-OCR models run by PaddleOCR on ONNX Runtime."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._rec = find_model("rec", options.ocr_model, options.ocr_model_dir)
        self._det = find_model("det", None, options.ocr_model_dir)
        self.name = self._rec.name
        self.threads = max(1, options.threads or os.cpu_count() or 1)
        self._opening = Lock()

    def recognize(self, crops: Sequence[Picture], low: bool = False) -> list[LineReading]:
        """See ``Engine``. Lines go through the model sorted by width, so that little is padding."""
        runner, run_low = self._runners()
        if low and run_low is not None:
            runner, lines = run_low, [crop_to_line(crop, LOW) for crop in crops]
        else:
            lines = [crop_to_line(_as_high(crop) if low else crop) for crop in crops]
        batches = list(_batches([line.shape[1] for line in lines]))[::-1]  # the long ones first: all cores end together
        readings: dict[int, LineReading] = {}
        results = self._pool.map(lambda batch: self._read_batch(runner, [lines[i] for i in batch]), batches)
        for batch, read in zip(batches, results, strict=True):
            readings.update(zip(batch, read, strict=True))
        return [readings[index] for index in range(len(crops))]

    def _runners(self) -> tuple[Run, Run | None]:
        """The recogniser for lines of the full and of the low height, opened once, before the threads start."""
        with self._opening:
            _, _ = self._kept, self._pool
            return self._run, self._run_low

    def _read_batch(self, run: Run, lines: Sequence[Picture]) -> list[LineReading]:
        import numpy as np

        width = _round_up(max(line.shape[1] for line in lines))
        tensor = np.zeros((len(lines), 3, lines[0].shape[0], width), np.float32)
        for row, line in enumerate(lines):
            tensor[row, :, :, : line.shape[1]] = line.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1.0
        return [self._reading(probs) for probs in run(tensor)]

    def detect(self, picture: Picture) -> list[Quad]:
        """See ``Engine``."""
        with self._opening:
            detector = self._detector
        result = detector.predict(picture)
        polygons = next(iter(result))["dt_polys"]
        return [tuple((float(x), float(y)) for x, y in polygon) for polygon in polygons]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """Batches run side by side, each on one core: better than many cores on one small batch."""
        return ThreadPoolExecutor(self.threads, "ocr")

    @cached_property
    def _recognizer(self) -> Any:
        return _open(self._rec, "TextRecognition", self._options, 1)

    @cached_property
    def _run(self) -> Run:
        full = self._recognizer.runner  # first: it says what is wrong with a model
        return self._open_quick(HEIGHT) or (lambda tensor: full(x=[tensor])[0])

    @cached_property
    def _run_low(self) -> Run | None:
        return self._open_quick(LOW)

    def _open_quick(self, height: int) -> Run | None:
        return open_quick(self._rec.path, self.threads, height) if self._options.device != "gpu" else None

    @cached_property
    def _detector(self) -> Any:
        return _open(self._det, "TextDetection", self._options, self.threads)

    @cached_property
    def _characters(self) -> list[str]:
        """Class -> character; class 0 is the blank."""
        return list(self._recognizer.post_op.character)

    @cached_property
    def _kept(self) -> list[int]:
        """Class of each character of ``KEPT``; -1 where the model does not know it."""
        classes = {char: index for index, char in enumerate(self._characters)}
        return [classes.get(char, -1) for char in KEPT]

    def _reading(self, probs: NDArray[np.float32]) -> LineReading:
        import numpy as np

        best = probs.argmax(axis=1)
        best_prob = probs[np.arange(len(best)), best]
        text, char_probs, char_steps = greedy(best, best_prob, self._characters)
        classes = np.array(self._kept)
        kept = np.where(classes >= 0, probs[:, classes], 0.0).astype(np.float32)
        # A blank that a character nearly beat may hide a lost character.
        blank = probs[:, 0].copy()
        doubt = float((1.0 - best_prob[best == 0]).max()) if (best == 0).any() else 0.0
        line = LineProbs(text, char_probs, char_steps, blank, kept, doubt, len(best))
        return LineReading(text, min(char_probs, default=0.0), line)


def crop_to_line(crop: Picture, line_height: int = HEIGHT) -> Picture:
    """A crop scaled to the recogniser's height, at most ``MAX_WIDTH`` wide."""
    import cv2

    height, width = crop.shape[:2]
    if crop.ndim == 2:
        crop = cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR)
    wide = max(line_height // 2, min(MAX_WIDTH, round(width * line_height / height)))
    shrinks = height > line_height
    scaled: Picture = cv2.resize(crop, (wide, line_height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return scaled


def _as_high(crop: Picture) -> Picture:
    """White above and below, so that the text is as small at the full height as it would be at the low one."""
    import cv2

    more = crop.shape[0] * (HEIGHT - LOW) // LOW
    high: Picture = cv2.copyMakeBorder(crop, more // 2, more - more // 2, 0, 0, cv2.BORDER_CONSTANT, value=paper_of(crop))
    return high


def _round_up(width: int) -> int:
    """The width of a batch for lines of this width: an eighth at most is padding, of all but the narrow."""
    step = 16 if width <= 256 else 32 if width <= 768 else 64 if width <= 1600 else 128
    return (width + step - 1) // step * step


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of lines that are as wide when rounded up, narrow ones first."""
    alike: dict[int, list[int]] = {}
    for index, width in enumerate(widths):
        alike.setdefault(_round_up(width), []).append(index)
    for width in sorted(alike):
        batch = alike[width]
        while batch:
            size = next(size for size in _SIZES if size <= len(batch)) if width <= _NARROW else 1
            yield batch[:size]
            batch = batch[size:]


def _open(model: Model, kind: str, options: ReadOptions, threads: int) -> Any:
    """The predictor of PaddleOCR for a model.

    Raises:
        OcrUnavailableError: a library is missing, or the model cannot be opened.
    """
    paddleocr = _import_paddleocr()
    from paddlex.utils import logging

    logging.setup_logging("ERROR")
    device, config = _device_and_config(options, threads)
    extra = {"limit_side_len": 960, "limit_type": "max", "box_thresh": 0.4} if kind == "TextDetection" else {}
    try:
        opened = getattr(paddleocr, kind)(
            model_name=model.name,
            model_dir=str(model.path) if model.path else None,
            device=device,
            engine="onnxruntime",
            engine_config=config,
            **extra,
        )
    except Exception as error:  # whatever a library raises on a bad model, the way out is the same
        absent = "PaddleOCR has no model of this name, or cannot fetch it; give the folder of your own with --ocr-model-dir."
        way_out = "Check --ocr-model and --ocr-model-dir, and run `jixiao doctor`." if model.path else absent
        raise OcrUnavailableError(f"The OCR model {model.name} cannot be opened: {error}.", way_out) from error
    return opened.paddlex_predictor


def _import_paddleocr() -> Any:
    # PaddleOCR asks the network for model hosts on import unless told not to.
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    try:
        import paddleocr
    except ImportError as error:
        if "lib" in str(error) and ".so" in str(error):
            library = str(error).split(":")[0]
            raise OcrUnavailableError(
                f"The system library {library} is missing.", "On Debian or Ubuntu: `apt-get install libgl1 libglib2.0-0`."
            ) from error
        raise OcrUnavailableError(f"PaddleOCR cannot be loaded: {error}.", "Install it again with `pip install jixiao`.") from error
    return paddleocr


def _device_and_config(options: ReadOptions, threads: int) -> tuple[str, dict[str, Any]]:
    """PaddleOCR's device name and its settings for ONNX Runtime.

    Raises:
        OcrUnavailableError: the GPU is asked for and onnxruntime offers none.
    """
    import onnxruntime

    has_gpu = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    if options.device == "gpu" and not has_gpu:
        raise OcrUnavailableError("The installed onnxruntime offers no GPU.", "Install onnxruntime-gpu, or leave --device out.")
    # An arena grows with every new shape of input and gives nothing back.
    config: dict[str, Any] = {"intra_op_num_threads": threads, "inter_op_num_threads": 1, "enable_cpu_mem_arena": False}
    return ("gpu" if has_gpu and options.device != "cpu" else "cpu"), config
