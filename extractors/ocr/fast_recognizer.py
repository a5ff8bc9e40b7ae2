"""Models on OpenVINO: lines of less height, half precision where the processor computes it, and what the last layer saw."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# The runtime keeps what it prepared for each shape of input, some 5 MB a shape; of the 80 shapes that ``engine`` makes
# all fit in, where a tenth as many pieces would be prepared again and again at a quarter more time.
_KEPT_PIECES = 5000
# Set to anything to read with full precision only.
SWITCH = "JIXIAO_FULL_PRECISION"


@dataclass(frozen=True, slots=True)
class Run:
    """What a model makes of a batch of lines.

    Attributes:
        probs: shape (lines, steps, characters).
        features: shape (lines, steps, features), what the last layer makes the probabilities of; None where the runtime
            does not tell.
    """

    probs: Floats
    features: Floats | None = None


class QuickRunner:
    """A recognition model, compiled for lines of one height.

    Where the processor has bfloat16, it computes in that. Sixteen bits keep the exponent
    of a float and a third of its digits: of 2,150 lines of scans 19 came out otherwise,
    none of them with a confidence above 0.9; probabilities move by a hundredth.

    ``directions`` has shape (features, characters): the feature of unit length that each character stands for; None where
    that was not asked for, or the model does not end as those of the PP-OCR family do.
    """

    def __init__(self, model: Any, directions: Floats | None) -> None:
        """``model`` is compiled here once, and again for each further thread."""
        compiled = _compile(model)
        self._model, self._free = model, [compiled]
        self._mine, self._opening = local(), Lock()
        self.directions = directions
        # The runtime may leave out a layer that only swaps steps and features.
        self._swapped = directions is not None and compiled.output(1).get_partial_shape()[2].is_dynamic

    def __call__(self, tensor: Floats) -> Run:
        """Lines of shape (lines, 3, height, width) read; it holds until the next call of this thread."""
        results = self._request().infer([tensor], share_inputs=True, share_outputs=True)
        if self.directions is None:
            return Run(results[0])
        return Run(results[0], results[1].swapaxes(1, 2) if self._swapped else results[1])

    def _request(self) -> Any:
        """This thread's own. (One compiled model for two threads hands their work to threads of its own, at a tenth of the time.)"""
        if not hasattr(self._mine, "request"):
            with self._opening:
                compiled = self._free.pop() if self._free else _compile(self._model)
            self._mine.request = compiled.create_infer_request()
        return self._mine.request


def open_quick(model_dir: Path | None, height: int, with_features: bool = False) -> QuickRunner | None:
    """The model in a folder, ready to run; None where the runtime is missing, or the model cannot read lines of this height.

    Args:
        model_dir: holds ``inference.onnx``; None for a model that PaddleOCR keeps itself.
        height: of the lines, in pixels.
        with_features: whether to tell what the last layer saw.
    """
    model = _read(model_dir)
    if model is None or not _fit_to_height(model, height):
        return None
    directions = _show_features(model) if with_features else None
    return QuickRunner(model, directions)


def open_detector(model_dir: Path | None) -> Callable[[Sequence[Floats]], list[Floats]] | None:
    """The detection model in a folder, for one thread at a time: pictures in, their text maps out.

    In full precision it gives what ONNX Runtime does to the last pixel, and takes as long; None where the runtime is missing.
    """
    model = _read(model_dir)
    if model is None:
        return None
    compiled = _compile(model)
    request = compiled.create_infer_request()
    return lambda x: [request.infer(x)[compiled.output(0)]]


def _read(model_dir: Path | None) -> Any:
    """The model in a folder as OpenVINO has it; None without one, or without OpenVINO."""
    if model_dir is None or not (model_dir / "inference.onnx").is_file():
        return None
    core = _core()
    return None if core is None else core.read_model(str(model_dir / "inference.onnx"))


@lru_cache(maxsize=1)
def _core() -> Any:
    """OpenVINO, opened once for all models; None where it is not installed."""
    try:
        import openvino
    except ImportError:
        return None
    return openvino.Core()


def _compile(model: Any) -> Any:
    """The model made ready for one thread, on one core."""
    core = _core()
    half = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") and not os.environ.get(SWITCH)
    settings = {"INFERENCE_PRECISION_HINT": "bf16" if half else "f32", "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1}
    # Pinned, the threads of all processes would share the first cores.
    settings |= {"ENABLE_CPU_PINNING": False, "CPU_RUNTIME_CACHE_CAPACITY": _KEPT_PIECES}
    return core.compile_model(model, "CPU", settings)


def _show_features(model: Any) -> Floats | None:
    """Make the features the second output; what each character stands for among them, or None where the model ends otherwise."""
    import numpy as np
    from openvino import opset13

    node = model.output(0).get_node().input_value(0).get_node()
    for name in ("Softmax", "Add", "MatMul"):
        while node.get_type_name() == "Identity":
            node = node.input_value(0).get_node()
        if node.get_type_name() != name:
            return None
        last, node = node, node.input_value(0).get_node()
    weights = last.input_value(1).get_node()
    if weights.get_type_name() != "Constant":
        return None
    model.add_results([opset13.result(last.input_value(0))])
    columns: Floats = weights.get_data().astype(np.float32)
    directions: Floats = columns / np.maximum(np.linalg.norm(columns, axis=0), np.float32(1e-6))
    return directions


def _fit_to_height(model: Any, height: int) -> bool:
    """Let the model take lines of another height than it was trained on; False when it is not built so that it can.

    All but one of its layers run over the height step by step, and so does what follows, over the width. The one between,
    which takes the mean over the rows that are left, has to be told how many those are.
    """
    from openvino import opset13

    trained = model.input(0).get_partial_shape()[2]
    if trained.is_static and trained.get_length() == height:
        return True
    means = [op for op in model.get_ordered_ops() if op.get_type_name() == "AvgPool"]
    if trained.is_dynamic or len(means) != 1 or means[0].input(0).get_partial_shape()[2].is_dynamic:
        return False
    rows, columns = means[0].get_attributes()["kernel"]
    left, odd = divmod(rows * height, trained.get_length())
    if odd or means[0].input(0).get_partial_shape()[2].get_length() != rows:
        return False
    mean = opset13.avg_pool(means[0].input_value(0), [left, columns], [0, 0], [0, 0], [left, columns], True, "floor")
    means[0].output(0).replace(mean.output(0))
    model.reshape({0: [-1, 3, height, -1]})
    return True
