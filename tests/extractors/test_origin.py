"""How the characters of a cell came about, and that no origin is left without an answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from extractors.model import Cell, Document, Origin, Page, Reader, Table
from extractors.origin import has_places, is_filed, is_recognised, origin_of_page
from extractors.reads import document_to_read, read_to_document
from pipeline.schema import schema

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("origin", get_args(Origin))
def test_every_origin_has_its_answers_and_stands_in_the_schema(origin: Origin) -> None:
    assert is_filed(origin) != (origin == "picture")
    assert is_recognised(origin) == (origin in ("picture", "transcript"))
    assert has_places(origin) == (origin in ("text-layer", "picture", "form-field", "ofd"))
    assert origin in schema()["$defs"]["provenance"]["properties"]["origin"]["enum"]


def test_the_lines_of_a_page_have_the_origin_of_its_reader() -> None:
    assert origin_of_page("ocr") == "picture"
    assert all(origin_of_page(reader) in get_args(Origin) for reader in get_args(Reader))
    assert set(get_args(Reader)) == set(schema()["$defs"]["page"]["properties"]["reader"]["enum"])


def test_a_read_keeps_origins_marks_and_notes() -> None:
    cell = Cell(range(1), range(1), "8", 1, engine="PP-OCRv6", marks=("seal", "cut"), origin="picture")
    page = Page(1, 1.0, 1.0, "ocr")
    page.note("text.garbled", "review", "said so")
    document = Document("a", "0", "x/y", [page], [Table([cell], 1, 1)])
    assert read_to_document(json.loads(json.dumps(document_to_read(document)))) == document


def test_an_origin_without_answers_is_an_error_of_types(tmp_path: Path) -> None:
    model, longer = ROOT / "extractors" / "model.py", tmp_path / "model.py"
    text = model.read_text(encoding="utf-8")
    assert 'Origin = Literal["text-layer", ' in text
    longer.write_text(text.replace('Origin = Literal["text-layer", ', 'Origin = Literal["text-layer", "telegram", '), encoding="utf-8")
    told = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), "-m", "extractors.origin"]
    assert subprocess.run(told, cwd=ROOT, capture_output=True).returncode == 0
    found = subprocess.run([*told, "--shadow-file", str(model), str(longer)], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 1 and found.stdout.count("telegram") == 3, found.stdout
