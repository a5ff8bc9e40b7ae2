"""``python -m bench.forms.expect``: write ``expected.json`` of every sample again, as ``jixiao extract`` delivers it now."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
COMMAND = (sys.executable, "-c", "from pipeline.cli import main; main()")
# Confidences in messages differ in the last digit from processor to processor.
_CONFIDENCE = re.compile(r"(?<=\()[01]\.\d\d(?=\))|(?<=confidence )[01]\.\d\d")
LEFT_OUT_OF_TABLES = ("table_id",)


def sample_inputs() -> dict[str, Path]:
    """Sample name to input file; the one that is broken on purpose is called so, and ``samples/*/input.*`` leaves it out."""
    found = [*SAMPLES.glob("*/input.*"), *SAMPLES.glob("*/broken.*")]
    return {path.parent.name: path for path in sorted(found)}


def extract(inputs: list[Path], dataset: Path) -> None:
    """Run the command as a user does.

    Raises:
        RuntimeError: the command failed otherwise than by unreadable inputs.
    """
    command = [*COMMAND, "extract", *map(str, inputs), "-o", str(dataset), "--format", "json,csv"]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=SAMPLES.parent)
    if ended.returncode not in (0, 1):
        raise RuntimeError(f"extract ended with {ended.returncode}:\n{ended.stdout}\n{ended.stderr}")


def delivered(path: Path, dataset: Path) -> dict[str, Any] | None:
    """The document JSON of one input, None when it was not read."""
    sha12 = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    file = dataset / "documents" / f"{sha12}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def dataset_to_expectation(path: Path, dataset: Path) -> dict[str, Any]:
    """What must stay the same: values, reasons and findings; not boxes, confidences and keys."""
    document = delivered(path, dataset)
    if document is None:
        return {"failure": failure_of(path, dataset)}
    tables = [{key: value for key, value in table.items() if key not in LEFT_OUT_OF_TABLES} for table in document["tables"]]
    provenance = {
        pointer: {"raw": source["raw"], "status": source["status"], "page_no": source["page_no"]}
        for pointer, source in document["provenance"].items()
    }
    return {
        "status": document["status"],
        "tables": tables,
        "corrections": document["corrections"],
        "findings": [_finding(each) for each in document["findings"]],
        "provenance": provenance,
    }


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    said = {name: finding[name] for name in ("path", "code", "severity", "message")}
    return said | {"message": _CONFIDENCE.sub("…", finding["message"])}


def failure_of(path: Path, dataset: Path) -> dict[str, str] | None:
    """The line of failures.csv about this input, its path cut to folder and name."""
    with (dataset / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            if Path(line["path"]).parts[-2:] == path.parts[-2:]:
                return {"path": "/".join(path.parts[-2:]), "code": line["code"], "reason": line["reason"], "way_out": line["way_out"]}
    return None


def expectation_to_text(expectation: dict[str, Any]) -> str:
    return json.dumps(expectation, ensure_ascii=False, indent=1) + "\n"


def rewrite(dataset: Path) -> list[Path]:
    """Write every ``expected.json`` from a dataset that ``extract`` made of the samples."""
    written = []
    for path in sample_inputs().values():
        file = path.with_name("expected.json")
        file.write_text(expectation_to_text(dataset_to_expectation(path, dataset)), encoding="utf-8")
        written.append(file)
    return written


def main() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        extract(list(sample_inputs().values()), Path(folder))
        for file in rewrite(Path(folder)):
            print(file.relative_to(SAMPLES.parent))


if __name__ == "__main__":
    main()
