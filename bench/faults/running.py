"""Commands as people give them, in processes of their own, which may be killed with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    said: str
    seconds: float

    @property
    def is_clear(self) -> bool:
        """It ended by itself, without a traceback."""
        return self.code in (0, 1, 2) and "Traceback" not in self.said

    @property
    def refusal(self) -> str:
        """What the command said when it would not go on; empty where it went on."""
        return next((line for line in self.said.splitlines() if line.startswith("jixiao:")), "")[:120]


def start(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True
    )


def ended(process: subprocess.Popen[str], began: float) -> Ended:
    said, _ = process.communicate()
    return Ended(process.returncode, said, time.monotonic() - began)


def run(*words: object) -> Ended:
    began = time.monotonic()
    return ended(start(*words), began)


def run_and_kill(after: float, *words: object) -> Ended:
    """Kill the whole group after so many seconds, unless it ended before."""
    began = time.monotonic()
    process = start(*words)
    while process.poll() is None and time.monotonic() - began < after:
        time.sleep(0.005)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    return ended(process, began)
