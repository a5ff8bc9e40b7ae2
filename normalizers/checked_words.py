"""A user's own words and forms, looked at where the checks are known that a form may leave out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from normalizers.checks.catalogue import CHECKS
from normalizers.vocabulary.user_words import UserWords, load_user_words, refuse_unknown_checks


def load_checked_words(path: Path | None) -> UserWords:
    """The user's additions, checked in every respect; none without a file.

    Raises:
        TemplateFileError: the first thing in the file that cannot be used.
    """
    return _checked(load_user_words(path))


@lru_cache(maxsize=8)
def _checked(own: UserWords) -> UserWords:
    refuse_unknown_checks(own, [each.id for each in CHECKS if each.scope in ("table", "taxonomy")])
    return own
