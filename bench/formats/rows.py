"""The table of formats: a new one is a row. What a program makes, it makes from a file of another row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.formats.forms import Form
from bench.formats.writing import write_docx, write_html, write_sheet_xml, write_xlsx
from bench.ofd.from_pdf import Style, pdf_to_ofd
from bench.producers.call import call


@dataclass(frozen=True)
class Format:
    """A format as the bench writes it.

    Attributes:
        suffix: of its files; no reader looks at it.
        write: writes one form; None where it is made from a file.
        source: the row whose file it is made from: by soffice, into ``target``, or by ``rewrite``.
    """

    suffix: str
    write: Callable[[Form, Path], None] | None = None
    source: str = ""
    target: str = ""
    rewrite: Callable[[Path, Path], object] | None = None


def _ofd(style: Style) -> Callable[[Path, Path], object]:
    return lambda source, path: pdf_to_ofd(source, style).save(path)


# ``pdf`` is the born-digital form that all others are held against.
FORMATS: dict[str, Format] = {
    "docx": Format("docx", write_docx),
    "xlsx": Format("xlsx", write_xlsx),
    "sheet-xml": Format("xls", write_sheet_xml),
    "html": Format("xls", write_html),
    "pdf": Format("pdf", source="docx", target="pdf:writer_pdf_Export"),
    "docx-soffice": Format("docx", source="docx", target="docx:MS Word 2007 XML"),
    "odt": Format("odt", source="docx", target="odt"),
    "xls": Format("xls", source="xlsx", target="xls:MS Excel 97"),
    "ods": Format("ods", source="xlsx", target="ods"),
    "fods": Format("fods", source="xlsx", target="fods"),
    "rtf": Format("rtf", source="docx", target="rtf"),
    "doc": Format("doc", source="docx", target="doc:MS Word 97"),
    "html-soffice": Format("html", source="docx", target="html:HTML (StarWriter)"),
    "ofd-cells": Format("ofd", source="pdf", rewrite=_ofd("cells")),
    "ofd-rows": Format("ofd", source="pdf", rewrite=_ofd("rows")),
    "ofd-letters": Format("ofd", source="pdf", rewrite=_ofd("letters")),
}


def make(forms: list[Form], folder: Path, only: set[str]) -> None:
    """Every form in every wanted format, as ``folder/FORMAT/FORM.suffix``; what is there already is kept."""
    for name, row in FORMATS.items():
        if only and name not in only | {"docx", "pdf"} | {FORMATS[each].source for each in only}:
            continue
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        missing = [form for form in forms if not path_of(folder, name, form).exists()]
        if row.write is not None:
            for form in missing:
                row.write(form, path_of(folder, name, form))
        elif row.rewrite is not None:
            for form in missing:
                row.rewrite(path_of(folder, row.source, form), path_of(folder, name, form))
        elif missing:
            _convert(row, [path_of(folder, row.source, form) for form in missing], place)


def path_of(folder: Path, name: str, form: Form) -> Path:
    return folder / name / f"{form.name}.{FORMATS[name].suffix}"


def _convert(row: Format, sources: list[Path], place: Path) -> None:
    """All files of a row in one run of soffice, with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as out:
        where = f"-env:UserInstallation=file://{profile}"
        call("soffice", where, "--headless", "--convert-to", row.target, "--outdir", out, *map(str, sources), timeout=900)
        for made in Path(out).iterdir():
            if made.suffix == f".{row.suffix}":
                shutil.move(made, place / made.name)
