"""Pages that can hardly be read: there a reading that nobody doubts may be wrong, too."""

from __future__ import annotations

from extractors.model import Document
from extractors.origin import is_filed

# A cell read with less than this is in doubt; a page is hardly legible where this share of so many cells is.
# Of 170 pages of worn scans with a black seal the worst had 0.35, one of blotted type with lost strokes 0.59.
_DOUBTED, _SHARE, _FEWEST = 0.8, 0.45, 20


def hardly_legible_pages(document: Document) -> frozenset[int]:
    """Numbers of the pages on which the recogniser was unsure of nearly every other cell of the tables."""
    sure: dict[int, list[bool]] = {}
    for table in document.tables:
        for cell in table.cells:
            if cell.text and not is_filed(cell.origin):
                sure.setdefault(cell.page_no, []).append(cell.confidence >= _DOUBTED)
    return frozenset(page_no for page_no, each in sure.items() if len(each) >= _FEWEST and each.count(False) >= _SHARE * len(each))
