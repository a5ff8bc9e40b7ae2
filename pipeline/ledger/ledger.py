"""The transitions of a ledger; every method is one transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from pipeline.inputs.failures import SKIPPED, Failure
from pipeline.inputs.outcome import Outcome
from pipeline.ledger import forgetting, unpacked
from pipeline.ledger.claims import LEASE_SECONDS, clock, take
from pipeline.ledger.connection import Connection
from pipeline.ledger.content_status import Standing, standings_of
from pipeline.ledger.history import Event, count_leaving, forget_ignored, left_contents, note_changes, note_lost, put_events, read_events
from pipeline.ledger.reads import note_digests, places_of, read_digests
from pipeline.ledger.rows import CHUNK, Seen, put_paths, read_page, row_to_failure, row_to_seen, rows_at, seen_to_row
from pipeline.ledger.schema import Content, Left, SeenPath
from pipeline.process_identity import this_owner

PATIENCE_SECONDS = 60.0

class Ledger:
    """The state of one dataset.

    Args:
        where: an SQLite file, or the URL of a PostgreSQL database.
        dataset: which dataset, where a database serves several.
        patience: seconds to wait for a database that does not answer.

    Raises:
        JobError: the ledger is locked by another run, cannot be reached or written.
    """

    def __init__(self, where: Path | str, dataset: str = "", patience: float = PATIENCE_SECONDS) -> None:
        self._connection = Connection(where, patience)
        self._dataset = dataset
        self._owner = this_owner()
        self._do = self._connection.transaction

    def close(self) -> None:
        self._connection.close()

    def move_in(self, file: Path) -> None:
        """Take over what an SQLite ledger of this dataset knows."""
        from pipeline.ledger.moving import move_in

        move_in(file, self._connection, self._dataset)

    # What was seen

    def known_looks(self, names: Mapping[str, str]) -> dict[str, Seen]:
        """What is known of these paths, by key, from the last time that they were hashed.

        Args:
            names: of the paths as given, by key.
        """

        def work(session: Session) -> dict[str, Seen]:
            by_name = {name: key for key, name in names.items()}
            found = {by_name[row.path]: row_to_seen(row) for row in self._unkeyed(session, list(by_name)) if row.sha256}
            return found | {row.path: row_to_seen(row) for row in rows_at(session, self._dataset, list(names)) if row.sha256}

        return self._do(work)

    def note_seen(self, seen: Sequence[Seen], reader_version: str) -> dict[str, Standing]:
        """These paths, some hundreds, have these contents; how each content stands, by sha256.

        A path of a content that failed for good fails with it; an older failure of any other path is over.
        """

        def work(session: Session) -> dict[str, Standing]:
            standings = self._standings(session, sorted({each.sha256 for each in seen}), reader_version)
            before = {row.path: row.sha256 for row in rows_at(session, self._dataset, [each.path for each in seen])}
            before = self._take_keys(session, seen) | before
            put_paths(session, [self._path_row(each, standings[each.sha256].failure) for each in seen])
            note_changes(session, self._dataset, before, seen)
            return standings

        return self._do(work)

    def standings(self, shas: Sequence[str], reader_version: str) -> dict[str, Standing]:
        """How these contents stand, by sha256; a failure counts only when the same readers would fail again."""

        def work(session: Session) -> dict[str, Standing]:
            found: dict[str, Standing] = {}
            for start in range(0, len(shas), CHUNK):
                found |= self._standings(session, shas[start : start + CHUNK], reader_version)
            return found

        return self._do(work)

    def namesakes(self, shas: Sequence[str], digits: int) -> set[str]:
        """Those of these contents whose first digits are those of another content: their files would have one name."""

        def work(session: Session) -> set[str]:
            found = set()
            for sha256 in shas:
                start = sha256[:digits]
                same = (Content.sha256 >= start, Content.sha256 < f"{start}g", Content.sha256 != sha256)
                if session.scalars(select(Content.sha256).where(Content.dataset == self._dataset, *same).limit(1)).first() is not None:
                    found.add(sha256)
            return found

        return self._do(work)

    def is_read(self, sha256: str) -> bool:
        """True when this content was read, by whatever version of the readers."""
        return self._do(lambda session: self._standings(session, [sha256], "")[sha256].state == "read")

    # Who reads what

    def claim(self, sha256: str, again: bool = False) -> bool:
        """Take a content to read; False when another process reads it now or has read it meanwhile.

        Args:
            again: also what was read already.
        """
        return self._do(lambda session: take(session, self._dataset, sha256, self._owner, again))

    def extend_leases(self) -> None:
        """This process is alive: what it claimed stays claimed."""
        def work(session: Session) -> None:
            until = clock(session) + LEASE_SECONDS
            session.execute(update(Content).where(*self._mine()).values(lease_until=until))

        self._do(work)

    def give_back(self) -> None:
        """What this process claimed and did not finish may be taken by others."""
        self._do(lambda session: session.execute(update(Content).where(*self._mine()).values(owner="", lease_until=0.0)))

    # What came of it

    def note_read(self, path: str, outcome: Outcome, reader_version: str, name: str = "") -> None:
        """This content was read and its read is in place; failures of all its paths are over."""

        def work(session: Session) -> None:
            known = session.get(Content, (self._dataset, outcome.sha256))
            done = Content(
                dataset=self._dataset, sha256=outcome.sha256, state="read", attempts=known.attempts if known else 1,
                pages=outcome.pages, tables=outcome.tables, seconds=round(outcome.seconds, 3), finished=clock(session),
                reader_version=reader_version, owner="", lease_until=0.0, rulebook_version="", read_digest=outcome.digest,
            )  # fmt: skip
            session.merge(done)
            session.execute(update(SeenPath).where(*self._with(outcome.sha256)).values(code="", reason="", way_out=""))
            if session.get(SeenPath, (self._dataset, path)) is None:
                put_paths(session, [self._path_row(Seen(path, outcome.sha256, None, name), None)])

        self._do(work)

    def note_failure(self, failure: Failure, sha256: str = "", reader_version: str = "") -> None:
        """An attempt failed, and with it every path that has this content.

        Without a content (the file could not be opened) the path keeps the one it had.
        """
        told = {"code": failure.code, "reason": failure.reason, "way_out": failure.way_out}

        def work(session: Session) -> None:
            if sha256:
                session.execute(update(SeenPath).where(*self._with(sha256)).values(told))
            key = failure.key or failure.path
            row = session.get(SeenPath, (self._dataset, key))
            content = sha256 or (row.sha256 if row else "")
            session.merge(SeenPath(dataset=self._dataset, path=key, name=failure.path, sha256=content, **told))
            known = session.get(Content, (self._dataset, sha256)) if sha256 else None
            if sha256:
                state = known.state if known and known.state == "read" else "failed"
                version = known.reader_version if known and known.state == "read" else reader_version
                session.merge(
                    Content(
                        dataset=self._dataset, sha256=sha256, state=state, attempts=known.attempts if known else 1,
                        reader_version=version, finished=clock(session), owner="", lease_until=0.0,
                    )
                )  # fmt: skip

        self._do(work)

    # What lies in archives

    def note_unpacked(self, sha256: str, count: int, reader_version: str) -> None:
        """This archive was looked into, and its members, so many, stand in the ledger."""
        self._do(lambda session: unpacked.note_unpacked(session, self._dataset, sha256, count, reader_version))

    def note_failed_members(self, failures: Sequence[Failure], top: str) -> None:
        """These members of an archive, whose own sha256 is ``top``, cannot be had."""
        self._do(lambda session: unpacked.note_members(session, self._dataset, failures, top))

    def members_of(self, key: str, sha256: str, top: str) -> list[Seen | Failure] | None:
        """See ``unpacked.members_of``."""
        return self._do(lambda session: unpacked.members_of(session, self._dataset, key, sha256, top))

    def archives_among(self, keys: Sequence[str]) -> set[str]:
        """Those of these paths, some hundreds, that are archives as the ledger knows them."""
        return self._do(lambda session: unpacked.archives_among(session, self._dataset, keys))

    def names_with(self, sha256: str) -> list[tuple[str, str]]:
        """Key and name of every path that a content was last seen under, in order."""
        return self._do(lambda session: unpacked.names_with(session, self._dataset, sha256))

    def drop_stale_members(self, key: str, top: str) -> None:
        """Forget what lay in the file of this key before its sha256 was ``top``; documents without another path leave."""
        self._do(lambda session: unpacked.drop_stale(session, self._dataset, key, top))

    def note_cleaned(self, rulebook_version: str) -> None:
        """Everything that was read is cleaned by this rulebook."""
        stale = (Content.dataset == self._dataset, Content.state == "read", Content.rulebook_version != rulebook_version)
        self._do(lambda session: session.execute(update(Content).where(*stale).values(rulebook_version=rulebook_version)))

    # What is known

    def failures(self) -> list[Failure]:
        """Every path that stands as failed, by path; what was skipped is none."""
        return [row_to_failure(row) for row in self._all(self._paths().where(SeenPath.code.not_in(("", *SKIPPED))))]

    def skipped(self) -> list[Failure]:
        """Every path whose file is no form, by path."""
        return [row_to_failure(row) for row in self._all(self._paths().where(SeenPath.code.in_(SKIPPED)))]

    def failed_contents(self) -> list[tuple[Failure, str]]:
        """Failures of files that could be hashed, each with its sha256, by path."""
        query = self._paths().where(SeenPath.code.not_in(("", *SKIPPED)), SeenPath.sha256 != "")
        return [(row_to_failure(row), row.sha256) for row in self._all(query)]

    def read_contents(self) -> Iterator[tuple[str, str]]:
        """``(sha256, path)`` of every content that was read; its paths in order, or one empty path when none has these bytes any more."""
        for sha256, path, _ in self.named_contents():
            yield sha256, path

    def named_contents(self) -> Iterator[tuple[str, str, str]]:
        """``read_contents`` with the name of each path as it was given.

        Pages of rows are fetched by key, so that memory does not grow and a lost connection costs one page.
        """
        last = ("", "")
        while True:
            rows = self._do(lambda session, after=last: read_page(session, self._dataset, after))  # type: ignore[misc]
            yield from rows
            if not rows:
                return
            last = rows[-1][:2]

    def read_digests(self, shas: Sequence[str]) -> dict[str, str]:
        """The sha256 of the files in ``reads/``, by that of their contents; those of which it is not known are left out."""
        return self._do(lambda session: read_digests(session, self._dataset, shas))

    def note_digests(self, digests: Mapping[str, str]) -> None:
        """Reads of a release that noted no digests are taken as they are."""
        self._do(lambda session: note_digests(session, self._dataset, digests))

    def places_of(self, prefixes: Sequence[str]) -> list[tuple[str, str, str]]:
        """``(sha256, path, name)`` of the paths of contents that begin like one of these, by content and path."""
        return self._do(lambda session: places_of(session, self._dataset, prefixes))

    # What is taken back

    def forget_gone(self) -> None:
        """Drop the failures of folders that can be listed now, and of files that somebody took away.

        Of what is in a folder each file speaks for itself. A document that was read under such a path stays.
        """
        self._do(lambda session: forgetting.forget_gone(session, self._dataset))

    # What left

    def history(self) -> list[Event]:
        """Every line of the history, the oldest first."""
        return self._do(lambda session: read_events(session, self._dataset))

    def add_history(self, events: Sequence[Event]) -> None:
        self._do(lambda session: put_events(session, self._dataset, events))

    def left(self, shas: Sequence[str]) -> set[str]:
        """Those of these contents that left the dataset and did not come back."""
        return self._do(lambda session: left_contents(session, self._dataset, shas))

    def has_history(self) -> bool:
        query = select(Left.line).where(Left.dataset == self._dataset).limit(1)
        return self._do(lambda session: session.scalars(query).first() is not None)

    def forget_ignored(self, keys: Sequence[str]) -> None:
        """The user ignores these paths: their failures are over, and documents without another path leave."""

        def work(session: Session) -> None:
            inside = unpacked.keys_within(session, self._dataset, keys)
            forget_ignored(session, self._dataset, [*keys, *inside], kept=set(keys) - set(inside))

        self._do(work)

    def note_lost_reads(self, lost: Sequence[tuple[str, str]]) -> None:
        """These documents, ``(name, sha256)``, leave because their reads are gone."""
        self._do(lambda session: note_lost(session, self._dataset, lost))

    def count_left(self) -> int:
        """How often a document left, ever."""
        return self._do(lambda session: count_leaving(session, self._dataset))

    def forget_failures(self) -> int:
        """Drop the failures so that the next run tries them again; how many there were.

        What was read under such a path before stays known.
        """
        return self._do(lambda session: forgetting.forget_failures(session, self._dataset))

    def _standings(self, session: Session, shas: Sequence[str], reader_version: str) -> dict[str, Standing]:
        return standings_of(session, self._dataset, self._owner, shas, reader_version)

    def _path_row(self, seen: Seen, failure: Failure | None = None) -> dict[str, Any]:
        return seen_to_row(self._dataset, seen, failure)

    def _unkeyed(self, session: Session, names: Sequence[str]) -> list[SeenPath]:
        """Rows of a release that knew no keys, by the path as it was given."""
        return [row for row in rows_at(session, self._dataset, names) if not row.name]

    def _take_keys(self, session: Session, seen: Sequence[Seen]) -> dict[str, str]:
        """Rows without a key that are these paths for certain get one; their contents, by key.

        One with other bytes may be of another working folder: it stays, and its document with it.
        """
        before: dict[str, str] = {}
        by_name = {each.name: each for each in seen if each.name != each.path}
        for row in self._unkeyed(session, list(by_name)):
            each = by_name[row.path]
            if row.sha256 in ("", each.sha256) or os.path.isabs(row.path):  # noqa: PTH117
                before[each.path] = row.sha256
                session.delete(row)
        session.flush()
        return before

    def _all(self, query: Select[Any]) -> list[Any]:
        return self._do(lambda session: list(session.scalars(query)))

    def _paths(self) -> Select[Any]:
        return select(SeenPath).where(SeenPath.dataset == self._dataset).order_by(SeenPath.path)

    def _mine(self) -> tuple[Any, ...]:
        return Content.dataset == self._dataset, Content.owner != "", Content.owner == self._owner

    def _with(self, sha256: str) -> tuple[Any, ...]:
        return SeenPath.dataset == self._dataset, SeenPath.sha256 == sha256
