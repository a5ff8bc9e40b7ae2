"""How a content stands, and what was seen of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.inputs.failures import PASSING, Failure
from pipeline.ledger.claims import clock, is_held
from pipeline.ledger.rows import row_to_failure
from pipeline.ledger.schema import Content, SeenPath


@dataclass(frozen=True, slots=True)
class Standing:
    """How a content stands: ``new``, ``reading`` (by another process), ``read``, ``unpacked`` (an archive) or ``failed`` for good."""

    state: str
    reader_version: str = ""
    failure: Failure | None = None


def standings_of(session: Session, dataset: str, owner: str, shas: Sequence[str], reader_version: str) -> dict[str, Standing]:
    """How these contents, some hundreds, stand for ``owner`` and these readers, by sha256."""
    now = clock(session)
    known = {row.sha256: row for row in session.scalars(select(Content).where(Content.dataset == dataset, Content.sha256.in_(shas)))}
    failed = [sha256 for sha256, row in known.items() if row.state == "failed" and row.reader_version == reader_version]
    paths = select(SeenPath).where(SeenPath.dataset == dataset, SeenPath.sha256.in_(failed), SeenPath.code != "").order_by(SeenPath.path)
    failures = {row.sha256: row_to_failure(row) for row in reversed(session.scalars(paths).all())}
    result = {sha256: Standing("new") for sha256 in shas}
    for sha256, row in known.items():
        failure = failures.get(sha256)
        if row.state == "read":
            result[sha256] = Standing("read", row.reader_version)
        elif row.state == "unpacked" and row.reader_version == reader_version:
            result[sha256] = Standing("unpacked", row.reader_version)
        elif is_held(row, now) and row.owner != owner:
            result[sha256] = Standing("reading")
        elif failure is not None and failure.code not in PASSING:
            result[sha256] = Standing("failed", row.reader_version, failure)
    return result
