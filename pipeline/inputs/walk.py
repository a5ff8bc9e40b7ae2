"""Which files a run takes: files and folders as given, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.inputs.failures import Failure
from pipeline.inputs.names import key_of, name_of

# What copy tools and editors leave while a file is not whole yet, and what systems put into folders.
_TEMPORARY = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")
_SYSTEM = {"Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read; ``name`` is the path as the user gave it, ``key`` the absolute path as the ledger knows it."""

    path: Path
    name: str
    key: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", key_of(self.path))


def walk_inputs(given: Iterable[Path], dataset: Path) -> Iterator[Input | Failure]:
    """Files under the given paths, sorted; what cannot be listed is a failure, not an end.

    Hidden and temporary files, the dataset itself and files met twice are passed over.
    """
    seen: set[str] = set()
    skip = str(dataset.resolve())
    for path in given:
        if not path.exists():
            yield Failure(name_of(path), "not-found", "There is no such file or folder.", "Check the path.")
        elif path.is_dir():
            yield from _walk_folder(path, str(path.resolve()), skip, seen)
        elif _is_new(str(path.resolve()), seen):
            yield _file_or_failure(path)


def _file_or_failure(path: Path) -> Input | Failure:
    name = name_of(path)
    if path.is_file():
        return Input(path, name)
    if path.is_dir():
        return Failure(name, "linked-folder", "This is a link to a folder, which is not followed.", "Give the folder itself as an input.")
    if path.is_symlink():
        return Failure(name, "not-found", "The link leads to nothing.", "Mend or remove the link.")
    # Opening a pipe would wait for ever.
    return Failure(name, "not-a-file", "This is a pipe, a socket or a device, not a file.", "Remove it from the input folder.")


def _is_new(real: str, seen: set[str]) -> bool:
    if real in seen:
        return False
    seen.add(real)
    return True


def _walk_folder(folder: Path, real: str, skip: str, seen: set[str]) -> Iterator[Input | Failure]:
    """Args: ``real`` is the folder without links, so that no file but a link needs to be resolved."""
    if real == skip:
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(name_of(folder), "access", f"The folder cannot be listed: {error.strerror}.", "Give this user the right to read it.")
        return
    for entry in found:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk_folder(path, f"{real}{os.sep}{entry.name}", skip, seen)
        elif not is_temporary(entry.name) and _is_new(str(path.resolve()) if entry.is_symlink() else f"{real}{os.sep}{entry.name}", seen):
            yield _file_or_failure(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        # A linked folder may lead in a circle; linked files are read.
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def is_temporary(name: str) -> bool:
    """True for names that copy tools give to files that are not whole yet."""
    return name.endswith(_TEMPORARY) or name in _SYSTEM or name.startswith("~$")
