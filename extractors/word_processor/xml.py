"""XML as it is safe to read from strangers: no DTD, no entity, nothing fetched, not deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError
from extractors.messages import tell

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(data: bytes, name: str) -> _Element:
    """The root of a part; deeper than 256 levels is refused by the parser.

    Raises:
        BrokenFileError: it is no XML, or has a DTD.
    """
    from lxml import etree

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, **safe)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFileError(*tell("word.damaged", name=name, error=error)) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise BrokenFileError(*tell("word.entities", name=name))
    return root
