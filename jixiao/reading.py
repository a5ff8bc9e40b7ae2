"""One file, in this process: read it, clean it."""

from __future__ import annotations

import os
from pathlib import Path

from extractors.model import Document
from extractors.options import ReadOptions
from jixiao.document import CleanedDocument, to_document
from normalizers.settings import CleanSettings


def read(path: str | os.PathLike[str], options: ReadOptions | None = None) -> Document:
    """What the page shows: cells with text, place, confidence and origin. Nothing is mended.

    Raises:
        ReadError: of the kind that says what is wrong with the file.
    """
    from extractors.reading import read_file

    return read_file(Path(path), options or ReadOptions())


def clean(document: Document, settings: CleanSettings | None = None) -> CleanedDocument:
    """The forms of a document with every value typed, and what was changed and doubted; the document stays as it is.

    Of other documents it knows nothing: what they say of each other comes with ``extract``.

    Raises:
        UserFileError: a taxonomy or template file of the settings cannot be used.
    """
    from normalizers.passes import document_to_value
    from pipeline.settings import Settings
    from pipeline.user_files import check_user_files

    chosen = settings or CleanSettings()
    check_user_files(Settings(clean=chosen))
    return to_document(document_to_value(document, [document.path], None, {}, chosen))
