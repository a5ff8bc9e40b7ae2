"""What LibreOffice must convert first: named where it is not installed, given up where it fails or hangs, marked where it works."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.converted import soffice
from extractors.converted.reader import XLSB
from extractors.errors import BrokenFileError, ReadError, TooLargeError, UnknownFormatError
from extractors.identify import identify
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.workbooks import form_sheet, saved


def binary_workbook(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.bin", b"\x83\x01\x00")
    return path


def program(folder: Path, script: str) -> None:
    (folder / "soffice").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "soffice").chmod(0o755)


def test_without_libreoffice_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = binary_workbook(tmp_path / "a.xls")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert identify(path) == XLSB
    with pytest.raises(UnknownFormatError) as caught:
        read_file(path, ReadOptions())
    assert "libreoffice-calc-nogui" in caught.value.way_out and "a.xls" in caught.value.reason


@pytest.mark.parametrize(("script", "error"), [("exit 1", BrokenFileError), ("sleep 60 & sleep 60", TooLargeError)])
def test_a_program_that_fails_or_hangs_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[ReadError]
) -> None:
    program(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(soffice, "_SECONDS", 1)
    with pytest.raises(error):
        read_file(binary_workbook(tmp_path / "a.xlsb"), ReadOptions())


@pytest.mark.skipif(soffice.program() is None, reason="LibreOffice is not installed")
def test_what_libreoffice_writes_is_gone_at_the_end_and_says_its_version(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.xlsx", form_sheet)
    with soffice.converted(source, "xlsx", "Calc MS Excel 2007 XML", "a.xlsx") as (written, version):
        values = [cell.text for cell in read_file(written, ReadOptions()).tables[0].cells]
        folder = written.parent
    assert written.name == "a.xlsx" and "98.5" in values and version.startswith("LibreOffice ") and not folder.exists()
