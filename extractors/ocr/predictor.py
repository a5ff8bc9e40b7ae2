"""Opening a model with PaddleOCR: whole, on ONNX Runtime, or what PaddleOCR does before and after a model that another runtime runs."""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

from extractors.errors import OcrUnavailableError
from extractors.messages import tell
from extractors.ocr.models import Model
from extractors.options import ReadOptions

# What the detector is asked for, in either way to open it.
_SIDE, _BOXES, _LARGEST = 960, 0.4, 4000
_PACKAGES = (
    "paddlex", "paddlex.utils", "paddlex.inference", "paddlex.inference.utils", "paddlex.inference.models",
    "paddlex.inference.models.text_recognition", "paddlex.inference.models.text_detection",
)  # fmt: skip
_importing = RLock()


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
    with _importing:
        paddleocr = _import_paddleocr()
    from paddlex.utils import logging

    logging.setup_logging("ERROR")
    device, config = _device_and_config(options, threads)
    extra = {"limit_side_len": _SIDE, "limit_type": "max", "box_thresh": _BOXES} if kind == "TextDetection" else {}
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
    _freeze()
    return opened.paddlex_predictor


def _freeze() -> None:
    """Objects of the libraries live as long as the process: the collector need not walk through them again and again."""
    gc.freeze()


def characters_of(model: Model) -> list[str] | None:
    """Class -> character of a bundled recogniser, class 0 the blank, by PaddleOCR's own decoder; None where that cannot be had alone."""
    if not model.bundled or model.path is None:
        return None
    with _parts():
        try:
            decoder = importlib.import_module("paddlex.inference.models.text_recognition.processors").CTCLabelDecode
            asked = json.loads((model.path / "inference.yml").read_text(encoding="utf-8"))["PostProcess"]
            characters = list(decoder(character_list=asked["character_dict"]).character)
        except Exception:  # another release of the library: opened whole it works, or says what is wrong
            return None
    _freeze()
    return characters


def detector_around(model: Model, run: Callable[[Sequence[Any]], list[Any]]) -> Callable[[Any], Any] | None:
    """What finds lines in a BGR picture with a bundled detector that ``run`` computes, by PaddleOCR's own steps before and after it.

    Returns:
        A function to the corners of each line; None where those steps cannot be had alone.
    """
    if not model.bundled or model.path is None:
        return None
    with _parts():
        try:
            steps = importlib.import_module("paddlex.inference.models.text_detection.processors")
            config = json.loads((model.path / "inference.yml").read_text(encoding="utf-8"))
            asked = {name: values or {} for step in config["PreProcess"]["transform_ops"] for name, values in step.items()}
            resize = steps.DetResizeForTest(limit_side_len=_SIDE, limit_type="max", **asked["DetResizeForTest"])
            normalize = steps.NormalizeImage(**asked["NormalizeImage"])
            after = {**config["PostProcess"], "box_thresh": _BOXES}
            find = steps.DBPostProcess(**{name: value for name, value in after.items() if name != "name"})
        except Exception:  # as above
            return None

    def detect(picture: Any) -> Any:
        import numpy as np

        resized, shapes = resize(imgs=[picture], limit_side_len=_SIDE, limit_type="max", max_side_limit=_LARGEST)
        tensor = np.stack([each.transpose((2, 0, 1)) for each in normalize(imgs=resized)]).astype(np.float32, copy=False)
        return find(run([tensor]), shapes)[0][0]

    return detect


@contextmanager
def _parts() -> Iterator[None]:
    """While modules of PaddleX are imported without the rest of it, which takes a second and 130 MB: its packages are empty for so long.

    Where somebody has imported it already, it is taken as it is.
    """
    with _importing:
        spec = None if "paddlex" in sys.modules else find_spec("paddlex")
        root = next(iter(spec.submodule_search_locations or ()), None) if spec is not None else None
        if root is None:
            yield
            return
        for name in _PACKAGES:
            package = ModuleType(name)
            package.__path__ = [os.path.join(root, *name.split(".")[1:])]  # noqa: PTH118
            sys.modules[name] = package
        try:
            yield
        finally:
            # Whoever wants all of it later must not find these.
            for name in [name for name in sys.modules if name.partition(".")[0] == "paddlex"]:
                del sys.modules[name]


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
