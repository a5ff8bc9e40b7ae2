"""Processes that get ready while the run itself does: it loads its libraries on one core, they load theirs on another.

They are started early where it is nearly certain that they are needed: one file is given, and the dataset is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.cleaning.limited import get_ready
from pipeline.runners.reader_process import ReaderProcess, Terms, start_reader
from pipeline.settings import Settings

_ready: list[ReaderProcess] = []


@contextmanager
def standing_by(inputs: Sequence[Path], output: Path, settings: Settings) -> Iterator[None]:
    """For the length of the block there may be a reader for the first file; it is ended with the block where nobody took it."""
    if settings.runner == "local" and len(inputs) == 1 and inputs[0].is_file() and not output.exists():
        _ready.append(start_reader(Terms.of(settings, is_lone=True), inputs[0]))
        if settings.watches_cleaning:
            get_ready()
    try:
        yield
    finally:
        while _ready:
            _ready.pop().end()


def take_reader(terms: Terms) -> ReaderProcess | None:
    """The reader that was started on these terms, if there is one; it is the caller's then."""
    return next((_ready.pop(index) for index, each in enumerate(_ready) if each.terms == terms), None)
