"""Running LibreOffice on a file that somebody sent: a profile of its own, no macros, no network, and limits on time and size."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from extractors.errors import BrokenFileError, TooLargeError, UnknownFormatError
from extractors.messages import tell

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120
_MOST_WRITTEN = 256 << 20
_APART = ("unshare", "--map-root-user", "--user", "--net", "--pid", "--fork", "--kill-child")
_VERSION = re.compile(r"LibreOffice\s+(\d+(?:\.\d+)*)")
_ITEM = '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
# Macros never run, links are never followed, nothing is brought up to date from elsewhere.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "0"),
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'


def program() -> str | None:
    """The path of LibreOffice on this machine; None without one."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name)) is not None), None)


@lru_cache(maxsize=4)
def version_of(path: str) -> str:
    """``LibreOffice 7.4.7.2``; without the number where it does not say it."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder, contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run([path, f"-env:UserInstallation=file://{folder}", "--version"], capture_output=True, timeout=60)
        if found := _VERSION.search(done.stdout.decode("utf-8", "replace")):
            return f"LibreOffice {found[1]}"
    return "LibreOffice"


@contextlib.contextmanager
def converted(source: Path, target: str, filter_name: str, name: str) -> Iterator[tuple[Path, str]]:
    """A file as LibreOffice writes it, and the version of the program; gone at the end of the block.

    Args:
        target: the ending of what is written, by which LibreOffice knows the format.
        filter_name: how LibreOffice calls that format.
        name: what the file is called in messages.

    Raises:
        UnknownFormatError: LibreOffice is not on the machine.
        BrokenFileError, TooLargeError: it could not convert the file, or not in time.
    """
    found = program()
    if found is None:
        raise UnknownFormatError(*tell("office.no-program", name=name))
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        place = Path(folder)
        profile = place / "profile" / "user"
        profile.mkdir(parents=True)
        items = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
        (profile / "registrymodifications.xcu").write_text(f"{_HEAD}{items}</oor:items>", encoding="utf-8")
        # A name without anything that a command line or a filter might take for something else.
        copy = place / "in"
        shutil.copyfile(source, copy)
        _run([found, f"-env:UserInstallation=file://{place / 'profile'}", "--headless", "--norestore", "--nologo", "--nolockcheck",
              "--convert-to", f"{target}:{filter_name}", "--outdir", str(place / "out"), str(copy)], place, name)  # fmt: skip
        written = place / "out" / f"in.{target}"
        if not written.is_file():
            raise BrokenFileError(*tell("office.not-converted", name=name))
        # The name of the original stands in whatever is said of it.
        yield written.rename(written.with_name(name)), version_of(found)


def _run(command: list[str], place: Path, name: str) -> None:
    env = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "TMPDIR")} | {"HOME": str(place)}
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        [*_fence(), *command], stdin=nowhere, stdout=nowhere, stderr=nowhere, cwd=place, env=env, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise TooLargeError(*tell("office.too-long", name=name, seconds=_SECONDS)) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _fence() -> list[str]:
    """Commands around the program, as far as this machine has them: it ends with its reader, has limits, and sees no network."""
    fence: list[str] = []
    if shutil.which("setpriv"):
        fence += ["setpriv", "--pdeathsig", "KILL"]
    if shutil.which("prlimit"):
        fence += ["prlimit", f"--cpu={_SECONDS}", f"--fsize={_MOST_WRITTEN}", "--core=0"]
    return [*fence, *(_APART if _can_be_apart() else ())]


@lru_cache(maxsize=1)
def _can_be_apart() -> bool:
    """Whether this machine lets a user run a program that sees no network and no other process."""
    try:
        return subprocess.run([*_APART, "true"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
