"""How many pages a file may have: more is no form, and would take days before anybody looks."""

from __future__ import annotations

from extractors.errors import TooLargeError
from extractors.messages import tell

MOST_PAGES = 10_000


def check_pages(count: int, name: str) -> None:
    """Raises TooLargeError before a page is read."""
    if count > MOST_PAGES:
        raise TooLargeError(*tell("pages.too-many", name=name, most=MOST_PAGES))
