"""Where the file of a document lies now, whatever folder the user works in; what lies in an archive is unpacked to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from extractors.errors import ReadError
from pipeline.dataset import Dataset, unpacking_folder
from pipeline.errors import JobError, UsageError
from pipeline.inputs.names import names_in_key, path_of_key, split_name
from pipeline.ledger import opened
from pipeline.messages import tell

_Place = tuple[Path, tuple[str, ...]]


@contextmanager
def original_of(dataset: Dataset, document: dict[str, Any]) -> Iterator[Path]:
    """The file to look at, for the length of the block: under a path that the ledger knows, else under one that the document names.

    Raises:
        UsageError: it lies in an archive that is gone or has changed.
    """
    named = [(Path(path), ()) for path in document["document"]["paths"]]
    inside = [split_name(path) for path in document["document"]["paths"]]
    candidates: list[_Place] = [*_known(dataset, document["document"]["sha256"]), *named]
    candidates += [(Path(path), names) for path, names in inside if names]
    path, names = next((each for each in candidates if each[0].exists()), candidates[-1])
    if not names:
        yield path
        return
    with unpacked(dataset, path, names) as file:
        yield file


@contextmanager
def unpacked(dataset: Dataset, archive: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """A member of an archive as a file of its own, for the length of the block.

    Raises:
        UsageError: it cannot be had any more.
    """
    from extractors.containers.unpacker import Unpacker

    with closing(Unpacker(unpacking_folder(dataset.root))) as unpacker:
        try:
            file = unpacker.file(archive, names)
        except (ReadError, OSError) as error:
            raise UsageError(*tell("crop.not-opened", original=archive, error=error)) from error
        yield file


def _known(dataset: Dataset, sha256: str) -> list[_Place]:
    """None where the ledger is kept in a database that was not named, or cannot be asked: the document names paths, too."""
    try:
        with opened(dataset) as ledger:
            return [(path_of_key(key), names_in_key(key)) for key, _ in ledger.names_with(sha256)]
    except JobError:
        return []
