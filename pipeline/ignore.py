"""``jixiao ignore``: the list of inputs that a dataset passes over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.dataset import Dataset, write_whole
from pipeline.errors import UsageError
from pipeline.inputs.ignoring import change, load_ignored, to_text
from pipeline.messages import say, tell


def ignore(root: Path, words: Sequence[str], remove: bool = False) -> Iterator[str]:
    """Add patterns and files to the list, or take them out; lines that say what is ignored from now on.

    Raises:
        UsageError: the folder is no dataset, a word is no pattern, or what is to be removed is not in the list.
        JobError: the list cannot be written.
    """
    dataset = Dataset(root)
    dataset.check()
    known = load_ignored(dataset.ignored)
    lines = list(known.lines) if known else []
    if words:
        lines, missing = change(lines, words, remove)
        if missing:
            raise UsageError(*tell("ignore.not-there", words=", ".join(missing), file=dataset.ignored))
        write_whole(dataset.ignored, to_text(lines))
    yield from lines or [say("ignore.nothing")]
