"""HTML, MHTML and text that was cut in the middle says so; whole ones, however sloppy their writers, do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.workbooks import ROWS, SIGNED

_HEAD = '<meta charset="gbk">'
_ROWS = [f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS]
_TABLE = f"<table>{''.join(_ROWS)}</table>"
_OPEN_CELLS = f"<table>{''.join('<tr>' + ''.join(f'<td>{text}' for text in row) for row in ROWS)}</table>"
_SIGNED = "".join(f"<p>{line}</p>" for line in SIGNED)
_TABS = ["\t".join(row) for row in ROWS]
_BARS = [f"| {' | '.join(row)} |" for row in ROWS]

WHOLE = {
    "page": f"<html><head>{_HEAD}</head><body>{_TABLE}{_SIGNED}</body></html>",
    "page-without-its-end": f"<html><head>{_HEAD}</head><body>{_TABLE}{_SIGNED}\n",
    "piece-of-a-page": f"{_HEAD}{_TABLE}{_SIGNED}",
    "cells-without-end-tags": f"<html><head>{_HEAD}</head><body><div><center>{_OPEN_CELLS}<p>{'<p>'.join(SIGNED)}\n</body>",
    "script-behind-the-page": f"<html>{_HEAD}<body><div>{_TABLE}</body></html><script>if (1 < 2) a()</script><!-- <table> -->",
    "ocr-page": f"<html><body>{_TABLE}{_SIGNED}</body></html>",
    "ocr-pages-among-text": f"标题\n\n<html><body>{_TABLE}</body></html>\n\n填表人:李四",
    "tabs": "\n".join(_TABS) + "\n",
    "tabs-without-line-end": "\n".join(_TABS),
    "tabs-and-signed-row": "\n".join([*_TABS, "填表人：甲\t联系电话：13900000001"]),
    "tabs-trimmed": "\n".join([*(line.rstrip("\t") for line in _TABS), "", *SIGNED]),
    "bars": "\n".join([*_BARS[:1], "|---|", *_BARS[1:]]),
    "bars-without-the-last": "\n".join(line[:-2] for line in _BARS),
}  # fmt: skip
CUT = {
    "in-a-row": f"<html><head>{_HEAD}</head><body><table>{''.join(_ROWS[:-1])}",
    "in-a-cell": f"<html><head>{_HEAD}</head><body><table>{''.join(_ROWS)[:-25]}",
    "in-a-tag": f"{_HEAD}{_TABLE}<p>填表人：甲</p><p cla",
    "in-the-signatures": f"{_HEAD}{_TABLE}{_SIGNED[:-6]}",
    "in-an-entity": f"{_HEAD}{_TABLE}<p>填表人：甲&nb",
    "in-words-of-the-page": f"<html>{_HEAD}<body>{_TABLE}填表人：甲",
    "in-a-comment": f"{_HEAD}{_TABLE}<!-- the second table",
    "second-page": f"<html>{_HEAD}<body>{_TABLE}</body></html><html><body><table><tr><td>乙",
    "ocr-page": f"<html><body><table>{''.join(_ROWS[:-1])}",
    "ocr-table-among-text": f"标题\n\n<table>{''.join(_ROWS[:-1])}",
    "tabs-in-a-row": "\n".join(_TABS)[:-20],
    "tabs-in-a-row-with-line-end": "\n".join(_TABS)[:-20] + "\n",
    "tabs-in-the-last-cell": "\n".join(_TABS)[:-3],
    "tabs-in-the-first-cell": "\n".join(_TABS[:-1]) + "\n产出指",
    "tabs-trimmed-in-a-row": "\n".join([*(line.rstrip("\t") for line in _TABS[:-1]), "效益指标\t社会效益指标\t群众"]),
    "bars-in-a-row": "\n".join(_BARS)[:-9],
    "bars-in-a-row-behind-a-cell": "\n".join(_BARS[:-1]) + "\n| 效益指标 | 社会效益指标 |",
    "bars-in-the-first-cell": "\n".join(_BARS[:-1]) + "\n| 效益",
}  # fmt: skip


def notes(path: Path, text: str) -> list[str]:
    path.write_bytes(text.encode("gbk" if _HEAD in text else "utf-8"))
    return [note.code for page in read_file(path, ReadOptions()).pages for note in page.notes if note.severity == "review"]


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_one_is_not_doubted(tmp_path: Path, name: str) -> None:
    assert notes(tmp_path / "a", WHOLE[name]) == []


@pytest.mark.parametrize("name", CUT)
def test_a_cut_one_says_so(tmp_path: Path, name: str) -> None:
    code = "web.cut-short" if _HEAD in CUT[name] else "transcript.cut-short"
    assert notes(tmp_path / "a", CUT[name]) == [code]


def test_a_page_without_its_end_is_told_of_and_not_doubted(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(WHOLE["page-without-its-end"].encode("gbk"))
    assert [note.code for note in read_file(tmp_path / "a", ReadOptions()).pages[0].notes] == ["web.no-end"]


@pytest.mark.parametrize(("end", "codes"), [("--B--\r\n", []), ("", ["web.cut-short"])])
def test_parts_end_with_their_mark(tmp_path: Path, end: str, codes: list[str]) -> None:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset=gbk\r\n\r\n'
    assert notes(tmp_path / "a", f"{head}{WHOLE['page']}\r\n{end}") == codes


def test_a_row_may_lack_the_bar_at_its_end(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(WHOLE["bars-without-the-last"], encoding="utf-8")
    table = read_file(tmp_path / "a", ReadOptions()).tables[0]
    assert [cell.text for cell in list(table.rows())[-1]] == ROWS[-1]
