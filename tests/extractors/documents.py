"""Word documents made for tests, part by part, so that each holds what some program writes."""

from __future__ import annotations

import zipfile
from pathlib import Path

from extractors.model import Document
from tests.extractors.workbooks import PROJECT, ROWS, SIGNED, grid, read

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": _OFFICE,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def docx(path: Path, body: str, parts: dict[str, str | bytes] | None = None, main: str = MAIN) -> Path:
    """A package with this body; ``parts`` by their name under word/, related to the document by the name without its ending."""
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="{Path(name).stem}" Type="{_OFFICE}/{_kind(name)}" Target="{name}"/>' for name in parts if "rels" not in name
    )
    types = "".join(f'<Override PartName="/word/{name}" ContentType="application/x"/>' for name in parts)
    package = "http://schemas.openxmlformats.org/package/2006"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        **{f"word/{name}": data if isinstance(data, bytes) else data.replace("NAMES", NAMES) for name, data in parts.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def _kind(name: str) -> str:
    stem = Path(name).stem.rstrip("0123456789")
    return "image" if name.startswith("media/") else stem


def text(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else text(run) for run in runs)}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else para(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(each if each.startswith('<w:tc>') else cell(each) for each in cells)}</w:tr>"


def table(*rows: str, columns: int = 0) -> str:
    grid = "".join('<w:gridCol w:w="1000"/>' for _ in range(columns))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def form() -> str:
    """The form of ``workbooks`` as a body: title, table with merged cells, signatures."""
    rows = []
    for index, texts in enumerate(PROJECT.split("\n")):
        cells = texts.split("|")
        if index in (2, 3):
            merge = '<w:vMerge w:val="restart"/>' if index == 2 else "<w:vMerge/>"
            rows.append(row(cell(cells[0], merge), cell(cells[1], span(2)), cell(cells[3], span(5))))
        elif index < 5:
            rows.append(row(cell(cells[0]), cell(cells[1], span(7))))
        else:
            rows.append(row(*cells))
    return para("项目绩效目标表") + para("（2031）年度") + table(*rows, columns=len(ROWS[0])) + para("  ".join(SIGNED))


def one_cell(path: Path, content: str, parts: dict[str, str | bytes] | None = None) -> Document:
    """A document with one table of a label and a cell with this content."""
    return read(docx(path, table(row("指标值", cell(content))), parts))


def value(document: Document) -> str:
    """The text of that cell."""
    return grid(document)[0][1]
