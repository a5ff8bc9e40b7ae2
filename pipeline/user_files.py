"""The user's own taxonomy and templates: checked before a run, and looked at again while a watcher runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.settings import Settings

_Look = tuple[int, int, int]


class UserFileError(UsageError):
    """A taxonomy or template file of the user's cannot be used."""


def check_user_files(settings: Settings) -> None:
    """A wrong taxonomy or template file must say so before an archive is read, not after.

    Raises:
        UserFileError: one of them cannot be used.
    """
    taxonomy_file, templates_file = settings.clean.taxonomy_file, settings.clean.templates_file
    if taxonomy_file is None and templates_file is None:
        return  # the words that come with the program are whole, and loading them takes a fifth of a second
    from normalizers.checked_words import load_checked_words
    from normalizers.matching.taxonomy import load_taxonomy

    with told_to_the_user():
        load_taxonomy(taxonomy_file)
        load_checked_words(templates_file)


@contextmanager
def told_to_the_user() -> Iterator[None]:
    """What is wrong with a file of the user's is an error of use."""
    from normalizers.matching.taxonomy import TaxonomyError
    from normalizers.vocabulary.user_words import TemplateFileError

    try:
        yield
    except (TaxonomyError, TemplateFileError) as error:
        raise UserFileError(error.reason, error.way_out) from error


class UserFiles:
    """Whether the user's files were edited since they were last taken.

    Args:
        also: further files of theirs, such as the list of what is ignored.
    """

    def __init__(self, settings: Settings, *also: Path) -> None:
        self._paths = [path for path in (settings.clean.taxonomy_file, settings.clean.templates_file, *also) if path is not None]
        self._taken = self._look()

    def are_edited(self) -> bool:
        return self._look() != self._taken

    def take(self) -> None:
        """As they are now they were seen, whatever came of it."""
        self._taken = self._look()

    def _look(self) -> list[_Look | None]:
        return [_look_at(path) for path in self._paths]


def _look_at(path: Path) -> _Look | None:
    """None while an editor has put it aside."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
