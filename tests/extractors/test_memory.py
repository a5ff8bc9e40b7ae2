from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from extractors.memory import give_back


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_is_freed_goes_back_to_the_system() -> None:
    # Small pieces with one kept at the end: a heap that the library would not shrink by itself.
    pieces = [np.ones(8000, np.uint8) for _ in range(12_000)]
    full = _resident()
    pieces = pieces[::2000]
    give_back()
    assert _resident() < full - 40
    assert len(pieces) == 6
