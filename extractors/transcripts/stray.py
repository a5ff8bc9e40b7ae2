"""Strokes that begin no tag: the parser of the standard library looks for the end of each to the end of the text, for hours in 100 KB."""

from __future__ import annotations

import re

# Stands for a stroke that is text; no character, so that no text has it.
STROKE = "\ufdd0"
_QUOTED = re.compile(r"""</?[a-zA-Z](?:[^<>"']|"[^"]{0,1000}"|'[^']{0,1000}')*>""")
_SIMPLE = re.compile(r"<(?:/?[a-zA-Z]|[!?])[^<>]*>")
# Looked at with its quotes, in which a stroke may stand; a longer tag, such as a picture in the text, has none in them.
_LONG = 1000


def tame_strokes(text: str) -> str:
    """Replace each ``<`` that begins neither a tag nor a comment by ``STROKE``, in one pass; places in the text stay."""
    parts: list[str] = []
    done, at, last_comment = 0, text.find("<"), text.rfind("-->")
    while at >= 0:
        end = _end_of(text, at, last_comment)
        if end < 0:
            parts += (text[done:at], STROKE)
            done = end = at + 1
        at = text.find("<", end)
    return "".join((*parts, text[done:]))


def _end_of(text: str, at: int, last_comment: int) -> int:
    """Where the tag or comment that begins here ends; -1 when none does."""
    if text.startswith("<!--", at):
        return text.find("-->", at + 4) + 3 if last_comment >= at + 4 else -1
    found = _QUOTED.match(text, at, at + _LONG) or _SIMPLE.match(text, at)
    return found.end() if found else -1
