"""One folder by its seed: publications, printed workbooks, evaluation forms, and target forms among them."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pypdfium2

from bench.folders.tables import EVALUATION, PUBLICATION, MadeTable, library, office_of
from bench.folders.workbook import print_workbook, write_workbook
from bench.forms.make import make_form

KINDS = ("publication", "workbook", "evaluation", "mixed")


def make_file(seed: int, kind: str, folder: Path) -> Path:
    """``<kind>-<seed>.pdf`` and its truth as ``.json``; returns the PDF.

    ``mixed`` is a publication with a file of target forms behind it.
    """
    rng = random.Random(f"{kind} {seed}")
    office = office_of(rng)
    folder.mkdir(parents=True, exist_ok=True)
    groups = _groups(rng, kind)
    book = folder / f"{kind}-{seed}.xlsx"
    write_workbook(groups, office, book)
    path = print_workbook(book, folder)
    book.unlink()
    truth: dict[str, Any] = {"kind": kind, "office": office, "tables": [_truth(table) for group in groups for table in group], "forms": 0}
    if kind == "mixed":
        truth["forms"] = _append_forms(path, seed, folder)
    path.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _groups(rng: random.Random, kind: str) -> list[list[MadeTable]]:
    """Tables by sheet; two short ones share one now and then."""
    if kind == "workbook":
        return [[library(rng)] for _ in range(3)]
    if kind == "evaluation":
        return [[make(rng)] for make in rng.sample(EVALUATION, len(EVALUATION))]
    made = [make(rng) for make in PUBLICATION]
    short = [table for table in made if len(table.rows) <= 10]
    pair = rng.sample(short, 2)
    return [[table] for table in made if not any(table is each for each in pair)] + [pair]


def _append_forms(path: Path, seed: int, folder: Path) -> int:
    form = make_form(seed, "d0", folder)
    truth = json.loads(form.with_suffix(".json").read_text(encoding="utf-8"))
    joined = pypdfium2.PdfDocument.new()
    for part in (path, form):
        source = pypdfium2.PdfDocument(part)
        joined.import_pages(source)
        source.close()
    joined.save(path)
    form.unlink()
    form.with_suffix(".json").unlink()
    return len(truth["tables"])


def _truth(table: MadeTable) -> dict[str, Any]:
    cells = [
        {"row": row, "column": column} | asdict(entry)
        for row, entries in enumerate(table.rows, 1)
        for column, entry in enumerate(entries, 1)
        if entry is not None
    ]
    return {"title": table.title, "unit": table.unit, "kind": table.kind, "clipped": table.clipped, "cells": cells}
