"""The folder of an export that goes elsewhere: it carries a mark, and what is somebody's is left as it is."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.dataset import is_vacant, to_json, write_whole
from pipeline.dataset.own_names import FOLDERS
from pipeline.errors import UsageError, from_os_error
from pipeline.inputs.names import name_of
from pipeline.messages import tell

MARK = "export.json"
FORMAT = "jixiao-export"


def claim_destination(folder: Path, root: Path, masked: bool) -> None:
    """Make the folder one of exports, if it is none and holds nothing of anybody's.

    Args:
        root: of the dataset that is exported.
        masked: nobody is named in the files; those of an export that names people would lie beside them.

    Raises:
        UsageError: the folder lies in the dataset, holds something else or an export of the other kind, or a link leads out of it.
        JobError: it cannot be made or written.
    """
    where, own = folder.resolve(), root.resolve()
    if where == own or own in where.parents:
        raise UsageError(*tell("export.inside", folder=name_of(folder)))
    try:
        if folder.is_dir() and not is_vacant(folder, MARK):
            _check(folder, masked)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / MARK, to_json({"format": FORMAT, "masked": masked, "made_by": f"jixiao {version('jixiao')}"}))
    except OSError as error:
        raise from_os_error(error, folder) from error


def _check(folder: Path, masked: bool) -> None:
    mark = _mark_of(folder)
    if mark is None:
        raise UsageError(*tell("export.foreign", folder=name_of(folder)))
    if mark.get("masked") is not masked:
        raise UsageError(*tell("export.unmasked" if masked else "export.masked", folder=name_of(folder)))
    for name in FOLDERS:
        if (folder / name).is_symlink():
            raise UsageError(*tell("dataset.link", link=name_of(folder / name)))


def _mark_of(folder: Path) -> dict[str, Any] | None:
    try:
        found: Any = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None
