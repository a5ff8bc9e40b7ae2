"""The short form of the bench, written by whatever programs are here, read without a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.forms.truth import filing_to_truth
from bench.producers.__main__ import PROGRAMS, REWRITERS
from bench.producers.call import ProgramError
from bench.producers.forms import form
from bench.producers.measure import measure

# reportlab with a font that is not in the file needs nothing but itself; the others are tried where they are installed.
LIGHT = ("reportlab-cid", "reportlab", "fpdf2", "typst", "weasyprint-separate")
LIGHT_REWRITERS = ("qpdf", "mutool")


def made(program: str, folder: Path) -> Path:
    path = folder / f"short.{program}.pdf"
    try:
        PROGRAMS[program]("short", path)
    except (ProgramError, ImportError, OSError) as error:
        pytest.skip(f"{program} is not here: {error}")
    (folder / "short.json").write_text(json.dumps(filing_to_truth(form("short")[0])), encoding="utf-8")
    return path


@pytest.mark.parametrize("program", LIGHT)
def test_a_form_of_each_program_is_read_without_a_fault(program: str, tmp_path: Path) -> None:
    made(program, tmp_path)
    assert f"| {program} | 150 of 150 | 0 | 0 |" in measure(tmp_path)


@pytest.mark.parametrize("program", LIGHT_REWRITERS)
def test_a_form_that_is_written_again_is_read_without_a_fault(program: str, tmp_path: Path) -> None:
    source = made("reportlab-cid", tmp_path)
    name = f"reportlab-cid+{program}"
    try:
        REWRITERS[program](source, tmp_path / f"short.{name}.pdf")
    except ProgramError as error:
        pytest.skip(f"{program} is not here: {error}")
    assert f"| {name} | 150 of 150 | 0 | 0 |" in measure(tmp_path)


def test_a_wrong_field_is_counted(tmp_path: Path) -> None:
    made("reportlab-cid", tmp_path)
    truth = json.loads((tmp_path / "short.json").read_text(encoding="utf-8"))
    truth["tables"][0]["project_name"] += "二期"
    (tmp_path / "short.json").write_text(json.dumps(truth), encoding="utf-8")
    assert "| reportlab-cid | 149 of 150 | 0 | 1 |" in measure(tmp_path)
