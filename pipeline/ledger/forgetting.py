"""What is taken back: failures whose files are gone or may be tried again. What was read under such a path stays known."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from pipeline.inputs.names import path_of_key
from pipeline.ledger.schema import Content, SeenPath


def forget_gone(session: Session, dataset: str) -> None:
    """See ``Ledger.forget_gone``."""
    failed = select(SeenPath).where(SeenPath.dataset == dataset, SeenPath.code != "").order_by(SeenPath.path)
    for row in session.scalars(failed).all():
        path = path_of_key(row.path)
        if _is_listed_folder(path) and row.sha256 == "":
            session.delete(row)
        elif _is_gone(path):
            _forget(session, dataset, row)


def forget_failures(session: Session, dataset: str) -> int:
    """See ``Ledger.forget_failures``."""
    failed = (SeenPath.dataset == dataset, SeenPath.code != "")
    count = session.scalars(select(func.count()).select_from(SeenPath).where(*failed)).one()
    read = select(Content.sha256).where(Content.dataset == dataset, Content.state == "read")
    session.execute(update(SeenPath).where(*failed, SeenPath.sha256.in_(read)).values(code="", reason="", way_out=""))
    session.execute(delete(SeenPath).where(*failed))
    session.execute(delete(Content).where(Content.dataset == dataset, Content.state == "failed"))
    return int(count)


def _forget(session: Session, dataset: str, row: SeenPath) -> None:
    content = session.get(Content, (dataset, row.sha256)) if row.sha256 else None
    if content is not None and content.state == "read":
        row.code = row.reason = row.way_out = ""
        return
    session.delete(row)


def _is_listed_folder(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.R_OK | os.X_OK)


def _is_gone(path: Path) -> bool:
    """True when its folder is there and it is not: a disk that is not there says nothing of its files."""
    try:
        return path.parent.is_dir() and not os.path.lexists(path)
    except OSError:
        return False
