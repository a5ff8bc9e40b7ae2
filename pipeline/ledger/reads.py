"""What the ledger knows of the files in ``reads/``: their digests, and where what they were read from lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.ledger.rows import CHUNK
from pipeline.ledger.schema import Content, SeenPath


def read_digests(session: Session, dataset: str, shas: Sequence[str]) -> dict[str, str]:
    """See ``Ledger.read_digests``."""
    found: dict[str, str] = {}
    for start in range(0, len(shas), CHUNK):
        some = Content.sha256.in_(shas[start : start + CHUNK])
        query = select(Content.sha256, Content.read_digest).where(Content.dataset == dataset, some, Content.read_digest != "")
        for sha256, digest in session.execute(query):
            found[sha256] = digest
    return found


def note_digests(session: Session, dataset: str, digests: Mapping[str, str]) -> None:
    """See ``Ledger.note_digests``; what somebody reads just now is left alone."""
    for sha256, digest in sorted(digests.items()):
        standing = (Content.dataset == dataset, Content.sha256 == sha256, Content.state == "read", Content.owner == "")
        session.execute(update(Content).where(*standing, Content.read_digest == "").values(read_digest=digest))


def places_of(session: Session, dataset: str, prefixes: Sequence[str]) -> list[tuple[str, str, str]]:
    """See ``Ledger.places_of``."""
    found: list[tuple[str, str, str]] = []
    for prefix in prefixes:
        like = (SeenPath.sha256 >= prefix, SeenPath.sha256 < f"{prefix}g")
        query = select(SeenPath.sha256, SeenPath.path, SeenPath.name).where(SeenPath.dataset == dataset, *like)
        found += [(sha256, path, seen) for sha256, path, seen in session.execute(query.order_by(SeenPath.sha256, SeenPath.path))]
    return found
