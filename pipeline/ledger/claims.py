"""Who reads what: a content is claimed by one process, for as long as that process lives."""

from __future__ import annotations

import time

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from pipeline.ledger.schema import Content
from pipeline.process_identity import is_dead

LEASE_SECONDS = 60.0


def take(session: Session, dataset: str, sha256: str, owner: str, again: bool) -> bool:
    """Claim a content for this owner; False when another one reads it now, or has read it meanwhile.

    Args:
        again: also what was read already.
    """
    now = clock(session)
    known = session.get(Content, (dataset, sha256))
    if known is None:
        claim = {"owner": owner, "lease_until": now + LEASE_SECONDS}
        session.execute(insert(Content).values({"dataset": dataset, "sha256": sha256, "state": "reading", "attempts": 1, **claim}))
        return True
    if known.owner == owner:
        return True
    if is_held(known, now) or (known.state == "read" and not again):
        return False
    # Counted attempts tell whether another machine was faster since we looked.
    changed = session.execute(
        update(Content)
        .where(Content.dataset == dataset, Content.sha256 == sha256, Content.attempts == known.attempts, Content.owner == known.owner)
        .values(
            state="read" if known.state == "read" else "reading",
            attempts=known.attempts + 1,
            owner=owner,
            lease_until=now + LEASE_SECONDS,
            # Killed after the new read is in its place, and before that is noted, a run must not leave the digest of the old one.
            read_digest="",
        )
    )
    assert isinstance(changed, CursorResult)
    return changed.rowcount == 1


def is_held(content: Content, now: float) -> bool:
    """True while a process that may still be alive reads it."""
    return content.owner != "" and content.lease_until > now and not is_dead(content.owner)


def clock(session: Session) -> float:
    """Seconds since 1970 by the clock of the database: machines need not agree on theirs."""
    if session.get_bind().dialect.name != "postgresql":
        return time.time()
    return float(session.scalars(select(func.extract("epoch", func.clock_timestamp()))).one())
