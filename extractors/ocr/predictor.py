"""Opening a model with PaddleOCR on ONNX Runtime."""

from __future__ import annotations

import gc
import os
from typing import Any

from extractors.errors import OcrUnavailableError
from extractors.messages import tell
from extractors.ocr.models import Model
from extractors.options import ReadOptions


def open_predictor(model: Model, kind: str, options: ReadOptions, threads: int) -> Any:
    """The predictor of PaddleOCR for a model.

    Args:
        model: from ``extractors.ocr.models``.
        kind: PaddleOCR's class, ``TextRecognition`` or ``TextDetection``.
        options: ``device`` says where it runs.
        threads: how many cores one call may keep busy.

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
        key = "ocr.not-opened" if model.path else "ocr.unknown-model"
        raise OcrUnavailableError(*tell(key, name=model.name, error=error)) from error
    # Some 200,000 objects of the libraries live as long as the process: the collector need not walk through them again and again.
    gc.freeze()
    return opened.paddlex_predictor


def _import_paddleocr() -> Any:
    # PaddleOCR asks the network for model hosts on import unless told not to.
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    try:
        import paddleocr
    except ImportError as error:
        if "lib" in str(error) and ".so" in str(error):
            library = str(error).split(":")[0]
            raise OcrUnavailableError(*tell("ocr.no-library", library=library)) from error
        raise OcrUnavailableError(*tell("ocr.no-paddleocr", error=error)) from error
    return paddleocr


def _device_and_config(options: ReadOptions, threads: int) -> tuple[str, dict[str, Any]]:
    """PaddleOCR's device name and its settings for ONNX Runtime.

    Raises:
        OcrUnavailableError: the GPU is asked for and onnxruntime offers none.
    """
    import onnxruntime

    has_gpu = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    if options.device == "gpu" and not has_gpu:
        raise OcrUnavailableError(*tell("ocr.no-gpu"))
    # An arena grows with every new shape of input and gives nothing back.
    config: dict[str, Any] = {"intra_op_num_threads": threads, "inter_op_num_threads": 1, "enable_cpu_mem_arena": False}
    return ("gpu" if has_gpu and options.device != "cpu" else "cpu"), config
