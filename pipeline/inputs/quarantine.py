"""Copies of what could not be read, each beside a file that says why."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.dataset import Dataset, aside_of, discard, write_whole
from pipeline.dataset.own_names import is_quarantined
from pipeline.errors import from_os_error
from pipeline.inputs.failures import Failure
from pipeline.inputs.names import path_of_key
from pipeline.ledger import Ledger

REASON = ".reason.txt"


def renew(dataset: Dataset, ledger: Ledger) -> None:
    """Make ``quarantine/`` hold exactly the contents that stand as failed; masters are never touched.

    Raises:
        JobError: the dataset cannot be written.
    """
    wanted: dict[str, tuple[Failure, ...]] = {}
    for failure, sha256 in ledger.failed_contents():
        name = f"{sha256[:12]}-{Path(failure.path).name}"
        wanted[name] = (*wanted.get(name, ()), failure)
    if wanted:
        dataset.quarantine.mkdir(exist_ok=True)
    for name, failures in wanted.items():
        _put(dataset.quarantine / name, failures)
    if dataset.quarantine.is_dir():
        for path in dataset.quarantine.iterdir():
            if path.name.removesuffix(REASON) not in wanted and is_quarantined(path, REASON):
                discard(path)


def _put(copy: Path, failures: tuple[Failure, ...]) -> None:
    if not copy.exists():
        aside = aside_of(copy)
        try:
            shutil.copyfile(path_of_key(failures[0].key), aside)
            os.replace(aside, copy)  # noqa: PTH105
        except FileNotFoundError:
            discard(aside)  # the master is gone; the reason stays
        except OSError as error:
            discard(aside)
            raise from_os_error(error, copy) from error
    reason = "\n\n".join(f"{each.path}\n{each.code}\n{each.reason}\n{each.way_out}" for each in failures)
    write_whole(copy.with_name(copy.name + REASON), reason + "\n")
