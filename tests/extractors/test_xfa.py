"""XFA forms: a dynamic one shows a stand-in, which is said; of a static one the fields are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.painted_pdf import text_string, write_pdf
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.painted_sheet import two_rows


@pytest.mark.parametrize(("dynamic", "codes"), [(True, ["file.xfa-only"]), (False, [])])
def test_a_dynamic_form_is_named_and_a_static_one_read(tmp_path: Path, dynamic: bool, codes: list[str]) -> None:
    sheet = two_rows(False)
    sheet.field((152, 62, 348, 88), f"/FT /Tx /T (a) /V {text_string('1350')}")
    data = write_pdf([sheet], need_looks=True).replace(b"/AcroForm <<", b"/AcroForm << /XFA [(template) 3 0 R]")
    path = tmp_path / "form.pdf"
    path.write_bytes(data.replace(b"/Type /Catalog", b"/Type /Catalog /NeedsRendering true") if dynamic else data)
    document = read_file(path, ReadOptions())
    assert [note.code for note in document.pages[0].notes if note.code.startswith("file.")] == codes
    assert document.tables[0].cells[1].text == "1350"
