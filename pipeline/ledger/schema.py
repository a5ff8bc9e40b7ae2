"""The tables of a ledger: contents, the paths that they were seen under, and what left."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Float, Index, Integer, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Order by code point, as Python sorts, whatever the language of the database.
_Text = String().with_variant(String(collation="C"), "postgresql")
_Digest = String(64).with_variant(String(64, collation="C"), "postgresql")


def _where(condition: str) -> dict[str, Any]:
    """An index over those rows only; see ``dialects.narrow_indices`` for PostgreSQL."""
    return {"sqlite_where": text(condition)}


class Base(DeclarativeBase):
    """Tables of one database; several datasets may share it, told apart by ``dataset``."""


class Content(Base):
    """One content (sha256): its state, who reads it now, and what it cost.

    ``state`` is ``reading``, ``read`` or ``failed``. A claim is ``owner`` with
    ``lease_until`` (seconds since 1970, by the clock of the database); reading
    again what was read leaves the state at ``read``, so that its result stays.
    ``read_digest`` is the sha256 of the file in ``reads/``; empty while it is being
    written, and where a release that noted none wrote it.
    """

    __tablename__ = "contents"
    # Claims are few: looking for one's own must not go through an archive.
    __table_args__ = (Index("contents_claimed", "dataset", "owner", **_where("owner <> ''")),)
    dataset: Mapped[str] = mapped_column(String(64), primary_key=True, default="")
    sha256: Mapped[str] = mapped_column(_Digest, primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    owner: Mapped[str] = mapped_column(String(160), default="")
    lease_until: Mapped[float] = mapped_column(Float(53), default=0.0)
    pages: Mapped[int] = mapped_column(Integer, default=0)
    tables: Mapped[int] = mapped_column(Integer, default=0)
    seconds: Mapped[float] = mapped_column(Float(53), default=0.0)
    finished: Mapped[float] = mapped_column(Float(53), default=0.0)
    reader_version: Mapped[str] = mapped_column(String(128), default="")
    rulebook_version: Mapped[str] = mapped_column(String(64), default="")
    read_digest: Mapped[str] = mapped_column(String(64), default="", server_default="")


class SeenPath(Base):
    """One path, the content that it has, and why it failed if it did.

    ``path`` is the key (absolute, every byte kept), ``name`` the path as it was given; a row without
    a name is of a release that knew no keys, and its path is as it was given.

    ``size``, ``mtime_ns``, ``ctime_ns`` and ``inode`` are how the file looked when
    it was hashed; a file that still looks so is not hashed again. 0 when not known.
    """

    __tablename__ = "paths"
    __table_args__ = (
        # With the dataset in front, or a planner walks all paths of a dataset for each content.
        Index("paths_by_content", "dataset", "sha256", "path"),
        Index("paths_failed", "dataset", "path", **_where("code <> ''")),
    )
    dataset: Mapped[str] = mapped_column(String(64), primary_key=True, default="")
    path: Mapped[str] = mapped_column(_Text, primary_key=True)
    sha256: Mapped[str] = mapped_column(_Digest, default="")
    code: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String, default="")
    way_out: Mapped[str] = mapped_column(String, default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    mtime_ns: Mapped[int] = mapped_column(BigInteger, default=0)
    ctime_ns: Mapped[int] = mapped_column(BigInteger, default=0)
    inode: Mapped[str] = mapped_column(String(24), default="")
    name: Mapped[str] = mapped_column(String, default="", server_default="")


class Left(Base):
    """One line of the history: a path lost a content to another, a document left the dataset or came back.

    ``at`` is seconds since 1970; ``why`` one of ``pipeline.ledger.history``; ``by`` the sha256 that took the place.
    """

    __tablename__ = "history"
    __table_args__ = (Index("history_by_content", "dataset", "sha256"),)
    dataset: Mapped[str] = mapped_column(String(64), primary_key=True, default="")
    line: Mapped[str] = mapped_column(_Digest, primary_key=True)
    at: Mapped[float] = mapped_column(Float(53), default=0.0)
    path: Mapped[str] = mapped_column(_Text, default="")
    name: Mapped[str] = mapped_column(String, default="")
    sha256: Mapped[str] = mapped_column(_Digest, default="")
    why: Mapped[str] = mapped_column(String(32), default="")
    by: Mapped[str] = mapped_column(String(64), default="")
