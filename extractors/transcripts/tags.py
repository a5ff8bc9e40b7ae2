"""HTML tags in text that is no HTML: Markdown and plain transcripts carry some, in lines and in cells."""

from __future__ import annotations

import re

_INLINE = "a|abbr|b|big|code|del|em|font|i|img|ins|mark|s|small|span|strike|strong|sub|sup|tt|u"
_BLOCK = "article|aside|body|br|center|dd|div|dl|dt|footer|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|ul"
# Only names that HTML has, so that 完成率<5% and <b值> stay; no tag is longer than that.
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_DOCUMENT = re.compile(r"^\s{0,100}(?:<\?xml[^<>]{0,200}\?>\s{0,100})?<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)


def is_html(text: str) -> bool:
    """True for a whole document of HTML, told by its beginning."""
    return bool(_DOCUMENT.match(text[:1000]))


def without_tags(text: str) -> str:
    """Text as people see it: a block begins a new line, other tags leave no trace.

    >>> without_tags("<p>填表人:<b>李四</b></p>"), without_tags("完成率<5%"), without_tags("一<br/>二")
    ('\\n填表人:李四\\n', '完成率<5%', '一\\n二')
    """
    if "<" not in text:
        return text
    return _BLOCK_TAG.sub("\n", _INLINE_TAG.sub("", text))
