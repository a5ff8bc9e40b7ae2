"""What became of every file of a folder, as a person would find it out: documents, failures.csv, skipped.csv, the summary."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from openpyxl import load_workbook

FAULTS = ("unaccounted", "runs ended", "tracebacks", "internal errors", "exports that cannot be read")


def account(folder: Path, out: Path, code: int, said: str) -> Counter[str]:
    """Each file's end by kind, the best of an archive's members for an archive; faults count beside them."""
    known: dict[str, str] = {}
    for file, word in (("skipped.csv", "skipped"), ("failures.csv", "failed")):
        known |= {_name(row["path"]): f"{word}: {row['code']}" for row in _rows(out / file)}
    with suppress(ValueError):  # counted below
        known |= {name: f"document {status}" for name, status in _documents(out)}
    found = Counter(known.get(path.name, "unaccounted") for path in folder.iterdir())
    found["runs ended"] += code not in (0, 1) or "seconds" not in said
    found["tracebacks"] += "Traceback" in said
    found["internal errors"] += sum(count for name, count in found.items() if name.endswith("internal-error"))
    found["exports that cannot be read"] += not _exports_open(out)
    return found


def _documents(out: Path) -> Iterator[tuple[str, str]]:
    for path in (out / "documents").glob("*.json"):
        value = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
        uncleaned = any(found["code"] == "document.not-cleaned" for found in value["findings"])
        for each in value["document"]["paths"]:
            yield _name(each), "not cleaned" if uncleaned else value["status"]


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _name(path: str) -> str:
    """The file's; of what lies in an archive, that of the archive on the disk, of which something came."""
    return Path(path.partition("!/")[0]).name


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _exports_open(out: Path) -> bool:
    """Does each file that was delivered open in another library, and does every line have its columns?"""
    try:
        list(_documents(out))
        for path in out.glob("*.csv"):
            assert all(None not in row and None not in row.values() for row in _rows(path)), path
        for path in out.glob("*.xlsx"):
            load_workbook(path, read_only=True).close()
    except Exception as error:
        print(f"an export cannot be read: {error}", flush=True)
        return False
    return True
