"""Whether HTML was written by somebody's system or office program, or by an OCR that put its tables into tags."""

from __future__ import annotations

import re

_BEFORE = r"^\s{0,200}(?:<\?xml[^<>]{0,200}\?>\s{0,100})?(?:<!--.{0,500}?-->\s{0,100})?"
_WHOLE = re.compile(_BEFORE + r"<(?:!doctype\s+html|html|head|body|meta|table|div|form)[\s>]", re.IGNORECASE | re.DOTALL)
# What no OCR writes: fields, scripts, hidden parts, the namespaces and names of office programs, encodings of before UTF-8.
_EVIDENCE = re.compile(
    r"<(?:input|select|textarea|script|form)\b|display\s*:\s*none|mso-|urn:schemas-microsoft-com|\shidden(?=[\s>=])"
    r"|<meta[^>]{0,300}(?:ProgId|Generator)[^>]{0,100}(?:Microsoft|Excel|Word|LibreOffice|OpenOffice|WPS|Kingsoft|ET\b)"
    r"|charset\s*=\s*[\"']?\s*(?:gb2312|gbk|gb18030|hz-gb)|\son(?:click|change|load)\s*=|__VIEWSTATE",
    re.IGNORECASE,
)
_EXCEL = r"urn:schemas-microsoft-com:office:excel|ProgId[^>]{0,60}Excel|Generator[^>]{0,60}(?:Excel|Kingsoft|WPS)"
_OFFICE = re.compile(_EXCEL, re.IGNORECASE)
_HEAD = 64 * 1024


def is_web_page(text: str) -> bool:
    """True for a document of HTML that says itself that a system or an office program wrote it."""
    return bool(_WHOLE.match(text[:2000])) and bool(_EVIDENCE.search(text[:_HEAD]))


def is_from_excel(text: str) -> bool:
    return bool(_OFFICE.search(text[:_HEAD]))
