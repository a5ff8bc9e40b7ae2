from __future__ import annotations

import platform
import subprocess
import sys

import numpy as np
import pytest

from extractors.memory import give_back, keep_some

resource = pytest.importorskip("resource")  # not on Windows


# A process of its own: what the tests before it freed would take in its pieces, and nothing would grow or shrink.
_FREED = """
import os
import numpy as np
from extractors.memory import give_back, keep_some, resident_bytes
keep_some(1)
give_back()
# Small pieces with one kept at the end: a heap that the library would not shrink by itself.
pieces = [np.ones(8000, np.uint8) for _ in range(40_000)]
full = resident_bytes(os.getpid())
pieces = pieces[::8000]
give_back()
print(full - resident_bytes(os.getpid()), len(pieces))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of the GNU C library")
def test_what_is_freed_goes_back_to_the_system() -> None:
    told = subprocess.run([sys.executable, "-c", _FREED], check=True, capture_output=True, text=True)
    returned, kept = (int(part) for part in told.stdout.split())
    assert returned > 200 << 20
    assert kept == 5


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
