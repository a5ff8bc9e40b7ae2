"""The harmless files of offices, the web and archives: one form in each of their formats, and in what holds files."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import py7zr

from bench.ofd.package import Ofd
from tests.extractors import documents, test_odt, test_other_workbooks
from tests.extractors.ofd_maker import page_of
from tests.extractors.workbooks import ROWS, SIGNED, as_text

_FILES = Path(test_other_workbooks.__file__).parent / "workbook_files"
_TAR_TIME = 1_900_000_000


def offices() -> list[tuple[str, str, bytes]]:
    """(name, kind of mutation, content) of word processor files, workbooks and OFDs."""
    return [
        ("form.docx", "package", _saved("form.docx", lambda path: documents.docx(path, documents.form()))),
        ("form.odt", "package", _saved("form.odt", _odt)),
        ("form.xls", "bytes", (_FILES / "form.xls").read_bytes()),
        ("form.ods", "package", (_FILES / "form.ods").read_bytes()),
        ("form.fods", "xml", _flat_ods()),
        ("sheet.xml", "xml", _saved("sheet.xml", _sheet_xml)),
        ("form.ofd", "package", _saved("form.ofd", lambda path: Ofd(pages=[page_of(ROWS)]).save(path))),
    ]


def pages() -> list[tuple[str, str, bytes]]:
    """(name, kind of mutation, content) of web pages that are no transcripts."""
    rows = "".join(f"<tr>{''.join(f'<td style=border:1px>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    table = f"<h1>项目绩效目标表</h1><p>（2031）年度</p><table border=1>{rows}</table><p>{'　'.join(SIGNED)}</p>"
    head = "<html><head><meta charset=gb2312><style>td {border: 1px solid}</style></head>"
    page = f"{head}<body>{table}</body></html>".encode("gb18030")
    mail = EmailMessage()
    mail["From"] = "<Saved by WebKit>"
    mail.set_content("frames")
    mail.make_related()
    mail.add_related(page, "text", "html")
    return [("export.html", "html", page), ("saved.mhtml", "bytes", mail.as_bytes())]


def archives(page: bytes) -> list[tuple[str, str, bytes]]:
    """(name, kind of mutation, content) of what holds the form as a text and as a web page, once in an archive in it."""
    held = [("甲/form.txt", as_text().encode()), ("甲/page.html", page)]
    inner = _zip(held[:1])
    return [
        ("held.zip", "package", _zip([*held, ("乙.zip", inner)])),
        ("plain.zip", "bytes", _zip(held)),
        ("held.tar", "bytes", _tar(held)),
        ("held.tar.gz", "bytes", gzip.compress(_tar(held), mtime=0)),
        ("form.txt.gz", "bytes", gzip.compress(held[0][1], mtime=0)),
        ("form.txt.bz2", "bytes", bz2.compress(held[0][1])),
        ("form.txt.xz", "bytes", lzma.compress(held[0][1])),
        ("held.7z", "bytes", _saved("held.7z", lambda path: _seven_zip(path, held))),
        ("mail.eml", "mail", _mail(held + [("乙.zip", inner)])),
    ]


def _saved(name: str, save: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        save(path)
        return path.read_bytes()


def _odt(path: Path) -> None:
    rows = (test_odt.row(*(text for text in texts)) for texts in ROWS)
    test_odt.odt(path, test_odt.para("项目绩效目标表") + test_odt.table(*rows) + test_odt.para("　".join(SIGNED)))


def _flat_ods() -> bytes:
    with zipfile.ZipFile(_FILES / "form.ods") as package:
        content = package.read("content.xml").decode()
    head = '<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet" '
    content = content.replace("<office:document-content ", head, 1).replace("office:document-content>", "office:document>")
    return content.encode()


def _sheet_xml(path: Path) -> None:
    rows = "".join(f"<Row>{''.join(test_other_workbooks.data(text) for text in texts)}</Row>" for texts in [["项目绩效目标表"], *ROWS])
    test_other_workbooks.sheet_xml(path, rows)


def _zip(held: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tar(held: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in held:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), _TAR_TIME
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _seven_zip(path: Path, held: list[tuple[str, bytes]]) -> None:
    with py7zr.SevenZipFile(path, "w") as archive:
        for name, data in held:
            archive.writestr(data, name)


def _mail(held: list[tuple[str, bytes]]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "绩效目标表"
    mail.set_content("见附件")
    for name, data in held:
        mail.add_attachment(data, "application", "octet-stream", filename=name)
    mail.set_boundary("=====fuzz=====")
    return mail.as_bytes()
