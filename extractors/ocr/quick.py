"""The recogniser in half precision, where the processor computes it: six tenths of the cost."""

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
    """A recognition model in bfloat16.

    Sixteen bits keep the exponent of a float and a third of its digits. Of 2,150 lines
    of scans 19 came out otherwise, none of them with a confidence above 0.9;
    probabilities move by a hundredth.
    """

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._mine = local()  # a request serves one thread

    def __call__(self, tensor: Floats) -> Floats:
        """Probabilities, shape (lines, steps, characters), of lines of shape (lines, 3, 48, width); until the next call of this thread."""
        if not hasattr(self._mine, "request"):
            self._mine.request = self._compiled.create_infer_request()
        result: Floats = self._mine.request.infer([tensor], share_inputs=True, share_outputs=True)[0]
        return result


def open_quick(model_dir: Path | None, threads: int) -> QuickRunner | None:
    """The model in a folder, ready to run; None where that would not be faster.

    Args:
        model_dir: holds ``inference.onnx``; None for a model that PaddleOCR keeps itself.
        threads: how many requests run side by side, each on one core.
    """
    if model_dir is None or not (model_dir / "inference.onnx").is_file() or os.environ.get(SWITCH):
        return None
    try:
        import openvino
    except ImportError:
        return None
    core = openvino.Core()
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        return None
    settings = {"INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": threads}
    # Pinned, the threads of all processes would share the first cores.
    settings |= {"ENABLE_CPU_PINNING": False, "CPU_RUNTIME_CACHE_CAPACITY": _KEPT_PIECES}
    return QuickRunner(core.compile_model(core.read_model(str(model_dir / "inference.onnx")), "CPU", settings))
