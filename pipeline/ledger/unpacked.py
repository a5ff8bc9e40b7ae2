"""Archives that were looked into, and what lies in them.

An archive is a content in the state ``unpacked`` with the number of its members as ``pages``.
Each member is a path whose ``inode`` is the beginning of the sha256 of the file on the disk, so
that rows of what lay there before are told from those of what lies there now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pipeline.inputs.failures import Failure
from pipeline.inputs.names import is_direct_member, key_inside
from pipeline.ledger.claims import clock
from pipeline.ledger.history import note_changes, note_dropped
from pipeline.ledger.rows import CHUNK, Looks, Seen, put_paths, row_to_failure, row_to_seen, rows_at, seen_to_row
from pipeline.ledger.schema import Content, SeenPath

UNPACKED = "unpacked"
_STAMP = 24
# Behind every sign that a name may begin with.
_LAST = "\U0010ffff"


def looks_in(top: str) -> Looks:
    """What stands for the looks of a member.

    Args:
        top: sha256 of the file on the disk.
    """
    return 0, 0, 0, top[:_STAMP]


def note_unpacked(session: Session, dataset: str, sha256: str, count: int, reader_version: str) -> None:
    """This archive was looked into, and has so many members that stand in the ledger."""
    known = session.get(Content, (dataset, sha256))
    session.merge(
        Content(
            dataset=dataset, sha256=sha256, state=UNPACKED, attempts=known.attempts if known else 1, pages=count, finished=clock(session),
            reader_version=reader_version, owner="", lease_until=0.0, rulebook_version="",
        )
    )  # fmt: skip


def note_members(session: Session, dataset: str, failures: Sequence[Failure], top: str) -> None:
    """These members of an archive cannot be had."""
    seen = [Seen(each.key, "", looks_in(top), each.path) for each in failures]
    before = {row.path: row.sha256 for row in rows_at(session, dataset, [each.path for each in seen])}
    put_paths(session, [seen_to_row(dataset, each, failure) for each, failure in zip(seen, failures, strict=True)])
    note_changes(session, dataset, before, seen)


def members_of(session: Session, dataset: str, key: str, sha256: str, top: str) -> list[Seen | Failure] | None:
    """What lies in an archive that was looked into; None where the ledger does not have all of it.

    Args:
        key: of the archive.
        sha256: its content.
        top: that of the file on the disk, which may be another archive around it.
    """
    content = session.get(Content, (dataset, sha256))
    rows = [
        row
        for row in session.scalars(_within(dataset, key).where(SeenPath.inode == top[:_STAMP]).order_by(SeenPath.path))
        if is_direct_member(row.path, key)
    ]
    if content is None or content.state != UNPACKED or content.pages != len(rows):
        return None
    return [row_to_seen(row) if row.sha256 or not row.code else row_to_failure(row) for row in rows]


def drop_stale(session: Session, dataset: str, key: str, top: str) -> None:
    """Forget what lay in an archive before it was replaced, with a line for each document that leaves."""
    rows = session.scalars(_within(dataset, key).where(SeenPath.inode != top[:_STAMP])).all()
    if rows:
        note_dropped(session, dataset, rows, top)


def _within(dataset: str, key: str) -> Select[Any]:
    prefix = key_inside(key, "")
    return select(SeenPath).where(SeenPath.dataset == dataset, SeenPath.path > prefix, SeenPath.path < prefix + _LAST)


def archives_among(session: Session, dataset: str, keys: Sequence[str]) -> set[str]:
    """Those of these paths that are archives as the ledger knows them."""
    query = (
        select(SeenPath.path)
        .join(Content, (Content.dataset == SeenPath.dataset) & (Content.sha256 == SeenPath.sha256))
        .where(SeenPath.dataset == dataset, SeenPath.path.in_(keys), Content.state == UNPACKED)
    )
    return set(session.scalars(query))


def keys_within(session: Session, dataset: str, keys: Sequence[str]) -> list[str]:
    """The keys of all that lies in those of these paths that are archives."""
    found: list[str] = []
    for start in range(0, len(keys), CHUNK):
        for key in sorted(archives_among(session, dataset, keys[start : start + CHUNK])):
            found += [row.path for row in session.scalars(_within(dataset, key))]
    return found


def names_with(session: Session, dataset: str, sha256: str) -> list[tuple[str, str]]:
    """See ``Ledger.names_with``."""
    query = select(SeenPath.path, SeenPath.name).where(SeenPath.dataset == dataset, SeenPath.sha256 == sha256).order_by(SeenPath.path)
    return [(path, name or path) for path, name in session.execute(query)]
