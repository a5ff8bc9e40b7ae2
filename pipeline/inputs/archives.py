"""What lies in archives, as inputs of their own: taken from the ledger where it is known, else from what a reader listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.containers.limits import check_count, check_total
from extractors.containers.listing import Listed, Listing
from extractors.errors import TooLargeError
from pipeline.inputs.failures import Failure, from_error
from pipeline.inputs.ignoring import IgnoreList, PassedOver
from pipeline.inputs.names import archive_of_key, key_inside, name_inside, names_in_key, path_of_key, printable
from pipeline.inputs.walk import Input
from pipeline.ledger import Ledger, Seen, looks_in

_AT_ONCE = 500
Found = tuple[Input, Seen] | Failure


@dataclass(frozen=True, slots=True)
class _File:
    """A file on the disk that may be an archive: its content, and its path from the folder that was given."""

    sha256: str
    inside: str


@dataclass(slots=True)
class Archives:
    """The archives of one run.

    Args:
        ignored: what the user wants passed over, held against ``folder/archive.zip!/name``.
        version: of the readers.
    """

    ledger: Ledger
    ignored: IgnoreList | None
    passed: PassedOver
    version: str
    _files: dict[str, _File] = field(default_factory=dict)
    _looked_into: set[str] = field(default_factory=set)
    _members: Counter[str] = field(default_factory=Counter)
    _bytes: Counter[str] = field(default_factory=Counter)

    def meet(self, found: Sequence[tuple[Input, Seen]]) -> None:
        """Remember files as the walk found them, some hundreds, before the ledger takes note of them."""
        files = {seen.path: _File(seen.sha256, item.inside) for item, seen in found if archive_of_key(seen.path) == seen.path}
        self._looked_into |= self.ledger.archives_among(list(files))
        self._files |= files

    def known(self, item: Input, sha256: str) -> list[Found] | None:
        """What lies in an archive; None where the ledger does not have all of it."""
        top = archive_of_key(item.key)
        rows = self.ledger.members_of(item.key, sha256, self._files[top].sha256) if top in self._files else None
        if rows is None:
            return None
        found: list[Found] = []
        for row in rows:
            key = row.key if isinstance(row, Failure) else row.path
            if self._is_ignored(key):
                self.passed.ignored.append(key)
            elif isinstance(row, Failure):
                found.append(row)
            elif not row.sha256:
                return None  # it was ignored before
            else:
                name = name_inside(item.name, names_in_key(key)[-1])
                found.append((Input(item.path, name, key), replace(row, name=name)))
        self._looked_into.add(top)
        return found

    def listed(self, sha256: str, listing: Listing) -> Iterator[list[Found]]:
        """What a reader listed, some hundreds at a time, under every path of the archive that belongs to this run.

        When all was taken the ledger knows the archive as looked into.
        """
        self.passed.hidden += listing.hidden
        self.passed.temporary += listing.temporary
        is_whole = True
        for key, name in self.ledger.names_with(sha256):
            top = archive_of_key(key)
            if top not in self._files:
                continue
            self._looked_into.add(top)
            self._members[top] += len(listing.members)
            self._bytes[top] += sum(each.size for each in listing.members)
            try:
                _check_tree(self._members[top], self._bytes[top], path_of_key(key))
            except TooLargeError as error:
                is_whole = False
                failure = replace(from_error(name, error), key=key)
                self.ledger.note_failure(failure, sha256, self.version)
                yield [failure]
                continue
            for start in range(0, len(listing.members), _AT_ONCE):
                yield self._taken(key, name, listing.members[start : start + _AT_ONCE])
        if is_whole:
            self.ledger.note_unpacked(sha256, len(listing.members), self.version)

    def _taken(self, key: str, name: str, members: Sequence[Listed]) -> list[Found]:
        """Those that are not ignored; of all of them the ledger has a row."""
        path, top = path_of_key(key), self._files[archive_of_key(key)].sha256
        found: list[Found] = []
        ignored: list[Seen] = []
        failures: list[Failure] = []
        for each in members:
            inner, shown = key_inside(key, each.name), name_inside(name, each.name)
            seen = Seen(inner, each.sha256, looks_in(top), shown)
            is_ignored = self._is_ignored(inner)
            if each.trouble is not None:
                code, reason, way_out = each.trouble
                failures.append(Failure(shown, code, printable(reason), way_out, inner))
                found += [] if is_ignored else failures[-1:]
            elif is_ignored:
                ignored.append(seen)
            else:
                found.append((Input(path, shown, inner), seen))
            self.passed.ignored += [inner] if is_ignored else []
        if failures:
            self.ledger.note_failed_members(failures, top)
        if ignored:
            self.ledger.note_seen(ignored, self.version)
        return found

    def drop_stale(self, unread: Iterable[str]) -> None:
        """Forget what lay in archives before they were replaced.

        Args:
            unread: keys that are still to be read; in their archives nothing is forgotten yet.
        """
        open_files = {archive_of_key(key) for key in unread}
        for key in sorted(self._looked_into - open_files):
            self.ledger.drop_stale_members(key, self._files[key].sha256)

    def _is_ignored(self, key: str) -> bool:
        if self.ignored is None:
            return False
        top = archive_of_key(key)
        return self.ignored.covers(_joined(self._files[top].inside, key), _joined(str(path_of_key(key)), key))


def _joined(path: str, key: str) -> str:
    return "!/".join((path, *names_in_key(key)))


def _check_tree(members: int, size: int, path: Path) -> None:
    """An archive with all archives in it may hold as much as one.

    Raises:
        TooLargeError: it holds more.
    """
    check_count(members)
    try:
        check_total(size, path.stat().st_size)
    except OSError:
        return  # who opens it says what is wrong
