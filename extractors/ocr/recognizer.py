"""One recognition model: pictures of lines in, texts and what stands behind them out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from extractors.ocr.crops import paper_of
from extractors.ocr.decode import KEPT, LineProbs, greedy
from extractors.ocr.fast_recognizer import QuickRunner, Run, open_quick
from extractors.ocr.models import Model
from extractors.ocr.predictor import characters_of, open_predictor
from extractors.options import ReadOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Floats = NDArray[np.float32]
    Runner = Callable[[Floats], Run]

# The recogniser takes lines of this height; a batch is as wide as its widest line.
HEIGHT = 48
# Lines of running text are read at this height, where the runtime can.
LOW = 32
# Pixels of a line, scaled to its height, that one step of the probabilities covers.
STEP = 8
MAX_WIDTH = 3200
# Narrow lines go together; a wide one keeps a core busy alone. A runtime prepares itself for each shape of input
# that is new to it, and keeps megabytes for it: there are few shapes.
_NARROW = 160
_SIZES = (8, 4, 1)


# A cheap second reading that is less sure than this is no witness for the first.
SURE_AGAIN = 0.6


@dataclass(frozen=True, slots=True)
class LineReading:
    """One recognised line.

    Attributes:
        text: what was read.
        confidence: of the least certain character, 0 to 1.
        probs: what stands behind it.
        likeness: of each character, how alike what was seen is to what the model knows by that name: the cosine of the angle
            between the two, 0.5 to 0.7 for print. A character that the model was never taught is read as another, often
            with a high probability, but not with a high likeness. Empty where it was not asked for.
    """

    text: str
    confidence: float
    probs: LineProbs
    likeness: tuple[float, ...] = ()


class Recognizer:
    """A model of the PP-OCR family, opened on first use; two threads may call it at once."""

    def __init__(self, model: Model, options: ReadOptions, pool: Executor, with_likeness: bool = False) -> None:
        """``pool`` runs the batches, each on one core: better than several cores on one small batch."""
        self._with_likeness = with_likeness
        self.model = model
        self._options = options
        self._pool = pool
        self._opening = Lock()

    def read(self, crops: Sequence[Picture], low: bool = False) -> list[LineReading]:
        """Read pictures (BGR uint8, any size) of one text line each, at the low height if asked; same order, nothing dropped.

        Lines go through the model sorted by width, so that little is padding.
        """
        runner, run_low = self._runners(low)
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

    def _runners(self, low: bool) -> tuple[Runner, Runner | None]:
        """The model for lines of the full and, if wanted, of the low height, opened once, before the threads start."""
        with self._opening:
            _ = self._kept
            return self._run, self._run_low if low else None

    def _read_batch(self, runner: Runner, lines: Sequence[Picture]) -> list[LineReading]:
        import numpy as np

        width = _round_up(max(line.shape[1] for line in lines))
        tensor = np.zeros((len(lines), 3, lines[0].shape[0], width), np.float32)
        for row, line in enumerate(lines):
            tensor[row, :, :, : line.shape[1]] = line.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1.0
        run = runner(tensor)
        directions = runner.directions if isinstance(runner, QuickRunner) else None
        features = [None] * len(lines) if run.features is None else run.features
        return [self._reading(probs, seen, directions) for probs, seen in zip(run.probs, features, strict=True)]

    @cached_property
    def _predictor(self) -> Any:
        return open_predictor(self.model, "TextRecognition", self._options, 1)

    @cached_property
    def _run(self) -> Runner:
        quick = self._open_alone()
        if quick is not None:
            return quick
        full = self._predictor.runner  # first: it says what is wrong with a model
        return self._open_quick(HEIGHT) or (lambda tensor: Run(full(x=[tensor])[0]))

    def _open_alone(self) -> Runner | None:
        """A bundled model on the quick runtime, nothing else opened; None where that does not work."""
        if self._names is None:
            return None
        try:
            return self._open_quick(HEIGHT)
        except Exception:  # a damaged file: PaddleOCR says what is wrong with it
            return None

    @cached_property
    def _run_low(self) -> Runner | None:
        return self._open_quick(LOW)

    def _open_quick(self, height: int) -> Runner | None:
        return open_quick(self.model.path, height, self._with_likeness) if self._options.device != "gpu" else None

    @cached_property
    def _characters(self) -> list[str]:
        """Class -> character; class 0 is the blank."""
        return list(self._predictor.post_op.character) if self._names is None else self._names

    @cached_property
    def _names(self) -> list[str] | None:
        return characters_of(self.model)

    @cached_property
    def _kept(self) -> NDArray[np.int64]:
        """Class of each character of ``KEPT``; -1 where the model does not know it."""
        import numpy as np

        classes = {char: index for index, char in enumerate(self._characters)}
        return np.array([classes.get(char, -1) for char in KEPT], np.int64)

    def _reading(self, probs: Floats, features: Floats | None, directions: Floats | None) -> LineReading:
        import numpy as np

        best = probs.argmax(axis=1)
        best_prob = probs[np.arange(len(best)), best]
        text, char_probs, char_steps = greedy(best, best_prob, self._characters)
        kept = np.where(self._kept >= 0, probs[:, self._kept], np.float32(0.0))
        # A blank that a character nearly beat may hide a lost character.
        blank = probs[:, 0].copy()
        doubt = float((1.0 - best_prob[best == 0]).max()) if (best == 0).any() else 0.0
        line = LineProbs(text, char_probs, char_steps, blank, kept, doubt, len(best))
        likeness = () if features is None or directions is None else _likeness(features, directions, best, char_steps)
        return LineReading(text, min(char_probs, default=0.0), line, likeness)


def _likeness(features: Floats, directions: Floats, best: NDArray[Any], steps: tuple[int, ...]) -> tuple[float, ...]:
    """The cosine between the features at each of some steps and what the best character there stands for."""
    import numpy as np

    at = np.array(steps, np.intp)
    seen = features[at]
    lengths = np.maximum(np.linalg.norm(seen, axis=1), 1e-6)
    return tuple(((seen * directions[:, best[at]].T).sum(axis=1) / lengths).tolist())


def confirmed(line: LineReading, before: LineReading) -> LineReading:
    """A reading with what another model's reading adds to it: what both read in the same way is surer than either."""
    if line.text != before.text:
        return line
    probs = tuple(map(surer, line.text, line.probs.char_probs, before.probs.char_probs))
    return replace(line, confidence=min(probs, default=0.0), probs=replace(line.probs, char_probs=probs))


def surer(char: str, one: float, other: float) -> float:
    """Probability of a character that two models read, each with its own.

    It is wrong only if both are: the chances multiply. Marks of punctuation are blurred for both alike, and the less sure
    reading counts half. (Of 342 marks that both read alike, and the surer with 0.9 to 0.97, a large reading found none to be
    anything else but of another width.)
    """
    left = 1.0 - min(one, other)
    return 1.0 - (1.0 - max(one, other)) * (left if char.isalnum() else math.sqrt(left))


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
