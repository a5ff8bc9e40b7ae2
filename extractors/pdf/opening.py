"""Opening PDFs: locked, cut and damaged ones, and pages with their form fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractors.errors import BrokenFileError, EncryptedFileError
from extractors.messages import tell
from extractors.model import PageNote
from extractors.pdf.ending import has_end
from extractors.pdf.fields import Notes, take_fields
from extractors.pdf.salvage import salvage

_NO_END = PageNote("file.end-missing", "review", "the end of the file is missing: pages may be lost")

_XFA_ONLY = PageNote(
    "file.xfa-only",
    "review",
    "the file is a dynamic XFA form: what it holds is drawn by Adobe's program only, the page here is a stand-in; print it to a PDF there",
)


def open_raw(path: Path) -> tuple[Any, PageNote | None]:
    """The file as a ``pypdfium2.PdfDocument``, and what to say about damage, if there is any."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(path)
        # The fields can be asked, and those that the file does not draw are drawn.
        document.init_forms()
        if pdfium.FPDF_GetFormType(document.raw) == pdfium.FORMTYPE_XFA_FULL:
            return document, _XFA_ONLY
        return document, None if has_end(path) else _NO_END
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedFileError(*tell("pdf.password", name=path.name)) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise EncryptedFileError(*tell("pdf.protected", name=path.name)) from error
    return _open_salvaged(path)


def with_annotations(document: Any, page_index: int, known: dict[int, Notes]) -> Any:
    """A page on which form fields, typed notes and stamps are part of the page, as a viewer shows them.

    Args:
        known: what was taken from pages before, by index; the page adds its own.
    """
    import pypdfium2.raw as pdfium

    page = document[page_index]
    if page_index in known:
        return page
    if pdfium.FPDFPage_GetAnnotCount(page.raw) == 0:
        known[page_index] = Notes()
        return page
    fields = take_fields(page, document.formenv)
    drawn = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    known[page_index] = Notes(fields, drawn)
    page.close()
    return document[page_index]


def _open_salvaged(path: Path) -> tuple[Any, PageNote]:
    import pypdfium2

    found = salvage(path.read_bytes())
    if found is not None:
        data, lost = found
        try:
            document = pypdfium2.PdfDocument(data)
            if len(document):
                told = f"the file is damaged: {len(document)} whole pages were found, {lost} more are cut, others may be lost"
                return document, PageNote("file.damaged", "review", told)
        except pypdfium2.PdfiumError:
            pass
    raise BrokenFileError(*tell("pdf.damaged", name=path.name))
