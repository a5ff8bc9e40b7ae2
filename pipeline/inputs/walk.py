"""Which files a run takes: files and folders as given, in a fixed order. No entry, whatever it is, ends the walk."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.passed_over import is_hidden, is_temporary
from pipeline.inputs.failures import Failure
from pipeline.inputs.ignoring import IgnoreList, PassedOver
from pipeline.inputs.names import key_in, key_of, name_of
from pipeline.messages import tell

# Errors of a path, each with the code of its failure, what happened and what to do.
_TROUBLES = {
    errno.ENOENT: ("not-found", "failure.link-to-nothing"),
    errno.ENOTDIR: ("not-found", "failure.link-to-nothing"),
    errno.ELOOP: ("link-loop", "failure.link-loop"),
    errno.ENAMETOOLONG: ("path-too-long", "failure.path-too-long"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read; ``name`` is the path as the user gave it, ``key`` the absolute path as the ledger knows it.

    ``inside`` is the path from the folder that was given, with ``/`` between the parts.
    """

    path: Path
    name: str
    key: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", key_of(self.path))


@dataclass(slots=True)
class _Walk:
    """What a walk remembers: the dataset, files met before, and whether links may lead out of what was given."""

    skip: str
    follow_links: bool
    ignored: IgnoreList | None
    passed: PassedOver
    seen: set[str] = field(default_factory=set)

    def is_new(self, real: str) -> bool:
        if real in self.seen:
            return False
        self.seen.add(real)
        return True

    def unless_ignored(self, entry: Input | Failure, inside: str, real: str) -> Iterator[Input | Failure]:
        """The entry, or nothing.

        Args:
            inside: its path from the folder that was given.
            real: its whole path.
        """
        if self.ignored is None or not self.ignored.covers(inside, real):
            yield replace(entry, inside=inside) if isinstance(entry, Input) else entry
        else:
            self.passed.ignored.append(entry.key)

    def is_passed_over(self, name: str, is_folder: bool) -> bool:
        """True for what no walk takes: hidden entries, and files that are not whole yet."""
        hidden, temporary = is_hidden(name), not is_folder and is_temporary(name)
        self.passed.hidden += hidden
        self.passed.temporary += temporary and not hidden
        return hidden or temporary


def walk_inputs(
    given: Iterable[Path],
    dataset: Path,
    follow_links: bool = False,
    ignored: IgnoreList | None = None,
    passed: PassedOver | None = None,
) -> Iterator[Input | Failure]:
    """Files under the given paths, sorted; what cannot be listed is a failure, not an end.

    Hidden and temporary files, those that the user ignores, the dataset itself and files met twice are passed over.

    Args:
        follow_links: also read files outside of a given folder that a link in it leads to.
        passed: is told what was passed over.
    """
    walk = _Walk(os.path.realpath(dataset), follow_links, ignored, passed if passed is not None else PassedOver())
    for path in given:
        real = os.path.realpath(path)
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises over some links
            yield from _walk_folder(path, real, walk)
        elif not os.path.lexists(path):
            yield Failure(name_of(path), "not-found", *tell("failure.not-found"), key_of(path))
        elif walk.is_new(real):
            yield from walk.unless_ignored(_file_or_failure(path, key_of(path)), path.name, real)


def _walk_folder(top: Path, real_top: str, walk: _Walk) -> Iterator[Input | Failure]:
    """Depth first and by name, however deep.

    Args:
        real_top: the folder without links, so that no file but a link needs to be resolved.
    """
    waiting = [(top, real_top, False)]
    while waiting:
        path, real, is_file = waiting.pop()
        if is_file:
            yield from _entry(path, real, real_top, walk)
        elif real != walk.skip:
            try:
                found = _listed(path, real, walk)
            except OSError as error:
                yield _unlisted(path, real, error)
                continue
            waiting += reversed(found)


def _listed(folder: Path, real: str, walk: _Walk) -> list[tuple[Path, str, bool]]:
    """Path, path without links and whether it is no folder, of each entry that counts, by name."""
    with os.scandir(folder) as entries:
        found = sorted(((entry.name, _is_folder(entry)) for entry in entries), key=lambda each: each[0])
    return [
        (folder / name, f"{real.rstrip(os.sep)}{os.sep}{name}", not is_folder)
        for name, is_folder in found
        if not walk.is_passed_over(name, is_folder)
    ]


def _unlisted(folder: Path, real: str, error: OSError) -> Failure:
    code, message = _TROUBLES.get(error.errno or 0, ("access", ""))
    if code != "path-too-long":
        code, message = "access", "failure.no-listing"
    return Failure(name_of(folder), code, *tell(message, error=error.strerror), key_in(*os.path.split(real)))


def _entry(path: Path, real: str, top: str, walk: _Walk) -> Iterator[Input | Failure]:
    """A file of a folder; a link leads to where it leads, inside what was given."""
    key = key_in(*os.path.split(real))
    target = os.path.realpath(path) if os.path.islink(path) else real  # noqa: PTH114 - Path.is_symlink raises over some names
    if not walk.is_new(target):
        return
    entry = _file_or_failure(path, key)
    if isinstance(entry, Input) and target != real and not walk.follow_links and not _is_inside(target, top):
        entry = Failure(entry.name, "linked-outside", *tell("failure.linked-outside"), key)
    yield from walk.unless_ignored(entry, os.path.relpath(real, top).replace(os.sep, "/"), real)


def _is_inside(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def _file_or_failure(path: Path, key: str) -> Input | Failure:
    name = name_of(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except OSError as error:
        code, message = _TROUBLES.get(error.errno or 0, ("access", "failure.no-look"))
        return Failure(name, code, *tell(message, error=error.strerror), key)
    if stat.S_ISREG(mode):
        return Input(path, name, key)
    if stat.S_ISDIR(mode):
        return Failure(name, "linked-folder", *tell("failure.linked-folder"), key)
    # Opening a pipe would wait for ever.
    return Failure(name, "not-a-file", *tell("failure.not-a-file"), key)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        # A linked folder may lead in a circle; linked files are read.
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
