"""Apache FOP: the form as formatting objects."""

from __future__ import annotations

from html import escape
from pathlib import Path

from bench.producers.call import call
from bench.producers.libraries import font_file
from bench.producers.office import sheet_of
from bench.producers.sheet import Box, Sheet

_SETTINGS = (
    '<fop version="1.0"><renderers><renderer mime="application/pdf"><fonts><font embed-url="file://{font}" sub-font="WenQuanYi Zen Hei">'
    '<font-triplet name="song" style="normal" weight="normal"/></font></fonts></renderer></renderers></fop>'
)
_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="song" font-size="9pt">
<fo:layout-master-set><fo:simple-page-master master-name="a4" page-width="210mm" page-height="297mm" margin="13mm"><fo:region-body/>
</fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference="a4"><fo:flow flow-name="xsl-region-body">
<fo:block font-size="14pt" text-align="center">{title}</fo:block><fo:block text-align="center">{year}</fo:block>
<fo:table table-layout="fixed" width="100%" border-collapse="collapse">{columns}<fo:table-body>{rows}</fo:table-body></fo:table>
{foot}</fo:flow></fo:page-sequence></fo:root>
"""


def fop(name: str, path: Path) -> None:
    source, settings = path.with_suffix(".fo"), path.with_suffix(".xconf")
    source.write_text(_source(sheet_of(name)), encoding="utf-8")
    settings.write_text(_SETTINGS.format(font=font_file()), encoding="utf-8")
    call("fop", "-c", str(settings), "-fo", str(source), "-pdf", str(path))


def _source(sheet: Sheet) -> str:
    columns = "".join(f'<fo:table-column column-width="proportional-column-width({1000 * width:.1f})"/>' for width in sheet.widths)
    rows = "".join(f"<fo:table-row>{''.join(_cell(box) for box in row)}</fo:table-row>" for row in sheet.rows)
    foot = "".join(f"<fo:block>{escape('    '.join(parts))}</fo:block>" for parts in sheet.foot)
    return _PAGE.format(title=escape(sheet.title), year=escape(sheet.year), columns=columns, rows=rows, foot=foot)


def _cell(box: Box) -> str:
    spans = f'number-columns-spanned="{box.cols}" number-rows-spanned="{box.rows}"'
    block = f'<fo:block text-align="{"center" if box.centred else "start"}">{escape(box.text)}</fo:block>'
    return f'<fo:table-cell {spans} border="0.5pt solid black" padding="2pt" display-align="center">{block}</fo:table-cell>'
