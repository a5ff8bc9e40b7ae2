"""Whether a file has its end: a copy that stalls leaves the head of a file that looks like any other."""

from __future__ import annotations

from pathlib import Path

from extractors.compound_head import SIGNATURE, is_whole
from extractors.containers.kinds import container_with
from extractors.errors import AccessError
from extractors.file_head import ends_in_content, read_head
from extractors.readers import media_type_of, reader_of


def has_its_end(path: Path) -> bool:
    """False for a file that is cut, or whose end is not written yet; what cannot be told counts as whole.

    Only the head and the end are read, whatever the size.
    """
    try:
        head = read_head(path)
        if not head:
            return False
        media_type = media_type_of(head)
        container = container_with(path, head, media_type)
        if container is not None:
            return container.has_end(path, head)
        if media_type is not None:
            return reader_of(media_type).has_end(path, head)
        return is_whole(path, head) if head.startswith(SIGNATURE) else ends_in_content(path)
    except (OSError, AccessError):
        return True  # the reader says what is wrong
