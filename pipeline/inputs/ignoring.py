"""What the user wants passed over: lines of ``ignore.txt``, and what a walk passed over by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.messages import tell

_HEAD = "# Inputs that jixiao passes over, a pattern a line as in .gitignore, or the whole path of a file; `jixiao ignore` writes here.\n"


class IgnoreList:
    """Patterns as in ``.gitignore``, held against the path inside the folder that was given; whole paths are of one file or folder."""

    def __init__(self, lines: Sequence[str]) -> None:
        from pathspec import GitIgnoreSpec

        self.lines = tuple(lines)
        self._spec = GitIgnoreSpec.from_lines(each for each in lines if not _is_whole(each))
        self._whole = tuple(each.rstrip("/") for each in lines if _is_whole(each))

    def covers(self, inside: str, absolute: str) -> bool:
        """True for a file that is passed over.

        Args:
            inside: its path from the folder that was given, with ``/`` between the parts.
            absolute: its whole path.
        """
        return self._spec.match_file(inside) or any(absolute == each or absolute.startswith(f"{each}/") for each in self._whole)


@dataclass(slots=True)
class PassedOver:
    """What a walk did not give: how many hidden and temporary entries (a folder counts as one), and the keys of files that are ignored."""

    hidden: int = 0
    temporary: int = 0
    ignored: list[str] = field(default_factory=list)


def load_ignored(file: Path) -> IgnoreList | None:
    """The list of a dataset; None when nothing is ignored.

    Raises:
        UsageError: it cannot be read, or a line of it is no pattern.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UsageError(*tell("ignore.unreadable", file=file, error=error)) from error
    lines = patterns_of(text.splitlines())
    try:
        return IgnoreList(lines) if lines else None
    except ValueError as error:
        raise UsageError(*tell("ignore.bad-line", file=file, error=error)) from error


def patterns_of(lines: Iterable[str]) -> list[str]:
    """The lines that say something."""
    return [each.strip() for each in lines if each.strip() and not each.lstrip().startswith("#")]


def pattern_for(word: str) -> str:
    """What goes into the list for a word of the user's: the whole path of a file or folder that is there, else the word as a pattern.

    Raises:
        UsageError: the word is no pattern.
    """
    if Path(word).exists():
        return Path(word).resolve().as_posix()
    try:
        IgnoreList([word])
    except ValueError as error:
        raise UsageError(*tell("ignore.no-pattern", word=word, error=error)) from error
    return word


def to_text(lines: Iterable[str]) -> str:
    return _HEAD + "".join(f"{each}\n" for each in lines)


def _is_whole(line: str) -> bool:
    """A pattern that begins with a stroke is one of .gitignore's, unless it names what is there."""
    return Path(line).is_absolute() and Path(line).exists()


def change(known: Sequence[str], words: Sequence[str], remove: bool) -> tuple[list[str], list[str]]:
    """The new list, and those of the words that were not in it (when they are removed)."""
    wanted = [pattern_for(each) for each in words]
    if remove:
        missing = [word for word, each in zip(words, wanted, strict=True) if each not in known and word not in known]
        return [each for each in known if each not in wanted and each not in words], missing
    return [*known, *(each for each in dict.fromkeys(wanted) if each not in known)], []
