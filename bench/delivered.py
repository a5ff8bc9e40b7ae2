"""What exports and the report cost over many delivered documents: seconds and the most memory of each, as a process of its own.

    python -m bench.delivered DATASET --out DIR [--documents 10000 | --rows 500000] [--formats csv,xlsx,…] [--report]

The documents of a cleaned DATASET are multiplied as they are, each copy under another content, path and unit, straight into
what exports read (``documents/`` and what cleaning remembers): cleaning half a million rows would take hours and is measured
by ``bench.many_documents``. A folder that holds copies already is gone on with. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from bench.many_documents import _in_words, _resident, _tree
from pipeline.cleaning.store import Store, packed
from pipeline.dataset import Dataset
from pipeline.export.csv_cells import rows_to_lines
from pipeline.export.rows import document_to_rows

_A_UNIT = 20
_AT_ONCE = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--formats", default="")
    parser.add_argument("--report", action="store_true")
    chosen = parser.parse_args()
    dataset = Dataset(chosen.out)
    dataset.create()
    texts = [path.read_text(encoding="utf-8") for path in sorted(Dataset(chosen.dataset).documents.glob("*.json"))]
    documents, rows = multiply([text for text in texts if json.loads(text)["tables"]], dataset, chosen.documents, chosen.rows)
    print(f"{documents} documents, {rows} rows of indicators")
    for name in filter(None, chosen.formats.split(",")):
        run(["export", str(dataset.root), "-o", str(dataset.root.with_name(f"{dataset.root.name}-{name}")), "--format", name])
    if chosen.report:
        run(["report", str(dataset.root)])


def multiply(texts: list[str], dataset: Dataset, documents: int, rows: int) -> tuple[int, int]:
    """Copies until there are so many documents, or so many rows; how many of both there are then."""
    store = Store(dataset.cleaning)
    ((made,),) = store.read("SELECT count(*) FROM documents")
    rows_in = [sum(len(table["indicators"]) for table in json.loads(text)["tables"]) for text in texts]
    counted = 0
    for number in count():
        if number >= documents and counted >= rows:
            break
        counted += rows_in[number % len(texts)]
        if number < made:
            continue
        _write(store, dataset, copy_of(texts[number % len(texts)], number))
        if number % _AT_ONCE == 0:
            store.commit()
    store.commit()
    store.close()
    return number, counted


def copy_of(text: str, number: int) -> str:
    """A document of another content, under another path, filed by another unit, for one of five years; as it is written."""
    value: dict[str, Any] = json.loads(text)
    about, new = value["document"], hashlib.sha256(str(number).encode()).hexdigest()
    path = f"archive/{number // 1000:04}/{number:07}{Path(about['path']).suffix}"
    unit = f"{_in_words(number // _A_UNIT)}局"
    text = text.replace(about["sha256"], new).replace(about["sha256"][:12], new[:12])
    text = text.replace(json.dumps(about["path"], ensure_ascii=False), f'"{path}"')
    text = re.sub(r'(?m)^(   "fiscal_year": )\d+', rf"\g<1>{2020 + number % 5}", text)
    return re.sub(r'(?m)^(   "filing_unit": )(?:null|"[^"]*")', rf'\g<1>"{unit}"', text)


def _write(store: Store, dataset: Dataset, text: str) -> None:
    value = json.loads(text)
    sha256, path = value["document"]["sha256"], value["document"]["path"]
    # Made in bulk, without the care that a delivery takes.
    dataset.document_path(sha256).write_text(text, encoding="utf-8")
    rows = document_to_rows(value)
    lines = {name: rows_to_lines(each) for name, each in rows.items()}
    columns = "name, sha256, path, paths, made_from"
    store.write(f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?)", [(sha256[:12], sha256, path, json.dumps([path]), sha256)])
    store.write("INSERT INTO fragments (name, csv, rows) VALUES (?, ?, ?)", [(sha256[:12], packed(lines), packed(rows))])


def run(words: list[str]) -> None:
    """Run a command and print seconds by the clock, seconds of processor time and the most memory."""
    began, before = time.monotonic(), _children()
    process = subprocess.Popen([sys.executable, "-m", "pipeline.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _tree(process.pid)))
        time.sleep(0.2)
    assert process.stdout is not None
    said = process.stdout.read()
    if process.returncode:
        sys.exit(said)
    print(f"{' '.join(words)}: {time.monotonic() - began:.0f} s, CPU {_children() - before:.0f} s, {peak / 2**20:.0f} MiB", flush=True)
    for name in said.split():
        if Path(name).is_file():
            print(f"    {name}: {Path(name).stat().st_size / 2**20:.1f} MiB")


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


if __name__ == "__main__":
    main()
