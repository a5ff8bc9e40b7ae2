"""The table of formats: a new one is a row. What a program makes, it makes from a file of another row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.formats.forms import Form
from bench.formats.writing import write_docx, write_html, write_xlsx
from bench.producers.call import call


@dataclass(frozen=True)
class Format:
    """A format as the bench writes it.

    Attributes:
        suffix: of its files; no reader looks at it.
        write: writes one form; None where soffice converts it.
        source, target: the row whose file is converted, and to what.
    """

    suffix: str
    write: Callable[[Form, Path], None] | None = None
    source: str = ""
    target: str = ""


# ``pdf`` is the born-digital form that all others are held against.
FORMATS: dict[str, Format] = {
    "docx": Format("docx", write_docx),
    "xlsx": Format("xlsx", write_xlsx),
    "html": Format("xls", write_html),
    "pdf": Format("pdf", source="docx", target="pdf:writer_pdf_Export"),
    "docx-soffice": Format("docx", source="docx", target="docx:MS Word 2007 XML"),
    "odt": Format("odt", source="docx", target="odt"),
    "rtf": Format("rtf", source="docx", target="rtf"),
    "doc": Format("doc", source="docx", target="doc:MS Word 97"),
    "html-soffice": Format("html", source="docx", target="html:HTML (StarWriter)"),
}


def make(forms: list[Form], folder: Path, only: set[str]) -> None:
    """Every form in every wanted format, as ``folder/FORMAT/FORM.suffix``; what is there already is kept."""
    for name, row in FORMATS.items():
        if only and name not in only | {"docx", "pdf"}:
            continue
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        missing = [form for form in forms if not path_of(folder, name, form).exists()]
        if row.write is not None:
            for form in missing:
                row.write(form, path_of(folder, name, form))
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
