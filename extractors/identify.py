"""What a file is, by its first bytes; names and endings are not believed."""

from __future__ import annotations

from pathlib import Path

from extractors.containers.kinds import container_with
from extractors.errors import EmptyFileError, UnknownFormatError
from extractors.file_head import read_head
from extractors.foreign import foreign_kind
from extractors.messages import say, tell
from extractors.readers import media_type_of


def identify(path: Path) -> str:
    """The media type of a file, by content.

    Raises:
        AccessError: the file may not be read or is not there.
        EmptyFileError: it has no bytes.
        UnknownFormatError: neither PDF, picture nor text.
    """
    head = read_head(path)
    if not head.strip(b"\x00"):
        raise EmptyFileError(*tell("file.empty", name=path.name, size=path.stat().st_size))
    media_type = media_type_of(head)
    if media_type is not None:
        return media_type
    container = container_with(path, head, media_type)
    if container is not None:
        raise UnknownFormatError(*tell("archive.no-document", name=path.name, kind=say(container.kind)))
    foreign = foreign_kind(head)
    if foreign is not None:
        raise UnknownFormatError(*tell("file.foreign", name=path.name, foreign=foreign))
    raise UnknownFormatError(*tell("file.unknown-kind", name=path.name))
