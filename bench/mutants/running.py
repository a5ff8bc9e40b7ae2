"""Tests run in a process of their own, forked from one that has loaded the libraries: each starts in no time."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LIBRARIES = ("numpy", "cv2", "pandas", "pdfplumber", "PIL", "rapidfuzz", "onnxruntime", "pyarrow", "openpyxl", "duckdb", "sqlalchemy",
              "hypothesis", "jsonschema", "click", "rich", "pypdfium2", "pytest", "opencc", "gb2260", "paddleocr")  # fmt: skip


def load_libraries() -> None:
    """Everything but our own packages, whose code is about to be changed."""
    sys.dont_write_bytecode = True
    for name in _LIBRARIES:
        __import__(name)


def in_child(root: Path, work: Callable[[], Any], seconds: float) -> Any:
    """What ``work`` gives when done in a forked process with ``root`` as its code; None when it takes too long or dies."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_child(root, work, writing)
    os.close(writing)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return pickle.loads(answer) if answer else None


def _be_child(root: Path, work: Callable[[], Any], writing: int) -> None:
    os.setpgid(0, 0)
    os.chdir(root)
    sys.path[:] = [str(root), *[each for each in sys.path if each and Path(each).resolve() != Path.cwd()]]
    os.environ |= {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    try:
        answer = pickle.dumps(work())
        with os.fdopen(writing, "wb") as answers:
            answers.write(answer)
    finally:
        os._exit(0)


class Times:
    """A pytest plugin that keeps how long each test took, and what failed."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.append(report.nodeid)


def kill_with(tests: list[str]) -> str | None:
    """The first of the tests that fails; ``collection`` when they cannot even be loaded, None when all pass."""
    import pytest

    times = Times()
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", f"--basetemp={folder}/tests", *tests], plugins=[times])
    if times.failed:
        return times.failed[0]
    return None if code == 0 else "collection"
