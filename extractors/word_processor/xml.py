"""The XML of a word processor's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.safe_xml import NO_XML, parse_strictly

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(data: bytes, name: str) -> _Element:
    """The root of a part; deeper than 256 levels is refused by the parser.

    Raises:
        BrokenFileError: it is no XML, or has a DTD.
    """
    try:
        root = parse_strictly(data)
    except NO_XML as error:
        raise BrokenFileError(*tell("word.damaged", name=name, error=error)) from error
    if root is None:
        raise BrokenFileError(*tell("word.entities", name=name))
    return root
