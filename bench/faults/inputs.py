"""An inbox that changes from state to state, and what a dataset made of it holds."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.fuzz.originals import originals
from tests.normalizers.forms import ROWS, form_text

TEXTS = 24
# A rate of 980 % is asked about, so that there is something to decide.
_ASKED = [[*row[:4], "980", *row[5:]] if row[2] == "养护验收合格率" else row for row in ROWS]
_DECISION_ID = re.compile(rb'"decision_id": "[^"]*", ')
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")


def fill(inbox: Path, state: int) -> None:
    """Bring the inbox from the state before to this one: files are new, replaced, mended, deleted, and lie in another archive."""
    inbox.mkdir(exist_ok=True)
    for number in range(TEXTS):
        if not state or number % 6 == state % 6:
            _put(inbox / f"form{number:02}.txt", form_text(_ASKED).replace("36.5", f"{number + 100 * state}.5").encode())
    if not state:
        for each in originals():
            if not each.slow:
                _put(inbox / each.name, each.data)
    _put(inbox / "broken.pdf", b"%PDF-1.7 cut" if state % 2 == 0 else (inbox / "form.pdf").read_bytes() + b"%mended\n")
    (inbox / f"gone{state - 1}.pdf").unlink(missing_ok=True)
    _put(inbox / f"gone{state}.pdf", b"%PDF-1.4\n")
    _put(inbox / "held.zip", _archive(state))


def _put(path: Path, data: bytes) -> None:
    """As a copy that takes its place; the same bytes stay as they are."""
    if not path.exists() or path.read_bytes() != data:
        aside = path.with_name(f".{path.name}.aside")
        aside.write_bytes(data)
        aside.replace(path)


def _archive(state: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(3 + state):
            archive.writestr(zipfile.ZipInfo(f"甲/{number}.txt"), form_text().replace("36.5", f"{number + 1000 + 10 * (state // 2)}.5"))
    return out.getvalue()


def filled_in(dataset: Path, sheet: Path, most: int = 5) -> None:
    """Take findings.csv as a person fills it in: the first values that are asked about are right at 98."""
    with (dataset / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    asked = [row for row in rows if row["field"] == "value" and row["severity"] == "review" and row["value"] == "980"][:most]
    for row in asked:
        row["corrected_value"] = "98"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(asked)


def delivered(dataset: Path) -> dict[str, bytes]:
    """Every file for people and programs, without the moments in them and the books of the run itself."""
    found: dict[str, bytes] = {}
    for path in sorted(dataset.rglob("*")):
        inside = path.relative_to(dataset)
        if path.is_file() and not inside.parts[0].startswith((".", "ledger.")):
            found |= {f"{inside}{part}": _TIME.sub(b"WHEN", data) for part, data in _parts(path)}
    # A decision that was taken twice, because its command was killed behind it and given again, is one.
    lines = _DECISION_ID.sub(b"", found.get("decisions.jsonl", b"")).splitlines()
    return found | {"decisions.jsonl": b"\n".join(dict.fromkeys(lines))}


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix != ".xlsx":
        yield "", path.read_bytes()
        return
    with zipfile.ZipFile(path) as package:
        yield from ((f"!{name}", package.read(name)) for name in package.namelist())


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Names that only one has, or that hold something else."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def copy_of(dataset: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(dataset, to)
    return to
