"""What left a dataset and why: a line for each, kept by the ledger and written to ``history.csv``, from which a new ledger takes it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.inputs.names import is_member
from pipeline.ledger.claims import clock
from pipeline.ledger.dialects import insert_in
from pipeline.ledger.rows import CHUNK, Seen, rows_at
from pipeline.ledger.schema import Content, Left, SeenPath

# The path has other bytes now, and no other path has the old ones: the document left.
REPLACED = "replaced"
# The path has other bytes now; the document stays under its other paths.
PATH_REPLACED = "path-replaced"
# A path has bytes again whose document had left.
RETURNED = "returned"
# The read of a document is gone from ``reads/`` or cannot be used; it is read again when its input is given.
READ_LOST = "read-lost"
# The user ignores every path of a document.
IGNORED = "ignored"
LEAVING = (REPLACED, READ_LOST, IGNORED)


@dataclass(frozen=True, slots=True)
class Event:
    """One line: ``at`` in seconds since 1970, ``path`` the key of a path, ``name`` as given, ``by`` the sha256 that took the place."""

    at: float
    path: str
    name: str
    sha256: str
    why: str
    by: str = ""


def note_changes(session: Session, dataset: str, before: dict[str, str], after: Sequence[Seen]) -> None:
    """Lines for paths that have other bytes than before, once ``after`` stands in the ledger.

    Args:
        before: sha256 by key, as it was.
    """
    now = _now(session)
    lost = {sha256 for sha256 in before.values() if sha256}
    known = _known(session, dataset, lost)
    still = _with_paths(session, dataset, lost)
    events = []
    for each in {each.path: each for each in after}.values():
        old = before.get(each.path, "")
        if old in ("", each.sha256) or old not in known:
            continue
        why = PATH_REPLACED if old in still else REPLACED
        events.append(Event(now, each.path, each.name or each.path, old, why, each.sha256))
    back = left_contents(session, dataset, [each.sha256 for each in after])
    returned = {each.sha256: each for each in after if each.sha256 in back}
    events += [Event(now, each.path, each.name or each.path, sha256, RETURNED) for sha256, each in returned.items()]
    put_events(session, dataset, events)


def note_lost(session: Session, dataset: str, lost: Sequence[tuple[str, str]]) -> None:
    """Lines for documents, ``(name, sha256)``, whose reads are gone."""
    now = _now(session)
    put_events(session, dataset, [Event(now, "", name, sha256, READ_LOST) for name, sha256 in lost])


def note_dropped(session: Session, dataset: str, rows: Sequence[SeenPath], by: str) -> None:
    """Drop paths that are in no archive any more; a line for each content that was read.

    Args:
        by: sha256 of the archive that took the place of theirs.
    """
    now = _now(session)
    gone = [(row.path, row.name or row.path, row.sha256) for row in rows if row.sha256]
    for row in rows:
        session.delete(row)
    session.flush()
    lost = {sha256 for _, _, sha256 in gone}
    known, still = _known(session, dataset, lost), _with_paths(session, dataset, lost)
    events = [
        Event(now, path, name, sha256, PATH_REPLACED if sha256 in still else REPLACED, by) for path, name, sha256 in gone if sha256 in known
    ]
    put_events(session, dataset, events)


def forget_ignored(session: Session, dataset: str, keys: Sequence[str], kept: set[str]) -> None:
    """Drop these paths; a document that has no other path leaves, with a line.

    Of a member of an archive that is ``kept`` a row without a content stays: it tells that the archive was looked into as a whole.
    """
    now = _now(session)
    gone: dict[str, tuple[str, str]] = {}
    for row in rows_at(session, dataset, keys):
        gone[row.path] = (row.name, row.sha256)
        if row.path in kept and is_member(row.path):
            row.sha256 = row.code = row.reason = row.way_out = ""
        else:
            session.delete(row)
    session.flush()
    lost = {sha256 for _, sha256 in gone.values() if sha256}
    leaving = {sha256: path for path, (_, sha256) in sorted(gone.items()) if sha256}
    known, still = _known(session, dataset, lost), _with_paths(session, dataset, lost)
    put_events(
        session, dataset,
        [Event(now, path, gone[path][0] or path, sha256, IGNORED) for sha256, path in leaving.items() if sha256 in known - still],
    )  # fmt: skip


def put_events(session: Session, dataset: str, events: Iterable[Event]) -> None:
    """Add lines; one that is there already stays one."""
    rows = [_to_row(dataset, event) for event in events]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert_in(session, Left).on_conflict_do_nothing(), rows[start : start + CHUNK])


def left_contents(session: Session, dataset: str, shas: Sequence[str]) -> set[str]:
    """Those of these contents whose last line says that they left."""
    found: dict[str, str] = {}
    for start in range(0, len(shas), CHUNK):
        part = shas[start : start + CHUNK]
        query = select(Left.sha256, Left.why).where(Left.dataset == dataset, Left.sha256.in_(part), Left.why != PATH_REPLACED)
        for sha256, why in session.execute(query.order_by(Left.at, Left.line)):
            found[sha256] = why
    return {sha256 for sha256, why in found.items() if why in LEAVING}


def read_events(session: Session, dataset: str) -> list[Event]:
    """All lines, the oldest first."""
    rows = session.scalars(select(Left).where(Left.dataset == dataset).order_by(Left.at, Left.path, Left.why, Left.sha256, Left.line))
    return [Event(row.at, row.path, row.name, row.sha256, row.why, row.by) for row in rows]


def count_leaving(session: Session, dataset: str) -> int:
    query = select(func.count()).select_from(Left).where(Left.dataset == dataset, Left.why.in_(LEAVING))
    return int(session.scalars(query).one())


def _now(session: Session) -> float:
    """To the microsecond, as the file tells it."""
    return round(clock(session), 6)


def _known(session: Session, dataset: str, shas: set[str]) -> set[str]:
    """Contents that were read: what never was no document can leave with."""
    return set(session.scalars(select(Content.sha256).where(Content.dataset == dataset, Content.sha256.in_(shas), Content.state == "read")))


def _with_paths(session: Session, dataset: str, shas: set[str]) -> set[str]:
    return set(session.scalars(select(SeenPath.sha256).where(SeenPath.dataset == dataset, SeenPath.sha256.in_(shas)).distinct()))


def _to_row(dataset: str, event: Event) -> dict[str, Any]:
    line = hashlib.sha256(repr((event.at, event.path, event.sha256, event.why, event.by)).encode("utf-8", "backslashreplace")).hexdigest()
    row = {"at": event.at, "path": event.path, "name": event.name, "sha256": event.sha256, "why": event.why, "by": event.by}
    return {"dataset": dataset, "line": line, **row}
