"""The table of containers: every kind of file of files that is looked into. A new one is a module with its row, and a line here."""

from __future__ import annotations

from pathlib import Path

from extractors.containers.compressed import COMPRESSED
from extractors.containers.container import Container
from extractors.containers.mail import MAIL
from extractors.containers.seven_zip import SEVEN_ZIP
from extractors.containers.tar_file import TAR
from extractors.containers.zip_file import ZIP
from extractors.errors import AccessError
from extractors.file_head import read_head
from extractors.readers import media_type_of
from extractors.transcripts.reader import TEXT

CONTAINERS: tuple[Container, ...] = (ZIP, SEVEN_ZIP, COMPRESSED, TAR, MAIL)


def container_of(path: Path) -> Container | None:
    """What a file is a container of, by content; None for a document, and for what cannot be looked at.

    A file that a reader knows is a document, whatever its package is; but nearly everything passes for text.
    """
    try:
        head = read_head(path)
    except AccessError:
        return None
    return container_with(path, head, media_type_of(head))


def container_with(path: Path, head: bytes, media_type: str | None) -> Container | None:
    """The same of a file whose first 64 KB were read, and what the readers take them for."""
    if media_type not in (None, TEXT):
        return None
    return next((each for each in CONTAINERS if each.recognise(path, head)), None)
