from __future__ import annotations

import platform
import sys
from pathlib import Path

import numpy as np
import pytest

from extractors.memory import give_back, keep_some

resource = pytest.importorskip("resource")  # not on Windows


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_is_freed_goes_back_to_the_system() -> None:
    keep_some(1)
    give_back()
    # Small pieces with one kept at the end: a heap that the library would not shrink by itself.
    pieces = [np.ones(8000, np.uint8) for _ in range(40_000)]
    full = _resident()
    pieces = pieces[::8000]
    give_back()
    assert _resident() < full - 200
    assert len(pieces) == 5


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of the GNU C library")
def test_what_a_page_took_is_there_for_the_next_one() -> None:
    def faults_of_an_array() -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        np.full((2339, 1654, 3), 240, np.uint8)
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    keep_some()
    faults = []
    for _ in range(5):
        faults.append(faults_of_an_array())
        give_back()
    assert min(faults) < 100, faults
