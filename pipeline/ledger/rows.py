"""Rows of the ledger and what they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.inputs.failures import Failure
from pipeline.ledger.dialects import insert_in
from pipeline.ledger.schema import Content, SeenPath

CHUNK = 500
# Size, times and inode of a file; equal means that it was not touched. None when that cannot be told.
Looks = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A path, by its key, with the content that it has now; ``name`` is the path as it was given."""

    path: str
    sha256: str
    looks: Looks | None = None
    name: str = ""


def row_to_seen(row: SeenPath) -> Seen:
    return Seen(row.path, row.sha256, (row.size, row.mtime_ns, row.ctime_ns, row.inode), row.name)


def row_to_failure(row: SeenPath) -> Failure:
    return Failure(row.name or row.path, row.code, row.reason, row.way_out, row.path)


def seen_to_row(dataset: str, seen: Seen, failure: Failure | None) -> dict[str, Any]:
    """The columns of a path."""
    size, mtime_ns, ctime_ns, inode = seen.looks or (0, 0, 0, "")
    row = {"dataset": dataset, "path": seen.path, "name": seen.name or seen.path, "sha256": seen.sha256, "size": size, "mtime_ns": mtime_ns}
    told = (failure.code, failure.reason, failure.way_out) if failure else ("", "", "")
    return row | {"ctime_ns": ctime_ns, "inode": inode} | dict(zip(("code", "reason", "way_out"), told, strict=True))


def put_paths(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert paths, or write over what was known of them; all rows have the same columns."""
    # Sorted: two machines that put the same rows wait for each other in one order.
    unique = sorted({row["path"]: row for row in rows}.values(), key=lambda row: row["path"])
    put = insert_in(session, SeenPath)
    columns = {name: put.excluded[name] for name in (unique[0] if unique else ()) if name not in ("dataset", "path")}
    for start in range(0, len(unique), CHUNK):
        session.execute(put.on_conflict_do_update(index_elements=["dataset", "path"], set_=columns), unique[start : start + CHUNK])


def rows_at(session: Session, dataset: str, keys: Sequence[str]) -> list[SeenPath]:
    """What is known of these paths, by key."""
    rows: list[SeenPath] = []
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        rows += session.scalars(select(SeenPath).where(SeenPath.dataset == dataset, SeenPath.path.in_(part)).order_by(SeenPath.path))
    return rows


def read_page(session: Session, dataset: str, after: tuple[str, str]) -> list[tuple[str, str, str]]:
    """``(sha256, path, name)`` of contents that were read, the next thousands behind ``after``; no path where none is left."""
    sha256, path = after
    query = (
        select(Content.sha256, SeenPath.path, SeenPath.name)
        .outerjoin(SeenPath, (SeenPath.dataset == Content.dataset) & (SeenPath.sha256 == Content.sha256))
        .where(Content.dataset == dataset, Content.state == "read", Content.sha256 >= sha256)
        .where((Content.sha256 > sha256) | (SeenPath.path > path))
        .order_by(Content.sha256, SeenPath.path)
        .limit(10 * CHUNK)
    )
    return [(each, seen or "", name or seen or "") for each, seen, name in session.execute(query)]
