"""Whether readers of this machine can have the model and the device that are asked for: said once, before anything is read."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from extractors.options import ReadOptions
from pipeline.errors import UsageError
from pipeline.messages import tell
from pipeline.settings import Settings


def check_engine(settings: Settings) -> None:
    """Try a model or device that is not the usual one, in a process that takes its memory along.

    Raises:
        UsageError: it cannot be had.
    """
    options = settings.read
    if settings.runner != "local" or _is_usual(options):
        return
    try:
        _refuse_what_is_plain(options)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            trouble = pool.submit(_try, options).result()
    except BrokenProcessPool:
        trouble = tell("ocr.model-died")
    if trouble is not None:
        raise UsageError(*trouble)


def _is_usual(options: ReadOptions) -> bool:
    return options.ocr_model is None and options.ocr_model_dir is None and options.device != "gpu"


def _refuse_what_is_plain(options: ReadOptions) -> None:
    """What can be told without the libraries, which take seconds to load."""
    from extractors.errors import OcrUnavailableError
    from extractors.ocr.models import find_model

    if options.device == "gpu":
        import onnxruntime

        if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
            raise UsageError(*tell("ocr.no-gpu"))
    try:
        find_model("rec", options.ocr_model, options.ocr_model_dir)
    except OcrUnavailableError as error:
        raise UsageError(error.reason, error.way_out) from error


def _try(options: ReadOptions) -> tuple[str, str] | None:
    from extractors.ocr.selftest import trouble_with
    from pipeline.processes.child import be_a_child

    be_a_child(0)
    return trouble_with(options)
