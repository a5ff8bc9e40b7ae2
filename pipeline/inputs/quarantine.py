"""Copies of what could not be read, each beside a file that says why."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

from extractors.containers.unpacker import Unpacker
from extractors.errors import ReadError
from pipeline.dataset import Dataset, aside_of, discard, unpacking_folder, write_whole
from pipeline.dataset.own_names import NAME_DIGITS, is_quarantined
from pipeline.errors import from_os_error
from pipeline.inputs.failures import Failure
from pipeline.inputs.names import names_in_key, path_of_key, printable
from pipeline.ledger import Ledger

REASON = ".reason.txt"
# Of the 255 bytes that a name may have the rest is for the sha256 before it and what is added while it is made.
_NAME_BYTES = 120
_BLOCK = 1 << 20
# A link that took the place of the file leads somewhere else, and a pipe would be waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def renew(dataset: Dataset, ledger: Ledger) -> None:
    """Make ``quarantine/`` hold exactly the contents that stand as failed; masters are never touched.

    Raises:
        JobError: the dataset cannot be written.
    """
    wanted: dict[str, tuple[Failure, ...]] = {}
    shas: dict[str, str] = {}
    for failure, sha256 in ledger.failed_contents():
        name = f"{sha256[:NAME_DIGITS]}-{_short(Path(failure.path).name)}"
        wanted[name] = (*wanted.get(name, ()), failure)
        shas[name] = sha256
    try:
        if wanted:
            dataset.quarantine.mkdir(exist_ok=True)
        for name, failures in wanted.items():
            _put(dataset, dataset.quarantine / name, shas[name], failures)
        for path in dataset.quarantine.iterdir() if dataset.quarantine.is_dir() else ():
            if path.name.removesuffix(REASON) not in wanted and is_quarantined(path, REASON):
                discard(path)
    except OSError as error:
        raise from_os_error(error, dataset.quarantine) from error


def _short(name: str) -> str:
    """A name with its ending, short enough for what is added to it; two contents never share one, for their sha256 stands in front."""
    name = printable(name).replace(os.sep, "_")
    end = Path(name).suffix[:16]
    raw = name.removesuffix(end).encode("utf-8", "replace")
    return raw[:_NAME_BYTES].decode("utf-8", "ignore") + end if len(raw) > _NAME_BYTES else name


def _put(dataset: Dataset, copy: Path, sha256: str, failures: tuple[Failure, ...]) -> None:
    """The copy and its reason; where the file is gone, changed or a link by now, the reason alone."""
    if not copy.exists():
        for failure in failures:
            if _copied_from(dataset, failure.key, copy, sha256):
                break
    reason = "\n\n".join(f"{each.path}\n{each.code}\n{each.reason}\n{each.way_out}" for each in failures)
    write_whole(copy.with_name(copy.name + REASON), reason + "\n")


def _copied_from(dataset: Dataset, key: str, copy: Path, sha256: str) -> bool:
    """True when the bytes that failed are in place; what lies in an archive is unpacked for it."""
    path, names = path_of_key(key), names_in_key(key)
    if not names:
        return _copied(path, copy, sha256)
    with closing(Unpacker(unpacking_folder(dataset.root))) as unpacker, suppress(ReadError):
        return _copied(unpacker.file(path, names), copy, sha256)
    return False


def _opened(path: Path) -> IO[bytes] | None:
    try:
        file = os.fdopen(os.open(path, _FLAGS), "rb")
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    return None


def _copied(path: Path, copy: Path, sha256: str) -> bool:
    """True when the bytes that failed are in place."""
    source = _opened(path)
    if source is None:
        return False
    aside, digest = aside_of(copy), hashlib.sha256()
    try:
        with source, aside.open("wb") as target:
            while block := source.read(_BLOCK):
                digest.update(block)
                target.write(block)
        if digest.hexdigest() != sha256:
            discard(aside)
            return False
        os.replace(aside, copy)  # noqa: PTH105
    except OSError as error:
        discard(aside)
        raise from_os_error(error, copy) from error
    return True
