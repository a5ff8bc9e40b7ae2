"""What follows from how the characters of a cell or a line came about.

Each question is answered for every origin; one that is new and not answered for is an error of types.
"""

from __future__ import annotations

from typing import NoReturn

from extractors.model import Origin, Reader


def is_filed(origin: Origin) -> bool:
    """True where the characters came with the file; False where they were recognised here, in a picture."""
    match origin:
        case "text-layer" | "form-field" | "transcript" | "spreadsheet" | "word-processor" | "ofd" | "web":
            return True
        case "picture":
            return False
        case _:
            return _unanswered(origin)


def is_recognised(origin: Origin) -> bool:
    """True where a recogniser of pictures, ours or somebody else's, made the characters and may have erred."""
    match origin:
        case "picture" | "transcript":
            return True
        case "text-layer" | "form-field" | "spreadsheet" | "word-processor" | "ofd" | "web":
            return False
        case _:
            return _unanswered(origin)


def has_places(origin: Origin) -> bool:
    """True where a cell has its place on a page; False where a box, if any, counts characters and lines, or rows and columns."""
    match origin:
        case "text-layer" | "picture" | "form-field" | "ofd":
            return True
        case "transcript" | "spreadsheet" | "word-processor" | "web":
            return False
        case _:
            return _unanswered(origin)


def is_painted(reader: Reader) -> bool:
    """True where a page was painted by its file, so that places on it are exact."""
    return reader in ("text-layer", "ofd")


def origin_of_page(reader: Reader) -> Origin:
    """How the lines of a page came about that was read so."""
    return "picture" if reader == "ocr" else reader


def _unanswered(origin: NoReturn) -> NoReturn:
    raise AssertionError(f"no answer for the origin {origin!r}")
