"""The recogniser on OpenVINO: lines of less height, and in half precision where the processor computes it: half the cost."""

from __future__ import annotations

import os
from pathlib import Path
from threading import local
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


class QuickRunner:
    """A recognition model, compiled for lines of one height.

    Where the processor has bfloat16, it computes in that. Sixteen bits keep the exponent
    of a float and a third of its digits: of 2,150 lines of scans 19 came out otherwise,
    none of them with a confidence above 0.9; probabilities move by a hundredth.
    """

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._mine = local()  # a request serves one thread

    def __call__(self, tensor: Floats) -> Floats:
        """Probabilities, shape (lines, steps, characters), of lines of shape (lines, 3, height, width).

        They hold until the next call of this thread.
        """
        if not hasattr(self._mine, "request"):
            self._mine.request = self._compiled.create_infer_request()
        result: Floats = self._mine.request.infer([tensor], share_inputs=True, share_outputs=True)[0]
        return result


def open_quick(model_dir: Path | None, threads: int, height: int) -> QuickRunner | None:
    """The model in a folder, ready to run; None where the runtime is missing, or the model cannot read lines of this height.

    Args:
        model_dir: holds ``inference.onnx``; None for a model that PaddleOCR keeps itself.
        threads: how many requests run side by side, each on one core.
        height: of the lines, in pixels.
    """
    if model_dir is None or not (model_dir / "inference.onnx").is_file():
        return None
    try:
        import openvino
    except ImportError:
        return None
    core = openvino.Core()
    half = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") and not os.environ.get(SWITCH)
    model = core.read_model(str(model_dir / "inference.onnx"))
    if not _fit_to_height(model, height):
        return None
    settings = {"INFERENCE_PRECISION_HINT": "bf16" if half else "f32", "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": threads}
    # Pinned, the threads of all processes would share the first cores.
    settings |= {"ENABLE_CPU_PINNING": False, "CPU_RUNTIME_CACHE_CAPACITY": _KEPT_PIECES}
    return QuickRunner(core.compile_model(model, "CPU", settings))


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
