"""Whether a document of HTML was cut off: what is left of one reads as if it were whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_TOKEN = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_UNFINISHED = re.compile(r"</?[a-zA-Z]|<!|</?$")
_ENTITY = re.compile(r"&(?:#\d{0,7}|#x[0-9a-fA-F]{0,6}|[a-zA-Z]{0,8})\Z")
# Elements that HTML does not let stand without an end tag.
_ENDED = {
    "a", "article", "b", "blockquote", "big", "button", "center", "del", "div", "dl", "em", "fieldset", "font", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "ins", "label", "main", "nav", "ol", "pre", "s", "script", "section",
    "select", "small", "span", "strike", "strong", "style", "sub", "sup", "table", "textarea", "title", "u", "ul",
}  # fmt: skip
# It lets these; where a page closed all others of a kind, one that is open at the end is a sign.
_MAY_END = ("td", "th", "tr", "p", "li")


@dataclass(slots=True)
class _Tags:
    """How many elements of each name were opened, were closed, and are open; whether the page itself was closed."""

    opened: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    ended: bool = False
    in_comment: bool = False

    def begin(self, name: str) -> None:
        self.opened[name] += 1
        self.open[name] += 1
        self.ended = self.ended and name not in ("html", "body", "table")

    def end(self, name: str) -> None:
        self.closed[name] += 1
        self.open[name] = max(self.open[name] - 1, 0)
        self.ended = self.ended or name in ("html", "body")


def _tags_of(text: str) -> _Tags:
    tags, raw = _Tags(), ""
    for found in _TOKEN.finditer(text):
        token, ends, name = found[0], bool(found[1]), (found[2] or "").lower()
        if tags.in_comment or not name:
            tags.in_comment = token == "<!--" or (tags.in_comment and token != "-->")
        elif raw:
            if ends and name == raw:
                tags.end(name)
                raw = ""
        elif ends:
            tags.end(name)
        else:
            tags.begin(name)
            raw = name if name in ("script", "style") else ""
    return tags


def page_ends_short(text: str) -> str:
    """How a document of HTML shows that it was cut, in words; empty where it does not.

    An end tag of the page proves that it is whole, whatever else its writer left open.
    """
    tags = _tags_of(text)
    if tags.ended:
        return ""
    if tags.in_comment or _ends_in_tag(text):
        return "it ends inside a tag"
    left = sorted(name for name, count in tags.open.items() if count and name in _ENDED)
    left = left or [name for name in _MAY_END if tags.open[name] and tags.closed[name] and tags.opened[name] == tags.closed[name] + 1]
    if left:
        return f"it ends before the end of <{'table' if 'table' in left else left[0]}>"
    after = text[text.rfind(">") + 1 :]
    return "it ends in the midst of its words" if _begins(tags) and after.strip() and not after.endswith("\n") else ""


def has_no_end(text: str) -> bool:
    """True for a page that opened itself and did not close: as some programs write them, and as one may look that was cut."""
    tags = _tags_of(text)
    return _begins(tags) and not tags.ended


def table_is_open(text: str) -> bool:
    """Whether a table of HTML among somebody's text has no end."""
    return "<table" in text.lower() and bool(_tags_of(text).open["table"])


def _begins(tags: _Tags) -> bool:
    return bool(tags.opened["html"] or tags.opened["body"])


def _ends_in_tag(text: str) -> bool:
    at = text.rfind("<")
    return (at >= 0 and ">" not in text[at:] and bool(_UNFINISHED.match(text, at))) or bool(_ENTITY.search(text[-12:]))
