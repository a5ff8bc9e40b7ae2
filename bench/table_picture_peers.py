"""Tables on pictures by other readers, each run by an interpreter that has it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.adjacency import GridText


def read_by_peer(python: Path, name: str, pictures: Sequence[Any]) -> list[list[list[GridText]]]:
    """The tables of each picture.

    Args:
        python: the interpreter.
        name: ``img2table``, ``img2table straightened`` or ``SLANet-plus``.
    """
    import cv2

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for index, picture in enumerate(pictures):
            files.append(str(Path(folder) / f"{index:03d}.png"))
            cv2.imwrite(files[-1], picture)
        script = Path(__file__).with_name("table_picture_script.py")
        done = subprocess.run([python, script, name, *files], capture_output=True, text=True, timeout=7200)
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
    lines = [line.removeprefix("TABLES ") for line in done.stdout.splitlines() if line.startswith("TABLES ")]
    return [[[_cell(cell) for cell in table] for table in json.loads(line)] for line in lines]


def _cell(cell: list[Any]) -> GridText:
    return int(cell[0]), int(cell[1]), int(cell[2]), int(cell[3]), str(cell[4])
