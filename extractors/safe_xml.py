"""XML as it is safe to read from strangers: no document type, no entity, nothing fetched, not deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# What parsing raises over something that is no XML; that of lxml is a SyntaxError.
NO_XML = (SyntaxError, ValueError, LookupError)


def parse_strictly(data: bytes) -> _Element | None:
    """The root, without comments and instructions; None where a document type is declared.

    Raises:
        SyntaxError, ValueError, LookupError: it is no XML, or deeper than 256 levels.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    return None if root is None or root.getroottree().docinfo.doctype else root


def local(element: _Element) -> str:
    """The name of a tag without its namespace."""
    return str(element.tag).rpartition("}")[2]
